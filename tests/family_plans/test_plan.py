from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.events import Event
from audit.models import AuditEvent
from cases.models import Place
from core.errors import NotAllowed, WrongState
from family_plans import operations
from family_plans.models import FamilyPlan, Goal, GoalResult, Phase, PlanAction
from tests import factories
from tests.family_plans.conftest import new_goal

NOW = factories.NOW
STRANGERS = ["colleague", "team_lead", "other_worker", "barred_worker", "former_worker", "coordinator"]


def start(cast, by=None, words="Rust."):
    return operations.start_plan(cast.family, own_words=words, by=by or cast.worker, at=NOW)


def set_goal(plan, cast, by=None, **fields):
    goal = new_goal(
        cast,
        "education",
        problem="Daan slaapt in de klas.",
        aim="Daan slaapt genoeg.",
        phase=Phase.IN_SHELTER,
        about=cast.daan,
        **fields,
    )
    return operations.set_goal(plan, goal, by=by or cast.worker, at=NOW)


def agree(goal, cast, responsible, by=None):
    return operations.agree_action(
        goal, what="Bellen.", responsible=responsible, due_on=date(2026, 3, 9), by=by or cast.worker, at=NOW
    )


def round_off(goal, cast, result=GoalResult.PARTLY, by=None):
    return operations.record_result(goal, result=result, by=by or cast.worker, at=NOW)


@pytest.mark.row("E2")
def test_a_second_plan_is_refused_and_leads_to_the_first(plan, household):
    with pytest.raises(WrongState) as refusal:
        start(household)

    assert refusal.value.about == plan


@pytest.mark.row("E2")
def test_the_database_lets_one_plan_run(plan, household):
    with pytest.raises(IntegrityError), transaction.atomic():
        FamilyPlan.objects.create(
            family=household.family, own_words="Nog een.", started_by=household.worker, started_at=NOW
        )


@pytest.mark.row("E10")
def test_a_plan_without_the_clients_own_words_is_refused(household):
    with pytest.raises(WrongState):
        start(household, words="  ")

    assert not FamilyPlan.objects.exists()


def test_a_goal_says_the_problem_the_aim_and_in_the_end_the_result(plan, household):
    goal = set_goal(plan, household)

    round_off(goal, household)

    goal.refresh_from_db()
    assert (goal.problem, goal.aim, goal.about, goal.result) == (
        "Daan slaapt in de klas.",
        "Daan slaapt genoeg.",
        household.daan,
        "partly",
    )
    with pytest.raises(WrongState):
        round_off(goal, household, GoalResult.ACHIEVED)
    with pytest.raises(WrongState):
        agree(goal, household, household.client)


def test_a_plan_that_ended_gets_no_goals(plan, household):
    FamilyPlan.objects.filter(pk=plan.pk).update(ended_at=NOW, ended_by=household.worker)

    with pytest.raises(WrongState):
        set_goal(plan, household)


@pytest.mark.row("E6")
def test_an_action_of_nobody_is_refused(goal, household):
    with pytest.raises(WrongState):
        agree(goal, household, None)

    assert not PlanAction.objects.exists()


@pytest.mark.row("E6")
def test_the_database_insists_on_exactly_one_who_is_responsible(goal, household):
    fields = {"family": household.family, "goal": goal, "what": "Bellen.", "due_on": date(2026, 3, 9)}

    with pytest.raises(IntegrityError), transaction.atomic():
        PlanAction.objects.create(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanAction.objects.create(person=household.client, user=household.worker, **fields)


@pytest.mark.row("E11")
@pytest.mark.parametrize(
    ("who", "field"), [("client", "person"), ("femke", "person"), ("worker", "user"), ("debt_support", "organisation")]
)
def test_the_client_a_child_a_professional_or_an_organisation_does_it(goal, household, who, field):
    action = agree(goal, household, getattr(household, who))

    assert getattr(action, field) == getattr(household, who)
    assert action.responsible == getattr(household, who).name


def test_an_action_is_done_once(action, household):
    operations.complete_action(action, by=household.worker, at=NOW)

    action.refresh_from_db()
    assert (action.done_at, action.done_by) == (NOW, household.worker)
    with pytest.raises(WrongState):
        operations.complete_action(action, by=household.worker, at=NOW)


def test_a_plan_points_at_nobody_of_another_family(goal, household):
    stranger = factories.family().persons.get(place=Place.CLIENT)

    with pytest.raises(IntegrityError), transaction.atomic():
        agree(goal, household, stranger)
        transaction.get_connection().check_constraints()


@pytest.mark.parametrize("who", STRANGERS)
def test_who_does_not_work_for_the_family_writes_nothing_in_the_plan(action, goal, plan, household, who):
    stranger = getattr(household, who)

    for attempt in (
        lambda: start(household, by=stranger),
        lambda: set_goal(plan, household, by=stranger),
        lambda: agree(goal, household, household.client, by=stranger),
        lambda: operations.complete_action(action, by=stranger, at=NOW),
        lambda: round_off(goal, household, GoalResult.NOT, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert (Goal.objects.count(), PlanAction.objects.filter(done_at=None).count()) == (1, 1)
    assert not Goal.objects.visible_to(stranger).exists()


def test_each_step_leaves_a_trace(action, goal, household):
    operations.complete_action(action, by=household.worker, at=NOW)
    round_off(goal, household, GoalResult.ACHIEVED)

    events = set(AuditEvent.objects.values_list("event", flat=True))
    assert events >= {
        Event.FAMILY_PLAN_STARTED,
        Event.GOAL_SET,
        Event.ACTION_AGREED,
        Event.ACTION_CHANGED,
        Event.FAMILY_PLAN_CHANGED,
    }
    assert not AuditEvent.objects.filter(details__icontains="schrikken").exists()
