import threading

import pytest
from django.db import connection

from access.operation import operation
from access.policy import Action
from audit.events import Event, Result
from audit.models import AuditEvent
from cases.models import Family, Person
from core.database import DatabaseRole, acting_as
from core.errors import NotAllowed
from tests import factories


def test_an_operation_that_leaves_no_trace_is_undone(cast):
    with (
        pytest.raises(AssertionError, match="without an audit event"),
        operation(Action.EDIT_FAMILY, on=cast.family, by=cast.worker) as op,
    ):
        op.target.reference = "CHANGED"
        op.target.save()

    assert not Family.objects.filter(reference="CHANGED").exists()
    assert not AuditEvent.objects.exists()


def test_what_fails_halfway_leaves_nothing_but_the_error(cast):
    with pytest.raises(ZeroDivisionError), operation(Action.EDIT_FAMILY, on=cast.family, by=cast.worker) as op:
        op.record(Event.PERSON_ADDED)
        op.target.reference = "CHANGED"
        op.target.save()
        1 / 0  # noqa: B018

    assert not Family.objects.filter(reference="CHANGED").exists()
    assert not AuditEvent.objects.exists()


def test_a_refusal_is_kept_after_everything_else_is_undone(cast):
    with pytest.raises(NotAllowed), operation(Action.EDIT_FAMILY, on=cast.family, by=cast.other_worker):
        pass

    denied = AuditEvent.objects.get()
    assert (denied.event, denied.result) == (Event.ACCESS_DENIED, Result.REFUSED)
    assert (denied.actor_id, denied.family_id) == (cast.other_worker.pk, cast.family.pk)


def test_a_refusal_within_a_request_keeps_what_came_before(cast):
    """The frame is a savepoint: rolling back to it must not take the rest of the request along."""
    with acting_as(DatabaseRole.APP, user_id=cast.other_worker.pk, organisation_ids=cast.other_worker.standing):
        with pytest.raises(NotAllowed), operation(Action.EDIT_FAMILY, on=cast.family, by=cast.other_worker):
            pass
        assert _role() == DatabaseRole.APP

    assert AuditEvent.objects.filter(event=Event.ACCESS_DENIED).count() == 1


def test_the_row_in_the_operation_is_the_one_after_the_lock(cast):
    stale = Family.objects.get(pk=cast.family.pk)
    Family.objects.update(reference="FRESH")

    with operation(Action.EDIT_FAMILY, on=stale, by=cast.worker) as op:
        assert op.target.reference == "FRESH"
        op.record(Event.PERSON_ADDED)


def test_a_membership_that_ended_after_sign_in_is_noticed(cast):
    _ = cast.worker.standing
    cast.worker.memberships.update(ends_on=factories.NOW.date())

    with pytest.raises(NotAllowed), operation(Action.EDIT_FAMILY, on=cast.family, by=cast.worker):
        pass


def test_a_job_may_do_only_what_is_listed_as_automatic(cast):
    with pytest.raises(NotAllowed), operation(Action.EDIT_FAMILY, on=cast.family, by=None):
        pass


def test_an_act_without_a_row_needs_the_role_at_that_organisation(cast):
    with (
        pytest.raises(NotAllowed),
        operation(Action.OPEN_FAMILY, within_organisation=cast.other_org.pk, by=cast.worker),
    ):
        pass


@pytest.mark.django_db(transaction=True)
def test_two_operations_on_one_family_queue_up(cast):
    """Without the lock both would read two persons and both would write a third."""
    seen, ready = [], threading.Barrier(2, timeout=10)

    def add_a_third():
        ready.wait()
        try:
            with operation(Action.EDIT_FAMILY, on=cast.family, by=cast.worker) as op:
                count = Person.objects.filter(family=op.target).count()
                threading.Event().wait(0.3)
                Person.objects.create(family=op.target, place="child", given_name=f"Kind {count}")
                op.record(Event.PERSON_ADDED)
                seen.append(count)
        finally:
            connection.close()

    threads = [threading.Thread(target=add_a_third) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(seen) == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_operations_on_two_families_in_opposite_order_do_not_deadlock(cast):
    other = factories.family(opened_by=cast.shelter)
    factories.involvement(other, cast.shelter)
    factories.assignment(other, cast.worker, cast.shelter)
    ready, failures = threading.Barrier(2, timeout=10), []

    def act(rows):
        ready.wait()
        try:
            for _ in range(5):
                with operation(Action.EDIT_FAMILY, on=rows, by=cast.worker) as op:
                    op.record(Event.PERSON_ADDED, subject=op.targets[0])
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(rows,)) for rows in ([cast.family, other], [other, cast.family])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []


def _role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]
