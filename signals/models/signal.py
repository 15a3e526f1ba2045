"""A concern about a child, as it was reported, and how it was judged."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Family
from core.errors import WrongState
from core.models import Row
from signals.deadlines import Terms, due_on, is_very_late
from signals.querysets import SignalQuerySet


class Source(models.TextChoices):
    ORGANISATION = "organisation", _("An organisation around the family")
    NETWORK = "network", _("Somebody around the family, by telephone")
    FAMILY = "family", _("The family itself")


class Acute(models.TextChoices):
    YES = "yes", _("Yes, now")
    NO = "no", _("No, not at this moment")
    UNKNOWN = "unknown", _("I do not know")


class SignalKind(models.TextChoices):
    """What the concern rests on. A feeling without facts is a signal too (H7)."""

    FACTS = "facts", _("I saw it myself")
    HEARD = "heard", _("I heard it from others")
    FEELING = "feeling", _("A feeling that something is not right")


class Discussed(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    LATER = "later", _("Not yet, later")


class Status(models.TextChoices):
    RECEIVED = "received", _("received")
    IN_PROGRESS = "in_progress", _("being looked at")
    HANDLED = "handled", _("handled")


TRANSITIONS: dict[Status, set[Status]] = {
    Status.RECEIVED: {Status.IN_PROGRESS, Status.HANDLED},
    Status.IN_PROGRESS: {Status.HANDLED},
    Status.HANDLED: set(),
}


class Safe(models.TextChoices):
    """Is every child safe now? Not knowing is an answer, and one that raises work the same day (H10)."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("I do not know yet")


class VirAnswer(models.TextChoices):
    REGISTERED = "registered", _("Yes, registered")
    NOT_REGISTERED = "not_registered", _("No, and that was weighed")
    NOT_ALLOWED = "not_allowed", _("Our organisation may not register")


class Outcome(models.TextChoices):
    """What is done with a signal (H3)."""

    ACT = "act", _("I act myself")
    ADVICE = "advice", _("Ask Veilig Thuis for advice")
    REPORT = "report", _("Report to Veilig Thuis")
    POLICE = "police", _("The police")
    NONE = "none", _("No action is needed")


_DECIDED = (
    ~Q(outcome="") & ~Q(child_safe="") & ~Q(decision="") & Q(decided_by__isnull=False) & Q(decided_at__isnull=False)
)
_UNDECIDED = Q(outcome="", child_safe="", decision="", decided_by=None, decided_at=None)


class Signal(Row):
    """A concern about a child. It has no family until the router finds one, never in the reporter's own request.

    So it is not a FamilyRow; its table has a policy of its own. The reporter sees number, moment and status, always.
    """

    family = models.ForeignKey("cases.Family", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    number = models.CharField(_("number"), max_length=12, unique=True)
    # Of the form: sending it twice is one signal.
    token = models.UUIDField()

    source = models.CharField(max_length=20, choices=Source, default=Source.ORGANISATION)
    reported_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    child = models.ForeignKey("cases.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    child_name = models.CharField(max_length=200, blank=True, default="")
    child_born_on = models.DateField(null=True, blank=True)

    # Whom else the reporter worries about, in her own words; the persons themselves are chosen by who judges (J16).
    also_about = models.CharField(max_length=300, blank=True, default="")

    acute = models.CharField(max_length=10, choices=Acute)
    kind = models.CharField(max_length=10, choices=SignalKind)
    # Three fields, so that a reader never takes what somebody thinks for what somebody saw.
    what_seen = models.TextField(blank=True, default="")
    what_heard = models.TextField(blank=True, default="")
    what_i_think = models.TextField(blank=True, default="")
    discussed = models.CharField(max_length=10, choices=Discussed, blank=True, default="")
    discussed_with = models.CharField(max_length=200, blank=True, default="")
    callback_phone = models.CharField(max_length=30, blank=True, default="")

    routed_at = models.DateTimeField(null=True, blank=True)
    unmatched_at = models.DateTimeField(null=True, blank=True)
    # The municipality whose duty desk has it, because it fits no family or the family has no regisseur (H12, R14).
    desk = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    desk_since = models.DateTimeField(null=True, blank=True)
    # Somebody who works for the family says it is about another one. The job then brings it to a desk.
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    returned_because = models.CharField(max_length=300, blank=True, default="")

    # Set by the router. 1 mild, 2 serious, 3 acute; what the reporter said, and one more for each of the two reasons.
    severity = models.PositiveSmallIntegerField(default=3)
    nobody_active = models.BooleanField(default=False)
    adds_up = models.BooleanField(default=False)

    # The working days that held for the reporter's municipality on that day, written by a trigger: a change of the norm
    # never moves a term that runs, and the reporter's request asks nothing more for it.
    mild_days = models.PositiveSmallIntegerField(default=2)
    serious_days = models.PositiveSmallIntegerField(default=1)

    status = models.CharField(max_length=20, choices=Status, default=Status.RECEIVED)
    child_safe = models.CharField(max_length=10, choices=Safe, blank=True, default="")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True, default="")
    # What was decided about the referral index (VIR), where the municipality still registers in it (C15).
    vir = models.CharField(max_length=20, choices=VirAnswer, blank=True, default="")
    decision = models.TextField(blank=True, default="")
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SignalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reported_by", "token"], name="signal_one_per_form"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="signal_source_known"),
            models.CheckConstraint(condition=Q(acute__in=Acute.values), name="signal_acute_known"),
            models.CheckConstraint(condition=Q(kind__in=SignalKind.values), name="signal_kind_known"),
            models.CheckConstraint(condition=Q(severity__in=[1, 2, 3]), name="signal_severity_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="signal_status_known"),
            models.CheckConstraint(condition=Q(child_safe__in=["", *Safe.values]), name="signal_safety_known"),
            models.CheckConstraint(condition=Q(vir__in=["", *VirAnswer.values]), name="signal_vir_known"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="signal_outcome_known"),
            models.CheckConstraint(
                condition=~Q(what_seen="") | ~Q(what_heard="") | ~Q(what_i_think=""), name="signal_says_something"
            ),
            models.CheckConstraint(
                # Without a day of birth it is a signal all the same: somebody at a desk looks who it can be.
                condition=Q(child__isnull=False) | ~Q(child_name="") | Q(source=Source.FAMILY),
                name="signal_is_about_a_child",
            ),
            models.CheckConstraint(
                condition=Q(source=Source.FAMILY) | ~Q(callback_phone=""), name="signal_says_where_to_call_back"
            ),
            models.CheckConstraint(
                condition=Q(family=None, routed_at=None) | Q(family__isnull=False, routed_at__isnull=False),
                name="signal_has_a_family_exactly_when_routed",
            ),
            models.CheckConstraint(
                condition=Q(desk=None, desk_since=None) | Q(desk__isnull=False, desk_since__isnull=False),
                name="signal_is_at_a_desk_since_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_by=None, returned_because="")
                | (Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(returned_because="")),
                name="signal_returned_by_somebody_for_a_reason",
            ),
            # Not closed without decision, actor and date (B7).
            models.CheckConstraint(
                condition=(Q(status=Status.HANDLED) & _DECIDED) | (~Q(status=Status.HANDLED) & _UNDECIDED),
                name="signal_handled_exactly_when_decided",
            ),
            models.CheckConstraint(
                condition=~Q(child_safe=Safe.NO) | ~Q(outcome=Outcome.NONE), name="signal_unsafe_child_is_acted_for"
            ),
        ]
        indexes = [
            models.Index(fields=["reported_at"], condition=Q(routed_at=None), name="signal_waiting"),
            models.Index(fields=["family", "-reported_at"], name="signal_of_family"),
            models.Index(fields=["reported_by", "-reported_at"], name="signal_of_reporter"),
            models.Index(fields=["desk", "desk_since"], condition=Q(desk__isnull=False), name="signal_at_desk"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("signals:signal", args=[self.pk])

    @property
    def terms(self) -> Terms:
        return Terms(self.mild_days, self.serious_days)

    @property
    def judge_on(self) -> date:
        """Return the last day on which it must be judged, by how serious it is now. Not for the reporter."""
        return due_on(self.severity, self.reported_at, self.terms)

    @property
    def is_very_late(self) -> bool:
        today = timezone.localdate()
        return self.status != Status.HANDLED and is_very_late(self.severity, self.reported_at, today, self.terms)

    @property
    def is_late(self) -> bool:
        return self.status != Status.HANDLED and self.judge_on < timezone.localdate()

    @property
    def placed_with(self) -> Family:
        """Return the family of a routed signal. Raises LookupError for one that waits."""
        if self.family is None:
            raise LookupError(f"signal {self.pk} has no family yet")
        return self.family

    def move_to(self, status: Status) -> None:
        """Change the status if its lifecycle allows it. Does not save. Nothing else assigns `status`."""
        if status not in TRANSITIONS[Status(self.status)]:
            raise WrongState(str(_("This signal was taken up already.")), about=self)
        self.status = status
