"""The safety plan, in versions: the old ones stay readable, exactly one holds."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from core.errors import WrongState
from safety_plans.querysets import SafetyPlanItemQuerySet, SafetyPlanQuerySet


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    CURRENT = "current", _("holds now")
    SUPERSEDED = "superseded", _("replaced")


TRANSITIONS: dict[Status, set[Status]] = {
    Status.DRAFT: {Status.CURRENT},
    Status.CURRENT: {Status.SUPERSEDED},
    Status.SUPERSEDED: set(),
}


class SafetyPlan(FamilyRow):
    """One version of a family's safety plan. Only a draft is written in; what holds is replaced, never changed."""

    version = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    drafted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()

    agreed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    activated_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    activated_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SafetyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "version"], name="safetyplan_one_row_per_version"),
            models.UniqueConstraint(
                fields=["family"], condition=Q(status="current"), name="safetyplan_one_current_per_family"
            ),
            models.UniqueConstraint(
                fields=["family"], condition=Q(status="draft"), name="safetyplan_one_draft_per_family"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="safetyplan_status_known"),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, activated_at=None)
                | Q(
                    status__in=[Status.CURRENT, Status.SUPERSEDED],
                    activated_at__isnull=False,
                    activated_by__isnull=False,
                    agreed_on__isnull=False,
                    review_on__isnull=False,
                ),
                name="safetyplan_agreed_exactly_when_not_a_draft",
            ),
        ]

    def __str__(self) -> str:
        return f"safety plan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("safety_plans:version", args=[self.pk])

    def move_to(self, status: Status) -> None:
        """Change the status if its lifecycle allows it. Does not save. Nothing else assigns `status`."""
        if status not in TRANSITIONS[Status(self.status)]:
            raise WrongState(_now("This version of the safety plan is not a draft any more."), about=self)
        self.status = status


class Section(models.TextChoices):
    """The parts of the plan, in the order in which it is read."""

    DANGER = "danger", _("What the danger is")
    EARLY_SIGNS = "early_signs", _("How we see it coming")
    AGREEMENTS = "agreements", _("What we agreed")
    WHOM_TO_CALL = "whom_to_call", _("Who I call")
    WHAT_I_DO = "what_i_do", _("What do I do if…")
    POLICE = "police", _("What the police do")


class SafetyPlanItem(FamilyRow):
    """One sentence of a version: for one person, or for the whole family."""

    plan = models.ForeignKey(SafetyPlan, on_delete=models.PROTECT, related_name="items")
    section = models.CharField(max_length=20, choices=Section)
    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    # Who sees to it that an agreement is kept.
    checked_by = models.CharField(max_length=120, blank=True, default="")
    order = models.PositiveSmallIntegerField()
    # Out of the draft it stood in. Nothing about a family is ever deleted.
    taken_out_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = SafetyPlanItemQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="safetyplanitem_one_per_place"),
            models.CheckConstraint(condition=Q(section__in=Section.values), name="safetyplanitem_section_known"),
            models.CheckConstraint(condition=~Q(text=""), name="safetyplanitem_says_something"),
            models.CheckConstraint(
                condition=~Q(section=Section.AGREEMENTS) | ~Q(checked_by=""),
                name="safetyplanitem_agreement_is_checked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"safety plan item {self.pk}"
