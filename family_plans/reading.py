"""The plan as it is read, on the screen and on paper: per domain of life, with the newest of what was recorded."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from cases.models import Family
from cases.papers import WithoutPlaces, mark
from core.paper.rendering import Mark, render
from family_plans.models import FamilyPlan, Goal, HelpLine, PlanAction, SelfReliance
from organisations.models import CodeItem


@dataclass
class Part:
    """What the plan says about one domain of life."""

    domain: CodeItem
    goals: list[Goal] = field(default_factory=list)
    help_lines: list[HelpLine] = field(default_factory=list)


@dataclass(frozen=True)
class Reliance:
    """How the client manages in one domain: the newest judgement, and the one before it."""

    domain: CodeItem
    now: SelfReliance
    before: SelfReliance | None


def parts(family: Family, plan: FamilyPlan | None) -> list[Part]:
    """Return the domains in which there is a goal or help, in their own order."""
    goals = (
        Goal.objects.filter(plan=plan)
        .select_related("domain", "person")
        .prefetch_related("actions__person", "actions__user", "actions__organisation__kind")
        .order_by("set_at", "pk")
    )
    lines = (
        HelpLine.objects.filter(family=family)
        .select_related("domain", "person", "organisation__kind")
        .order_by("starts_on", "pk")
    )
    found: dict[object, Part] = {}
    for goal in goals:
        found.setdefault(goal.domain_id, Part(goal.domain)).goals.append(goal)
    for line in lines:
        found.setdefault(line.domain_id, Part(line.domain)).help_lines.append(line)
    return sorted(found.values(), key=lambda part: (part.domain.order, part.domain.code))


def reliance(family: Family) -> list[Reliance]:
    rows: dict[object, list[SelfReliance]] = {}
    newest_first = SelfReliance.objects.filter(family=family).select_related("domain", "assessed_by")
    for row in newest_first.order_by("-assessed_on", "-recorded_at"):
        rows.setdefault(row.domain_id, []).append(row)
    read = [Reliance(of[0].domain, of[0], of[1] if len(of) > 1 else None) for of in rows.values()]
    return sorted(read, key=lambda row: (row.domain.order, row.domain.code))


@dataclass(frozen=True)
class PaperAction:
    what: str
    who: str
    action: PlanAction


@dataclass(frozen=True)
class PaperGoal:
    aim: str
    own_words: str
    person: str
    actions: list[PaperAction]
    goal: Goal


@dataclass(frozen=True)
class PaperPart:
    title: str
    goals: list[PaperGoal]
    help: list[str]


def paper(plan: FamilyPlan, *, printed_by: User, at: datetime, language: str) -> tuple[bytes, Mark]:
    """Make the plan to take home. An organisation is only named by what it is: its name may say where she is."""
    foot = mark(printed_by, at)
    words = WithoutPlaces(plan.family)
    context = {
        "own_words": words(plan.own_words),
        "parts": [_on_paper(part, words) for part in parts(plan.family, plan)],
    }
    return render("papers/family_plan.html", context, language=language, mark=foot), foot


def _on_paper(part: Part, words: Callable[[str], str]) -> PaperPart:
    goals = [
        PaperGoal(
            aim=words(goal.aim),
            own_words=words(goal.own_words),
            person=goal.person.given_name if goal.person else "",
            actions=[PaperAction(words(action.what), _who(action), action) for action in goal.actions.all()],
            goal=goal,
        )
        for goal in part.goals
    ]
    return PaperPart(part.domain.label, goals, sorted(_kinds(part.help_lines)))


def _kinds(lines: Iterable[HelpLine]) -> set[str]:
    return {line.organisation.kind.label for line in lines if line.ended_on is None}


def _who(action: PlanAction) -> str:
    if action.person:
        return str(action.person.given_name)
    return action.user.name if action.user else str(action.organisation.kind.label)  # type: ignore[union-attr]
