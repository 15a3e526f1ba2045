"""The plan of a family: per domain of life, what should be reached and who does what for it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from access.models import FamilyRow
from family_plans.models.owner import Owned, exactly_one
from family_plans.querysets import FamilyPlanQuerySet, PlanQuerySet

# The code lists with the domains of life, and what falls under each, that plans, help and stagnations are about.
DOMAINS = "life_domains"
SUB_DOMAINS = "life_sub_domains"
MOST_FOCUS_DOMAINS = 3


class Route(models.TextChoices):
    """A method that lays a rhythm over the plan. Most families have none."""

    CTI = "cti", _("Critical Time Intervention")


class FamilyPlan(FamilyRow):
    """The plan for the whole family, with parts per member. One runs at a time."""

    # What the client wants to reach, as she or he says it.
    own_words = models.TextField()
    started_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    # Keeps the plan together. May be the regisseur, and need not be.
    coordinator = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # The day on which the client said that this is her or his plan.
    agreed_on = models.DateField(null=True, blank=True)
    route = models.CharField(max_length=10, choices=Route, blank=True, default="")
    # The way of working of the shelter (C21). Its name may say which shelter: only for who works with the family.
    way_of_working = models.CharField(max_length=200, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(ended_at=None), name="familyplan_one_active_per_family"
            ),
            models.CheckConstraint(condition=~Q(own_words=""), name="familyplan_has_the_clients_own_words"),
            models.CheckConstraint(condition=Q(route__in=["", *Route.values]), name="familyplan_route_known"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="familyplan_ended_by_exactly_when_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"family plan {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("family_plans:plan", args=[self.family_id])


class RoutePhase(FamilyRow):
    """One of the three phases of a route. Both days are inclusive."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="phases")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="routephase_each_once"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=3), name="routephase_of_three"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="routephase_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"route phase {self.pk}"


class RouteFocus(FamilyRow):
    """A domain that a route concentrates on. The slot keeps them to three, whoever adds one."""

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="focus")
    domain = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    slot = models.PositiveSmallIntegerField()
    # Set when the route was chosen anew; nothing about a family is deleted.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "route focus"
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "slot"], condition=Q(closed_at=None), name="routefocus_one_per_slot"
            ),
            models.UniqueConstraint(
                fields=["plan", "domain"], condition=Q(closed_at=None), name="routefocus_each_domain_once"
            ),
            models.CheckConstraint(
                condition=Q(slot__gte=1, slot__lte=MOST_FOCUS_DOMAINS), name="routefocus_three_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"route focus {self.pk}"


class Phase(models.TextChoices):
    IN_SHELTER = "in_shelter", _("During the stay")
    AFTER_DEPARTURE = "after_departure", _("After the departure")


class GoalResult(models.TextChoices):
    ACHIEVED = "achieved", _("achieved")
    PARTLY = "partly", _("partly achieved")
    NOT = "not", _("not achieved")


class Goal(Owned):
    """What should be reached in one domain of life, by a day, with somebody who sees to it.

    `about` is the member whose part of the plan it belongs to, empty for the whole family; `person`, of Owned, is the
    member who sees to it.
    """

    plan = models.ForeignKey(FamilyPlan, on_delete=models.PROTECT, related_name="goals")
    domain = models.ForeignKey("organisations.CodeItem", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("cases.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    problem = models.TextField()
    aim = models.TextField()
    # How the client, or the child, says it. Not everybody has words for everything.
    own_words = models.TextField(blank=True, default="")
    phase = models.CharField(max_length=20, choices=Phase)
    due_on = models.DateField()
    # A partner's own plan that this goal was taken over from.
    source = models.ForeignKey(
        "family_plans.SourcePlan", on_delete=models.PROTECT, null=True, blank=True, related_name="goals"
    )
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    result = models.CharField(max_length=10, choices=GoalResult, blank=True, default="")
    result_words = models.TextField(blank=True, default="")
    result_on = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="goal_phase_known"),
            models.CheckConstraint(condition=Q(result__in=["", *GoalResult.values]), name="goal_result_known"),
            models.CheckConstraint(condition=~Q(aim="") & ~Q(problem=""), name="goal_says_why_and_what"),
            models.CheckConstraint(condition=exactly_one(), name="goal_exactly_one_is_responsible"),
            models.CheckConstraint(
                condition=Q(result="", result_on=None) | (~Q(result="") & Q(result_on__isnull=False)),
                name="goal_result_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"goal {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("family_plans:plan", args=[self.family_id])


class Participant(Owned):
    """Somebody who takes part in reaching a goal, and what is expected of them."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="participants")
    task = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=exactly_one(), name="participant_is_exactly_one"),
            models.CheckConstraint(condition=~Q(task=""), name="participant_has_a_task"),
        ]

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    def __str__(self) -> str:
        return f"participant {self.pk}"


class PlanAction(Owned):
    """What somebody does for a goal, by a day. Exactly one is responsible: a member of the family can be that one."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="actions")
    what = models.TextField()
    due_on = models.DateField()
    # The conversation in which it was decided, if it was.
    conference = models.ForeignKey(
        "family_plans.Conference", on_delete=models.PROTECT, null=True, blank=True, related_name="actions"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects: ClassVar[Any] = FamilyPlanQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=exactly_one(), name="planaction_exactly_one_is_responsible"),
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
