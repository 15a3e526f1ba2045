"""Nobody is regisseur: seen at once, with a clock, by somebody who can end it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from access.models import Assignment, AssignmentKind, Involvement, Relation
from accounts.models import Role, User
from audit.events import Event
from audit.models import AuditEvent
from cases.models import Family, RegieKind, RegisseurPeriod, Trajectory
from cases.operations import appoint, raise_alarm, stand_in
from cases.operations.regie import move_regie
from cases.regie import regisseur_of, who_could, without_since
from core.database import keep_time
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind, Reminder, State
from reminders.dispatch import dispatch
from reminders.sweep import sweep
from tests import factories
from tests.factories import NOW

TODAY = NOW.date()


def both(send):
    """A round as the worker does it: raise, then send."""
    sweep(today=TODAY, now=NOW)
    dispatch(now=NOW, send=send)


LATER = NOW + timedelta(hours=3)


class _Opening:
    actor = None

    def record(self, *args, **details):
        pass


@pytest.fixture
def world(cast):
    """The family of the cast, with a regisseur, an uninvolved team lead elsewhere and a municipality that answers."""
    move_regie(
        cast.family,
        to=cast.worker,
        organisation=cast.shelter,
        kind=RegieKind.SHELTER,
        reason="family_opened",
        at=NOW,
        within=_Opening(),
    )
    cast.municipality = factories.organisation("Gemeenteteam Oostrand", kind="municipality")
    factories.involvement(cast.family, cast.municipality, Relation.RESPONSIBLE)
    cast.coordinator = factories.user(Role.COORDINATOR, at=cast.municipality)
    return cast


def alarmed():
    return list(Family.objects.without_regisseur(TODAY))


def leave(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def since(family):
    return without_since(Family.objects.filter(pk=family.pk).with_the_clock().get())


@pytest.mark.row("B3")
def test_an_account_that_is_shut_ends_the_regie_in_that_second_whoever_shut_it(world):
    assert alarmed() == []
    leave(world.worker)

    assert alarmed() == [world.family]
    assert not RegisseurPeriod.objects.filter(ends_at=None).exists()
    assert not Assignment.objects.filter(kind=AssignmentKind.REGISSEUR, closed_at=None).exists()


def test_whoever_comes_back_is_not_regisseur_again_by_itself(world):
    leave(world.worker)
    User.objects.filter(pk=world.worker.pk).update(is_active=True)
    assert regisseur_of(world.family, today=TODAY) is None


def test_the_clock_starts_when_the_account_ends(world):
    with time_machine.travel(LATER, tick=False):
        keep_time()
        leave(world.worker)
    assert since(world.family) == LATER


def test_a_membership_that_ends_on_a_day_starts_the_clock_at_its_first_minute_in_the_netherlands(world):
    world.worker.memberships.update(ends_on=TODAY)
    assert alarmed() == [world.family]
    assert since(world.family) == datetime(2026, 3, 1, 23, tzinfo=UTC)


def test_a_membership_in_another_role_is_no_regisseur(world):
    world.worker.memberships.update(role=Role.PRIVACY_OFFICER)
    assert alarmed() == [world.family]


def test_a_family_that_never_had_one_counts_from_its_opening(cast):
    assert since(cast.family) == cast.family.opened_at


def test_a_closed_family_raises_no_alarm(world):
    leave(world.worker)
    Trajectory.objects.filter(family=world.family).update(ends_on=TODAY)
    assert alarmed() == []


@pytest.mark.row("B3")
@pytest.mark.django_db(transaction=True)
def test_the_next_round_makes_it_the_coordinators_work_and_the_workers(world):
    told = []
    leave(world.worker)
    both(lambda message: told.append(message.recipient))
    both(lambda message: told.append(message.recipient))

    work = FollowUp.objects.open().filter(family=world.family)
    assert {one.kind for one in work} == {Kind.NO_REGISSEUR, Kind.APPOINT_REGISSEUR}
    assert {one.due_on for one in work} == {TODAY}
    assert Reminder.objects.filter(follow_up__in=work).count() == 2
    # The coordinator from day 0, and whoever else works here; each once.
    assert world.coordinator in told
    assert len(told) == 2
    assert AuditEvent.objects.filter(event=Event.REGIE_MISSED, subject_id=world.family.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_a_coordinator_the_team_lead_hears_it_and_without_her_the_worker(world):
    told = []
    leave(world.worker)
    leave(world.coordinator)
    both(lambda message: told.append(message.recipient))
    assert world.team_lead in told


@pytest.mark.django_db(transaction=True)
def test_a_family_that_fails_does_not_silence_the_next(world, monkeypatch):
    second = factories.family(opened_by=world.shelter)
    factories.involvement(second, world.shelter)
    leave(world.worker)

    def fails_for_the_first(family, *, at):
        if family.pk == world.family.pk:
            raise RuntimeError("poison")
        raise_alarm(family, at=at)

    monkeypatch.setattr("reminders.alarms.raise_alarm", fails_for_the_first)
    both(lambda message: None)
    assert FollowUp.objects.filter(family=second, kind=Kind.NO_REGISSEUR).exists()


def test_a_period_whose_holder_left_on_a_day_is_ended_and_does_not_come_back(world):
    world.worker.memberships.update(ends_on=TODAY)
    raise_alarm(world.family, at=NOW)
    world.worker.memberships.update(ends_on=None)
    assert regisseur_of(world.family, today=TODAY) is None
    assert AuditEvent.objects.filter(event=Event.REGIE_ENDED).exists()


def test_an_alarm_for_a_family_that_has_a_regisseur_after_all_raises_nothing(world):
    raise_alarm(world.family, at=NOW)
    assert not FollowUp.objects.filter(kind=Kind.NO_REGISSEUR).exists()


def test_an_alarm_can_arise_again_on_the_same_day(world):
    for successor in (world.colleague, factories.user(at=world.shelter)):
        leave(regisseur_of(world.family, today=TODAY).user)
        raise_alarm(world.family, at=NOW)
        assert FollowUp.objects.open().filter(kind=Kind.NO_REGISSEUR).count() == 1
        appoint(world.family, to=successor, organisation=world.shelter, because="Er is.", by=world.stand_in, at=NOW)
        assert not FollowUp.objects.open().filter(kind=Kind.NO_REGISSEUR).exists()


@pytest.mark.parametrize("who", ["stand_in", "team_lead"])
def test_whoever_works_with_the_family_or_leads_the_team_ends_it(world, who):
    leave(world.worker)
    raise_alarm(world.family, at=NOW)
    period = appoint(
        world.family,
        to=world.colleague,
        organisation=world.shelter,
        because="Zij kent het gezin.",
        by=getattr(world, who),
        at=NOW,
    )
    assert (period.user, period.kind, period.note) == (world.colleague, RegieKind.SHELTER, "Zij kent het gezin.")
    assert alarmed() == []
    assert set(FollowUp.objects.filter(kind=Kind.NO_REGISSEUR).values_list("state", flat=True)) == {State.DONE}
    regisseurs = Involvement.objects.filter(family=world.family, relation=Relation.REGISSEUR, closed_at=None)
    assert regisseurs.count() == 1
    world.colleague.forget_standing()
    assert Family.objects.visible_to(world.colleague).exists()


@pytest.mark.parametrize("who", ["colleague", "other_worker", "barred_worker", "administrator", "coordinator"])
def test_nobody_else_chooses_a_regisseur(world, who):
    leave(world.worker)
    with pytest.raises(NotAllowed):
        appoint(
            world.family,
            to=world.colleague,
            organisation=world.shelter,
            because="Omdat.",
            by=getattr(world, who),
            at=NOW,
        )


@pytest.mark.parametrize("who", ["barred_worker", "leaver", "team_lead", "other_worker"])
def test_only_a_worker_who_may_see_the_family_becomes_regisseur(world, who):
    leave(world.worker)
    somebody = getattr(world, who)
    with pytest.raises(WrongState):
        appoint(world.family, to=somebody, organisation=world.shelter, because="Omdat.", by=world.stand_in, at=NOW)
    assert (somebody, world.shelter) not in who_could(world.family, today=TODAY, now=NOW)


def test_a_regisseur_gives_the_regie_to_a_colleague_and_not_away(world):
    with pytest.raises(NotAllowed):
        appoint(
            world.family, to=world.colleague, organisation=world.shelter, because="Vrij.", by=world.stray_worker, at=NOW
        )
    appoint(world.family, to=world.colleague, organisation=world.shelter, because="Vrij.", by=world.worker, at=NOW)
    assert regisseur_of(world.family, today=TODAY).user == world.colleague
    factories.involvement(world.family, world.other_org)
    with pytest.raises(WrongState):
        appoint(
            world.family,
            to=world.other_worker,
            organisation=world.other_org,
            because="Nu jij.",
            by=world.colleague,
            at=NOW,
        )


@pytest.mark.parametrize("because", ["", "   "])
def test_choosing_takes_a_reason(world, because):
    leave(world.worker)
    with pytest.raises(WrongState):
        appoint(
            world.family, to=world.colleague, organisation=world.shelter, because=because, by=world.stand_in, at=NOW
        )


def test_work_of_a_regisseur_who_is_gone_falls_to_those_who_work_with_the_family(world):
    factories.assignment(world.family, world.colleague, world.shelter)
    signal = factories.follow_up(world.family, kind=Kind.TRIAGE_SIGNAL, falls_to=AssignmentKind.REGISSEUR)
    assert not FollowUp.objects.falling_to(world.colleague).filter(pk=signal.pk).exists()
    leave(world.worker)
    assert FollowUp.objects.falling_to(world.colleague).filter(pk=signal.pk).exists()


class TestStandIn:
    UNTIL = NOW + timedelta(days=7)

    def ask(self, world, **changed):
        return stand_in(
            world.family,
            **{
                "user": world.colleague,
                "organisation": world.shelter,
                "because": "Vakantie.",
                "ends_at": self.UNTIL,
                "by": world.team_lead,
                "at": NOW,
                **changed,
            },
        )

    def test_sees_the_file_and_gets_the_work_until_the_day(self, world):
        work = factories.follow_up(world.family, falls_to=AssignmentKind.REGISSEUR)
        self.ask(world)
        assert FollowUp.objects.falling_to(world.colleague).filter(pk=work.pk).exists()
        with time_machine.travel(self.UNTIL, tick=False):
            assert not Family.objects.visible_to(world.colleague).exists()

    def test_can_stand_in_again_after_that(self, world):
        self.ask(world)
        with time_machine.travel(self.UNTIL, tick=False):
            self.ask(world, at=self.UNTIL, ends_at=self.UNTIL + timedelta(days=7))
            assert Family.objects.visible_to(world.colleague).exists()

    @pytest.mark.parametrize("wrong", [{"because": " "}, {"ends_at": NOW}])
    def test_takes_a_reason_and_a_day_to_come(self, world, wrong):
        with pytest.raises(WrongState):
            self.ask(world, **wrong)

    def test_is_not_the_regisseur_who_is_away(self, world, client, sign_in):
        with pytest.raises(WrongState, match=r"collega|colleague"):
            self.ask(world, user=world.worker)
        sign_in(world.worker)
        url = reverse("handover:stand_in", args=[world.family.pk])
        shown = client.get(url).context["form"].fields["who"].choices
        assert world.worker.name not in str(shown)
        assert world.colleague.name in str(shown)
        # A day that has passed is told beside its field, and nothing that was typed is lost.
        chosen = f"{world.colleague.pk}~{world.shelter.pk}"
        typed = {"who": chosen, "because": "Een week vrij.", "until": "2020-01-01"}
        answer = client.post(url, typed)
        assert answer.context["form"].errors.keys() == {"until"}
        assert "Een week vrij." in answer.content.decode()

    def test_is_chosen_until_a_day_that_somebody_can_have_meant_and_who_does_so_already_is_said_beside_the_name(
        self, world, client, sign_in
    ):
        sign_in(world.worker)
        url = reverse("handover:stand_in", args=[world.family.pk])
        typed = {"who": f"{world.colleague.pk}~{world.shelter.pk}", "because": "Een week vrij."}
        for slip in ("9999-12-31", "2036-03-09"):
            assert client.post(url, typed | {"until": slip}).context["form"].errors.keys() == {"until"}
        assert client.post(url, typed | {"until": "2026-03-09"}).status_code == 302
        page = client.get(reverse("handover:regie", args=[world.family.pk])).content.decode()
        assert "tot en met 9 maart 2026" in page

        again = client.post(url, typed | {"until": "2026-03-12"})

        assert again.context["form"].errors["who"] == ["Deze collega valt al in."]
        assert "Een week vrij." in again.content.decode()

    def test_stands_in_once(self, world):
        self.ask(world)
        with pytest.raises(WrongState):
            self.ask(world)

    @pytest.mark.parametrize("who", ["stand_in", "colleague", "other_worker", "coordinator"])
    def test_only_the_regisseur_and_the_team_lead_ask(self, world, who):
        with pytest.raises(NotAllowed):
            self.ask(world, by=getattr(world, who))

    def test_is_not_somebody_who_is_barred(self, world):
        with pytest.raises(WrongState):
            self.ask(world, user=world.barred_worker)
