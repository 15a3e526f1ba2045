from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from aftercare.models import CheckIn, OutOfSight, SeenPerson
from aftercare.operations import Answers, Attempt, record_check_in, start_aftercare
from aftercare.reading import sights
from audit.models import AuditEvent
from cases.models import Person
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State
from tests import factories
from tests.order import goes_down_the_page

NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)  # a Monday: the first contact after a departure on 2 March
TODAY = date(2026, 3, 9)
FINE = Answers(help_running="yes", feels_safe="yes", plan_up_to_date="yes", needs_support="no")


def attempt(outcome="reached", *, happened_at=NOW, **fields):
    return Attempt(happened_at=happened_at, channel="phone", initiative="ours", outcome=outcome, **fields)


def answers(**changed):
    return Answers(**(vars(FINE) | changed))


def opened(check_in):
    return {(row.kind, row.due_on, row.falls_to) for row in FollowUp.objects.filter(about_id=check_in.pk).open()}


@pytest.mark.row("E14", "E15", "E16", "E17", "C5")
@pytest.mark.parametrize(
    ("changed", "work"),
    [
        ({}, set()),
        ({"help_running": "none"}, set()),
        ({"help_running": "no"}, {("re_establish_help", date(2026, 3, 11), "regisseur")}),
        ({"help_running": "unsure"}, {("re_establish_help", date(2026, 3, 16), "regisseur")}),
        # A signal of the family itself, with work of its own: see test_contact_details.
        ({"feels_safe": "no"}, set()),
        ({"feels_safe": "doubt"}, {("contact", date(2026, 3, 16), "regisseur")}),
        ({"plan_up_to_date": "no"}, {("revise_safety_plan", date(2026, 3, 16), "regisseur")}),
        ({"wish": "Judo", "wish_leads_to": "goal"}, {("pick_up_wish", date(2026, 3, 16), "regisseur")}),
        ({"wish": "Judo", "wish_leads_to": "stagnation"}, {("solve_stagnation", date(2026, 3, 16), "regisseur")}),
        ({"needs_support": "yes"}, {("give_support", date(2026, 3, 16), "supporter")}),
    ],
)
def test_each_answer_that_is_not_right_opens_its_work(cast, trajectory, changed, work):
    check_in = record_check_in(trajectory, attempt(), answers=answers(**changed), by=cast.worker, at=NOW)

    assert opened(check_in) == work


def test_all_wrong_answers_open_all_work_at_once_and_leave_a_trail(cast, trajectory):
    everything = answers(
        help_running="no", feels_safe="no", plan_up_to_date="no", wish="Judo", wish_leads_to="goal", needs_support="yes"
    )

    check_in = record_check_in(trajectory, attempt(), answers=everything, by=cast.worker, at=NOW)

    assert len(opened(check_in)) == 4
    assert FollowUp.objects.get(kind=Kind.TRIAGE_SIGNAL).due_on == TODAY
    trail = AuditEvent.objects.get(event="check_in.recorded")
    assert (trail.actor_id, trail.subject_id) == (cast.worker.pk, check_in.pk)
    assert "Judo" not in str(trail.details)


@pytest.mark.row("C5")
def test_a_plan_that_is_out_of_date_is_revised_within_seven_days_from_any_day(cast, trajectory):
    for days in range(0, 200, 9):
        at = NOW + timedelta(days=days)
        check_in = record_check_in(
            trajectory, attempt(happened_at=at), answers=answers(plan_up_to_date="no"), by=cast.worker, at=at
        )
        task = FollowUp.objects.get(about_id=check_in.pk)
        assert task.due_on - at.date() <= timedelta(days=7)


@pytest.mark.row("E16")
@pytest.mark.parametrize("half", [{"wish": "Judo"}, {"wish_leads_to": "goal"}])
def test_a_wish_cannot_be_saved_without_what_happens_with_it(cast, trajectory, half):
    with pytest.raises(WrongState):
        record_check_in(trajectory, attempt(), answers=answers(**half), by=cast.worker, at=NOW)
    check_in = record_check_in(trajectory, attempt(), answers=FINE, by=cast.worker, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.filter(pk=check_in.pk).update(**half)


def test_contact_settles_the_contacts_that_were_due_and_leaves_those_ahead(cast, trajectory):
    start_aftercare(trajectory, by=cast.worker, at=NOW - timedelta(days=7))

    check_in = record_check_in(trajectory, attempt(), answers=FINE, by=cast.worker, at=NOW)

    first, second = FollowUp.objects.filter(kind=Kind.CONTACT).order_by("due_on")[:2]
    assert (first.state, second.state) == (State.DONE, State.OPEN)
    assert check_in.follow_up_id == first.pk


def test_not_reached_is_tried_again_on_the_next_working_day(cast, trajectory):
    start_aftercare(trajectory, by=cast.worker, at=NOW - timedelta(days=7))
    friday = datetime(2026, 3, 13, 9, tzinfo=UTC)

    check_in = record_check_in(trajectory, attempt("not_reached", happened_at=friday), by=cast.worker, at=friday)

    assert FollowUp.objects.get(pk=check_in.follow_up_id).state == State.LAPSED
    assert opened(check_in) == {("contact", date(2026, 3, 16), "regisseur")}
    assert not OutOfSight.objects.exists()


def test_reached_after_a_failure_takes_the_repeat_off_the_list(cast, trajectory):
    missed = record_check_in(trajectory, attempt("not_reached"), by=cast.worker, at=NOW)

    record_check_in(trajectory, attempt(), answers=FINE, by=cast.worker, at=NOW + timedelta(hours=2))

    assert opened(missed) == set()


def miss(trajectory, by, times, *, start=NOW):
    for n in range(times):
        at = start + timedelta(days=n)
        record_check_in(trajectory, attempt("not_reached", happened_at=at), by=by, at=at)


@pytest.mark.row("E19", "K3")
def test_three_failures_in_a_row_propose_out_of_sight_with_work_today(cast, trajectory):
    miss(trajectory, cast.worker, 2)
    assert not OutOfSight.objects.exists()
    miss(trajectory, cast.worker, 1, start=NOW + timedelta(days=2))

    proposal = OutOfSight.objects.get()
    assert (proposal.status, proposal.since) == ("proposed", trajectory.departs_on)
    assert opened(proposal) == {("out_of_sight", date(2026, 3, 11), "regisseur")}


@pytest.mark.row("E19")
def test_failures_with_contact_between_them_propose_nothing(cast, trajectory):
    miss(trajectory, cast.worker, 2)
    between = NOW + timedelta(days=2)
    record_check_in(trajectory, attempt(happened_at=between), answers=FINE, by=cast.worker, at=between)
    miss(trajectory, cast.worker, 2, start=NOW + timedelta(days=3))

    assert not OutOfSight.objects.exists()


@pytest.mark.row("E19")
def test_a_fourth_failure_proposes_nothing_twice(cast, trajectory):
    miss(trajectory, cast.worker, 5)

    assert OutOfSight.objects.count() == 1


@pytest.mark.row("D23")
@pytest.mark.parametrize("why", ["no_help_wanted", "no_question_now", "cannot_say"])
def test_a_family_that_refuses_is_asked_again_and_the_watch_runs_on(cast, trajectory, why):
    check_in = record_check_in(trajectory, attempt("refused", refusal=why), by=cast.worker, at=NOW)

    assert opened(check_in) == {("contact", date(2026, 3, 23), "regisseur")}
    trajectory.refresh_from_db()
    assert trajectory.ends_on is None


@pytest.mark.row("K4")
def test_a_call_with_a_mother_says_nothing_about_her_child(cast, trajectory, child):
    client = Person.objects.get(family=cast.family, place="client")
    record_check_in(trajectory, attempt(), answers=FINE, seen=[client, child], by=cast.worker, at=NOW)
    later = NOW + timedelta(days=31)
    record_check_in(trajectory, attempt(happened_at=later), answers=FINE, seen=[client], by=cast.worker, at=later)

    assert SeenPerson.objects.all().latest_by_person(cast.family.pk) == {client.pk: later, child.pk: NOW}
    assert CheckIn.objects.all().last_contact(cast.family.pk) == later
    shown = sights(trajectory, cast.worker, now=later + timedelta(hours=1))
    assert [(sight.person, sight.days, sight.too_long) for sight in shown] == [(client, 0, False), (child, 31, True)]


def test_who_may_not_record_records_nothing(cast, trajectory):
    with pytest.raises(NotAllowed):
        record_check_in(trajectory, attempt(), answers=FINE, by=cast.team_lead, at=NOW)

    assert not CheckIn.objects.exists()


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (attempt(), None),
        (attempt("not_reached"), FINE),
        (attempt(happened_at=NOW + timedelta(minutes=1)), FINE),
    ],
)
def test_what_cannot_be_is_refused(cast, trajectory, how, said):
    with pytest.raises(WrongState):
        record_check_in(trajectory, how, answers=said, by=cast.worker, at=NOW)

    assert not CheckIn.objects.exists()


def test_a_closed_trajectory_takes_no_check_in(cast, trajectory):
    trajectory.ends_on = TODAY
    trajectory.save()

    with pytest.raises(WrongState):
        record_check_in(trajectory, attempt(), answers=FINE, by=cast.worker, at=NOW)


def test_a_person_of_another_family_cannot_have_been_seen(cast, trajectory):
    stranger = Person.objects.get(family=factories.family(), place="client")

    with pytest.raises(WrongState):
        record_check_in(trajectory, attempt(), answers=FINE, seen=[stranger], by=cast.worker, at=NOW)


def test_nothing_is_recorded_when_the_work_cannot_be_opened(cast, trajectory, monkeypatch):
    from aftercare.operations import check_in

    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(check_in, "_open_work", fail)
    with pytest.raises(ZeroDivisionError):
        record_check_in(trajectory, attempt(), answers=FINE, by=cast.worker, at=NOW)

    assert not CheckIn.objects.exists()
    assert not AuditEvent.objects.filter(event="check_in.recorded").exists()


def test_what_is_wrong_in_a_contact_is_listed_in_the_order_of_the_page(client, sign_in, trajectory, cast):
    browser = sign_in(cast.worker)
    answer = browser.post(reverse("aftercare:check_in", args=[cast.family.pk]), {"day": ""})
    assert goes_down_the_page(answer.content.decode())
