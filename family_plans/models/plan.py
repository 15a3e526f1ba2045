"""The plan of a family: per domain of life, what should be reached and who does what for it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from family_plans.querysets import FamilyPlanQuerySet, PlanQuerySet

# The code list with the domains of life that plans, help and stagnations are about.
DOMAINS = "life_domains"


class FamilyPlan(FamilyRow):
    """The plan for the whole family, with parts per member. One runs at a time."""

    # What the client wants to reach, as she or he says it.
    own_words = models.TextField()
    started_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(ended_at=None), name="familyplan_one_active_per_family"
            ),
            models.CheckConstraint(condition=~Q(own_words=""), name="familyplan_has_the_clients_own_words"),
        ]

    def __str__(self) -> str:
        return f"family plan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("family_plans:plan", args=[self.family_id])


class Phase(models.TextChoices):
    IN_SHELTER = "in_shelter", _("During the stay")
    AFTER_DEPARTURE = "after_departure", _("After the departure")


class GoalResult(models.TextChoices):
    ACHIEVED = "achieved", _("achieved")
    PARTLY = "partly", _("partly achieved")
    NOT = "not", _("not achieved")


class Goal(FamilyRow):
    """What should be reached in one domain of life: for one member, or for everybody."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="goals")
    domain = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    problem = models.TextField()
    aim = models.TextField()
    # How the client, or the child, says it. Not everybody has words for everything.
    own_words = models.TextField(blank=True, default="")
    phase = models.CharField(max_length=20, choices=Phase)
    result = models.CharField(max_length=10, choices=GoalResult, blank=True, default="")
    set_at = models.DateTimeField()

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="goal_phase_known"),
            models.CheckConstraint(condition=Q(result__in=["", *GoalResult.values]), name="goal_result_known"),
            models.CheckConstraint(condition=~Q(aim="") & ~Q(problem=""), name="goal_says_why_and_what"),
        ]

    def __str__(self) -> str:
        return f"goal {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("family_plans:plan", args=[self.family_id])


class PlanAction(FamilyRow):
    """What somebody does for a goal, by a day. Exactly one is responsible: a member of the family can be that one."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    person = models.ForeignKey("cases.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, user=None, organisation=None)
                | Q(person=None, user__isnull=False, organisation=None)
                | Q(person=None, user=None, organisation__isnull=False),
                name="planaction_exactly_one_is_responsible",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="planaction_says_what"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="planaction_done_by_exactly_when_done",
            ),
        ]

    def __str__(self) -> str:
        return f"plan action {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("family_plans:plan", args=[self.family_id])

    @property
    def responsible(self) -> str:
        """Return the name of whoever does it. Reads the row it points at: select it along."""
        if self.person:
            return self.person.name
        return self.user.name if self.user else self.organisation.name  # type: ignore[union-attr]
