from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from access.operation import operation
from access.policy import Action
from audit.events import Event
from audit.models import AuditEvent
from core.errors import NotAllowed, WrongState
from family_plans import operations
from family_plans.models import Cause, Solution, Stagnation, Status
from family_plans.operations import stagnation as steps
from follow_ups.models import FollowUp, Kind
from tests import factories

NOW = factories.NOW
TODAY = date(2026, 3, 2)


def owed(stagnation):
    return list(
        FollowUp.objects.open()
        .filter(kind=Kind.SOLVE_STAGNATION, about_id=stagnation.pk)
        .values_list("due_on", "falls_to")
    )


def escalate(stagnation, cast, by=None):
    return operations.escalate_stagnation(stagnation, by=by or cast.regisseur, at=NOW)


def answer(stagnation, cast, by=None, text="De wachtlijst wordt doorbroken.", happens_by=date(2026, 3, 12)):
    return operations.answer_stagnation(
        stagnation,
        answer=text,
        addressed=cast.debt_support,
        happens_by=happens_by,
        by=by or cast.coordinator,
        at=NOW,
    )


def solve(stagnation, cast, by=None, text="Er is een nieuwe begeleider."):
    return operations.solve_stagnation(
        stagnation, by_means_of=Solution.ESCALATION, solution=text, by=by or cast.worker, at=NOW
    )


def test_what_is_stuck_has_a_cause_a_term_and_somebody_it_falls_to(stagnation):
    assert (stagnation.status, stagnation.cause, stagnation.days(date(2026, 3, 2))) == (Status.OPEN, Cause.WAITING, 10)
    # Ten working days from Monday 2 March.
    assert owed(stagnation) == [(date(2026, 3, 16), "regisseur")]


@pytest.mark.row("G1")
def test_what_stays_open_over_its_term_is_proposed_for_the_municipality(client, sign_in, stagnation, household):
    assert not Stagnation.objects.late(date(2026, 3, 16)).exists()
    assert Stagnation.objects.late(date(2026, 3, 17)).get() == stagnation
    page = reverse("family_plans:stagnations", args=[household.family.pk])
    with time_machine.travel(datetime(2026, 3, 17, 9, tzinfo=UTC), tick=False):
        sign_in(household.regisseur)
        words = client.get(page).content.decode()
    assert "Had opgelost moeten zijn op 16 maart. Vraag de gemeente." in words
    assert reverse("family_plans:escalate", args=[stagnation.pk]) in words


def test_the_municipality_is_asked_answers_and_the_regisseur_goes_on(stagnation, household):
    escalate(stagnation, household)
    assert list(Stagnation.objects.asked_of(household.coordinator, TODAY)) == [stagnation]
    assert owed(stagnation) == [(date(2026, 3, 9), "regisseur")]

    answer(stagnation, household)
    assert not Stagnation.objects.asked_of(household.coordinator, TODAY).exists()
    assert owed(stagnation) == [(date(2026, 3, 4), "regisseur")]

    solve(stagnation, household)
    stagnation.refresh_from_db()
    assert (stagnation.status, stagnation.answered_by) == (Status.SOLVED, household.coordinator)
    assert stagnation.answer == "De wachtlijst wordt doorbroken."
    assert owed(stagnation) == []
    events = AuditEvent.objects.filter(subject_id=stagnation.pk).values_list("event", flat=True)
    assert set(events) == {
        Event.STAGNATION_REPORTED,
        Event.STAGNATION_ESCALATED,
        Event.STAGNATION_ANSWERED,
        Event.STAGNATION_SOLVED,
    }


def test_what_is_solved_without_the_municipality_never_reaches_it(stagnation, household):
    solve(stagnation, household)

    for attempt in (escalate, answer, solve):
        with pytest.raises(WrongState):
            attempt(stagnation, household)
    assert not Stagnation.objects.asked_of(household.coordinator, TODAY).exists()


def test_an_answer_is_given_once_and_says_something(stagnation, household):
    with pytest.raises(WrongState):
        answer(stagnation, household)
    escalate(stagnation, household)
    with pytest.raises(WrongState):
        answer(stagnation, household, text=" ")
    answer(stagnation, household)
    with pytest.raises(WrongState) as refusal:
        answer(stagnation, household)

    # The family's page would not open for a coordinator.
    assert refusal.value.about.get_absolute_url() == reverse("municipalities:stagnations")


def test_a_solution_says_what_helped(stagnation, household):
    with pytest.raises(WrongState):
        solve(stagnation, household, text="")


def test_stuck_from_tomorrow_is_refused(household):
    with pytest.raises(WrongState):
        operations.report_stagnation(
            household.family,
            domain=household.domains["housing"],
            cause=Cause.MONEY,
            since=date(2026, 3, 3),
            by=household.worker,
            at=NOW,
        )


def test_another_room_raises_a_stagnation_inside_its_own_operation(household):
    with operation(Action.RECORD_CHECK_IN, on=household.family, by=household.worker) as op:
        made = operations.raise_stagnation(
            household.family,
            domain=household.domains["finances"],
            cause=Cause.STAFF,
            since=date(2026, 3, 2),
            at=NOW,
            within=op,
        )

    assert owed(made) == [(date(2026, 3, 16), "regisseur")]


def test_only_the_regisseur_takes_it_to_the_municipality(stagnation, household):
    for who in ("worker", "colleague", "other_worker", "barred_worker", "coordinator"):
        with pytest.raises(NotAllowed):
            escalate(stagnation, household, by=getattr(household, who))

    stagnation.refresh_from_db()
    assert stagnation.status == Status.OPEN


def test_only_a_coordinator_of_the_responsible_municipality_answers(stagnation, household):
    escalate(stagnation, household)
    elsewhere = factories.user("coordinator", at=factories.organisation("Gemeenteteam Middenveld", kind="municipality"))

    for stranger in (household.worker, household.regisseur, household.colleague, elsewhere):
        with pytest.raises(NotAllowed):
            answer(stagnation, household, by=stranger)
    assert not Stagnation.objects.asked_of(elsewhere, TODAY).exists()
    assert not Stagnation.objects.visible_to(household.coordinator).exists()


def test_escalating_happens_whole_or_not_at_all(stagnation, household, monkeypatch):
    monkeypatch.setattr(steps, "plan", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        escalate(stagnation, household)

    stagnation.refresh_from_db()
    assert (stagnation.status, owed(stagnation)) == (Status.OPEN, [(date(2026, 3, 16), "regisseur")])
