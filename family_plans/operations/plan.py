"""The plan as a whole: started, agreed, kept together by somebody, given a route, and ended with what came of it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family
from core.errors import WrongState
from core.working_days import add_months
from family_plans.models import (
    MOST_FOCUS_DOMAINS,
    Contributed,
    FamilyPlan,
    Goal,
    Route,
    RouteFocus,
    RoutePhase,
)
from family_plans.operations.contributing import contribute
from family_plans.rules import insist_on_running
from organisations.models import CodeItem

PHASES = 3
LONGEST_ROUTE = 12  # months
SHORTEST_ROUTE = 3


def start_plan(family: Family, *, own_words: str, by: User, at: datetime) -> FamilyPlan:
    """Start the one plan of a family, with what the client wants. Raises WrongState while another one runs (E2)."""
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        family = op.target
        if running := FamilyPlan.objects.filter(family=family).active().first():
            raise WrongState(_("This family has a plan already. Go on with that one."), about=running)
        if not own_words.strip():
            raise WrongState(_("Write down what the client wants, in her or his own words."), about=family)
        plan = FamilyPlan.objects.create(
            family=family, own_words=own_words, coordinator=by, started_by=by, started_at=at
        )
        op.record(Event.FAMILY_PLAN_STARTED, subject=plan)
        contribute(plan, Contributed.PLAN_STARTED, by=by, at=at, within=op)
    return plan


def appoint_coordinator(plan: FamilyPlan, *, coordinator: User, by: User) -> FamilyPlan:
    """Say who keeps the plan together (B21): the regisseur or somebody else who works for the family."""
    with operation(Action.EDIT_FAMILY_PLAN, on=plan, by=by) as op:
        plan = op.target
        insist_on_running(plan)
        plan.coordinator = coordinator
        plan.save(update_fields=["coordinator"])
        op.record(Event.FAMILY_PLAN_CHANGED, change="coordinator")
    return plan


def name_way_of_working(plan: FamilyPlan, *, words: str, by: User) -> FamilyPlan:
    """Say which way of working the shelter follows, in a few words (C21). Empty takes it back. On no paper."""
    with operation(Action.EDIT_FAMILY_PLAN, on=plan, by=by) as op:
        plan = op.target
        insist_on_running(plan)
        plan.way_of_working = words.strip()
        plan.save(update_fields=["way_of_working"])
        op.record(Event.FAMILY_PLAN_CHANGED, change="way_of_working")
    return plan


def agree_plan(plan: FamilyPlan, *, on: date, by: User, at: datetime) -> FamilyPlan:
    """Record that the client said on a day: this is my plan (E10). A later day may be recorded over an earlier one."""
    with operation(Action.EDIT_FAMILY_PLAN, on=plan, by=by) as op:
        plan = op.target
        insist_on_running(plan)
        if on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=plan)
        plan.agreed_on = on
        plan.save(update_fields=["agreed_on"])
        op.record(Event.FAMILY_PLAN_CHANGED, change="agreed")
    return plan


def end_plan(plan: FamilyPlan, *, by: User, at: datetime) -> FamilyPlan:
    """End a plan. Raises WrongState while a goal has no result: the end says of each what came of it (E7)."""
    with operation(Action.EDIT_FAMILY_PLAN, on=plan, by=by) as op:
        plan = op.target
        insist_on_running(plan)
        if Goal.objects.filter(plan=plan, result="").exists():
            raise WrongState(_("Round every goal off first: achieved, partly or not."), about=plan)
        plan.ended_at, plan.ended_by = at, by
        plan.save(update_fields=["ended_at", "ended_by"])
        op.record(Event.FAMILY_PLAN_CHANGED, change="ended")
    return plan


def choose_route(
    plan: FamilyPlan, *, starts_on: date, months: int, focus: Sequence[CodeItem], by: User, at: datetime
) -> FamilyPlan:
    """Lay Critical Time Intervention over the plan (C17): three phases of equal length, one to three focus domains.

    `months` from 3 to 12. Choosing it again replaces what was chosen. Raises WrongState outside these limits.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=plan, by=by) as op:
        plan = op.target
        insist_on_running(plan)
        if not 1 <= len(set(focus)) <= MOST_FOCUS_DOMAINS:
            raise WrongState(_("Choose one, two or three domains to concentrate on."), about=plan)
        if not SHORTEST_ROUTE <= months <= LONGEST_ROUTE:
            raise WrongState(_("This route takes three to twelve months."), about=plan)
        for number, (first, last) in enumerate(_phases(starts_on, months), 1):
            RoutePhase.objects.update_or_create(
                family_id=plan.family_id, plan=plan, number=number, defaults={"starts_on": first, "ends_on": last}
            )
        RouteFocus.objects.filter(plan=plan, closed_at=None).update(closed_at=at)
        for slot, domain in enumerate(dict.fromkeys(focus), 1):
            RouteFocus.objects.create(family_id=plan.family_id, plan=plan, domain=domain, slot=slot)
        plan.route = Route.CTI
        plan.save(update_fields=["route"])
        op.record(Event.FAMILY_PLAN_CHANGED, change="route", months=months)
    return plan


def _phases(starts_on: date, months: int) -> list[tuple[date, date]]:
    """Return first and last day of each phase. The last one ends the day before `months` months have passed."""
    end = add_months(starts_on, months)
    length = (end - starts_on) / PHASES
    begins = [starts_on + length * number for number in range(PHASES)] + [end]
    one_day = date.resolution
    return [(begins[number], begins[number + 1] - one_day) for number in range(PHASES)]
