"""The meldcode at a signal: dated steps, the table of five questions, a decision by who may take it."""

from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind
from signals import operations
from signals.models import Advice, MeldcodeDecision, MeldcodeStep, Question, Signal, VeiligThuisReport, WeighingAnswer
from signals.run import run_of
from signals.weighing import Weighed, weigh
from tests.factories import NOW

REVIEW = date(2026, 4, 1)

# The table of field.md 1, once more and by hand.
TABLE = [
    ({}, Question.SUSPECTED, None),
    ({1: False}, None, Advice.CLOSE),
    ({1: True}, Question.UNSAFE, None),
    ({1: True, 2: True}, None, Advice.REPORT),
    ({1: True, 2: False}, Question.CAN_HELP, None),
    ({1: True, 2: False, 3: False}, None, Advice.REPORT),
    ({1: True, 2: False, 3: True}, Question.ACCEPTED, None),
    ({1: True, 2: False, 3: True, 4: False}, None, Advice.REPORT),
    ({1: True, 2: False, 3: True, 4: True}, None, Advice.HELP),
]


class TestTable:
    @pytest.mark.parametrize(("answers", "question", "advice"), TABLE)
    def test_from_the_answers_to_the_next_question_or_to_advice(self, answers, question, advice):
        assert weigh(answers) == Weighed(question, advice)

    @pytest.mark.parametrize(
        ("answers", "question", "advice"),
        [
            ({}, Question.WORKS, None),
            ({5: False}, None, Advice.REPORT),
            ({5: True}, None, Advice.CLOSE_HELP),
        ],
    )
    def test_after_help_there_is_one_question(self, answers, question, advice):
        assert weigh(answers, help_was_given=True) == Weighed(question, advice)

    @pytest.mark.parametrize("given", list(product([True, False], repeat=4)))
    def test_every_set_of_answers_leads_to_one_advice_and_unsafety_always_to_reporting(self, given):
        weighed = weigh(dict(enumerate(given, start=1)))
        assert weighed.question is None
        assert weighed.advice in set(Advice)
        if given[0] and given[1]:
            assert weighed.advice == Advice.REPORT


def take_steps(world, signal):
    operations.take_step(signal, 1, on=NOW.date(), child_check="children_seen", by=world.worker, at=NOW)
    operations.take_step(signal, 2, on=NOW.date(), with_whom="Aandachtsfunctionaris", by=world.worker, at=NOW)
    operations.take_step(signal, 3, skipped_because="Niet veilig om te praten", by=world.worker, at=NOW)


def answer(world, signal, question, given, by=None):
    return operations.answer_question(
        signal, question, answer=given, reason="Omdat het zo is.", by=by or world.worker, at=NOW
    )


def decide(world, signal, **changed):
    what = {"reports": False, "helps": True, "reason": "Samen met moeder.", "review_on": REVIEW, "by": world.worker}
    return operations.decide(signal, **(what | changed), at=NOW)


class TestSteps:
    @pytest.mark.row("C13")
    def test_the_steps_are_dated_or_left_out_for_a_reason(self, world, signal):
        take_steps(world, signal)
        with pytest.raises(WrongState):
            operations.take_step(signal, 1, on=NOW.date(), by=world.worker, at=NOW)
        steps = MeldcodeStep.objects.order_by("step")
        assert [(s.step, s.taken_on, bool(s.skipped_because)) for s in steps] == [
            (1, NOW.date(), False),
            (2, NOW.date(), False),
            (3, None, True),
        ]

    def test_not_tomorrow_not_both_and_not_by_a_stranger(self, world, signal):
        with pytest.raises(WrongState):
            operations.take_step(signal, 2, on=date(2026, 3, 3), by=world.worker, at=NOW)
        with pytest.raises(IntegrityError), transaction.atomic():
            operations.take_step(signal, 2, by=world.worker, at=NOW)
        with pytest.raises(NotAllowed):
            operations.take_step(signal, 1, on=NOW.date(), by=world.teacher, at=NOW)

    def test_the_form_asks_the_kindcheck_and_with_whom(self, client, sign_in, world, signal):
        sign_in(world.worker)
        url = reverse("signals:take_step", args=[signal.pk])
        assert client.post(url, {"step": "1", "on": "2026-03-02"}).status_code == 200
        assert client.post(url, {"step": "2", "on": "2026-03-02"}).status_code == 200
        assert client.post(url, {"step": "4", "on": "2026-03-02"}).status_code == 200
        assert not MeldcodeStep.objects.exists()


class TestWeighing:
    def test_no_question_before_the_steps_and_only_the_next_one(self, world, signal):
        with pytest.raises(WrongState):
            answer(world, signal, 1, True)
        take_steps(world, signal)
        with pytest.raises(WrongState):
            answer(world, signal, 2, True)
        answer(world, signal, 1, True)
        with pytest.raises(WrongState):
            answer(world, signal, 1, False)

    @pytest.mark.row("C13")
    def test_each_answer_has_a_reason_an_author_and_a_moment_and_stays(self, world, signal, as_member):
        take_steps(world, signal)
        given = answer(world, signal, 1, True)
        assert (given.reason, given.answered_by, given.answered_at) == ("Omdat het zo is.", world.worker, NOW)
        with as_member(world.worker), pytest.raises(DatabaseError), transaction.atomic():
            WeighingAnswer.objects.update(answer=False)

    def test_only_the_regisseur_decides_and_nothing_goes_out_or_closes_by_itself(self, world, signal):
        take_steps(world, signal)
        for question, given in ((1, True), (2, True)):
            answer(world, signal, question, given, by=world.stand_in)
        colleague = world.colleague
        from tests import factories

        factories.assignment(world.family, colleague, world.shelter)
        with pytest.raises(NotAllowed):
            decide(world, signal, by=colleague)
        made = operations.decide(signal, reports=True, helps=False, reason="Acuut.", by=world.worker, at=NOW)
        assert (made.advice, made.decided_by) == (Advice.REPORT, world.worker)
        assert not VeiligThuisReport.objects.exists()
        assert Signal.objects.get().status == "received"
        with pytest.raises(WrongState):
            operations.decide(signal, reports=True, helps=False, reason="Nog eens.", by=world.worker, at=NOW)

    def test_no_decision_before_the_questions_and_no_help_without_a_day(self, world, signal):
        take_steps(world, signal)
        with pytest.raises(WrongState):
            decide(world, signal)
        for question, given in ((1, True), (2, False), (3, True), (4, True)):
            answer(world, signal, question, given)
        for day in (None, NOW.date()):
            with pytest.raises(WrongState):
                decide(world, signal, review_on=day)

    @pytest.mark.row("C13")
    def test_the_last_question_comes_back_on_its_day(self, client, sign_in, world, signal):
        take_steps(world, signal)
        for question, given in ((1, True), (2, False), (3, True), (4, True)):
            answer(world, signal, question, given)
        decide(world, signal)
        assert FollowUp.objects.falling_to(world.worker).get(kind=Kind.REVIEW_HELP).due_on == REVIEW
        with pytest.raises(WrongState):
            answer(world, signal, 5, False)
        sign_in(world.worker)
        assert "1 april 2026" in client.get(signal.get_absolute_url()).content.decode()

        with time_machine.travel(NOW + timedelta(days=30), tick=False):
            later = NOW + timedelta(days=30)
            operations.answer_question(signal, 5, answer=False, reason="Het werkt niet.", by=world.worker, at=later)
            assert run_of(signal).weighed.advice == Advice.REPORT
            operations.decide(signal, reports=True, helps=False, reason="Melden.", by=world.worker, at=later)
        assert run_of(signal).is_over
        assert not FollowUp.objects.filter(kind=Kind.REVIEW_HELP).open().exists()

    def test_by_hand_from_the_first_step_to_the_decision(self, client, sign_in, world, signal):
        sign_in(world.worker)
        take = reverse("signals:take_step", args=[signal.pk])
        client.post(take, {"step": "1", "on": "2026-03-02", "child_check": "children_seen"})
        client.post(take, {"step": "2", "on": "2026-03-02", "with_whom": "Een collega"})
        client.post(take, {"step": "3", "skipped_because": "Niet veilig"})
        ask = reverse("signals:answer_question", args=[signal.pk])
        for question, given in ((1, "yes"), (2, "no"), (3, "yes"), (4, "yes")):
            page = client.get(ask).content.decode()
            assert f'value="{question}"' in page
            data = {"question": question, "answer": given, "reason": "Daarom."}
            assert client.post(ask, {**data, "reason": ""}).status_code == 200
            assert client.post(ask, data).status_code == 302
        # The form of somebody who was too late.
        assert client.post(ask, {"question": 4, "answer": "no", "reason": "Te laat."}).status_code == 302
        url = reverse("signals:decide", args=[signal.pk])
        assert client.get(url).status_code == 200
        data = {"reports": "no", "helps": "yes", "reason": "Samen."}
        assert client.post(url, data).status_code == 200
        assert client.post(url, data | {"review_on": "2026-04-01"}).status_code == 302
        assert MeldcodeDecision.objects.get().advice == Advice.HELP
        # A double click: what was decided is said, and not that a question waits.
        again = client.post(url, data | {"review_on": "2026-04-01"}, follow=True).content.decode()
        assert "Hierover was al beslist." in again
        # All five steps are dated, those that are taken by answering and by deciding too (C13).
        assert again.count("Klaar:") == 5
        assert "Open:" not in again
        assert "Samen." in client.get(signal.get_absolute_url()).content.decode()
