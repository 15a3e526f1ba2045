"""Offering and answering: who may, when not, and what each side has afterwards."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from access.models import Assignment, AssignmentKind, Involvement, Relation
from access.policy import Action
from accounts.models import Role
from audit.events import Event
from audit.models import AuditEvent
from cases.models import Family, RegieKind, RegisseurPeriod
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, State
from handover import operations
from handover.models import Handover, JointVisit, Status
from organisations.models import Organisation
from tests import factories
from tests.factories import NOW
from tests.handover.conftest import offered

LATER = NOW + timedelta(days=1)


def regisseur(family):
    return RegisseurPeriod.objects.get(family=family, ends_at=None)


def doors(family, organisation):
    return set(
        Involvement.objects.filter(family=family, organisation=organisation, closed_at=None).values_list(
            "relation", flat=True
        )
    )


def may_open(user, family):
    user.forget_standing()
    return Family.objects.visible_to(user).filter(pk=family.pk).exists()


@pytest.mark.row("F1")
def test_an_offer_moves_nothing_until_it_is_accepted(world, handover):
    assert regisseur(world.family).user == world.worker
    assert may_open(world.worker, world.family)
    assert not may_open(world.receiver, world.family)
    assert doors(world.family, world.team) == {Relation.RECEIVING}
    assert doors(world.family, world.shelter) == {Relation.WORKING, Relation.REGISSEUR, Relation.SENDING}
    assert AuditEvent.objects.filter(event=Event.HANDOVER_OFFERED, subject_id=handover.pk, actor_id=world.worker.pk)
    # A signal of these days is hers, and not of who may become regisseur.
    signal = factories.follow_up(world.family, kind=Kind.TRIAGE_SIGNAL, falls_to=AssignmentKind.REGISSEUR)
    assert FollowUp.objects.falling_to(world.worker).filter(pk=signal.pk).exists()
    assert not FollowUp.objects.falling_to(world.receiver).filter(pk=signal.pk).exists()


def test_an_answer_is_asked_for_within_five_working_days(world, handover):
    assert handover.answer_by == date(2026, 3, 9)
    asked = FollowUp.objects.get(family=world.family, kind=Kind.ASK_FOR_ANSWER)
    assert (asked.due_on, asked.falls_to, asked.about_id) == (date(2026, 3, 9), AssignmentKind.REGISSEUR, handover.pk)


@pytest.mark.row("D24")
@pytest.mark.parametrize("field", ["risk_of_care_avoidance", "background"])
def test_an_offer_without_what_the_receiver_must_know_is_refused(world, field):
    with pytest.raises(WrongState):
        operations.offer(world.family, to=world.team, what=offered(**{field: "  "}), by=world.worker, at=NOW)
    assert not Handover.objects.exists()


@pytest.mark.row("D24")
def test_the_database_refuses_an_offer_without_that_too(world, handover):
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.update(risk_of_care_avoidance="")


@pytest.mark.parametrize("who", ["colleague", "team_lead", "other_worker", "receiver", "barred_worker"])
def test_only_the_regisseur_offers(world, who):
    with pytest.raises(NotAllowed):
        operations.offer(world.family, to=world.team, what=offered(), by=getattr(world, who), at=NOW)
    assert not Handover.objects.exists()
    assert AuditEvent.objects.filter(event=Event.ACCESS_DENIED).exists()


def test_an_offer_that_is_still_to_be_discussed_with_the_client_is_refused(world):
    with pytest.raises(WrongState, match=r"nog komen|still to come"):
        operations.offer(
            world.family, to=world.team, what=offered(discussed_on=date(2026, 3, 3)), by=world.worker, at=NOW
        )
    assert not Handover.objects.exists()


def test_a_family_is_offered_to_one_organisation_at_a_time(world, handover):
    with pytest.raises(WrongState):
        operations.offer(world.family, to=world.other_org, what=offered(), by=world.worker, at=NOW)
    handover.pk, handover._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        handover.save()


def test_a_family_is_not_offered_to_whoever_has_it_or_to_a_closed_organisation(world):
    closed = factories.OrganisationFactory(is_active=False)
    for to in (world.shelter, closed):
        with pytest.raises(WrongState):
            operations.offer(world.family, to=to, what=offered(), by=world.worker, at=NOW)


def test_nothing_is_offered_when_a_later_step_fails(world, monkeypatch):
    monkeypatch.setattr("handover.operations.handover.plan", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        operations.offer(world.family, to=world.team, what=offered(), by=world.worker, at=NOW)
    assert not Handover.objects.exists()
    assert doors(world.family, world.team) == set()


def test_accepting_makes_the_receiver_regisseur_and_closes_the_file_for_the_sender(world, handover):
    operations.accept(handover, by=world.receiver, at=LATER)

    period = regisseur(world.family)
    assert (period.user, period.organisation, period.kind) == (world.receiver, world.team, RegieKind.NEIGHBOURHOOD_TEAM)
    assert may_open_at(LATER, world.receiver, world.family)
    assert not may_open_at(LATER, world.worker, world.family)
    assert doors(world.family, world.team) == {Relation.WORKING, Relation.REGISSEUR}
    assert doors(world.family, world.shelter) == {Relation.FORMER}
    # Its workers stay its workers for what they wrote down; everything else somebody was there is over.
    left = Assignment.objects.filter(organisation=world.shelter, closed_at=None).values_list("kind", flat=True)
    assert set(left) == {AssignmentKind.WORKER, AssignmentKind.BARRED}
    assert FollowUp.objects.get(kind=Kind.ASK_FOR_ANSWER).state == State.DONE
    assert AuditEvent.objects.filter(event=Event.HANDOVER_ACCEPTED, actor_id=world.receiver.pk).exists()


def may_open_at(moment, user, family):
    with time_machine.travel(moment + timedelta(seconds=1), tick=False):
        return may_open(user, family)


def test_accepting_works_behind_the_second_lock(world, handover, as_member):
    with as_member(world.receiver):
        operations.accept(handover, by=world.receiver, at=NOW)
    with as_member(world.receiver):
        assert may_open(world.receiver, world.family)
        assert FollowUp.objects.get(kind=Kind.ASK_FOR_ANSWER).state == State.DONE
    with as_member(world.worker):
        assert not Handover.objects.visible_to(world.worker).exists()
    assert doors(world.family, world.shelter) == {Relation.FORMER}


def test_accepting_works_behind_the_second_lock_when_the_clock_runs(world, handover, as_member):
    """In a request the moment of the act lies after the moment the database was told."""
    municipality = Organisation.objects.get(kind__slug="municipality")
    with as_member(world.receiver):
        operations.accept(handover, by=world.receiver, at=NOW + timedelta(milliseconds=5))
    assert doors(world.family, municipality) == {Relation.RESPONSIBLE}
    assert regisseur(world.family).user == world.receiver


@pytest.mark.parametrize("act", ["decline", "withdraw"])
def test_calling_an_offer_off_works_behind_the_second_lock(world, handover, as_member, act):
    by = world.receiver if act == "decline" else world.worker
    with as_member(by):
        getattr(operations, act)(handover, because="Verhuist toch niet.", by=by, at=NOW)
    assert doors(world.family, world.team) == set()


def test_offering_works_behind_the_second_lock(world, as_member):
    with as_member(world.worker):
        operations.offer(world.family, to=world.team, what=offered(), by=world.worker, at=NOW)
    with as_member(world.receiver):
        assert Handover.objects.to_answer(world.receiver).count() == 1
    with as_member(world.other_worker):
        assert Handover.objects.count() == 0


def test_the_second_lock_refuses_a_handover_of_a_strangers_family(world, handover, as_member):
    with pytest.raises(ProgrammingError), as_member(world.other_worker), transaction.atomic():
        JointVisit.objects.create(family=world.family, handover=handover, planned_on=date(2026, 3, 9))


def test_aftercare_lasts_through_its_last_day_and_ends_at_midnight_in_the_netherlands(world):
    made = operations.offer(
        world.family,
        to=world.team,
        what=offered(involvement_ends_on=date(2026, 6, 21)),
        by=world.worker,
        at=NOW,
    )
    operations.accept(made, by=world.receiver, at=LATER)

    midnight = datetime(2026, 6, 21, 22, tzinfo=UTC)
    left = Involvement.objects.filter(family=world.family, organisation=world.shelter, closed_at=None)
    assert left.get(relation=Relation.AFTERCARE).ends_at == midnight
    assert left.get(relation=Relation.FORMER).starts_at == midnight
    assert [door.relation for door in left.live(midnight - timedelta(seconds=1))] == [Relation.AFTERCARE]
    assert [door.relation for door in left.live(midnight)] == [Relation.FORMER]


def test_the_municipality_of_the_new_side_becomes_responsible_in_place_of_the_old(world, handover):
    old = factories.organisation("Gemeenteteam Middenveld", kind="municipality")
    old.is_active = False
    old.save()
    factories.involvement(world.family, old, Relation.RESPONSIBLE)
    new = Organisation.objects.get(kind__slug="municipality", is_active=True)

    operations.accept(handover, by=world.receiver, at=LATER)

    assert doors(world.family, new) == {Relation.RESPONSIBLE}
    assert doors(world.family, old) == set()


@pytest.mark.parametrize("who", ["worker", "other_worker", "colleague"])
def test_only_a_worker_of_the_receiver_answers(world, handover, who):
    for act in (
        lambda by: operations.accept(handover, by=by, at=LATER),
        lambda by: operations.decline(handover, because="Vol.", by=by, at=LATER),
    ):
        with pytest.raises(NotAllowed):
            act(getattr(world, who))
    assert Handover.objects.get().status == Status.OFFERED


def test_a_team_lead_of_the_receiver_sees_the_offer_and_does_not_accept_it(world, handover):
    lead = factories.user(Role.TEAM_LEAD, at=world.team)
    assert Handover.objects.visible_to(lead).get() == handover
    with pytest.raises(NotAllowed):
        operations.accept(handover, by=lead, at=LATER)


def test_nothing_is_accepted_when_a_later_step_fails(world, handover, monkeypatch):
    monkeypatch.setattr("handover.operations.handover._tell_municipality", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        operations.accept(handover, by=world.receiver, at=LATER)
    assert Handover.objects.get().status == Status.OFFERED
    assert regisseur(world.family).user == world.worker
    assert doors(world.family, world.team) == {Relation.RECEIVING}


def test_a_colleague_who_accepts_later_hears_that_it_was_done(world, handover):
    operations.accept(handover, by=world.receiver, at=LATER)
    with pytest.raises(WrongState) as refusal:
        operations.accept(handover, by=world.second_receiver, at=LATER)
    assert refusal.value.about.get_absolute_url()


@pytest.mark.row("F17")
def test_refusal_leaves_everything_as_it_was_and_says_why(world, handover):
    operations.decline(handover, because="Wij werken niet in die wijk.", by=world.receiver, at=LATER)

    refused = Handover.objects.get()
    assert (refused.status, refused.decided_by, refused.decided_because) == (
        Status.DECLINED,
        world.receiver,
        "Wij werken niet in die wijk.",
    )
    assert regisseur(world.family).user == world.worker
    assert doors(world.family, world.team) == set()
    assert not Handover.objects.visible_to(world.receiver).exists()
    assert Handover.objects.visible_to(world.worker).exists()


@pytest.mark.row("F17")
def test_a_refusal_is_work_of_the_regisseur_until_somebody_else_is_asked(world, handover, client, sign_in, as_member):
    with as_member(world.receiver):
        operations.decline(handover, because="Vol.", by=world.receiver, at=NOW)
    owed = FollowUp.objects.open().filter(kind=Kind.HANDOVER_DECLINED)
    assert owed.falling_to(world.worker).get().due_on == NOW.date()
    assert not owed.visible_to(world.receiver).exists()
    sign_in(world.worker)
    assert "Een overdracht is geweigerd" in client.get("/").content.decode()
    operations.offer(world.family, to=world.other_org, what=offered(), by=world.worker, at=NOW)
    assert not owed.exists()


@pytest.mark.row("F17")
def test_withdrawal_closes_the_offer_for_the_receiver(world, handover):
    operations.withdraw(handover, because="Zij verhuist toch niet.", by=world.worker, at=LATER)
    assert doors(world.family, world.team) == set()
    with pytest.raises(NotAllowed):
        operations.accept(handover, by=world.receiver, at=LATER)
    with pytest.raises(WrongState):
        operations.withdraw(handover, because="Nog eens.", by=world.worker, at=LATER)


@pytest.mark.row("F17")
def test_after_a_refusal_the_same_organisation_can_be_offered_the_family_again(world, handover):
    operations.decline(handover, because="Vol.", by=world.receiver, at=NOW)
    again = operations.offer(world.family, to=world.team, what=offered(), by=world.worker, at=NOW)
    operations.accept(again, by=world.receiver, at=LATER)
    assert regisseur(world.family).user == world.receiver
    assert Handover.objects.count() == 2


@pytest.mark.row("F17")
@pytest.mark.row("B1")
def test_a_family_goes_there_and_back_and_there_are_three_periods(world, handover):
    operations.accept(handover, by=world.receiver, at=LATER)
    with_clock = LATER + timedelta(days=1)
    with time_machine.travel(with_clock, tick=False):
        back = operations.offer(world.family, to=world.shelter, what=offered(), by=world.receiver, at=with_clock)
        operations.accept(back, by=world.colleague, at=with_clock)

        periods = RegisseurPeriod.objects.filter(family=world.family).order_by("starts_at")
        assert [period.user for period in periods] == [world.worker, world.receiver, world.colleague]
        assert [period.ends_at is None for period in periods] == [False, False, True]
        assert may_open(world.colleague, world.family)
        assert not may_open(world.receiver, world.family)
        # What somebody was there the first time opens nothing now.
        assert not may_open(world.worker, world.family)
        assert not may_open(world.stand_in, world.family)
    assert doors(world.family, world.shelter) == {Relation.WORKING, Relation.REGISSEUR}
    assert doors(world.family, world.team) == {Relation.FORMER}


def test_whoever_is_offered_a_family_later_does_not_read_an_earlier_refusal(world, handover):
    operations.decline(handover, because="Te zwaar voor ons.", by=world.receiver, at=NOW)
    operations.offer(world.family, to=world.other_org, what=offered(), by=world.worker, at=NOW)
    assert not Handover.objects.visible_to(world.other_worker).filter(pk=handover.pk).exists()
    assert Handover.objects.to_answer(world.other_worker).count() == 1


@pytest.mark.parametrize("act", ["decline", "withdraw"])
def test_calling_an_offer_off_takes_a_reason(world, handover, act):
    by = world.receiver if act == "decline" else world.worker
    with pytest.raises(WrongState):
        getattr(operations, act)(handover, because=" ", by=by, at=LATER)
    assert Handover.objects.get().status == Status.OFFERED


@pytest.mark.row("F8")
def test_a_handover_is_warm_only_when_the_visit_took_place(world):
    made = operations.offer(
        world.family, to=world.team, what=offered(visit_on=date(2026, 3, 12)), by=world.worker, at=NOW
    )
    assert not Handover.objects.get().was_warm
    operations.accept(made, by=world.receiver, at=NOW)
    visit, day = JointVisit.objects.get(), date(2026, 3, 12)
    with pytest.raises(NotAllowed):
        operations.hold_visit(visit, on=day, by=world.worker, at=NOW + timedelta(days=10))
    # A visit that is still to come made nothing warm.
    with pytest.raises(WrongState, match=r"nog komen|still to come"):
        operations.hold_visit(visit, on=day, by=world.receiver, at=NOW)
    assert not Handover.objects.get().was_warm
    operations.hold_visit(visit, on=day, by=world.receiver, at=NOW + timedelta(days=10))
    assert Handover.objects.get().was_warm
    with pytest.raises(WrongState):
        operations.hold_visit(visit, on=day, by=world.receiver, at=NOW + timedelta(days=10))


def test_a_second_visit_on_one_day_is_refused(world, handover):
    operations.plan_visit(handover, on=date(2026, 3, 12), by=world.worker)
    with pytest.raises(WrongState):
        operations.plan_visit(handover, on=date(2026, 3, 12), by=world.worker)


@pytest.mark.row("R52")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_does_and_the_other_hears_it(world, handover):
    outcomes, ready = {}, threading.Barrier(2)

    def answer(user):
        try:
            ready.wait()
            operations.accept(handover, by=user, at=NOW)
            outcomes[user.pk] = "accepted"
        except WrongState:
            outcomes[user.pk] = "was accepted already"
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=[user]) for user in (world.receiver, world.second_receiver)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes.values()) == ["accepted", "was accepted already"]
    assert RegisseurPeriod.objects.filter(family=world.family, ends_at=None).count() == 1


def test_answering_is_what_the_policy_calls_it(world, handover):
    assert Handover.objects.permitting(world.receiver, Action.ANSWER_HANDOVER).get() == handover
