"""The departure is decided, and becomes work that somebody has."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from access.models import AssignmentKind
from audit.events import Event
from audit.models import AuditEvent
from cases.models import Destination, Person, Place
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State
from handover import operations
from handover.models import CheckKind, CheckState, DepartureCheck, DepartureDecision
from organisations.models import Region
from safety_plans.models import Level, Moment, SubjectKind
from safety_plans.operations import Judgement as RiskJudgement
from safety_plans.operations import NewAssessment
from safety_plans.operations import assess as assess_risk
from tests import factories
from tests.factories import NOW
from tests.handover.conftest import planned


def kinds():
    return set(DepartureCheck.objects.values_list("kind", flat=True))


def open_work(kind):
    return list(FollowUp.objects.filter(kind=kind, state=State.OPEN).values_list("due_on", "falls_to"))


@pytest.fixture
def regions(world):
    here, there = (
        Region.objects.create(kind="veilig_thuis", name=name, basis="verified", valid_from=date(2023, 1, 1))
        for name in ("Hier", "Daar")
    )
    home = world.shelter.municipality
    home.veilig_thuis_region = here
    home.save()
    world.same = factories.MunicipalityFactory(code="GM0150", name="Deventer", veilig_thuis_region=here)
    world.other = factories.MunicipalityFactory(code="GM0080", name="Leeuwarden", veilig_thuis_region=there)
    return world


@pytest.mark.row("A4")
def test_planning_the_departure_makes_the_checklist_and_somebodys_work(world):
    Person.objects.create(family=world.family, place=Place.CHILD, given_name="Daan")
    Person.objects.create(family=world.family, place=Place.CHILD, given_name="Femke")
    trajectory = planned(world, involvement_ends_on=date(2026, 6, 21))

    assert (trajectory.departs_on, trajectory.involvement_ends_on) == (date(2026, 3, 21), date(2026, 6, 21))
    assert DepartureCheck.objects.filter(kind=CheckKind.SCHOOL_TALK).count() == 2
    assert DepartureCheck.objects.filter(kind=CheckKind.REFERRAL_INDEX).count() == 2
    assert DepartureCheck.objects.filter(kind=CheckKind.NEW_ASSESSMENT).count() == 1
    assert open_work(Kind.PREPARE_DEPARTURE) == [(date(2026, 3, 14), AssignmentKind.REGISSEUR)]
    assert AuditEvent.objects.filter(event=Event.DEPARTURE_PLANNED, actor_id=world.worker.pk).count() == 1


@pytest.mark.row("C42")
@pytest.mark.parametrize("missing", ["decided_by", "why_safe_enough"])
def test_nobody_leaves_without_a_decision_that_says_who_and_why(world, missing):
    said = {"decided_on": date(2026, 3, 2), "decided_by": "Els", "why_safe_enough": "Rustig.", missing: " "}
    with pytest.raises(WrongState):
        planned(world, decision=operations.Decision(**said))
    world.trajectory.refresh_from_db()
    assert world.trajectory.departs_on is None
    with pytest.raises(IntegrityError), transaction.atomic():
        DepartureDecision.objects.create(
            family=world.family,
            trajectory=world.trajectory,
            recorded_by=world.worker,
            recorded_at=NOW,
            **{**said, missing: ""},
        )


def test_what_is_still_to_come_was_not_decided_and_not_done(world):
    tomorrow = date(2026, 3, 3)
    with pytest.raises(WrongState, match=r"nog komen|still to come"):
        planned(world, decision=operations.Decision(tomorrow, "Els", "Rustig."))
    planned(world)
    point = DepartureCheck.objects.get(kind=CheckKind.PARTNERS_TOLD)
    with pytest.raises(WrongState, match=r"nog komen|still to come"):
        operations.tick(point, done_on=tomorrow, by=world.worker, at=NOW)
    assert DepartureCheck.objects.get(pk=point.pk).state == CheckState.OPEN


@pytest.mark.row("C42")
def test_a_decision_says_on_which_assessment_it_rests_and_what_somebody_saw_otherwise(world):
    def assess(day):
        return assess_risk(
            world.family,
            NewAssessment("Het kan."),
            moment=Moment.PERIODIC,
            on=day,
            subjects=[RiskJudgement(SubjectKind.HOUSEHOLD, None, Level.LOW)],
            by=world.worker,
            at=NOW,
        )

    said = {
        "decided_on": date(2026, 3, 1),
        "decided_by": "Els",
        "why_safe_enough": "Rustig.",
        "dissent": "Femke twijfelt.",
    }
    planned(world, decision=operations.Decision(**said))
    assert DepartureDecision.objects.get().assessment is None
    assess(date(2026, 2, 1))
    latest = assess(date(2026, 3, 1))
    assess(date(2026, 3, 2))

    planned(world, decision=operations.Decision(**said))

    decision = DepartureDecision.objects.order_by("-assessment__assessed_on").exclude(assessment=None).get()
    assert (decision.assessment, decision.dissent, decision.decided_by) == (latest, "Femke twijfelt.", "Els")


def test_veilig_thuis_of_the_new_region_is_told_only_when_the_region_changes(regions):
    planned(regions, municipality=regions.same)
    assert CheckKind.VEILIG_THUIS_INFORMED not in kinds()
    planned(regions, municipality=regions.other)
    assert CheckKind.VEILIG_THUIS_INFORMED in kinds()


def test_a_region_that_is_not_known_counts_as_another(world):
    planned(world)
    assert CheckKind.VEILIG_THUIS_INFORMED in kinds()


@pytest.mark.row("D20")
def test_an_unknown_destination_is_work_today_and_veilig_thuis_hears_it(regions):
    planned(regions, destination=Destination.UNKNOWN, municipality=None)
    assert open_work(Kind.OUT_OF_SIGHT) == [(date(2026, 3, 2), AssignmentKind.REGISSEUR)]
    assert CheckKind.VEILIG_THUIS_INFORMED in kinds()
    planned(regions, municipality=regions.same)
    assert open_work(Kind.OUT_OF_SIGHT) == []


def test_who_is_regisseur_next_is_asked_before_the_aftercare_ends(world):
    planned(world, involvement_ends_on=date(2026, 6, 21))
    assert open_work(Kind.CHOOSE_REGISSEUR) == [(date(2026, 5, 22), AssignmentKind.REGISSEUR)]


@pytest.mark.row("A4")
def test_moving_the_departure_there_and_back_leaves_one_thing_to_do(world):
    planned(world)
    planned(world, on=date(2026, 3, 28))
    planned(world)
    assert open_work(Kind.PREPARE_DEPARTURE) == [(date(2026, 3, 14), AssignmentKind.REGISSEUR)]
    assert DepartureDecision.objects.count() == 3
    assert DepartureCheck.objects.filter(kind=CheckKind.NEW_ASSESSMENT).count() == 1


def test_what_was_settled_stays_settled_when_the_departure_moves(world):
    planned(world)
    operations.tick(
        DepartureCheck.objects.get(kind=CheckKind.INCOME_STARTED), done_on=date(2026, 3, 1), by=world.worker, at=NOW
    )
    planned(world, on=date(2026, 3, 28))
    assert DepartureCheck.objects.get(kind=CheckKind.INCOME_STARTED).state == CheckState.DONE


def test_a_departure_into_a_municipality_names_it(world):
    with pytest.raises(WrongState):
        planned(world, municipality=None)


def test_an_ended_passage_has_no_departure_to_plan(world):
    world.trajectory.ends_on = date(2026, 3, 1)
    world.trajectory.save()
    with pytest.raises(WrongState):
        planned(world)


@pytest.mark.parametrize("who", ["colleague", "team_lead", "other_worker", "barred_worker", "former_worker"])
def test_only_those_who_work_for_the_family_plan_and_settle(world, who):
    planned(world)
    by = getattr(world, who)
    check = DepartureCheck.objects.get(kind=CheckKind.ADDRESS_LEVEL)
    for act in (
        lambda: planned(world, by=by),
        lambda: operations.tick(check, done_on=date(2026, 3, 2), by=by, at=NOW),
        lambda: operations.set_aside(check, because="Hoeft niet.", by=by, at=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_nothing_is_planned_when_a_later_step_fails(world, monkeypatch):
    monkeypatch.setattr("handover.operations.departure._plan_work", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        planned(world)
    world.trajectory.refresh_from_db()
    assert world.trajectory.departs_on is None
    assert not DepartureCheck.objects.exists()
    assert not DepartureDecision.objects.exists()


def test_the_last_settled_point_takes_the_departure_off_the_list(world):
    planned(world)
    checks = list(DepartureCheck.objects.order_by("kind"))
    for check in checks[:-1]:
        operations.override(check, because="Geen tijd.", by=world.worker, at=NOW)
    assert open_work(Kind.PREPARE_DEPARTURE)
    operations.set_aside(checks[-1], because="Er is geen inkomen nodig.", by=world.worker, at=NOW)
    assert not open_work(Kind.PREPARE_DEPARTURE)
    assert FollowUp.objects.get(kind=Kind.PREPARE_DEPARTURE).state == State.DONE
    assert AuditEvent.objects.filter(event=Event.CHECKLIST_CHANGED).count() == len(checks)


def test_a_point_is_settled_once_and_not_needed_takes_a_reason(world):
    planned(world)
    check = DepartureCheck.objects.get(kind=CheckKind.ADDRESS_LEVEL)
    with pytest.raises(WrongState):
        operations.set_aside(check, because=" ", by=world.worker, at=NOW)
    operations.tick(check, done_on=date(2026, 3, 2), by=world.worker, at=NOW)
    with pytest.raises(WrongState):
        operations.set_aside(check, because="Toch niet.", by=world.worker, at=NOW)


def test_planning_and_settling_work_behind_the_second_lock_while_the_clock_runs(world, as_member):
    with as_member(world.worker):
        planned(world, at=NOW + timedelta(milliseconds=5))
        check = DepartureCheck.objects.get(kind=CheckKind.ADDRESS_LEVEL)
        operations.tick(check, done_on=date(2026, 3, 2), by=world.worker, at=NOW)
    with as_member(world.other_worker):
        assert not DepartureCheck.objects.exists()
