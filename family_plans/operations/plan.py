from datetime import date, datetime

from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Person
from core.errors import WrongState
from family_plans.models import FamilyPlan, Goal, GoalResult, Phase, PlanAction
from organisations.models import CodeItem, Organisation

# Whoever is responsible for an action: a member of the family, a professional, or an organisation.
Responsible = Person | User | Organisation


def start_plan(family: Family, *, own_words: str, by: User, at: datetime) -> FamilyPlan:
    """Start the one plan of a family, with what the client wants. Raises WrongState while another one runs (E2)."""
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        family = op.target
        if running := FamilyPlan.objects.filter(family=family).active().first():
            raise WrongState(_("This family has a plan already. Go on with that one."), about=running)
        if not own_words.strip():
            raise WrongState(_("Write down what the client wants, in her or his own words."), about=family)
        plan = FamilyPlan.objects.create(family=family, own_words=own_words, started_by=by, started_at=at)
        op.record(Event.FAMILY_PLAN_STARTED, subject=plan)
    return plan


def set_goal(
    plan: FamilyPlan,
    *,
    domain: CodeItem,
    problem: str,
    aim: str,
    phase: Phase,
    person: Person | None = None,
    own_words: str = "",
    by: User,
    at: datetime,
) -> Goal:
    """Set a goal in a domain of life, for one member or for everybody. Raises WrongState when the plan has ended."""
    with operation(Action.EDIT_FAMILY_PLAN, on=plan, by=by) as op:
        plan = op.target
        if plan.ended_at is not None:
            raise WrongState(_("This plan has ended."), about=plan)
        goal = Goal.objects.create(
            family_id=plan.family_id,
            plan=plan,
            domain=domain,
            person=person,
            problem=problem,
            aim=aim,
            own_words=own_words,
            phase=phase,
            set_at=at,
        )
        op.record(Event.GOAL_SET, subject=goal, domain=domain.code, phase=phase.value)
    return goal


def agree_action(goal: Goal, *, what: str, responsible: Responsible | None, due_on: date, by: User) -> PlanAction:
    """Agree who does what for a goal, and by when. The client or a child can be responsible (E11).

    Raises WrongState when nobody is (E6), or when the goal was rounded off already.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=goal, by=by) as op:
        goal = op.target
        if responsible is None:
            raise WrongState(_("Say who does this. An action of nobody is done by nobody."), about=goal)
        _insist_on_running(goal)
        action = PlanAction.objects.create(
            family_id=goal.family_id,
            goal=goal,
            what=what,
            person=responsible if isinstance(responsible, Person) else None,
            user=responsible if isinstance(responsible, User) else None,
            organisation=responsible if isinstance(responsible, Organisation) else None,
            due_on=due_on,
        )
        op.record(Event.ACTION_AGREED, subject=action, due_on=due_on.isoformat())
    return action


def complete_action(action: PlanAction, *, by: User, at: datetime) -> PlanAction:
    """Record that an action was done. Raises WrongState when somebody was faster."""
    with operation(Action.EDIT_FAMILY_PLAN, on=action, by=by) as op:
        action = op.target
        if action.done_at is not None:
            raise WrongState(_("This was done already."), about=action)
        action.done_at, action.done_by = at, by
        action.save(update_fields=["done_at", "done_by"])
        op.record(Event.ACTION_CHANGED, change="done")
    return action


def record_result(goal: Goal, *, result: GoalResult, by: User) -> Goal:
    """Round a goal off: achieved, partly or not (E7). Raises WrongState when that was recorded already."""
    with operation(Action.EDIT_FAMILY_PLAN, on=goal, by=by) as op:
        goal = op.target
        _insist_on_running(goal)
        goal.result = result
        goal.save(update_fields=["result"])
        op.record(Event.FAMILY_PLAN_CHANGED, result=result.value)
    return goal


def _insist_on_running(goal: Goal) -> None:
    if goal.result:
        raise WrongState(_("This goal was rounded off already."), about=goal)
