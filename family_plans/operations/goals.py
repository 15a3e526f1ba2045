"""Goals, who takes part in them, and what they agree to do. Partners write here too, within their reach."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Person, Place, Trajectory
from core.errors import WrongState
from core.working_days import add_working_days
from family_plans.models import (
    Conference,
    Contributed,
    FamilyPlan,
    Goal,
    GoalResult,
    GoalTemplate,
    Participant,
    Phase,
    PlanAction,
    SourcePlan,
)
from family_plans.operations.contributing import contribute
from family_plans.rules import Responsible, insist_on_reach, insist_on_running, insist_on_somebody, owner_fields
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish
from follow_ups.operations import plan as plan_follow_up
from organisations.models import CodeItem


@dataclass(frozen=True)
class NewGoal:
    """A goal as it is set. `about` is the member whose part it belongs to; None is the whole family."""

    domain: CodeItem
    problem: str
    aim: str
    phase: Phase
    responsible: Responsible | None
    due_on: date
    about: Person | None = None
    own_words: str = ""
    source: SourcePlan | None = None


def set_goal(plan: FamilyPlan, goal: NewGoal, *, by: User, at: datetime) -> Goal:
    """Set a goal in a domain of life, with who sees to it and by when.

    Raises WrongState without anybody responsible (E6), and when the plan has ended; NotAllowed for a partner outside
    what was shared.
    """
    with operation(Action.CONTRIBUTE_TO_PLAN, on=plan, by=by) as op:
        plan = op.target
        return _set(plan, goal, by=by, at=at, within=op)


def _set(plan: FamilyPlan, goal: NewGoal, *, by: User, at: datetime, within: Operation[Any]) -> Goal:
    insist_on_running(plan)
    insist_on_reach(within, plan.family_id, domain=goal.domain, about=goal.about)
    responsible = insist_on_somebody(goal.responsible, about=plan)
    made = Goal.objects.create(
        family_id=plan.family_id,
        plan=plan,
        domain=goal.domain,
        about=goal.about,
        problem=goal.problem,
        aim=goal.aim,
        own_words=goal.own_words,
        phase=goal.phase,
        due_on=goal.due_on,
        source=goal.source,
        set_at=at,
        set_by=by,
        **owner_fields(responsible),
    )
    within.record(Event.GOAL_SET, subject=made, domain=goal.domain.code, phase=goal.phase.value)
    contribute(plan, Contributed.GOAL_SET, domain=goal.domain, by=by, at=at, within=within)
    return made


def use_template(
    plan: FamilyPlan, template: GoalTemplate, *, domain: CodeItem, about: Person | None = None, by: User, at: datetime
) -> Goal:
    """Set the goal of a template with its actions, on days counted from today and from the departure.

    A day in the weekend becomes the next working day, and a day that has passed becomes today. Without a day of
    departure, what counts from it counts from today. Raises WrongState when the plan has ended.
    """
    today = timezone.localdate(at)
    with operation(Action.CONTRIBUTE_TO_PLAN, on=plan, by=by) as op:
        plan = op.target
        trajectory = Trajectory.objects.filter(family_id=plan.family_id, ends_on=None).first()
        departs_on = trajectory.departs_on if trajectory else None
        client = Person.objects.once().get(family_id=plan.family_id, place=Place.CLIENT)
        actions = list(template.actions.order_by("order"))
        days = [action.day(today=today, departs_on=departs_on) for action in actions]
        goal = _set(
            plan,
            NewGoal(
                domain=domain,
                problem=template.problem,
                aim=template.aim,
                phase=Phase(template.phase),
                responsible=by,
                due_on=max(days, default=today),
                about=about,
            ),
            by=by,
            at=at,
            within=op,
        )
        for action, day in zip(actions, days, strict=True):
            put_action(goal, action.what, client if action.by_the_client else by, day, by=by, at=at, within=op)
    return goal


def add_participant(goal: Goal, *, who: Responsible, task: str, by: User, at: datetime) -> Participant:
    """Name somebody who takes part in a goal, and what is expected of them (J7). Raises WrongState without a task."""
    with operation(Action.CONTRIBUTE_TO_PLAN, on=goal, by=by) as op:
        goal = op.target
        insist_on_reach(op, goal.family_id, domain=goal.domain, about=goal.about)
        _insist_on_open(goal)
        insist_on_somebody(who, about=goal)
        if not task.strip():
            raise WrongState(_("Say what is expected of them."), about=goal)
        participant = Participant.objects.create(family_id=goal.family_id, goal=goal, task=task, **owner_fields(who))
        op.record(Event.FAMILY_PLAN_CHANGED, change="participant")
        contribute(goal.plan, Contributed.PARTICIPANT_NAMED, domain=goal.domain, by=by, at=at, within=op)
    return participant


def agree_action(
    goal: Goal, *, what: str, responsible: Responsible | None, due_on: date, by: User, at: datetime
) -> PlanAction:
    """Agree who does what for a goal, and by when. The client, a child or the network can be responsible (E11).

    Raises WrongState when nobody is (E6), or when the goal was rounded off already.
    """
    with operation(Action.CONTRIBUTE_TO_PLAN, on=goal, by=by) as op:
        goal = op.target
        insist_on_reach(op, goal.family_id, domain=goal.domain, about=goal.about)
        return put_action(goal, what, responsible, due_on, by=by, at=at, within=op)


def put_action(
    goal: Goal,
    what: str,
    responsible: Responsible | None,
    due_on: date,
    *,
    conference: Conference | None = None,
    by: User,
    at: datetime,
    within: Operation[Any],
) -> PlanAction:
    """Put an action in the plan, and plan that somebody looks whether it was kept. A step; see `agree_action`."""
    somebody = insist_on_somebody(responsible, about=goal)
    _insist_on_open(goal)
    action = PlanAction.objects.create(
        family_id=goal.family_id,
        goal=goal,
        what=what,
        due_on=due_on,
        conference=conference,
        **owner_fields(somebody),
    )
    within.record(Event.ACTION_AGREED, subject=action, due_on=due_on.isoformat())
    contribute(goal.plan, Contributed.ACTION_AGREED, domain=goal.domain, by=by, at=at, within=within)
    plan_follow_up(
        goal.family,
        Kind.CHECK_AGREEMENT,
        due_on=add_working_days(due_on, 1),
        falls_to=AssignmentKind.REGISSEUR,
        about=action,
        within=within,
    )
    return action


def complete_action(action: PlanAction, *, by: User, at: datetime) -> PlanAction:
    """Record that an action was done. Raises WrongState when somebody was faster."""
    with operation(Action.CONTRIBUTE_TO_PLAN, on=action, by=by) as op:
        action = op.target
        insist_on_reach(op, action.family_id, domain=action.goal.domain, about=action.goal.about)
        if action.done_at is not None:
            raise WrongState(_("This was done already."), about=action)
        action.done_at, action.done_by = at, by
        action.save(update_fields=["done_at", "done_by"])
        op.record(Event.ACTION_CHANGED, change="done")
        contribute(action.goal.plan, Contributed.ACTION_DONE, domain=action.goal.domain, by=by, at=at, within=op)
        _settle([action], as_=State.DONE, at=at, within=op)
    return action


def record_result(goal: Goal, *, result: GoalResult, words: str = "", by: User, at: datetime) -> Goal:
    """Round a goal off: achieved, partly or not (E7). Actions that were open are not asked for any more.

    Raises WrongState when that was recorded already.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=goal, by=by) as op:
        goal = op.target
        _insist_on_open(goal)
        goal.result, goal.result_words, goal.result_on = result, words, timezone.localdate(at)
        goal.save(update_fields=["result", "result_words", "result_on"])
        op.record(Event.FAMILY_PLAN_CHANGED, result=result.value)
        contribute(goal.plan, Contributed.RESULT_RECORDED, domain=goal.domain, by=by, at=at, within=op)
        _settle(PlanAction.objects.filter(goal=goal, done_at=None), as_=State.LAPSED, at=at, within=op)
    return goal


def _settle(actions: Any, *, as_: State, at: datetime, within: Operation[Any]) -> None:
    owed = FollowUp.objects.filter(kind=Kind.CHECK_AGREEMENT, about_id__in=[action.pk for action in actions])
    finish(owed, as_=as_, at=at, within=within)


def _insist_on_open(goal: Goal) -> None:
    if goal.result:
        raise WrongState(_("This goal was rounded off already."), about=goal)
