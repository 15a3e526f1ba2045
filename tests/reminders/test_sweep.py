"""A fault in one row stops no other, and nobody can miss that there is one."""

from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection

from audit.models import AuditEvent
from follow_ups.models import FollowUp, Quarantine, Reminder, SweepRun, Trigger
from reminders import sweep as rounds
from reminders.sweep import Bounds, reached, sweep
from tests import factories
from tests.factories import NOW

TODAY = date(2026, 3, 2)


@pytest.fixture
def poison(alone):
    """One follow-up among nine that the database refuses to raise, whatever is tried."""
    rows = [factories.follow_up(alone, about_id=factories.user(None).pk) for _ in range(9)]
    bad = rows[4]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF NEW.follow_up_id = '{bad.pk}' THEN RAISE EXCEPTION 'poison'; END IF; RETURN NEW; END $$;"
            "CREATE TRIGGER refuse_one BEFORE INSERT ON follow_ups_reminder"
            " FOR EACH ROW EXECUTE FUNCTION refuse_one()"
        )
    return bad


def heal():
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER refuse_one ON follow_ups_reminder")


@pytest.mark.row("R48", "L2")
def test_a_poison_row_is_set_apart_and_the_others_are_raised(poison):
    run = sweep(today=TODAY, now=NOW)

    assert (run.due_seen, run.raised, run.left, run.quarantined) == (9, 8, 0, 1)
    assert Quarantine.objects.get().follow_up_id == poison.pk
    assert not Reminder.objects.filter(follow_up=poison).exists()


def test_what_was_set_apart_is_raised_once_when_it_can_be(poison):
    sweep(today=TODAY, now=NOW)
    heal()

    runs = [sweep(today=TODAY, now=NOW + timedelta(minutes=n)) for n in (1, 2)]

    assert [(run.raised, run.quarantined) for run in runs] == [(1, 0), (0, 0)]
    assert Reminder.objects.filter(follow_up=poison).count() == 1


def test_a_row_that_stays_poison_stays_apart(poison):
    for minute in range(3):
        run = sweep(today=TODAY, now=NOW + timedelta(minutes=minute))

    assert (run.raised, run.quarantined, Quarantine.objects.count()) == (0, 1, 1)


def test_a_database_that_is_gone_sets_nothing_apart(alone, monkeypatch):
    factories.follow_up(alone)

    def gone(*args):
        raise OperationalError

    monkeypatch.setattr(rounds, "_ask", gone)
    with pytest.raises(OperationalError):
        sweep(today=TODAY, now=NOW)

    assert not Quarantine.objects.exists()


def test_batches_follow_each_other_until_nothing_is_left(alone, monkeypatch):
    monkeypatch.setattr(rounds, "BATCH", 2)
    for _ in range(5):
        factories.follow_up(alone, about_id=factories.user(None).pk)

    assert sweep(today=TODAY, now=NOW).raised == 5


def test_a_round_that_raised_something_is_in_the_audit_log(alone):
    factories.follow_up(alone)

    sweep(today=TODAY, now=NOW, trigger=Trigger.COMMAND)
    sweep(today=TODAY, now=NOW)

    assert AuditEvent.objects.get(event="reminders.raised").details == {"raised": 1, "trigger": "command"}


@pytest.mark.row("R56")
def test_a_step_is_reached_on_a_working_day_and_never_before_its_days_are_over():
    for day in (TODAY + timedelta(days=n) for n in range(4000)):
        dues = [reached(step, day) for step in rounds.Step]
        assert dues == sorted(dues, reverse=True)
        assert dues[0] == day


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_does_not_hold_up_the_round(alone):
    import threading

    held = factories.follow_up(alone)
    factories.follow_up(alone, about_id=factories.user(None).pk)
    taken, done = threading.Event(), threading.Event()

    def hold():
        from django.db import transaction

        with transaction.atomic():
            FollowUp.objects.select_for_update().get(pk=held.pk)
            taken.set()
            done.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert taken.wait(5)
    try:
        run = sweep(today=TODAY, now=NOW)
    finally:
        done.set()
        thread.join()

    assert (run.raised, run.left) == (1, 1)
    assert sweep(today=TODAY, now=NOW).raised == 1


@pytest.mark.django_db(transaction=True)
def test_a_round_does_not_wait_for_somebody_who_works_on_the_family(alone):
    import threading

    from access.operation import operation
    from access.policy import Action
    from audit.events import Event

    factories.follow_up(alone)
    taken, done = threading.Event(), threading.Event()

    def work():
        with operation(Action.EDIT_FAMILY, on=alone, by=alone.worker) as op:
            op.record(Event.FAMILY_VIEWED)
            taken.set()
            done.wait(10)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert taken.wait(5)
    try:
        run = sweep(today=TODAY, now=NOW, bounds=Bounds(statement_seconds=2))
    finally:
        done.set()
        thread.join()

    assert run.raised == 1


class TestPageView:
    """The third trigger: a page that finds the rounds overdue does one."""

    @pytest.fixture
    def behind(self, cast):
        factories.follow_up(cast.family)
        SweepRun.objects.create(finished_at=NOW - timedelta(minutes=5), due_seen=0, raised=0)
        return cast

    @pytest.mark.row("L2", "R51")
    def test_it_raises_what_is_due_for_everybody(self, client, sign_in, behind):
        other = factories.family()
        factories.follow_up(other)
        sign_in(behind.worker)

        client.get("/")

        assert Reminder.objects.count() == 2
        assert SweepRun.objects.latest("pk").trigger == Trigger.PAGE

    def test_it_does_nothing_while_rounds_come(self, client, sign_in, behind):
        SweepRun.objects.create(finished_at=NOW - timedelta(minutes=1), due_seen=0, raised=0)
        sign_in(behind.worker)

        client.get("/")

        assert not Reminder.objects.exists()

    def test_nobody_who_is_not_signed_in_starts_one(self, client, behind):
        client.get("/hulp/")

        assert not Reminder.objects.exists()

    def test_a_round_that_fails_does_not_spoil_the_page(self, client, sign_in, behind, monkeypatch):
        def fail(**kwargs):
            raise OperationalError

        monkeypatch.setattr("reminders.middleware.sweep", fail)
        sign_in(behind.worker)

        assert client.get("/").status_code == 200
