"""The first page of the day keeps its plan in the database; whom it answers does not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from access.models import Assignment, Involvement
from core.database import DatabaseRole, acting_as
from overview import worklist
from tests import factories

# The database makes five plans of its own before it keeps one for all values.
MORE_THAN_FIVE = 8


def listed(user, role=DatabaseRole.APP, *, known=True):
    who = {"user_id": user.pk, "organisation_ids": user.standing} if known else {}
    with acting_as(role, **who):
        return [line.reference for line in worklist.caseload(user, today=timezone.localdate()).lines]


@pytest.fixture
def two(cast):
    """Two workers of different organisations with a family each, and a plan that was kept from the first."""
    other = factories.family(opened_by=cast.other_org)
    factories.involvement(other, cast.other_org)
    factories.assignment(other, cast.other_worker, cast.other_org)
    for _time in range(MORE_THAN_FIVE):
        assert listed(cast.worker) == [cast.family.reference]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(generic_plans) FROM pg_prepared_statements WHERE statement LIKE '%access_assignment%'"
        )
        assert cursor.fetchone()[0] > 0, "no plan was kept, so this shows nothing"
    return cast, other


def test_a_plan_that_was_kept_shows_each_worker_her_own_families_only(two):
    cast, other = two
    for _time in range(MORE_THAN_FIVE):
        assert (listed(cast.worker), listed(cast.other_worker)) == ([cast.family.reference], [other.reference])
        assert listed(cast.barred_worker) == listed(cast.former_worker) == listed(cast.stray_worker) == []


def test_a_plan_that_was_kept_shows_nothing_to_a_connection_that_says_not_who_asks(two):
    cast, _other = two
    assert listed(cast.worker, known=False) == []
    assert listed(cast.worker) == [cast.family.reference]


@pytest.mark.parametrize("row", [Assignment, Involvement])
def test_a_plan_that_was_kept_sees_a_door_close_at_once(two, row):
    cast, other = two
    ended = timezone.now() - timedelta(seconds=1)
    row.objects.filter(family=cast.family).update(starts_at=ended - timedelta(hours=1), ends_at=ended)
    assert listed(cast.worker) == []
    assert listed(cast.other_worker) == [other.reference]


@pytest.mark.django_db
def test_nothing_that_reads_who_asks_is_worked_out_while_planning():
    """A function that the database takes for unchanging would be answered once, for the first who asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE provolatile = 'i' AND pronamespace = 'public'::regnamespace"
            " AND (prosrc ILIKE '%current_setting%' OR prosrc ILIKE '%from%access_%')"
        )
        assert cursor.fetchall() == []
