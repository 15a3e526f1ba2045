"""Who is regisseur. At most one at a time is held by the database; none at all is an alarm."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.querysets import RegisseurPeriodQuerySet


class RegieKind(models.TextChoices):
    """In what capacity somebody is regisseur, in the order in which one is proposed (B2)."""

    CHILD_PROTECTION = "child_protection", _("Guardian of a child protection measure")
    SHELTER = "shelter", _("Shelter")
    NEIGHBOURHOOD_TEAM = "neighbourhood_team", _("Neighbourhood team")
    OTHER = "other", _("Other organisation")


class RegisseurPeriod(FamilyRow):
    """A time in which one person is regisseur of a family, on behalf of an organisation. `ends_at` is exclusive."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=RegieKind)
    reason = models.CharField(max_length=200)
    # Why it was this person, in words, when somebody chose her.
    note = models.CharField(max_length=200, blank=True, default="")

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = RegisseurPeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(ends_at=None), name="regisseurperiod_one_open_per_family"
            ),
            models.CheckConstraint(condition=Q(kind__in=RegieKind.values), name="regisseurperiod_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="regisseurperiod_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"regisseur period {self.pk}"
