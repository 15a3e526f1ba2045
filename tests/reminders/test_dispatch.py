"""Somebody is always told: of what is urgent at once, of the rest once a day, and of nothing that is not hers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail  # noqa: TID251  where the test run keeps what was sent

from access.models import Relation
from accounts.models import Role
from follow_ups.models import DispatchRun, Kind, Outbox
from reminders.dispatch import RETRY_AFTER, dispatch
from reminders.mail import send
from reminders.models import Absence, MailPreference
from reminders.sweep import sweep
from tests import factories
from tests.factories import NOW

TODAY = date(2026, 3, 2)
NEXT_DAY_AT_SEVEN = datetime(2026, 3, 3, 6, tzinfo=UTC)


def another(alone, **fields):
    return factories.follow_up(alone, about_id=factories.user(None).pk, **fields)


class TestDailyMessage:
    def test_one_message_a_day_however_much_is_raised(self, alone, post):
        factories.follow_up(alone)
        post.round(NOW)
        another(alone)
        post.round(NOW + timedelta(minutes=1))
        post.round(NOW + timedelta(hours=3))

        assert post.told == [alone.worker]
        assert Outbox.objects.unsettled().get().next_try_at == NEXT_DAY_AT_SEVEN

    def test_what_came_after_it_is_in_the_next_one(self, alone, post):
        factories.follow_up(alone)
        post.round(NOW)
        another(alone)
        post.round(NOW + timedelta(minutes=1))
        post.round(NEXT_DAY_AT_SEVEN)

        assert post.told == [alone.worker, alone.worker]
        assert not Outbox.objects.unsettled().exists()
        assert len(set(post.numbers)) == 2

    def test_what_is_urgent_comes_at_once(self, alone, post):
        factories.follow_up(alone)
        post.round(NOW)
        another(alone, kind=Kind.TRIAGE_SIGNAL)
        post.round(NOW + timedelta(minutes=1))

        assert post.told == [alone.worker, alone.worker]

    def test_it_waits_for_the_hour_that_was_chosen(self, alone, post):
        MailPreference.objects.create(user=alone.worker, digest_hour=12)
        factories.follow_up(alone)

        post.round(NOW)
        assert post.told == []
        post.round(datetime(2026, 3, 2, 11, tzinfo=UTC))

        assert post.told == [alone.worker]

    def test_it_does_not_come_in_the_weekend_and_urgent_work_does(self, alone, post):
        saturday = datetime(2026, 3, 7, 9, tzinfo=UTC)
        factories.follow_up(alone, due_on=date(2026, 3, 7))
        post.round(saturday)
        assert post.told == []
        another(alone, due_on=date(2026, 3, 7), kind=Kind.TRIAGE_SIGNAL)
        post.round(saturday + timedelta(minutes=1))

        assert post.told == [alone.worker]

    def test_a_wait_for_the_hour_is_not_taken_for_a_mail_server_that_is_away(self, alone, post):
        MailPreference.objects.create(user=alone.worker, digest_hour=18)
        factories.follow_up(alone)
        post.round(NOW)

        assert DispatchRun.objects.get().oldest_waiting_at is None


class TestSomebodyIsAlwaysThere:
    @pytest.fixture
    def lead(self, alone):
        return factories.user(Role.TEAM_LEAD, at=alone.shelter)

    @pytest.fixture
    def stand_in(self, alone):
        found = factories.user(at=alone.shelter)
        factories.assignment(alone, found, alone.shelter, "stand_in")
        return found

    @pytest.mark.row("L3")
    def test_who_is_away_is_replaced_by_her_stand_in(self, alone, post, lead, stand_in):
        away(alone.worker)
        factories.follow_up(alone)

        post.round(NOW)

        assert post.told == [stand_in]

    @pytest.mark.row("L3")
    def test_without_a_stand_in_the_team_lead_hears(self, alone, post, lead):
        away(alone.worker)
        factories.follow_up(alone)

        post.round(NOW)

        assert post.told == [lead]

    def test_who_is_back_hears_again_from_the_first_day_back(self, alone, post, lead):
        Absence.objects.create(
            user=alone.worker, starts_on=date(2026, 2, 2), ends_on=TODAY, recorded_by=lead, recorded_at=NOW
        )
        factories.follow_up(alone)

        post.round(NOW)

        assert post.told == [alone.worker]

    @pytest.mark.row("L3")
    def test_who_has_no_address_is_passed_by(self, alone, post, lead):
        type(alone.worker).objects.filter(pk=alone.worker.pk).update(email="")
        factories.follow_up(alone)

        post.round(NOW)

        assert post.told == [lead]

    @pytest.mark.row("L3")
    def test_an_address_that_the_server_refuses_is_passed_by_in_the_same_round(self, alone, post, lead):
        post.refusing = [alone.worker]
        factories.follow_up(alone)

        post.round(NOW)

        assert post.told == [lead]
        assert Outbox.objects.get().sent_to == lead

    @pytest.mark.row("L3")
    @pytest.mark.parametrize("role", ["organisation_administrator", "functional_administrator"])
    def test_without_lead_and_coordinator_who_keeps_it_running_hears(self, alone, post, role):
        away(alone.worker)
        at = alone.shelter if role == "organisation_administrator" else factories.organisation("Beheer")
        last = factories.user(role, at=at)
        factories.follow_up(alone)

        post.round(NOW)

        assert post.told == [last]

    @pytest.mark.row("L3")
    def test_the_duty_desk_comes_before_the_installation(self, alone, post):
        away(alone.worker)
        factories.user("functional_administrator", at=factories.organisation("Beheer"))
        municipality = factories.organisation("Gemeente", kind="municipality")
        factories.involvement(alone, municipality, Relation.RESPONSIBLE)
        desk = factories.user("duty_desk", at=municipality)
        factories.follow_up(alone)

        post.round(NOW)

        assert post.told == [desk]

    @pytest.mark.row("L3")
    def test_nobody_at_all_is_counted_and_told_as_soon_as_there_is_somebody(self, alone, post):
        away(alone.worker)
        factories.follow_up(alone)
        _swept, sent = post.round(NOW)
        assert (sent.without_recipient, sent.oldest_waiting_at) == (1, None)

        lead = factories.user(Role.TEAM_LEAD, at=alone.shelter)
        _swept, sent = post.round(NOW + RETRY_AFTER)

        assert (post.told, sent.without_recipient) == ([lead], 0)


def away(user):
    Absence.objects.create(user=user, starts_on=TODAY, recorded_by=user, recorded_at=NOW)


@pytest.mark.row("R41")
def test_who_lost_the_family_between_raising_and_sending_is_not_told(alone, post):
    factories.follow_up(alone)
    sweep(today=TODAY, now=NOW)
    type(alone.assignment).objects.filter(pk=alone.assignment.pk).update(closed_at=NOW)

    dispatch(now=NOW, send=post)

    assert post.told == []


def test_a_row_on_which_choosing_fails_does_not_stop_the_others(alone, post, monkeypatch):
    from reminders import dispatch as sending

    bad, good = factories.follow_up(alone), another(alone)
    real = sending.candidates

    def choose(reminder, *, now):
        if reminder.follow_up_id == bad.pk:
            raise ZeroDivisionError
        return real(reminder, now=now)

    monkeypatch.setattr(sending, "candidates", choose)
    post.round(NOW)

    assert Outbox.objects.exclude(sent_at=None).get().reminder.follow_up == good


def test_a_mail_server_that_is_away_is_asked_three_times_a_round_and_nothing_is_lost(alone, post):
    families = []
    for _ in range(5):
        family = factories.family(opened_by=alone.shelter)
        factories.involvement(family, alone.shelter)
        factories.assignment(family, factories.user(at=alone.shelter), alone.shelter)
        factories.follow_up(family)
        families.append(family)
    post.is_down = True
    _swept, sent = post.round(NOW)
    assert (sent.failed, sent.sent, sent.oldest_waiting_at) == (3, 0, NOW)

    post.is_down = False
    post.round(NOW + RETRY_AFTER)

    assert len(post.told) == len(set(post.told)) == 5


@pytest.mark.row("R21")
def test_every_message_is_the_same_and_holds_nothing_but_a_link(alone, settings):
    english = factories.user(Role.TEAM_LEAD, at=alone.shelter, language="en")
    factories.follow_up(alone, due_on=date(2026, 2, 20), kind=Kind.TRIAGE_SIGNAL)

    sweep(today=TODAY, now=NOW)
    dispatch(now=NOW, send=send)

    assert {address for message in mail.outbox for address in message.to} == {alone.worker.email, english.email}
    assert {message.subject for message in mail.outbox} == {"Er is werk voor je"}
    assert len({message.body for message in mail.outbox}) == 1
    for message in mail.outbox:
        headers = {name: value for name, value in message.message().items() if name not in {"Date", "To"}}
        for word in ("Marloes", "Wit", alone.reference, "signaal", "Haven", "2026", "februari"):
            assert word not in message.body + str(headers)
        assert message.extra_headers["Message-ID"].endswith("@localhost>")


@pytest.mark.row("R54")
def test_a_repeat_after_a_crash_carries_the_same_number(alone, post):
    from reminders.dispatch import LEASE

    factories.follow_up(alone)

    def gone(message):
        post(message)
        raise KeyboardInterrupt

    sweep(today=TODAY, now=NOW)
    with pytest.raises(KeyboardInterrupt):
        dispatch(now=NOW, send=gone)
    dispatch(now=NOW + LEASE, send=post)

    assert len(post.numbers) == 2
    assert len(set(post.numbers)) == 1
