from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.events import Event
from audit.models import AuditEvent
from cases.models import Place
from core.errors import NotAllowed, WrongState
from follow_ups.models import Kind, State
from safety_plans import operations
from safety_plans.models import Level, Moment, RiskAssessment, RiskSubject, SubjectKind
from safety_plans.operations import Judgement, risk
from tests import factories

TODAY = date(2026, 3, 2)


def assess(cast, *, subjects=None, moment=Moment.DEPARTURE, on=TODAY, by=None):
    return operations.assess(
        cast.family,
        moment=moment,
        on=on,
        subjects=cast.whole_family if subjects is None else subjects,
        conclusion="Hij weet niet waar zij is. De kinderen zijn bang.",
        instrument="Zelfde lijst als bij binnenkomst",
        factors=["family_honour"],
        by=by or cast.worker,
        at=factories.NOW,
    )


@pytest.mark.row("C2")
def test_a_departure_assessment_judges_the_client_each_child_and_the_household(household):
    made = assess(household)

    judged = [(subject.kind, subject.person, subject.level) for subject in made.subjects.all()]
    assert judged == [
        ("person_causing_harm", household.ex, "high"),
        ("client", household.client, "raised"),
        ("child", household.femke, "low"),
        ("child", household.daan, "raised"),
        ("household", None, "raised"),
    ]
    assert made.assessed_by == household.worker
    assert AuditEvent.objects.filter(event=Event.RISK_ASSESSED, subject_id=made.pk).count() == 1


@pytest.mark.row("D6")
def test_a_departure_assessment_of_only_the_person_causing_harm_is_refused(household):
    with pytest.raises(WrongState):
        assess(household, subjects=household.whole_family[:1])

    assert not RiskAssessment.objects.exists()


@pytest.mark.row("C2")
@pytest.mark.parametrize("forgotten", [1, 2, 3, 4], ids=["client", "a child", "the other child", "household"])
def test_a_departure_assessment_forgets_nobody(household, forgotten):
    del household.whole_family[forgotten]

    with pytest.raises(WrongState):
        assess(household)


@pytest.mark.row("D4")
def test_an_admission_assessment_that_forgets_a_child_is_refused(household):
    both = household.whole_family[2:4]

    with pytest.raises(WrongState):
        assess(household, moment=Moment.ADMISSION, subjects=both[:1])
    assert assess(household, moment=Moment.ADMISSION, subjects=both)


def test_after_a_serious_signal_one_person_is_enough(household):
    assert assess(household, moment=Moment.SERIOUS_SIGNAL, subjects=household.whole_family[:1])


def test_an_assessment_of_nobody_or_of_tomorrow_is_refused(household):
    with pytest.raises(WrongState):
        assess(household, moment=Moment.PERIODIC, subjects=[])
    with pytest.raises(WrongState):
        assess(household, on=date(2026, 3, 3))


def test_an_assessment_settles_that_one_was_asked_for(household):
    asked = factories.follow_up(household.family, kind=Kind.ASSESS_RISK)
    other = factories.follow_up(household.family)

    assess(household)

    asked.refresh_from_db()
    other.refresh_from_db()
    assert (asked.state, asked.closed_by, other.state) == (State.DONE, household.worker, State.OPEN)


@pytest.mark.parametrize("who", ["colleague", "team_lead", "other_worker", "barred_worker", "former_worker"])
def test_who_does_not_work_for_the_family_assesses_nothing(household, who):
    with pytest.raises(NotAllowed):
        assess(household, by=getattr(household, who))

    assert not RiskAssessment.objects.exists()


def test_an_assessment_is_recorded_whole_or_not_at_all(household, monkeypatch):
    monkeypatch.setattr(risk, "finish", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        assess(household)

    assert not RiskAssessment.objects.exists()
    assert not AuditEvent.objects.filter(event=Event.RISK_ASSESSED).exists()


def test_the_database_judges_nobody_twice_and_nobody_of_another_family(household):
    made = assess(household)
    stranger = factories.family().persons.get(place=Place.CLIENT)
    fields = {"family": household.family, "assessment": made, "level": Level.LOW}

    with pytest.raises(IntegrityError), transaction.atomic():
        RiskSubject.objects.create(kind=SubjectKind.HOUSEHOLD, **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskSubject.objects.create(kind=SubjectKind.NEW_PARTNER, person=stranger, **fields)
        transaction.get_connection().check_constraints()


def test_who_was_shown_the_safety_plan_may_read_the_assessment_and_nobody_else(household):
    assess(household)

    assert RiskAssessment.objects.visible_to(household.worker).exists()
    assert not RiskAssessment.objects.visible_to(household.colleague).exists()
    assert not RiskSubject.objects.visible_to(household.other_worker).exists()


def test_a_judgement_without_a_person_is_called_by_what_it_is_about(household):
    made = assess(household, subjects=[*household.whole_family, Judgement(SubjectKind.NEW_PARTNER, None, Level.LOW)])

    assert [subject.name for subject in made.subjects.all()][-2:] == [
        str(SubjectKind.HOUSEHOLD.label),
        str(SubjectKind.NEW_PARTNER.label),
    ]
