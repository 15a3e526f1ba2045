"""The plan per domain of life: what is next, what is late, who has it. As many questions for 2 actions as for 60."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from cases.models import Family, Person
from family_plans.models import (
    DOMAINS,
    FamilyPlan,
    Finding,
    FindingKind,
    Goal,
    HelpLine,
    KeptPart,
    Participant,
    PlanAction,
)
from family_plans.norms import StartNorms, Waiting
from family_plans.reading.shown import Reader
from organisations.models import CodeItem

OWNERS = ("person", "user", "organisation__kind")
NEXT = 5


@dataclass(frozen=True)
class ActionShown:
    action: PlanAction
    who: str
    late: bool
    aim: str


@dataclass(frozen=True)
class GoalShown:
    goal: Goal
    about: str
    who: str
    late: bool
    actions: list[ActionShown]
    participants: list[tuple[str, str]]
    source: str
    source_day: date | None
    # From which members this part is kept.
    kept_from: list[str]


@dataclass(frozen=True)
class HelpShown:
    line: HelpLine
    name: str
    person: str
    waiting: Waiting


@dataclass
class Part:
    """What the plan says about one of the six domains."""

    domain: CodeItem
    focus: bool = False
    strengths: list[Finding] = field(default_factory=list)
    needs: list[Finding] = field(default_factory=list)
    goals: list[GoalShown] = field(default_factory=list)
    help: list[HelpShown] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.focus or self.strengths or self.needs or self.goals or self.help)


@dataclass(frozen=True)
class PlanShown:
    """The whole plan as one reader sees it. The counts are over all that she may read, kept parts included (E3)."""

    parts: list[Part]
    late: list[ActionShown]
    next: list[ActionShown]
    open_actions: int
    done_actions: int
    open_goals: int
    rounded_off: int


def read(family: Family, plan: FamilyPlan | None, reader: Reader, *, today: date, phase: str = "") -> PlanShown:
    """Return the plan, or of it one phase (C23). Only rows that `reader` may read are counted."""
    parts = {item.code: Part(item) for item in CodeItem.objects.of(DOMAINS).in_order()}
    goals = _goals(plan, reader, phase) if plan else []
    kept = _kept(plan) if plan else {}
    shown = [_shown(goal, reader, kept, today) for goal in goals]
    for one in shown:
        _part(parts, one.goal.domain).goals.append(one)
    for finding in _findings(plan, reader) if plan else []:
        part = _part(parts, finding.domain)
        (part.strengths if finding.kind == FindingKind.STRENGTH else part.needs).append(finding)
    for line in running_help(family, reader, today):
        _part(parts, line.line.domain).help.append(line)
    if plan:
        for focus in plan.focus.filter(closed_at=None).select_related("domain"):
            _part(parts, focus.domain).focus = True
    actions = [action for one in shown for action in one.actions]
    open_actions = sorted(
        (one for one in actions if one.action.done_at is None and not one.action.goal.result),
        key=lambda one: (one.action.due_on, str(one.action.pk)),
    )
    return PlanShown(
        parts=[part for part in parts.values() if not part.is_empty],
        late=[one for one in open_actions if one.late],
        next=[one for one in open_actions if not one.late][:NEXT],
        open_actions=len(open_actions),
        done_actions=sum(one.action.done_at is not None for one in actions),
        open_goals=sum(not one.goal.result for one in shown),
        rounded_off=sum(bool(one.goal.result) for one in shown),
    )


def running_help(family: Family, reader: Reader, today: date) -> list[HelpShown]:
    """Return the help that runs or is waited for, with how long it waits."""
    rows = HelpLine.objects.filter(family=family).running()
    return help_shown(family, rows, reader, today)


def help_shown(family: Family, rows: QuerySet, reader: Reader, today: date) -> list[HelpShown]:
    lines = reader.narrowed(rows, about="person").select_related(
        "domain__parent", "kind", "law", "person", "together_with", "organisation__kind", "successor__kind"
    )
    norms = StartNorms(family.pk, today)
    return [
        HelpShown(
            line=line,
            name=reader.organisation(line.organisation),
            person=line.person.given_name if line.person else "",
            waiting=norms.of(line),
        )
        for line in lines.order_by("asked_on", "pk")
    ]


def _part(parts: dict[str, Part], domain: CodeItem) -> Part:
    top = domain.parent or domain
    # A domain that an administrator ended still has its place in plans that point at it.
    return parts.setdefault(top.code, Part(top))


def _goals(plan: FamilyPlan, reader: Reader, phase: str) -> Iterable[Goal]:
    goals = Goal.objects.filter(plan=plan)
    goals = goals.filter(phase=phase) if phase else goals
    actions = PlanAction.objects.select_related(*OWNERS, "goal", "conference").order_by("due_on", "pk")
    return list(
        reader.narrowed(goals, about="about")
        .select_related("domain__parent", "about", "source__organisation__kind", *OWNERS)
        .prefetch_related(
            Prefetch("actions", actions),
            Prefetch("participants", Participant.objects.select_related(*OWNERS).order_by("pk")),
        )
        .order_by("set_at", "pk")
    )


def _findings(plan: FamilyPlan, reader: Reader) -> QuerySet:
    rows: QuerySet = reader.narrowed(Finding.objects.filter(plan=plan), about="about")
    return rows.select_related("domain__parent", "about").order_by("noted_at", "pk")


def _kept(plan: FamilyPlan) -> dict[Any, list[Person]]:
    """Return, per member, from which other members that member's part is kept."""
    kept: dict[Any, list[Person]] = {}
    for row in KeptPart.objects.filter(plan=plan, lifted_at=None).select_related("kept_from").order_by("set_at", "pk"):
        kept.setdefault(row.about_id, []).append(row.kept_from)
    return kept


def _shown(goal: Goal, reader: Reader, kept: dict[Any, list[Person]], today: date) -> GoalShown:
    return GoalShown(
        goal=goal,
        about=goal.about.given_name if goal.about else "",
        who=reader.who(goal),
        late=not goal.result and goal.due_on < today,
        actions=[
            ActionShown(
                action=action,
                who=reader.who(action),
                late=action.done_at is None and not goal.result and action.due_on < today,
                aim=goal.aim,
            )
            for action in goal.actions.all()
        ],
        participants=[(reader.who(one), one.task) for one in goal.participants.all()],
        source=f"{goal.source.title}, {reader.organisation(goal.source.organisation)}" if goal.source else "",
        source_day=goal.source.made_on if goal.source else None,
        kept_from=[person.given_name for person in kept.get(goal.about_id, [])] if goal.about_id else [],
    )
