import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from audit.events import Event
from audit.models import AuditEvent
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State
from safety_plans import changes, operations, reading
from safety_plans.models import Confirmation, SafetyPlan, SafetyPlanItem, Section, Status
from safety_plans.operations import Line, plan
from tests import factories
from tests.safety_plans.conftest import REVIEW, TODAY

STRANGERS = ["colleague", "team_lead", "other_worker", "barred_worker", "former_worker"]


@pytest.mark.row("C1")
def test_a_new_version_starts_from_the_current_one_and_leaves_it_readable(current, household, write, hold, next_draft):
    second = next_draft()
    write(second, Section.POLICE, "De wijkagent kent het adres.")
    hold(second)

    current.refresh_from_db()
    assert (current.status, current.version, second.version) == (Status.SUPERSEDED, 1, 2)
    assert [item.text for item in current.items.all()] == [
        "Hij komt langs als hij boos is.",
        "Alleen oma haalt Daan op.",
    ]
    assert [item.person for item in second.items.all()] == [None, household.daan, None]
    assert SafetyPlan.objects.current().get() == second


@pytest.mark.row("C1")
def test_the_database_lets_one_version_hold(current, household, next_draft):
    second = next_draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyPlan.objects.filter(pk=second.pk).update(
            status=Status.CURRENT,
            because="x",
            agreed_on=TODAY,
            holds_from=TODAY,
            review_on=REVIEW,
            activated_by=household.worker,
            activated_at=factories.NOW,
        )


def test_a_second_draft_is_refused_and_leads_to_the_first(draft, next_draft):
    with pytest.raises(WrongState) as refusal:
        next_draft()

    assert refusal.value.about == draft


def test_what_holds_is_not_written_in(current, household, hold):
    with pytest.raises(WrongState):
        operations.remove_item(current.items.first(), by=household.worker, at=factories.NOW)
    with pytest.raises(WrongState):
        hold(current)
    assert current.items.standing().count() == 2


def test_a_new_version_has_a_reason_and_a_day_from_which_it_holds(current, hold, next_draft):
    second = next_draft()

    with pytest.raises(WrongState):
        hold(second, because=" ")
    with pytest.raises(WrongState):
        hold(second, holds_from=date(2026, 3, 3))
    hold(second, because="Daan gaat naar een andere groep.", holds_from=date(2026, 3, 1))

    second.refresh_from_db()
    assert (second.because, second.holds_from) == ("Daan gaat naar een andere groep.", date(2026, 3, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyPlan.objects.filter(pk=second.pk).update(because="")


@pytest.mark.parametrize(
    ("section", "fields"),
    [
        (Section.AGREEMENTS, {"topic": "contact"}),
        (Section.CONDITIONS, {"checked_by": "Wijkagent", "until_on": REVIEW}),
        (Section.CONDITIONS, {"checked_by": "Wijkagent", "if_broken": "Zij belt 112."}),
        (Section.CONDITIONS, {"until_on": REVIEW, "if_broken": "Zij belt 112."}),
        (Section.NETWORK, {"who": "Oma", "task": "checks"}),
        (Section.NETWORK, {"who": "Oma", "knows_address": False}),
        (Section.PROFESSIONALS, {"who": "Wijkagent"}),
    ],
)
def test_a_line_that_lacks_what_its_part_needs_is_refused_and_the_database_agrees(
    draft, household, write, section, fields
):
    with pytest.raises(WrongState):
        write(draft, section, "Hij komt niet bij school.", **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyPlanItem.objects.create(
            family=household.family, plan=draft, section=section, text="x", order=90, **fields
        )


def test_a_sentence_is_taken_out_of_a_draft(draft, household, hold):
    operations.remove_item(draft.items.first(), by=household.worker, at=factories.NOW)

    assert [item.text for item in draft.items.standing()] == ["Alleen oma haalt Daan op."]
    with pytest.raises(WrongState):
        operations.remove_item(draft.items.first(), by=household.worker, at=factories.NOW)
    operations.remove_item(draft.items.standing().get(), by=household.worker, at=factories.NOW)
    with pytest.raises(WrongState):
        hold(draft)
    assert AuditEvent.objects.filter(event=Event.SAFETY_PLAN_CHANGED, subject_id=draft.pk).count() == 4


def test_an_empty_plan_does_not_come_to_hold(next_draft, hold):
    with pytest.raises(WrongState):
        hold(next_draft())

    assert not SafetyPlan.objects.current().exists()


@pytest.mark.parametrize(
    ("agreed", "review"),
    [(date(2026, 3, 3), REVIEW), (TODAY, date(2026, 3, 2)), (TODAY, date(2026, 2, 1))],
    ids=["agreed tomorrow", "revised today", "revised before it was agreed"],
)
def test_days_that_cannot_be_are_refused(draft, hold, agreed, review):
    with pytest.raises(WrongState):
        hold(draft, agreed=agreed, review=review)


def test_a_plan_that_holds_settles_the_revision_that_was_asked_and_plans_the_next(draft, household, hold):
    asked = factories.follow_up(household.family, kind=Kind.REVISE_SAFETY_PLAN)

    hold(draft)

    asked.refresh_from_db()
    assert asked.state == State.DONE
    owed = FollowUp.objects.open().get(kind=Kind.REVISE_SAFETY_PLAN)
    assert (owed.due_on, owed.falls_to, owed.about_id) == (REVIEW, "regisseur", draft.pk)


class TestConfirmWithClient:
    def test_moves_the_day_it_is_looked_at_again(self, current, household):
        at = factories.NOW
        operations.confirm_with_client(current, on=TODAY, review_on=date(2026, 5, 1), by=household.worker, at=at)

        fresh = reading.currency(current)
        assert (fresh.confirmed_on, fresh.review_on) == (TODAY, date(2026, 5, 1))
        assert not fresh.is_stale(date(2026, 5, 1))
        assert fresh.is_stale(date(2026, 5, 2))
        assert FollowUp.objects.open().get(kind=Kind.REVISE_SAFETY_PLAN).due_on == date(2026, 5, 1)

    def test_back_to_the_same_day_is_planned_again(self, current, household):
        for review in (date(2026, 5, 1), REVIEW):
            operations.confirm_with_client(current, on=TODAY, review_on=review, by=household.worker, at=factories.NOW)

        assert FollowUp.objects.open().get(kind=Kind.REVISE_SAFETY_PLAN).due_on == REVIEW

    @pytest.mark.parametrize(("on", "review"), [(date(2026, 3, 3), REVIEW), (TODAY, TODAY)])
    def test_refuses_days_that_cannot_be(self, current, household, on, review):
        with pytest.raises(WrongState):
            operations.confirm_with_client(current, on=on, review_on=review, by=household.worker, at=factories.NOW)

    def test_refuses_a_version_that_does_not_hold(self, draft, household):
        with pytest.raises(WrongState):
            operations.confirm_with_client(draft, on=TODAY, review_on=REVIEW, by=household.worker, at=factories.NOW)
        assert not Confirmation.objects.exists()


@pytest.mark.parametrize("who", STRANGERS)
def test_who_does_not_work_for_the_family_writes_no_plan(draft, household, next_draft, write, hold, who):
    stranger = getattr(household, who)
    item = draft.items.first()

    for attempt in (
        lambda: next_draft(by=stranger),
        lambda: write(draft, Section.DANGER, "x", by=stranger),
        lambda: operations.change_item(item, Line("x"), by=stranger, at=factories.NOW),
        lambda: operations.choose(item, by=stranger, at=factories.NOW),
        lambda: operations.keep_both(item, by=stranger, at=factories.NOW),
        lambda: operations.remove_item(item, by=stranger, at=factories.NOW),
        lambda: hold(draft, by=stranger),
        lambda: operations.confirm_with_client(draft, on=TODAY, review_on=REVIEW, by=stranger, at=factories.NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert SafetyPlanItem.objects.standing().count() == 2
    assert SafetyPlan.objects.get().status == Status.DRAFT


def test_each_step_leaves_a_trace(current):
    events = AuditEvent.objects.filter(subject_id=current.pk).values_list("event", flat=True)

    assert {Event.SAFETY_PLAN_DRAFTED, Event.SAFETY_PLAN_CHANGED, Event.SAFETY_PLAN_ACTIVATED} <= set(events)


def test_a_plan_comes_to_hold_whole_or_not_at_all(current, hold, next_draft, monkeypatch):
    second = next_draft()
    monkeypatch.setattr(plan, "plan", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        hold(second)

    assert SafetyPlan.objects.current().get() == current
    assert FollowUp.objects.open().get(kind=Kind.REVISE_SAFETY_PLAN).about_id == current.pk


class TestTwoWorkersAtOnce:
    """Whatever two people do to one draft, every wording is still there, and a person chooses."""

    def reword(self, household, item, text, who="worker"):
        by = getattr(household, who)
        return operations.change_item(item, Line(text), by=by, at=factories.NOW)

    def standing(self, plan):
        return {item.text for item in plan.items.standing()}

    def test_a_reworded_line_replaces_the_earlier_one_and_keeps_it(self, draft, household):
        item = draft.items.first()

        new = self.reword(household, item, "Hij staat voor de deur.")

        item.refresh_from_db()
        assert item.taken_out_at == factories.NOW
        assert (new.line, new.written_by) == (item.line, household.worker)
        assert self.standing(draft) == {"Hij staat voor de deur.", "Alleen oma haalt Daan op."}

    def test_two_wordings_of_one_line_both_stand_and_the_plan_waits_for_a_choice(self, draft, household, hold):
        item = draft.items.first()
        self.reword(household, item, "Hij staat voor de deur.")
        second = self.reword(household, item, "Hij belt haar moeder.", who="stand_in")

        assert {"Hij staat voor de deur.", "Hij belt haar moeder."} < self.standing(draft)
        assert reading.read(draft).disputed == 1
        with pytest.raises(WrongState):
            hold(draft)
        operations.choose(second, by=household.worker, at=factories.NOW)
        assert self.standing(draft) == {"Hij belt haar moeder.", "Alleen oma haalt Daan op."}
        assert draft.items.filter(text="Hij staat voor de deur.").exists()
        hold(draft)

    def test_both_can_be_kept(self, draft, household, hold):
        item = draft.items.first()
        self.reword(household, item, "Hij staat voor de deur.")
        second = self.reword(household, item, "Hij belt haar moeder.", who="stand_in")

        operations.keep_both(second, by=household.stand_in, at=factories.NOW)

        assert reading.read(draft).disputed == 0
        hold(draft)
        assert {"Hij staat voor de deur.", "Hij belt haar moeder."} < self.standing(draft)

    def test_what_was_taken_out_meanwhile_stands_again_in_the_new_words(self, draft, household):
        item = draft.items.first()
        operations.remove_item(item, by=household.worker, at=factories.NOW)

        self.reword(household, item, "Hij belt haar moeder.", who="stand_in")

        assert "Hij belt haar moeder." in self.standing(draft)

    def test_a_line_for_a_draft_that_came_to_hold_meanwhile_goes_into_the_next(self, draft, household, write, hold):
        hold(draft)

        item = write(draft, Section.POLICE, "De wijkagent rijdt langs.", by=household.stand_in)

        assert (item.plan.version, item.plan.status) == (2, Status.DRAFT)
        assert len(self.standing(draft)) == 2
        assert len(self.standing(item.plan)) == 3

    def test_a_wording_for_a_draft_that_came_to_hold_meanwhile_goes_into_the_next(self, draft, household, hold):
        item = draft.items.first()
        hold(draft)

        first = self.reword(household, item, "Hij staat voor de deur.")
        second = self.reword(household, item, "Hij belt haar moeder.", who="stand_in")

        assert first.plan == second.plan != draft
        assert "Hij komt langs als hij boos is." in self.standing(draft)
        assert {"Hij staat voor de deur.", "Hij belt haar moeder."} < self.standing(first.plan)
        assert reading.read(first.plan).disputed == 1

    def test_who_lets_it_hold_second_is_told(self, draft, household, hold):
        hold(draft)

        with pytest.raises(WrongState):
            hold(draft, by=household.stand_in)
        assert SafetyPlan.objects.current().count() == 1

    def test_a_line_that_is_gone_is_not_chosen(self, draft, household):
        item = draft.items.first()
        operations.remove_item(item, by=household.worker, at=factories.NOW)

        for act in (operations.choose, operations.keep_both):
            with pytest.raises(WrongState):
                act(item, by=household.worker, at=factories.NOW)


@pytest.mark.django_db(transaction=True)
def test_two_workers_who_reword_one_line_in_the_same_moment_lose_nothing(draft, household):
    item = draft.items.first()
    start = threading.Barrier(2)

    def reword(text, by):
        start.wait()
        try:
            operations.change_item(item, Line(text), by=by, at=factories.NOW)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=reword, args=("Hij staat voor de deur.", household.worker)),
        threading.Thread(target=reword, args=("Hij belt haar moeder.", household.stand_in)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {"Hij staat voor de deur.", "Hij belt haar moeder."} < {one.text for one in draft.items.standing()}
    assert reading.read(draft).disputed == 1


def test_the_difference_between_two_versions_is_said_word_by_word(current, household, write, hold, next_draft):
    second = next_draft()
    danger, pick_up = second.items.all()
    operations.change_item(
        pick_up,
        Line("Alleen een tante haalt Daan op.", topic="school", person=household.daan, checked_by="Intern begeleider"),
        by=household.worker,
        at=factories.NOW,
    )
    operations.remove_item(danger, by=household.worker, at=factories.NOW)
    write(second, Section.POLICE, "De wijkagent rijdt langs.")
    hold(second)

    found = {one.kind: one for one in changes.changes(current, second)}

    assert set(found) == {"new", "changed", "gone"}
    pieces = [(piece.kind, piece.words) for piece in found["changed"].pieces]
    assert ("gone", "oma") in pieces
    assert ("new", "een tante") in pieces
    assert found["changed"].person == "Daan"
    assert [piece.words for piece in found["new"].pieces] == ["De wijkagent rijdt langs."]
    assert changes.changes(second, next_draft()) == []
