"""Two workers on one plan at the same moment: each waits for the other, and nothing either did is lost."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection

from access.models import AssignmentKind, Relation
from core.errors import WrongState
from family_plans import operations
from family_plans.models import DOMAINS, FamilyPlan, Goal, Phase, PlanAction
from organisations.models import CodeItem, CodeList
from tests import factories

NOW = factories.NOW
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def two(db):
    """A family, two workers of one organisation, and a domain."""
    team = factories.organisation()
    family = factories.family(opened_by=team)
    factories.involvement(family, team, Relation.WORKING)
    family.workers = [factories.user(at=team), factories.user(at=team)]
    for worker in family.workers:
        factories.assignment(family, worker, team, AssignmentKind.WORKER)
    family.domain = CodeItem.objects.create(
        code_list=CodeList.objects.create(slug=DOMAINS, title_nl="Leefgebieden"),
        code="finances",
        label_nl="financiën",
        valid_from=date(2023, 1, 1),
    )
    return family


def at_once(*acts):
    """Do these at the same moment, each in a connection of its own; return what each came to."""
    barrier, came_to = Barrier(len(acts)), {}

    def run(number, act):
        barrier.wait()
        try:
            came_to[number] = act()
        except WrongState as refusal:
            came_to[number] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [came_to[number] for number in range(len(acts))]


def test_one_plan_starts_and_the_other_worker_is_led_to_it(two):
    first, second = at_once(
        *(
            lambda worker=worker: operations.start_plan(two, own_words="Rust.", by=worker, at=NOW)
            for worker in two.workers
        )
    )

    plan = FamilyPlan.objects.get()
    assert {type(first), type(second)} == {FamilyPlan, WrongState}
    refusal = first if isinstance(first, WrongState) else second
    assert refusal.about == plan


def test_goals_and_agreements_of_both_stand_in_the_plan_and_one_thing_is_done_once(two):
    plan = operations.start_plan(two, own_words="Rust.", by=two.workers[0], at=NOW)

    def set_goal(worker):
        goal = operations.NewGoal(
            domain=two.domain,
            problem="Schulden.",
            aim="Een regeling.",
            phase=Phase.IN_SHELTER,
            responsible=worker,
            due_on=date(2026, 6, 1),
        )
        return operations.set_goal(plan, goal, by=worker, at=NOW)

    at_once(*(lambda worker=worker: set_goal(worker) for worker in two.workers))
    goal = Goal.objects.order_by("pk")[0]
    at_once(
        *(
            lambda worker=worker: operations.agree_action(
                goal, what="Bellen.", responsible=worker, due_on=date(2026, 3, 9), by=worker, at=NOW
            )
            for worker in two.workers
        )
    )
    action = PlanAction.objects.order_by("pk")[0]
    done = at_once(
        *(lambda worker=worker: operations.complete_action(action, by=worker, at=NOW) for worker in two.workers)
    )

    assert {goal.owner for goal in Goal.objects.all()} == set(two.workers)
    assert {action.owner for action in PlanAction.objects.all()} == set(two.workers)
    assert sorted(type(one).__name__ for one in done) == ["PlanAction", "WrongState"]
