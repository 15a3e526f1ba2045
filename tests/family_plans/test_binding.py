"""Binding requests, the municipality's answer, and that nothing is solved by silence."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import NotAllowed, WrongState
from family_plans import operations
from family_plans.models import BindingRequest, Cause, Solution, Stagnation, Status
from family_plans.reading.shown import Reader
from family_plans.reading.stagnation import rung_of, stuck_things
from follow_ups.models import FollowUp, Kind
from organisations.models import LadderRung
from tests import factories
from tests.family_plans.conftest import TODAY

NOW = factories.NOW
ANSWER_BY = date(2026, 3, 9)
DAY_AFTER = datetime(2026, 3, 10, 9, tzinfo=UTC)


def bind(stagnation, cast, by=None, answer_by=ANSWER_BY, what="Wanneer begint de schuldhulp?"):
    return operations.bind_partner(
        stagnation, to=cast.debt_support, what=what, answer_by=answer_by, by=by or cast.regisseur, at=NOW
    )


def timeline(stagnation, today):
    (one,) = stuck_things(stagnation.family, Reader(), today=today)
    return [(moment.day, moment.what, moment.ahead) for moment in one.moments]


@pytest.mark.row("B6")
def test_a_request_has_a_partner_and_a_day_and_is_on_the_regisseurs_list(stagnation, household):
    request = bind(stagnation, household)

    owed = FollowUp.objects.open().get(kind=Kind.BINDING_REQUEST)
    assert (owed.due_on, owed.falls_to, owed.about_id) == (ANSWER_BY, "regisseur", request.pk)
    assert (ANSWER_BY.replace(day=10), "Zonder antwoord gaat het naar de gemeente", True) in timeline(stagnation, TODAY)


@pytest.mark.row("B6")
def test_unanswered_on_its_day_it_is_the_municipalitys_from_the_next_without_any_clock(stagnation, household):
    bind(stagnation, household)

    assert not Stagnation.objects.asked_of(household.coordinator, ANSWER_BY).exists()
    assert list(Stagnation.objects.asked_of(household.coordinator, DAY_AFTER.date())) == [stagnation]
    assert (DAY_AFTER.date(), "Geen antwoord: het ging vanzelf naar de gemeente", False) in timeline(
        stagnation, DAY_AFTER.date()
    )
    with time_machine.travel(DAY_AFTER, tick=False):
        answered = operations.answer_stagnation(
            stagnation,
            answer="Wij hebben gebeld.",
            addressed=household.debt_support,
            happens_by=date(2026, 3, 13),
            by=household.coordinator,
            at=DAY_AFTER,
        )
    assert (answered.status, answered.addressed) == (Status.ANSWERED, household.debt_support)


@pytest.mark.row("B6")
def test_a_request_that_nobody_answers_goes_there_again_after_the_municipality_answered_an_earlier_one(
    client, sign_in, stagnation, household
):
    """The municipality said what happens; the regisseur bound the partner to it; and the partner stays silent."""
    operations.escalate_stagnation(stagnation, by=household.regisseur, at=NOW)
    answer = {"addressed": household.debt_support, "happens_by": date(2026, 3, 13), "by": household.coordinator}
    operations.answer_stagnation(stagnation, answer="Zij begint op 9 maart.", at=NOW, **answer)
    request = bind(stagnation, household)
    asked = Stagnation.objects.asked_of

    assert not asked(household.coordinator, ANSWER_BY).exists()
    assert list(asked(household.coordinator, DAY_AFTER.date())) == [stagnation]
    with time_machine.travel(DAY_AFTER, tick=False):
        (one,) = stuck_things(household.family, Reader(), today=DAY_AFTER.date())
        assert one.went_by_itself
        sign_in(household.coordinator)
        assert (
            "liet een bindend verzoek onbeantwoord"
            in client.get(reverse("municipalities:stagnations")).content.decode()
        )
        operations.answer_stagnation(stagnation, answer="Wij nemen het over.", at=DAY_AFTER, **answer)
        # Answered: the same request does not bring it there a third time.
        assert not asked(household.coordinator, date(2026, 4, 1)).exists()
    (one,) = stuck_things(household.family, Reader(), today=date(2026, 4, 1))
    assert not one.went_by_itself
    assert one.waiting_request == request


def test_an_answered_request_does_not_go_to_the_municipality_and_solves_nothing_by_itself(stagnation, household):
    request = bind(stagnation, household)
    operations.answer_request(request, answer="Op 1 april.", on=TODAY, by=household.worker, at=NOW)

    assert not Stagnation.objects.asked_of(household.coordinator, date(2026, 6, 1)).exists()
    stagnation.refresh_from_db()
    assert stagnation.status == Status.OPEN
    assert FollowUp.objects.open().filter(kind=Kind.SOLVE_STAGNATION).exists()
    assert not FollowUp.objects.open().filter(kind=Kind.BINDING_REQUEST).exists()


def test_only_the_regisseur_and_who_stands_in_bind_a_partner(stagnation, household):
    for who in ("worker", "colleague", "team_lead", "coordinator", "other_worker", "barred_worker"):
        with pytest.raises(NotAllowed):
            bind(stagnation, household, by=getattr(household, who))

    assert bind(stagnation, household, by=household.stand_in)


def test_one_request_waits_at_a_time_with_a_day_to_come_and_words(stagnation, household):
    for wrong in ({"answer_by": TODAY}, {"what": " "}):
        with pytest.raises(WrongState):
            bind(stagnation, household, **wrong)
    bind(stagnation, household)
    with pytest.raises(WrongState):
        bind(stagnation, household)
    with pytest.raises(IntegrityError), transaction.atomic():
        BindingRequest.objects.create(
            family=household.family,
            stagnation=stagnation,
            to=household.debt_support,
            what="x",
            asked_by=household.regisseur,
            asked_on=TODAY,
            answer_by=ANSWER_BY,
        )


def test_an_answer_is_recorded_once_on_a_day_between(stagnation, household):
    request = bind(stagnation, household)
    for answer, on in ((" ", TODAY), ("x", date(2026, 3, 1)), ("x", date(2026, 3, 3))):
        with pytest.raises(WrongState):
            operations.answer_request(request, answer=answer, on=on, by=household.worker, at=NOW)
    operations.answer_request(request, answer="Ja.", on=TODAY, by=household.worker, at=NOW)
    with pytest.raises(WrongState):
        operations.answer_request(request, answer="Nee.", on=TODAY, by=household.worker, at=NOW)


@pytest.mark.row("G2")
def test_the_municipalitys_answer_names_whom_it_addressed_and_a_day_and_the_regisseur_sees_it(
    client, sign_in, stagnation, household
):
    operations.escalate_stagnation(stagnation, by=household.regisseur, at=NOW)
    sign_in(household.coordinator)
    page = reverse("municipalities:answer", args=[stagnation.pk])

    shown = client.get(page).content.decode()
    client.post(
        page,
        {"answer": "De wachtlijst is doorbroken.", "addressed": household.debt_support.pk, "happens_by": "2026-03-12"},
    )

    # The reference, the domain, the cause, the days; no name, no note, and no way into the file.
    assert household.family.reference in shown
    for content in (
        "Marloes",
        "de Wit",
        "ontslag",
        "De hulp is gestopt",
        reverse("overview:family", args=[household.family.pk]),
    ):
        assert content not in shown
    assert client.get(reverse("family_plans:stagnations", args=[household.family.pk])).status_code == 404
    sign_in(household.regisseur)
    read = client.get(reverse("family_plans:stagnations", args=[household.family.pk])).content.decode()
    for content in ("De wachtlijst is doorbroken.", "De gemeente sprak De Balie aan", "donderdag 12 maart"):
        assert content in read


def test_an_answer_that_did_not_help_can_be_taken_there_again(stagnation, household):
    operations.escalate_stagnation(stagnation, by=household.regisseur, at=NOW)
    operations.answer_stagnation(
        stagnation,
        answer="Wij bellen.",
        addressed=household.debt_support,
        happens_by=TODAY,
        by=household.coordinator,
        at=NOW,
    )
    operations.escalate_stagnation(stagnation, by=household.regisseur, at=NOW)

    assert list(Stagnation.objects.asked_of(household.coordinator, TODAY)) == [stagnation]
    assert FollowUp.objects.open().filter(kind=Kind.SOLVE_STAGNATION, about_id=stagnation.pk).count() == 1


def test_the_ladder_is_climbed_when_nobody_answers(stagnation, household):
    ladder = LadderRung.ladder_of(None, TODAY)
    # Rung one had until Monday 9 March. The second from the 10th, three working days; the third from the 14th.
    functions = [rung_of(ladder, ANSWER_BY, date(2026, 3, day)) for day in (9, 10, 13, 14)]

    assert functions == [
        "coördinator van de gemeente",
        "manager sociaal domein",
        "manager sociaal domein",
        "wethouder",
    ]


def test_a_municipality_has_a_ladder_of_its_own(household):
    municipality = household.coordinator.memberships.get().organisation.municipality
    LadderRung.objects.create(
        municipality=municipality,
        rung=1,
        function_nl="contactpunt",
        answer_within=2,
        basis="confirmed",
        valid_from=TODAY,
    )

    assert [rung.function for rung in LadderRung.ladder_of(municipality, TODAY)] == ["contactpunt"]
    assert len(LadderRung.ladder_of(municipality, date(2026, 3, 1))) == 3


def test_every_cause_that_the_inspectorates_name_can_be_chosen(client, sign_in, household):
    sign_in(household.worker)
    form = client.get(reverse("family_plans:report_stagnation", args=[household.family.pk])).context["form"]

    assert {"waiting", "capacity", "money", "staff", "difference_of_view"} <= {
        value for value, _label in form.fields["cause"].choices
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Stagnation.objects.create(
            family=household.family,
            domain=household.domains["housing"],
            cause="bad_luck",
            since=TODAY,
            reported_at=NOW,
            solve_by=TODAY,
        )


def test_a_solution_says_by_which_means(stagnation, household):
    operations.solve_stagnation(
        stagnation, by_means_of=Solution.OTHER_PARTNER, solution="Het maatje helpt.", by=household.worker, at=NOW
    )

    assert Stagnation.objects.get().solved_by_means_of == "other_partner"
    assert {"longer_stay", "escalation", "other_partner"} <= set(Solution.values)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stagnation.objects.update(solved_by_means_of="")


@pytest.mark.row("G12")
def test_what_is_stuck_without_anything_that_helps_meanwhile_is_listed_after_the_norm(stagnation, household):
    listed = Stagnation.objects.without_bridging
    # Stuck since 20 February.
    assert not listed(date(2026, 3, 6), longer_than=14).exists()
    assert list(listed(date(2026, 3, 7), longer_than=14)) == [stagnation]

    operations.describe_stagnation(
        stagnation, cause=Cause.CAPACITY, tried="Gebeld met twee andere.", bridging="Het maatje", by=household.worker
    )

    assert not listed(date(2026, 3, 7), longer_than=14).exists()


def test_what_was_tried_is_added_to_by_two_workers_and_nothing_is_lost(stagnation, household):
    for text in ("Gebeld.", "Gemaild."):
        operations.describe_stagnation(stagnation, cause=Cause.STAFF, tried=text, bridging="", by=household.worker)

    stagnation.refresh_from_db()
    assert stagnation.tried == "Gebeld.\nGemaild."


def test_nothing_but_a_solution_ends_it(stagnation, household):
    bind(stagnation, household)
    operations.escalate_stagnation(stagnation, by=household.regisseur, at=NOW)

    for today in (date(2026, 6, 1), date(2028, 1, 1)):
        assert Stagnation.objects.unsolved().get() == stagnation
        assert Stagnation.objects.asked_of(household.coordinator, today).exists()
    operations.solve_stagnation(
        stagnation, by_means_of=Solution.STARTED, solution="Begonnen.", by=household.worker, at=NOW
    )
    assert not FollowUp.objects.open().filter(kind__in=[Kind.SOLVE_STAGNATION, Kind.BINDING_REQUEST]).exists()


def test_what_the_family_said_is_stuck_waits_on_the_page_until_it_is_put_down(client, sign_in, household):
    """A check-in leaves work that is about the conversation: it has no domain and no cause yet."""
    said = factories.follow_up(
        household.family, kind=Kind.SOLVE_STAGNATION, falls_to="regisseur", about_id=household.client.pk
    )
    sign_in(household.worker)
    page = reverse("family_plans:stagnations", args=[household.family.pk])
    assert client.get(page).context["said"] == [said]

    client.post(
        reverse("family_plans:report_stagnation", args=[household.family.pk]) + f"?gesprek={said.pk}",
        {"domain": household.domains["debts"].pk, "cause": "waiting", "since": "2026-03-01"},
    )

    stuck = Stagnation.objects.get()
    assert (stuck.source, stuck.domain.code) == ("check_in", "debts")
    said.refresh_from_db()
    assert said.state == "done"
    assert client.get(page).context["said"] == []
    # What is owed now is about the stagnation itself.
    assert FollowUp.objects.open().get(kind=Kind.SOLVE_STAGNATION).about_id == stuck.pk
