"""Signs that somebody falls back into what was: from the list everybody shares, and from a family's own plan (E27)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from access.models import Involvement, Relation
from access.policy import Action
from accounts.models import User
from cases.models import Family, Level, Person
from organisations.models import CodeItem
from safety_plans.models import SafetyPlan, SafetyPlanItem, Section


def relapse_signs(today: date) -> list[CodeItem]:
    """Return the list that an administrator keeps, as it holds today."""
    return list(CodeItem.objects.of("relapse_signs").valid_on(today).in_order())


@dataclass(frozen=True)
class OwnSigns:
    """A child, and what its family wrote down as signs, in the words of the plan that holds."""

    child: Person
    words: list[str]


def with_plan(user: User, children: Sequence[Person]) -> dict[UUID, SafetyPlan]:
    """Return, by child, the plan that holds and that `user` was shown for this child. Three queries at most."""
    families = {child.family_id for child in children}
    if not families:
        return {}
    shown = SafetyPlan.objects.permitting(user, Action.VIEW_SAFETY_PLAN).current().filter(family__in=families)
    plans = {plan.family_id: plan for plan in shown}
    if not plans:
        return {}
    whole = set(Family.objects.permitting(user, Action.VIEW_FAMILY).filter(pk__in=plans).values_list("pk", flat=True))
    told = _told_of(user, set(plans) - whole) | {family: set() for family in whole}
    reached = [child for child in children if child.family_id in told]
    return {
        child.pk: plans[child.family_id]
        for child in reached
        if not told[child.family_id] or child.pk in told[child.family_id]
    }


def _told_of(user: User, families: set[UUID]) -> dict[UUID, set[UUID]]:
    """Return the persons that the shares of these families name; an empty set when one of them names nobody: all."""
    partners = Involvement.objects.live(timezone.now()).filter(relation=Relation.PARTNER, level__gte=Level.SAFETY_PLAN)
    doors = partners.filter(family__in=families, organisation__in=list(user.standing))
    told: dict[UUID, set[UUID]] = {}
    for door in doors:
        before = told.get(door.family_id)
        told[door.family_id] = set() if not door.persons or before == set() else {*(before or ()), *door.persons}
    return told


def own_signs(plan: SafetyPlan, child: Person, *, user: User) -> OwnSigns:
    """Return the signs in a plan, for one of the children that `with_plan` returned."""
    lines = SafetyPlanItem.objects.visible_to(user).filter(plan=plan, section=Section.RELAPSE).standing()
    return OwnSigns(child, [line.text for line in lines])
