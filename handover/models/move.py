"""A move to another municipality, after the departure: everything may stop at once."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from access.models import FamilyRow


class Move(FamilyRow):
    """That a family goes to live in another municipality after the shelter: the moment of most danger (F3).

    `moves_on` is the day. `was` is the municipality it leaves; both are class L, and empty when they are not written
    down. The points to arrange hang from it, as those of a departure hang from the trajectory.
    """

    trajectory = models.ForeignKey("cases.Trajectory", on_delete=models.PROTECT, related_name="moves")
    moves_on = models.DateField()
    was = models.ForeignKey(
        "organisations.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    municipality = models.ForeignKey(
        "organisations.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Another Veilig Thuis, another everything: yes unless it is sure to be the same.
    leaves_region = models.BooleanField()

    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory"], condition=Q(completed_at=None), name="move_one_open_per_trajectory"
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None, completed_by=None)
                | Q(completed_at__isnull=False, completed_by__isnull=False),
                name="move_completed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"move {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("handover:move", args=[self.family_id])
