"""Raised exactly once, sent at least once, and to nobody who may not know."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from access.models import Relation
from accounts.models import Role
from follow_ups import operations
from follow_ups.models import DispatchRun, Outbox, Reminder, Step, SweepRun
from reminders.dispatch import LEASE, RETRY_AFTER, dispatch
from reminders.sweep import sweep
from tests import factories
from tests.factories import NOW
from tests.reminders.conftest import Post

TODAY = date(2026, 3, 2)


def failing(*recipients):
    post = Post()
    post.failing_for = recipients
    return post


def both(*, today, now, send):
    """A round as the worker does it: raise, then send."""
    sweep(today=today, now=now)
    return dispatch(now=now, send=send)


@pytest.mark.row("A14", "R48", "L2")
def test_a_second_sweep_on_the_same_day_raises_and_sends_nothing(alone, post):
    factories.follow_up(alone)

    both(today=TODAY, now=NOW, send=post)
    both(today=TODAY, now=NOW, send=post)

    assert [Reminder.objects.count(), Outbox.objects.count(), post.told] == [1, 1, [alone.worker]]
    assert [run.raised for run in SweepRun.objects.order_by("pk")] == [1, 0]
    assert [run.sent for run in DispatchRun.objects.order_by("pk")] == [1, 0]


@pytest.mark.row("A14", "R57")
def test_days_that_were_missed_are_caught_up_once(alone, post):
    factories.follow_up(alone, due_on=TODAY - timedelta(days=9))

    both(today=TODAY, now=NOW, send=post)

    # Nine days is the day itself, the step to the stand-in and the one to the team lead.
    assert set(Reminder.objects.values_list("step", flat=True)) == {Step.DUE, Step.STAND_IN, Step.TEAM_LEAD}


def test_what_is_due_tomorrow_is_not_raised_today(alone, post):
    factories.follow_up(alone, due_on=TODAY + timedelta(days=1))

    both(today=TODAY, now=NOW, send=post)

    assert not Reminder.objects.exists()


@pytest.mark.row("R54")
def test_the_database_refuses_a_second_reminder_and_a_second_message(alone):
    follow_up = factories.follow_up(alone)
    fields = {"family": alone, "follow_up": follow_up, "step": Step.DUE, "raised_at": NOW}
    raised = Reminder.objects.create(**fields)
    Outbox.objects.create(family=alone, reminder=raised, made_at=NOW)

    with pytest.raises(IntegrityError, match="reminder_one_per_follow_up_and_step"), transaction.atomic():
        Reminder.objects.create(**fields)
    with pytest.raises(IntegrityError, match="reminder_id"), transaction.atomic():
        Outbox.objects.create(family=alone, reminder=raised, made_at=NOW)


@pytest.mark.row("R54")
def test_what_could_not_be_sent_waits_and_is_sent_later(alone, post):
    factories.follow_up(alone)
    both(today=TODAY, now=NOW, send=failing(alone.worker))
    assert Outbox.objects.get().sent_at is None

    both(today=TODAY, now=NOW, send=post)
    assert post.told == []
    both(today=TODAY, now=NOW + RETRY_AFTER, send=post)

    assert post.told == [alone.worker]
    assert Outbox.objects.get().sent_to == alone.worker


@pytest.mark.row("R54")
def test_a_crash_right_after_sending_sends_again_rather_than_never(alone, post):
    factories.follow_up(alone)

    def told_and_gone(message):
        post(message)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        both(today=TODAY, now=NOW, send=told_and_gone)
    both(today=TODAY, now=NOW, send=post)
    assert post.told == [alone.worker]  # the lease of who died still runs
    both(today=TODAY, now=NOW + LEASE, send=post)

    assert post.told == [alone.worker, alone.worker]


def test_one_failing_address_does_not_stop_the_next(alone, post):
    other = factories.family(opened_by=alone.shelter)
    factories.involvement(other, alone.shelter)
    second = factories.user(at=alone.shelter)
    factories.assignment(other, second, alone.shelter)
    factories.follow_up(alone)
    factories.follow_up(other)
    post.failing_for = [alone.worker]

    both(today=TODAY, now=NOW, send=post)

    assert post.told == [second]


def test_what_was_done_meanwhile_is_dropped(alone, post):
    follow_up = factories.follow_up(alone)
    both(today=TODAY, now=NOW, send=failing(alone.worker))
    operations.close(follow_up, by=alone.worker, at=NOW)

    both(today=TODAY, now=NOW + RETRY_AFTER, send=post)

    assert post.told == []
    assert Outbox.objects.get().dropped_at is not None


@pytest.mark.row("L3")
def test_who_may_no_longer_open_the_work_is_not_told_and_the_team_lead_is(alone, post):
    lead = factories.user(Role.TEAM_LEAD, at=alone.shelter)
    factories.assignment(alone, alone.worker, alone.shelter, "barred")
    factories.follow_up(alone)

    both(today=TODAY, now=NOW, send=post)

    assert post.told == [lead]


@pytest.mark.row("L3")
@pytest.mark.parametrize("lost", ["left", "membership", "assignment"])
def test_nobody_hears_who_has_gone(alone, post, lost):
    if lost == "left":
        type(alone.worker).objects.filter(pk=alone.worker.pk).update(is_active=False)
    elif lost == "membership":
        alone.worker.memberships.update(ends_on=TODAY)
    else:
        type(alone.assignment).objects.update(closed_at=NOW)
    factories.follow_up(alone)

    both(today=TODAY, now=NOW, send=post)

    assert post.told == []
    assert Outbox.objects.get().attempts == 1


@pytest.mark.row("L3")
def test_without_anybody_at_the_shelter_the_municipality_hears(alone, post):
    type(alone.assignment).objects.update(closed_at=NOW)
    municipality = factories.organisation("Gemeente", kind="municipality")
    coordinator = factories.user(Role.COORDINATOR, at=municipality)
    factories.involvement(alone, municipality, Relation.RESPONSIBLE)
    factories.follow_up(alone)

    both(today=TODAY, now=NOW, send=post)

    assert post.told == [coordinator]


@pytest.mark.row("R55")
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_tell_everybody_once(alone):
    for n in range(3):
        factories.follow_up(alone, due_on=TODAY - timedelta(days=n % 2), about_id=factories.user(None).pk)
    told, ready, failures = [], threading.Barrier(2, timeout=10), []

    def slowly(message):
        threading.Event().wait(0.2)
        told.append(message.recipient.pk)

    def run():
        try:
            ready.wait()
            both(today=TODAY, now=NOW, send=slowly)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert Reminder.objects.count() == Outbox.objects.exclude(sent_at=None).count() == 3
    # A sweep tells somebody once; two beside each other may each have had something to tell, and never the same row.
    assert 1 <= len(told) <= 2


@pytest.mark.django_db(transaction=True)
def test_one_message_is_not_sent_by_two_sweeps(alone):
    factories.follow_up(alone)
    told = []
    sending, other_done = threading.Event(), threading.Event()

    def slowly(message):
        told.append(message.recipient.pk)
        sending.set()
        other_done.wait(5)

    def first():
        try:
            both(today=TODAY, now=NOW, send=slowly)
        finally:
            connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert sending.wait(5)
    try:
        both(today=TODAY, now=NOW, send=lambda message: told.append(message.recipient.pk))
    finally:
        other_done.set()
        thread.join()

    assert told == [alone.worker.pk]


@pytest.mark.row("L3", "R41")
@pytest.mark.parametrize("lost", ["left", "barred"])
def test_a_team_lead_who_may_not_know_is_not_told_either(alone, post, lost):
    lead = factories.user(Role.TEAM_LEAD, at=alone.shelter, is_active=lost != "left")
    if lost == "barred":
        factories.assignment(alone, lead, alone.shelter, "barred")
    type(alone.assignment).objects.filter(pk=alone.assignment.pk).update(closed_at=NOW)
    factories.follow_up(alone)

    both(today=TODAY, now=NOW, send=post)

    assert post.told == []
