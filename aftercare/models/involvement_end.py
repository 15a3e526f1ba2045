"""Why the shelter's aftercare ends when it does, and that a team lead let a trajectory close early."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow


class EndCause(models.TextChoices):
    """Why the aftercare becomes longer or shorter. All but the first two make it too short."""

    STILL_NEEDED = "still_needed", _("It is still needed")
    ENOUGH = "enough", _("The family no longer needs it")
    NO_BUDGET = "no_budget", _("There is no budget")
    OUT_OF_SIGHT = "out_of_sight", _("The family is out of sight")
    REFUSED = "refused", _("The family does not want it")


class InvolvementChange(FamilyRow):
    """That the last day of the shelter's aftercare was moved, from what to what, and why. Both are inclusive."""

    trajectory = models.ForeignKey("cases.Trajectory", on_delete=models.PROTECT, related_name="+")
    was = models.DateField(null=True, blank=True)
    ends_on = models.DateField()
    cause = models.CharField(max_length=20, choices=EndCause)
    # Shorter than the shelter's own norm on the day it was changed.
    below_norm = models.BooleanField()
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cause__in=EndCause.values), name="involvementchange_cause_known"),
            models.CheckConstraint(condition=Q(was=None) | ~Q(was=F("ends_on")), name="involvementchange_changes"),
        ]

    def __str__(self) -> str:
        return f"involvement change {self.pk}"
