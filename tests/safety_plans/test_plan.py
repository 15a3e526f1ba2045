from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.events import Event
from audit.models import AuditEvent
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State
from safety_plans import operations
from safety_plans.models import SafetyPlan, SafetyPlanItem, Section, Status
from safety_plans.operations import plan
from tests import factories

AGREED, REVIEW = date(2026, 3, 2), date(2026, 4, 2)
STRANGERS = ["colleague", "team_lead", "other_worker", "barred_worker", "former_worker"]


def activate(draft, cast, *, agreed=AGREED, review=REVIEW, by=None):
    return operations.activate(
        draft, agreed_with_client_on=agreed, review_on=review, by=by or cast.worker, at=factories.NOW
    )


def draft_next(cast, by=None):
    return operations.draft_plan(cast.family, by=by or cast.worker, at=factories.NOW)


@pytest.mark.row("C1")
def test_a_new_version_starts_from_the_current_one_and_leaves_it_readable(current, household):
    second = draft_next(household)
    operations.add_item(second, section=Section.POLICE, text="De wijkagent kent het adres.", by=household.worker)
    activate(second, household)

    current.refresh_from_db()
    assert (current.status, current.version, second.version) == (Status.SUPERSEDED, 1, 2)
    assert [item.text for item in current.items.all()] == [
        "Hij komt langs als hij boos is.",
        "Alleen oma haalt Daan op.",
    ]
    assert [item.person for item in second.items.all()] == [None, household.daan, None]
    assert SafetyPlan.objects.current().get() == second


@pytest.mark.row("C1")
def test_the_database_lets_one_version_hold(current, household):
    second = draft_next(household)

    with pytest.raises(IntegrityError), transaction.atomic():
        SafetyPlan.objects.filter(pk=second.pk).update(
            status=Status.CURRENT,
            agreed_on=AGREED,
            review_on=REVIEW,
            activated_by=household.worker,
            activated_at=factories.NOW,
        )


def test_a_second_draft_is_refused_and_leads_to_the_first(draft, household):
    with pytest.raises(WrongState) as refusal:
        draft_next(household)

    assert refusal.value.about == draft


def test_what_holds_is_not_written_in(current, household):
    item = current.items.first()

    with pytest.raises(WrongState):
        operations.add_item(current, section=Section.DANGER, text="Later bedacht.", by=household.worker)
    with pytest.raises(WrongState):
        operations.remove_item(item, by=household.worker, at=factories.NOW)
    with pytest.raises(WrongState):
        activate(current, household)
    assert current.items.count() == 2


def test_an_agreement_that_nobody_checks_is_refused(draft, household):
    with pytest.raises(WrongState):
        operations.add_item(draft, section=Section.AGREEMENTS, text="Hij komt niet bij school.", by=household.worker)


def test_a_sentence_is_taken_out_of_a_draft(draft, household):
    operations.remove_item(draft.items.first(), by=household.worker, at=factories.NOW)

    assert [item.text for item in draft.items.standing()] == ["Alleen oma haalt Daan op."]
    with pytest.raises(WrongState):
        operations.remove_item(draft.items.first(), by=household.worker, at=factories.NOW)
    operations.remove_item(draft.items.standing().get(), by=household.worker, at=factories.NOW)
    with pytest.raises(WrongState):
        activate(draft, household)
    assert AuditEvent.objects.filter(event=Event.SAFETY_PLAN_CHANGED, subject_id=draft.pk).count() == 4


def test_an_empty_plan_does_not_come_to_hold(household):
    with pytest.raises(WrongState):
        activate(draft_next(household), household)

    assert not SafetyPlan.objects.current().exists()


@pytest.mark.parametrize(
    ("agreed", "review"),
    [(date(2026, 3, 3), REVIEW), (AGREED, date(2026, 3, 2)), (AGREED, date(2026, 2, 1))],
    ids=["agreed tomorrow", "revised today", "revised before it was agreed"],
)
def test_days_that_cannot_be_are_refused(draft, household, agreed, review):
    with pytest.raises(WrongState):
        activate(draft, household, agreed=agreed, review=review)


def test_a_plan_that_holds_settles_the_revision_that_was_asked_and_plans_the_next(draft, household):
    asked = factories.follow_up(household.family, kind=Kind.REVISE_SAFETY_PLAN)

    activate(draft, household)

    asked.refresh_from_db()
    assert asked.state == State.DONE
    owed = FollowUp.objects.open().get(kind=Kind.REVISE_SAFETY_PLAN)
    assert (owed.due_on, owed.falls_to, owed.about_id) == (REVIEW, "regisseur", draft.pk)


@pytest.mark.parametrize("who", STRANGERS)
def test_who_does_not_work_for_the_family_writes_no_plan(draft, household, who):
    stranger = getattr(household, who)

    for attempt in (
        lambda: draft_next(household, by=stranger),
        lambda: operations.add_item(draft, section=Section.DANGER, text="x", by=stranger),
        lambda: operations.remove_item(draft.items.first(), by=stranger, at=factories.NOW),
        lambda: activate(draft, household, by=stranger),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert SafetyPlanItem.objects.count() == 2
    assert SafetyPlan.objects.get().status == Status.DRAFT


def test_each_step_leaves_a_trace(current):
    events = AuditEvent.objects.filter(subject_id=current.pk).values_list("event", flat=True)

    assert {Event.SAFETY_PLAN_DRAFTED, Event.SAFETY_PLAN_CHANGED, Event.SAFETY_PLAN_ACTIVATED} <= set(events)


def test_a_plan_comes_to_hold_whole_or_not_at_all(current, household, monkeypatch):
    second = draft_next(household)
    monkeypatch.setattr(plan, "plan", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        activate(second, household)

    assert SafetyPlan.objects.current().get() == current
    assert FollowUp.objects.open().get(kind=Kind.REVISE_SAFETY_PLAN).about_id == current.pk
