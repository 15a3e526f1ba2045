"""The phases of gefaseerde ketenzorg: first together for safety, then for risk-driven care, then for recovery."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from safety_plans.querysets import WorkingQuerySet


class Phase(models.TextChoices):
    """In their order. A family without a row is in the first."""

    IMMEDIATE_SAFETY = "immediate_safety", _("Immediate safety")
    RISK_DRIVEN_CARE = "risk_driven_care", _("Risk-driven care")
    RECOVERY = "recovery", _("Recovery")


ORDER = list(Phase)


class CarePhase(FamilyRow):
    """A period in which a family is in one phase, from a moment until a moment (exclusive), and why it began."""

    phase = models.CharField(max_length=20, choices=Phase)
    because = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = WorkingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family"], condition=Q(ends_at=None), name="carephase_one_open_per_family"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="carephase_phase_known"),
            models.CheckConstraint(condition=~Q(because=""), name="carephase_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="carephase_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"care phase {self.pk}"
