"""The copy of the earliest open follow-up, on every live involvement and assignment of a family."""

from datetime import date

import pytest

from access.models import NEVER, Assignment, Involvement
from access.operation import operation
from access.policy import Action
from audit.events import Event
from core.errors import WrongState
from follow_ups import operations
from follow_ups.models import TRANSITIONS, FollowUp, Kind, State
from tests import factories
from tests.factories import NOW

EARLY, LATE = date(2026, 3, 5), date(2026, 4, 1)


def copies(family):
    return {
        *Assignment.objects.filter(family=family, closed_at=None).values_list("next_due_on", flat=True),
        *Involvement.objects.filter(family=family, closed_at=None).values_list("next_due_on", flat=True),
    }


def test_nothing_owed_is_the_last_day_of_the_calendar(cast):
    assert copies(cast.family) == {NEVER}


def test_the_earliest_open_one_is_copied(cast):
    factories.follow_up(cast.family, due_on=LATE)
    factories.follow_up(cast.family, due_on=EARLY)

    assert copies(cast.family) == {EARLY}


def test_a_change_of_many_at_once_is_not_forgotten(cast):
    factories.follow_up(cast.family, due_on=LATE)
    first = factories.follow_up(cast.family, due_on=EARLY)

    FollowUp.objects.filter(pk=first.pk).update(state=State.DONE, closed_at=NOW)

    assert copies(cast.family) == {LATE}


def test_who_comes_later_starts_with_the_right_day(cast):
    factories.follow_up(cast.family, due_on=EARLY)

    assert factories.assignment(cast.family, cast.colleague, cast.shelter).pk
    factories.involvement(cast.family, cast.other_org)

    assert copies(cast.family) == {EARLY}


def test_another_family_is_left_alone(cast):
    other = factories.family()
    factories.involvement(other, cast.other_org)
    factories.follow_up(cast.family, due_on=EARLY)

    assert copies(other) == {NEVER}


@pytest.mark.row("R55")
def test_planning_the_same_again_plans_nothing(cast):
    planned = []
    for _ in range(2):
        with operation(Action.EDIT_FAMILY, on=cast.family, by=cast.worker) as op:
            planned.append(operations.plan(op.target, Kind.CONTACT, due_on=EARLY, falls_to="worker", within=op))
            op.record(Event.FAMILY_VIEWED)

    assert planned[0] == planned[1]
    assert FollowUp.objects.count() == 1


@pytest.mark.parametrize("target", State)
@pytest.mark.parametrize("current", State)
def test_every_pair_of_states(current, target):
    follow_up = FollowUp(state=current)
    if target in TRANSITIONS[current]:
        follow_up.move_to(target)
        assert follow_up.state == target
    else:
        with pytest.raises(WrongState):
            follow_up.move_to(target)
        assert follow_up.state == current
