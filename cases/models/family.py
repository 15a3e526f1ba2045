"""The family, and its passages through a shelter."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from access.policy import BREAK_GLASS_GRANT
from cases.querysets import FamilyQuerySet
from core.fields import WordField, is_a_word
from core.models import Row


class Family(Row):
    """A family that is kept safe and in view. Its reference reveals nothing: not who, where, or how many there are."""

    reference = models.CharField(_("reference"), max_length=12, unique=True)
    opened_by = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    # When a job looked whether the same people are in another file. Empty: it still has to.
    compared_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = FamilyQuerySet.as_manager()

    class Meta:
        permissions = [(BREAK_GLASS_GRANT, "Broke the glass")]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("overview:family", args=[self.pk])

    @property
    def family_id(self) -> object:
        return self.pk


class TrajectoryKind(models.TextChoices):
    """The kinds that the code knows. There are more: the list is data (D27), and this one is where it starts."""

    SHELTER = "shelter", _("Shelter stay")
    AMBULANT = "ambulant", _("Ambulant, without a stay")


class Destination(models.TextChoices):
    """Where a family goes. Not knowing is an answer too, and one that raises work."""

    MUNICIPALITY = "municipality", _("A municipality")
    PROTECTED = "protected", _("Protected")
    UNKNOWN = "unknown", _("Unknown")


def stays_in_a_shelter(kind: str, departs_on: date | None, today: date) -> bool:
    """Say it of the bare columns, for who read no whole row."""
    return kind != TrajectoryKind.AMBULANT and (departs_on is None or departs_on > today)


class Trajectory(FamilyRow):
    """One passage of a family: from the start of a stay, over the departure, to the end of the watch.

    Two days drive all terms: `departs_on`, the day of departure, and `involvement_ends_on`, the last day of the
    shelter's involvement (its aftercare). Both are empty until they are decided, and both are inclusive.
    """

    # A code of the list `trajectory_kind`, which an administrator keeps.
    kind = WordField(max_length=50)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    # Where the family lived before. Where it stays is the organisation's municipality; where it goes is `municipality`.
    origin = models.ForeignKey(
        "organisations.Municipality", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    departs_on = models.DateField(null=True, blank=True)
    destination = models.CharField(max_length=20, choices=Destination, blank=True, default="")
    municipality = models.ForeignKey(
        "organisations.Municipality", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    involvement_ends_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "trajectories"
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(ends_on=None), name="trajectory_one_open_per_family"
            ),
            models.CheckConstraint(condition=is_a_word("kind"), name="trajectory_kind_is_a_word"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="trajectory_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(departs_on=None) | Q(departs_on__gte=F("starts_on")),
                name="trajectory_departs_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(departs_on=None, destination="") | (Q(departs_on__isnull=False) & ~Q(destination="")),
                name="trajectory_departs_to_a_destination",
            ),
            models.CheckConstraint(
                condition=Q(municipality=None) | Q(destination=Destination.MUNICIPALITY),
                name="trajectory_municipality_only_with_that_destination",
            ),
            models.CheckConstraint(
                condition=Q(involvement_ends_on=None)
                | Q(departs_on__isnull=False, involvement_ends_on__gte=F("departs_on")),
                name="trajectory_involvement_ends_after_departure",
            ),
        ]

    def __str__(self) -> str:
        return f"trajectory {self.pk}"

    def lives_in_the_shelter(self, today: date) -> bool:
        """Whether the family lives there today; on the day of departure not any more, and with ambulant help never."""
        return stays_in_a_shelter(self.kind, self.departs_on, today) and self.ends_on is None
