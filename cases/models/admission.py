"""How a family came in, what plays a part, and since when it could have left."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from cases.models.family import Trajectory
from cases.querysets import CurrentQuerySet


class AdmissionPlace(models.TextChoices):
    CRISIS = "crisis", _("Crisis place")
    FOLLOW_UP = "follow_up", _("Follow-up place")
    NONE = "none", _("No place: help at home")


class OutsideRegion(models.TextChoices):
    """Why a family came to a shelter outside its own region (C32): two answers that ask for something else."""

    SAFETY = "safety", _("It is safer outside the region")
    SHORTAGE = "shortage", _("There was no place in the region")


class Income(models.TextChoices):
    """What happened to the income when the family came in (G8)."""

    RUNS_ON = "runs_on", _("The income runs on")
    STOPPED = "stopped", _("The income stopped")
    SHARED = "shared", _("The income goes to somebody else")
    NONE = "none", _("There was no income")


class Debts(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not clear")


class Admission(FamilyRow):
    """The picture of a family when it came in. Filled in step by step; once frozen, the database changes it no more.

    What was found then goes along in every handover (D25): it must not be worn away by what came after.
    """

    trajectory = models.OneToOneField(Trajectory, on_delete=models.PROTECT, related_name="admission")
    place = models.CharField(max_length=10, choices=AdmissionPlace, blank=True, default="")
    # Only of somebody from another region; empty when nobody asked.
    outside_because = models.CharField(max_length=10, choices=OutsideRegion, blank=True, default="")
    income = models.CharField(max_length=10, choices=Income, blank=True, default="")
    debts = models.CharField(max_length=10, choices=Debts, blank=True, default="")
    why_now = models.TextField(blank=True, default="")
    background = models.TextField(blank=True, default="")
    needs = models.TextField(blank=True, default="")
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(frozen_at=None) | (~Q(background="") & ~Q(income="")),
                name="admission_is_complete_when_frozen",
            ),
            models.CheckConstraint(
                condition=Q(outside_because="") | Q(outside_because__in=OutsideRegion.values),
                name="admission_outside_for_a_known_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"admission {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("cases:stay", args=[self.family_id])


class CaseContext(FamilyRow):
    """Something that plays a part and changes what is safe: honour, trafficking, a forced marriage (D13, D14)."""

    code = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[Any] = CurrentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "code"], condition=Q(ends_on=None), name="casecontext_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"case context {self.pk}"


class WaitsFor(models.TextChoices):
    HOUSING = "housing", _("A house")
    INCOME = "income", _("Income")
    SAFETY = "safety", _("Safety")
    HELP = "help", _("Help that takes over")
    SCHOOL = "school", _("A school or childcare")
    OTHER = "other", _("Something else")


class ReadyToLeave(FamilyRow):
    """Since when a family could leave and what it waits for (G9). `ends_on` is exclusive: it left, or is not ready."""

    trajectory = models.ForeignKey(Trajectory, on_delete=models.PROTECT, related_name="ready_periods")
    waits_for = models.CharField(max_length=10, choices=WaitsFor)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = CurrentQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "ready to leave"
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory"], condition=Q(ends_on=None), name="readytoleave_one_open_per_trajectory"
            ),
            models.CheckConstraint(condition=Q(waits_for__in=WaitsFor.values), name="readytoleave_waits_for_known"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="readytoleave_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"ready to leave {self.pk}"
