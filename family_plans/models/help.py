"""The help a family gets: asked, decided, started, and who takes over after it."""

from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from family_plans.querysets import FamilyPlanQuerySet, HelpLineQuerySet, TreatmentQuerySet

# The code lists with the kinds of help, and with the laws that pay for it.
HELP_KINDS = "help_kinds"
HELP_LAWS = "help_laws"
# The kinds that rules look at, and that an administrator therefore does not take away.
THERAPY_TOGETHER = "therapy_together"
DEBT_HELP = "debt_help"
FINANCIAL_ADMINISTRATION = "financial_administration"


class EndReason(models.TextChoices):
    ACHIEVED = "achieved", _("The goal is reached")
    NOT_NEEDED = "not_needed", _("It is not needed any more")
    STOPPED = "stopped", _("The organisation stopped")
    DROPPED_OUT = "dropped_out", _("The client or the child stopped coming")
    DOES_NOT_FIT = "does_not_fit", _("It did not fit")
    MOVED = "moved", _("The family moved")
    NEVER_STARTED = "never_started", _("It never started")


class Fit(models.TextChoices):
    FITS = "fits", _("It fits")
    DOUBT = "doubt", _("Not sure")
    DOES_NOT_FIT = "does_not_fit", _("It does not fit")


class DropOutRisk(models.TextChoices):
    LOW = "low", _("Small")
    SOME = "some", _("There is some")
    HIGH = "high", _("Large")


class Step(models.TextChoices):
    """What a request for help waits for, one after the other."""

    INDICATION = "indication", _("for a decision")
    INTAKE = "intake", _("for the first talk")
    START = "start", _("for the start")


class HelpLine(FamilyRow):
    """One kind of help by one organisation, for one member or for everybody. All days are inclusive.

    Until `starts_on` the family waits. What ended stays in the file, with its reason.
    """

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    domain = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # Who takes part beside them, for help to two persons at once, such as therapy with the ex-partner.
    together_with = models.ForeignKey("cases.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    together_because = models.TextField(blank=True, default="")
    law = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    asked_on = models.DateField()
    indicated_on = models.DateField(null=True, blank=True)
    intake_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    planned_end_on = models.DateField(null=True, blank=True)
    # What helps as long as this has not started: other help, or a partner that fills the gap.
    bridging = models.CharField(max_length=300, blank=True, default="")

    fit = models.CharField(max_length=15, choices=Fit, blank=True, default="")
    drop_out_risk = models.CharField(max_length=10, choices=DropOutRisk, blank=True, default="")
    # Whether help is still needed after the planned end, and who gives it then: an organisation, or somebody in words.
    needed_after = models.BooleanField(default=True)
    successor = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    successor_words = models.CharField(max_length=120, blank=True, default="")

    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True, default="")
    end_words = models.CharField(max_length=300, blank=True, default="")
    # Counts the changes, so that somebody with an older page is told rather than followed.
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[Any] = HelpLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_end_on=None) | Q(starts_on=None) | Q(planned_end_on__gte=F("starts_on")),
                name="helpline_is_planned_to_end_after_it_starts",
            ),
            models.CheckConstraint(
                condition=(Q(indicated_on=None) | Q(indicated_on__gte=F("asked_on")))
                & (Q(intake_on=None) | Q(intake_on__gte=F("asked_on")))
                & (Q(starts_on=None) | Q(starts_on__gte=F("asked_on"))),
                name="helpline_nothing_comes_before_the_asking",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("asked_on")), name="helpline_ends_after_it_was_asked"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(starts_on=None) | Q(ended_on__gte=F("starts_on")),
                name="helpline_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="helpline_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(end_reason__in=["", *EndReason.values]), name="helpline_end_reason_known"
            ),
            models.CheckConstraint(condition=Q(fit__in=["", *Fit.values]), name="helpline_fit_known"),
            models.CheckConstraint(
                condition=Q(drop_out_risk__in=["", *DropOutRisk.values]), name="helpline_drop_out_risk_known"
            ),
            models.CheckConstraint(
                condition=Q(together_with=None) | Q(person__isnull=False) & ~Q(person=F("together_with")),
                name="helpline_together_is_two_persons",
            ),
        ]
        indexes = [models.Index(fields=["family"], condition=Q(ended_on=None), name="helpline_running_of_family")]

    def __str__(self) -> str:
        return f"help line {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("family_plans:plan", args=[self.family_id])

    @property
    def is_waiting(self) -> bool:
        return self.starts_on is None and self.ended_on is None

    def steps(self, today: date) -> Iterator[tuple[Step, int]]:
        """Yield each step of the waiting that took or takes time, with its whole days. Skipped steps are left out."""
        begun = self.asked_on
        stop = self.ended_on or today
        for step, reached in (
            (Step.INDICATION, self.indicated_on),
            (Step.INTAKE, self.intake_on),
            (Step.START, self.starts_on),
        ):
            if reached is not None:
                yield step, max((reached - begun).days, 0)
                begun = max(reached, begun)
        if self.starts_on is None:
            reached_already = {Step.INDICATION: self.indicated_on, Step.INTAKE: self.intake_on}
            waits_for = next((step for step, day in reached_already.items() if day is None), Step.START)
            if self.intake_on is not None:
                waits_for = Step.START
            yield waits_for, max((stop - begun).days, 0)

    def waiting_days(self, today: date) -> int:
        """Return the whole days from the asking to the start, or to today (or the end) while it has not started."""
        return ((self.starts_on or self.ended_on or today) - self.asked_on).days


class AtMove(models.TextChoices):
    CONTINUES = "continues", _("Goes on with the same organisation")
    TRANSFERS = "transfers", _("Another organisation takes over")
    RESTARTS = "restarts", _("Must be asked again")


class HelpAtMove(FamilyRow):
    """What a move to another municipality did to a help line. The days between the last and the first are the gap."""

    help_line = models.ForeignKey(HelpLine, on_delete=models.PROTECT, related_name="moves")
    moved_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=AtMove)
    last_day = models.DateField(null=True, blank=True)
    first_day = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["help_line", "moved_on"], name="helpatmove_once_per_move"),
            models.CheckConstraint(condition=Q(outcome__in=AtMove.values), name="helpatmove_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="continues") | Q(last_day__isnull=False), name="helpatmove_has_a_last_day"
            ),
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(first_day__gt=F("last_day")),
                name="helpatmove_starts_after_it_stopped",
            ),
        ]

    def __str__(self) -> str:
        return f"help at move {self.pk}"

    def gap_days(self, today: date) -> int:
        """Return the days without this help: strictly between the last day and the first, or up to today."""
        if self.last_day is None:
            return 0
        if self.first_day is not None:
            return (self.first_day - self.last_day).days - 1
        # Today is a day without help too.
        return max((today - self.last_day).days, 0)


class TreatmentLine(FamilyRow):
    """Help to somebody from whom the others must be safe, apart from the plan and on a ground of its own.

    Only those who work for the family by name read it: no share shows it, at no level, and no paper of the family.
    """

    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    # Why we may know this of somebody who is not our client.
    ground = models.CharField(max_length=300)
    starts_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True, default="")
    note = models.TextField(blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects: ClassVar[Any] = TreatmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(ground=""), name="treatmentline_has_a_ground"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")), name="treatmentline_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="treatmentline_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"treatment line {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("family_plans:treatments", args=[self.family_id])
