"""What was agreed at a departure and must still happen, and the end of the shelter's aftercare (C3, E30, F11)."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.errors import WrongState
from handover.querysets import AgreedMeasureQuerySet


class MeasureState(models.TextChoices):
    OPEN = "open", _("open")
    TAKEN = "taken", _("taken")
    DROPPED = "dropped", _("not needed any more")


MEASURE_TRANSITIONS: dict[MeasureState, set[MeasureState]] = {
    MeasureState.OPEN: {MeasureState.TAKEN, MeasureState.DROPPED},
    MeasureState.TAKEN: set(),
    MeasureState.DROPPED: set(),
}


class AgreedMeasure(FamilyRow):
    """A measure that was found to be needed at the departure (C3): what, by whom, and before the end of which day.

    It outlives the departure and the handover: it is the work of whoever is regisseur on its day.
    """

    trajectory = models.ForeignKey("cases.Trajectory", on_delete=models.PROTECT, related_name="agreed_measures")
    what = models.CharField(max_length=200)
    owner = models.CharField(max_length=150)
    due_on = models.DateField()

    state = models.CharField(max_length=10, choices=MeasureState, default=MeasureState.OPEN)
    taken_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=200, blank=True, default="")

    agreed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField()
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = AgreedMeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MeasureState.values), name="agreedmeasure_state_known"),
            models.CheckConstraint(condition=~Q(what="") & ~Q(owner=""), name="agreedmeasure_says_what_and_who"),
            models.CheckConstraint(
                condition=Q(state="open", taken_on=None, because="", closed_at=None, closed_by=None)
                | Q(state="taken", taken_on__isnull=False, closed_at__isnull=False, closed_by__isnull=False)
                | (
                    Q(state="dropped", taken_on=None, closed_at__isnull=False, closed_by__isnull=False) & ~Q(because="")
                ),
                name="agreedmeasure_taken_on_a_day_or_dropped_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["family", "due_on"], name="agreedmeasure_of_family")]

    def __str__(self) -> str:
        return f"agreed measure {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("handover:departure", args=[self.family_id])

    def move_to(self, state: MeasureState) -> None:
        """Change the state if its lifecycle allows it. Does not save."""
        if state not in MEASURE_TRANSITIONS[MeasureState(self.state)]:
            raise WrongState(str(_("This measure was settled already.")), about=self)
        self.state = state

    def is_late(self, today: date) -> bool:
        return self.state == MeasureState.OPEN and self.due_on < today


class AftercareEnding(FamilyRow):
    """That the shelter's aftercare ended: who is regisseur from then on, and who keeps watch. One per trajectory.

    `because` is why it ended although a child has nobody who keeps watch on it, in somebody's own name; empty when
    every child has.
    """

    trajectory = models.OneToOneField("cases.Trajectory", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField()
    regisseur = models.ForeignKey("cases.RegisseurPeriod", on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=200, blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"aftercare ending {self.pk}"
