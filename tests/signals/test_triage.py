"""Judging a signal, the meldcode, and what goes to Veilig Thuis."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from audit.models import AuditEvent
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State
from signals import operations
from signals.models import AdviceLink, AdviceRequest, Outcome, Signal, VeiligThuisReport
from signals.operations import Answer, Judgement, Reported
from tests.factories import NOW

ACT = Judgement("yes", "act", "Ik bel moeder en de school vandaag.", "not_registered")


def judge(world, signal, judgement=ACT, by=None):
    return operations.judge(signal, judgement, by=by or world.worker, at=NOW)


@pytest.mark.row("B7")
@pytest.mark.row("H3")
@pytest.mark.parametrize("outcome", Outcome.values)
def test_every_outcome_has_a_decision_an_actor_and_a_moment(world, signal, outcome):
    judged = judge(world, signal, Judgement("yes", outcome, "Omdat het zo is.", "not_registered"))

    assert (judged.status, judged.outcome, judged.decided_by, judged.decided_at) == (
        "handled", outcome, world.worker, NOW,
    )  # fmt: skip
    assert FollowUp.objects.get(kind=Kind.TRIAGE_SIGNAL).state == State.DONE
    assert AuditEvent.objects.filter(event="signal.judged", actor_id=world.worker.pk).exists()


@pytest.mark.row("B7")
def test_the_database_refuses_a_signal_closed_without_a_decision(signal):
    with pytest.raises(IntegrityError), transaction.atomic():
        Signal.objects.filter(pk=signal.pk).update(status="handled")


@pytest.mark.row("H10")
def test_not_knowing_whether_a_child_is_safe_is_a_call_today(world, signal):
    judge(world, signal, Judgement("unknown", "act", "Ik kreeg niemand te pakken.", "not_registered"))
    assert FollowUp.objects.falling_to(world.worker).get(kind=Kind.CALL_BACK, state="open").due_on == date(2026, 3, 2)


def test_a_child_that_is_not_safe_asks_for_a_new_look_at_the_risk_today(world, signal):
    judge(world, signal, Judgement("no", "act", "Ik ga er nu heen.", "not_registered"))

    asked = FollowUp.objects.get(kind=Kind.ASSESS_AFTER_SIGNAL, state="open")
    assert (asked.due_on, asked.falls_to, asked.about_id) == (date(2026, 3, 2), "regisseur", signal.pk)


def test_an_unsafe_child_is_acted_for(world, signal):
    with pytest.raises(WrongState):
        judge(world, signal, Judgement("no", "none", "Niets.", "not_registered"))
    signal.refresh_from_db()
    assert signal.status == "received"
    assert FollowUp.objects.get().state == State.OPEN


def test_a_signal_is_judged_once_and_only_by_who_works_for_the_family(world, signal):
    for user in (world.teacher, world.team_lead, world.other_worker, world.barred_worker, world.adviser):
        with pytest.raises(NotAllowed):
            judge(world, signal, by=user)
    judge(world, signal)
    with pytest.raises(WrongState):
        judge(world, signal)


def test_judging_is_undone_when_a_later_step_fails(world, signal, monkeypatch):
    monkeypatch.setattr("signals.operations.triage.finish", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        judge(world, signal)
    signal.refresh_from_db()
    assert signal.status == "received"
    assert not AuditEvent.objects.filter(event="signal.judged").exists()


def ask(world, signal, question="Een kind durft niet naar huis. Wat raden jullie aan?"):
    return operations.ask_advice(signal, question, to_organisation=world.veilig_thuis, by=world.worker, at=NOW)


class TestVeiligThuis:
    @pytest.mark.row("B17")
    def test_advice_is_asked_and_given_without_the_family(self, world, signal, as_member):
        asked = ask(world, signal)
        assert FollowUp.objects.filter(kind=Kind.CALL_BACK, due_on=date(2026, 3, 4)).exists()
        with as_member(world.adviser):
            assert AdviceRequest.objects.to_answer(world.adviser).get() == asked
            assert not AdviceLink.objects.exists()
            assert not Signal.objects.exists()
            operations.give_advice(asked, answer="Praat eerst met moeder.", by=world.adviser, at=NOW)
        with as_member(world.worker):
            assert AdviceLink.objects.get().advice_request.answer == "Praat eerst met moeder."
        with pytest.raises(WrongState):
            operations.give_advice(asked, answer="Nog iets.", by=world.adviser, at=NOW)
        assert {"advice.asked", "advice.given"} <= set(AuditEvent.objects.values_list("event", flat=True))

    def test_a_name_in_the_question_is_refused(self, world, signal):
        with pytest.raises(WrongState):
            ask(world, signal, "Wat doen we met Daan?")
        assert not AdviceRequest.objects.exists()

    def test_only_veilig_thuis_answers(self, world, signal):
        asked = ask(world, signal)
        for user in (world.worker, world.teacher, world.other_worker):
            with pytest.raises(NotAllowed):
                operations.give_advice(asked, answer="x", by=user, at=NOW)
        with pytest.raises(WrongState):
            operations.ask_advice(signal, "Wat nu?", to_organisation=world.school, by=world.worker, at=NOW)

    @pytest.mark.row("B17")
    def test_a_report_stays_as_it_was_sent_and_is_answered(self, world, signal, as_member):
        made = operations.report_to_veilig_thuis(
            signal, Reported("Daan huilde."), persons=[world.child], to_organisation=world.veilig_thuis,
            by=world.worker, at=NOW,
        )  # fmt: skip
        with as_member(world.worker), pytest.raises(DatabaseError), transaction.atomic():
            VeiligThuisReport.objects.update(facts="Anders.")
        operations.record_answer(
            made, Answer("Wij onderzoeken niet.", date(2026, 3, 2), hands_back=True), by=world.worker, at=NOW
        )
        assert FollowUp.objects.filter(kind=Kind.CALL_BACK, due_on=date(2026, 3, 2)).exists()
        kinds = set(AuditEvent.objects.values_list("event", flat=True))
        assert {"veilig_thuis.reported", "veilig_thuis.answered"} <= kinds


def test_who_judged_a_signal_a_moment_after_a_colleague_finds_her_words_again(client, sign_in, world, signal):
    """She may have seen that a child is not safe where the first one did not."""
    sign_in(world.worker)
    url = reverse("signals:judge", args=[signal.pk])
    judge(world, signal, Judgement("yes", "act", "School gebeld.", "not_registered"))

    late = {"child_safe": "no", "outcome": "report", "decision": "Daan is niet veilig.", "vir": "not_registered"}
    page = client.post(url, late, follow=True).content.decode()

    assert "bij je concepten" in page
    assert "Daan is niet veilig." in client.get(url).content.decode()
    signal.refresh_from_db()
    assert signal.decision == "School gebeld."


def test_the_regisseur_walks_from_the_list_to_the_decision(client, sign_in, world, signal):
    sign_in(world.worker)
    assert signal.number in client.get(reverse("signals:signals")).content.decode()
    page = client.get(signal.get_absolute_url()).content.decode()
    assert "durft na school niet naar huis" in page
    assert "088 000 04 56" in page
    assert "De Regenboog" in page
    assert client.post(reverse("signals:take_up", args=[signal.pk])).status_code == 302
    step = {"step": "1", "on": "2026-03-02", "child_check": "children_seen"}
    assert client.post(reverse("signals:take_step", args=[signal.pk]), step).status_code == 302
    question = {"to_organisation": world.veilig_thuis.pk, "question": "Wat nu met Daan de Wit?"}
    refused = client.post(reverse("signals:ask_advice", args=[signal.pk]), question).content.decode()
    assert "Laat dit weg: Daan de Wit." in refused
    question["question"] = "Wat nu?"
    assert client.post(reverse("signals:ask_advice", args=[signal.pk]), question).status_code == 302
    facts = {"to_organisation": world.veilig_thuis.pk, "facts": "Huilde.", "persons": [world.child.pk]}
    facts |= {"informed": "Moeder weet het.", "origin": "open"}
    assert client.post(reverse("signals:report_to_veilig_thuis", args=[signal.pk]), facts).status_code == 302
    answer = {"received_on": "2026-03-02", "text": "Wij bellen.", "hands_back": "on"}
    report = VeiligThuisReport.objects.get()
    assert client.post(reverse("signals:record_answer", args=[report.pk]), answer).status_code == 302
    decision = {"child_safe": "yes", "outcome": "act", "decision": "Ik bel.", "vir": "not_registered"}
    empty = client.post(reverse("signals:judge", args=[signal.pk]), {}).content.decode()
    assert "Dit veld is verplicht" not in empty
    assert client.post(reverse("signals:judge", args=[signal.pk]), decision).status_code == 302
    page = client.get(signal.get_absolute_url()).content.decode()
    assert "Ik bel." in page
    assert "Wij bellen." in page


def test_veilig_thuis_walks_from_the_list_to_the_answer(client, sign_in, world, signal):
    asked = ask(world, signal)
    sign_in(world.adviser)
    page = client.get(reverse("signals:advice_to_answer")).content.decode()
    assert "durft niet naar huis" in page
    assert signal.number not in page
    url = reverse("signals:give_advice", args=[asked.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"answer": "Praat met moeder."}).status_code == 302
    assert client.get(url).status_code == 200
