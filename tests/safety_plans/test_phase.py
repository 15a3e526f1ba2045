"""The phases of gefaseerde ketenzorg, and the checks of conditions they wait for."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.db import IntegrityError, transaction

from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind
from safety_plans import operations, phases
from safety_plans.models import CarePhase, ConditionCheck, Level, Moment, Phase, Section, SubjectKind
from safety_plans.operations import Judgement
from tests import factories
from tests.safety_plans.conftest import REVIEW, TODAY

CONDITION = {"checked_by": "Wijkagent", "rhythm": "elke vrijdag", "until_on": REVIEW, "if_broken": "Zij belt 112."}


@pytest.fixture
def conditioned(draft, write, hold):
    """A plan that holds with one condition."""
    write(draft, Section.CONDITIONS, "De ex-partner komt niet bij huis of school.", **CONDITION)
    return hold(draft)


@pytest.fixture
def enter(household):
    def enter(phase, *, because="Wij zijn er samen aan toe.", by=None):
        by = by or household.worker
        return operations.enter_phase(household.family, phase, because=because, by=by, at=factories.NOW)

    return enter


@pytest.fixture
def look(household):
    minutes = count(1)

    def look(plan, *, is_kept, on=TODAY, note="Hij stond voor de deur."):
        item = plan.items.standing().get(section=Section.CONDITIONS)
        return operations.check_condition(
            item,
            on=on,
            is_kept=is_kept,
            note="" if is_kept else note,
            by=household.worker,
            at=factories.NOW + timedelta(minutes=next(minutes)),
        )

    return look


@pytest.mark.row("C18")
def test_care_does_not_begin_while_a_condition_is_unmet_and_going_back_is_always_possible(
    household, conditioned, enter, look
):
    with pytest.raises(WrongState) as refusal:
        enter(Phase.RISK_DRIVEN_CARE)
    assert "De ex-partner komt niet bij huis of school." in str(refusal.value)
    look(conditioned, is_kept=False)
    with pytest.raises(WrongState):
        enter(Phase.RISK_DRIVEN_CARE)

    look(conditioned, is_kept=True)
    enter(Phase.RISK_DRIVEN_CARE)
    look(conditioned, is_kept=False)
    enter(Phase.IMMEDIATE_SAFETY)

    assert phases.phase_of(household.family.pk) == Phase.IMMEDIATE_SAFETY
    assert [row.phase for row in CarePhase.objects.order_by("starts_at", "ends_at")] == [
        Phase.RISK_DRIVEN_CARE,
        Phase.IMMEDIATE_SAFETY,
    ]


def test_without_a_plan_or_without_conditions_care_does_not_begin(household, enter, draft, hold):
    with pytest.raises(WrongState):
        enter(Phase.RISK_DRIVEN_CARE)
    hold(draft)
    with pytest.raises(WrongState):
        enter(Phase.RISK_DRIVEN_CARE)

    assert not CarePhase.objects.exists()


def test_recovery_waits_for_an_assessment_in_this_phase_that_finds_nobody_at_high_risk(
    household, conditioned, enter, look, assess
):
    look(conditioned, is_kept=True)
    with pytest.raises(WrongState, match="Eén fase tegelijk"):
        enter(Phase.RECOVERY)
    enter(Phase.RISK_DRIVEN_CARE)
    with pytest.raises(WrongState):
        enter(Phase.RECOVERY)
    assess()
    with pytest.raises(WrongState):
        enter(Phase.RECOVERY)
    calmer = [Judgement(SubjectKind.CHILD, household.daan, Level.RAISED)]
    assess(moment=Moment.PERIODIC, subjects=calmer, at=factories.NOW + timedelta(minutes=5))

    assert enter(Phase.RECOVERY)
    assert enter(Phase.IMMEDIATE_SAFETY)


def test_a_phase_has_a_reason_and_is_not_entered_twice(household, conditioned, enter, look):
    look(conditioned, is_kept=True)
    with pytest.raises(WrongState):
        enter(Phase.RISK_DRIVEN_CARE, because=" ")
    with pytest.raises(WrongState):
        enter(Phase.IMMEDIATE_SAFETY)
    enter(Phase.RISK_DRIVEN_CARE)
    with pytest.raises(WrongState):
        enter(Phase.RISK_DRIVEN_CARE)
    with pytest.raises(IntegrityError), transaction.atomic():
        CarePhase.objects.create(
            family=household.family,
            phase=Phase.RECOVERY,
            because="x",
            starts_at=factories.NOW,
            decided_by=household.worker,
        )


@pytest.mark.parametrize("who", ["colleague", "team_lead", "other_worker", "barred_worker", "former_worker"])
def test_who_does_not_work_for_the_family_enters_no_phase_and_checks_nothing(household, conditioned, enter, who):
    with pytest.raises(NotAllowed):
        enter(Phase.RISK_DRIVEN_CARE, by=getattr(household, who))
    with pytest.raises(NotAllowed):
        operations.check_condition(
            conditioned.items.get(section=Section.CONDITIONS),
            on=TODAY,
            is_kept=True,
            by=getattr(household, who),
            at=factories.NOW,
        )


def test_a_serious_signal_or_a_broken_condition_proposes_the_first_phase_and_forces_nothing(
    household, conditioned, enter, look
):
    look(conditioned, is_kept=True)
    factories.follow_up(household.family, kind=Kind.ASSESS_AFTER_SIGNAL)
    assert phases.proposal(household.family.pk) is None
    enter(Phase.RISK_DRIVEN_CARE)

    assert len(phases.proposal(household.family.pk).reasons) == 1
    look(conditioned, is_kept=False)
    assert len(phases.proposal(household.family.pk).reasons) == 2
    assert phases.phase_of(household.family.pk) == Phase.RISK_DRIVEN_CARE


def test_a_broken_condition_is_work_today(household, conditioned, look):
    look(conditioned, is_kept=False)

    assert FollowUp.objects.open().filter(kind=Kind.REVISE_SAFETY_PLAN, due_on=TODAY, falls_to="regisseur").exists()


def test_a_check_belongs_to_the_line_in_the_next_version_as_well(household, conditioned, look, hold, next_draft):
    look(conditioned, is_kept=True)
    second = hold(next_draft())

    (condition,) = phases.conditions(second)
    assert condition.was_kept is True


def test_checks_that_cannot_be_are_refused(household, conditioned, look, hold, next_draft):
    for fields in ({"is_kept": False, "note": " "}, {"is_kept": True, "on": date(2026, 3, 3)}):
        with pytest.raises(WrongState):
            look(conditioned, **fields)
    with pytest.raises(WrongState):
        operations.check_condition(
            conditioned.items.get(section=Section.DANGER),
            on=TODAY,
            is_kept=True,
            by=household.worker,
            at=factories.NOW,
        )
    hold(next_draft())
    with pytest.raises(WrongState):
        look(conditioned, is_kept=True)
    assert not ConditionCheck.objects.exists()
