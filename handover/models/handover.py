"""The handover of the regie: offered, and then accepted, declined or withdrawn. Until then nothing moves."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.errors import WrongState
from handover.querysets import HandoverQuerySet


class Status(models.TextChoices):
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


TRANSITIONS: dict[Status, set[Status]] = {
    Status.OFFERED: {Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN},
    Status.ACCEPTED: set(),
    Status.DECLINED: set(),
    Status.WITHDRAWN: set(),
}

_DECIDED_ALREADY = {
    Status.OFFERED: _("This family is offered already. Withdraw that first."),
    Status.ACCEPTED: _("This handover was accepted already."),
    Status.DECLINED: _("This handover was declined already."),
    Status.WITHDRAWN: _("This handover was withdrawn already."),
}


class Part(models.TextChoices):
    """What of the file the receiver reads before it answers. After accepting it works with the file itself."""

    RISK = "risk", _("The latest assessment of the danger")
    AUTHORITY = "authority", _("Who has authority over which child")
    HELP = "help", _("The help that runs")


class Kept(models.TextChoices):
    """What the sender goes on reading while it gives aftercare: as it was at acceptance, and nothing newer."""

    SAFETY_PLAN = "safety_plan", _("The safety plan")
    FAMILY_PLAN = "family_plan", _("The goals of the plan")


class Handover(FamilyRow):
    """The regie of a family, offered by one organisation to another. The old regisseur stays until it is accepted.

    A family that moves on, or back, is a new handover: this row says what was offered then, and is never reused.
    """

    from_organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")

    # What the receiver must know to be able to answer. Both are always there: an empty one is not "nothing special".
    risk_of_care_avoidance = models.TextField()
    background = models.TextField()
    discussed_on = models.DateField()
    # Chosen by the sender, per handover: what the receiver reads beforehand, and what the sender keeps afterwards.
    shows = ArrayField(models.CharField(max_length=20, choices=Part), default=list, blank=True)
    keeps = ArrayField(models.CharField(max_length=20, choices=Kept), default=list, blank=True)
    # Whether the new side reads what the client said in earlier contacts. What it was told then it told somebody else.
    passes_words = models.BooleanField(default=False)
    # The last day on which the sender still gives aftercare; empty when it gives none.
    involvement_ends_on = models.DateField(null=True, blank=True)

    offered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answer_by = models.DateField()

    status = models.CharField(max_length=10, choices=Status, default=Status.OFFERED)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.CharField(max_length=200, blank=True, default="")

    objects: ClassVar[Any] = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(status="offered"), name="handover_one_open_per_family"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="handover_status_known"),
            models.CheckConstraint(condition=Q(shows__contained_by=Part.values), name="handover_shows_known_parts"),
            models.CheckConstraint(condition=Q(keeps__contained_by=Kept.values), name="handover_keeps_known_parts"),
            models.CheckConstraint(
                condition=~Q(from_organisation=F("to_organisation")), name="handover_to_another_organisation"
            ),
            models.CheckConstraint(
                condition=~Q(risk_of_care_avoidance="") & ~Q(background=""), name="handover_says_what_one_must_know"
            ),
            models.CheckConstraint(
                condition=Q(status="offered", decided_by=None, decided_at=None)
                | (~Q(status="offered") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="handover_decided_exactly_when_not_offered",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["offered", "accepted"]) | ~Q(decided_because=""),
                name="handover_refused_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"handover {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("handover:handover", args=[self.pk])

    def move_to(self, status: Status) -> None:
        """Change the status if its lifecycle allows it. Does not save. Nothing else assigns `status`."""
        if status not in TRANSITIONS[Status(self.status)]:
            raise WrongState(str(_DECIDED_ALREADY[Status(self.status)]), about=self)
        self.status = status

    @property
    def is_open(self) -> bool:
        return self.status == Status.OFFERED

    @property
    def was_warm(self) -> bool:
        """Whether old and new regisseur went to the family together at least once."""
        return bool(self.visits.filter(held_on__isnull=False).exists())


class JointVisit(FamilyRow):
    """Old and new regisseur go to the family together. A handover with such a visit is warm; without one it is cold."""

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="visits")
    planned_on = models.DateField()
    attendees = models.CharField(max_length=200, blank=True, default="")
    held_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["handover", "planned_on"], name="jointvisit_planned_once_a_day")]

    def __str__(self) -> str:
        return f"joint visit {self.pk}"

    def get_absolute_url(self) -> str:
        return self.handover.get_absolute_url()
