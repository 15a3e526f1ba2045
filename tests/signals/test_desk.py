"""The duty desk: what has nobody else lies with somebody who is told, who can place it, and who cannot lose it."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from access.models import Relation
from accounts import drafts
from accounts.models import Role
from audit.models import AuditEvent
from cases.models import Person, Place, RegisseurPeriod, Trajectory
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind
from signals import operations
from signals.desks import desk_for, tell_desks
from signals.models import (
    REOPENING_TRANSITIONS,
    DeskNotice,
    Reopening,
    ReopeningStatus,
    Signal,
    SignalCandidate,
)
from signals.operations import Judgement
from signals.routing import route_waiting
from tests import factories
from tests.factories import NOW
from tests.signals.conftest import account, give_regie

SOON = NOW + timedelta(minutes=1)


def municipality(code="GM0363", **fields):
    return factories.MunicipalityFactory(code=code, name=f"Plaats {code}", **fields)


@pytest.fixture
def desk(world):
    """The duty desk of the municipality where the school is."""
    world.municipality = factories.organisation("Gemeenteteam Oostrand", kind="municipality")
    world.duty = factories.user(Role.DUTY_DESK, at=world.municipality, name="Pia Ket")
    return world


def report(world, **changed):
    return operations.report(account(**changed), organisation=world.school, by=world.teacher, at=NOW)


def routed(made, now=NOW):
    route_waiting(now=now)
    made.refresh_from_db()
    return made


class TestWhereItLies:
    @pytest.mark.row("H12")
    def test_what_fits_nobody_lies_at_the_desk_of_the_reporters_municipality(self, desk):
        made = routed(report(desk, child_name="Niemand Bekend"))

        assert (made.family, made.desk, made.desk_since) == (None, desk.municipality, NOW)
        assert made.judge_on == date(2026, 3, 4)
        assert Signal.objects.at_desk_of(desk.duty).get() == made
        route_waiting(now=SOON)
        made.refresh_from_db()
        assert made.desk_since == NOW

    def test_a_new_one_is_looked_for_before_what_was_looked_for_in_vain(self, desk, monkeypatch):
        old = routed(report(desk, child_name="Niemand Bekend"))
        new = report(desk, child_name="Ook Niemand")
        looked_for = []
        monkeypatch.setattr("signals.routing.candidates", lambda signal: looked_for.append(signal.pk) or [])
        route_waiting(now=SOON)
        assert looked_for == [new.pk, old.pk]

    @pytest.mark.parametrize("why", ["left", "membership_ended", "never"])
    def test_a_family_without_a_regisseur_is_the_desks_of_its_own_municipality(self, desk, why):
        responsible = factories.OrganisationFactory(
            name="Elders", kind__slug="municipality", municipality=municipality()
        )
        factories.user(Role.DUTY_DESK, at=responsible)
        factories.involvement(desk.family, responsible, Relation.RESPONSIBLE)
        made = routed(report(desk))
        assert made.desk is None
        match why:
            case "left":
                desk.worker.is_active = False
                desk.worker.save()
            case "membership_ended":
                desk.worker.memberships.update(ends_on=NOW.date())
            case "never":
                RegisseurPeriod.objects.update(ends_at=NOW)

        routed(made)
        assert (made.family, made.desk) == (desk.family, responsible)

    def test_when_there_is_a_regisseur_again_it_leaves_the_desk(self, desk):
        desk.worker.is_active = False
        desk.worker.save()
        made = routed(report(desk))
        assert made.desk == desk.municipality
        give_regie(desk, desk.stand_in, desk.shelter)

        assert routed(made).desk is None
        assert FollowUp.objects.falling_to(desk.stand_in).filter(about_id=made.pk).exists()

    def test_a_municipality_without_anybody_on_duty_is_helped_by_the_nearest(self, desk):
        home = desk.school.municipality
        made = report(desk, child_name="Niemand Bekend")
        assert desk_for(made, today=NOW.date()) == desk.municipality
        desk.duty.memberships.update(ends_on=NOW.date())
        assert desk_for(made, today=NOW.date()) is None

        far = factories.OrganisationFactory(name="Ver", kind__slug="municipality", municipality=municipality())
        factories.user(Role.DUTY_DESK, at=far)
        assert desk_for(made, today=NOW.date()) == far

        middle = municipality("GM0344")
        centre = factories.OrganisationFactory(name="Centrum", kind__slug="municipality", municipality=middle)
        factories.user(Role.DUTY_DESK, at=centre)
        home.centre_municipality = middle
        home.save()
        made.organisation.municipality.refresh_from_db()
        assert desk_for(made, today=NOW.date()) == centre

    def test_one_that_cannot_be_routed_holds_up_no_other(self, desk, monkeypatch, caplog):
        bad, good = report(desk), report(desk)
        real = operations.routing.route

        def breaks(signal, **kwargs):
            if signal.pk == bad.pk:
                raise ZeroDivisionError
            return real(signal, **kwargs)

        monkeypatch.setattr("signals.routing.route", breaks)
        assert route_waiting(now=NOW) == 1
        assert routed(good).family == desk.family
        assert "signal not routed" in caplog.text
        monkeypatch.undo()
        assert route_waiting(now=SOON) == 1


class TestWhoIsTold:
    def test_everybody_on_duty_is_told_once_and_again_when_it_is_late(self, desk):
        second = factories.user(Role.DUTY_DESK, at=desk.municipality)
        coordinator = factories.user(Role.COORDINATOR, at=desk.municipality)
        routed(report(desk, child_name="Niemand Bekend"))
        told = []
        for minutes in (1, 2, 3):
            tell_desks(now=NOW + timedelta(minutes=minutes), send=told.append)
        assert set(told) == {desk.duty, second}
        assert len(told) == 2

        late = NOW + timedelta(days=4)
        with time_machine.travel(late, tick=False):
            tell_desks(now=late, send=told.append)
            tell_desks(now=late, send=told.append)
        assert told.count(desk.duty) == told.count(second) == 2
        assert told.count(coordinator) == 1

    def test_a_failing_address_is_tried_again_and_stops_nobody(self, desk):
        second = factories.user(Role.DUTY_DESK, at=desk.municipality)
        routed(report(desk, child_name="Niemand Bekend"))
        told = []

        def send(user):
            if user == desk.duty and not told.count("failed"):
                told.append("failed")
                raise OSError
            told.append(user)

        tell_desks(now=NOW, send=send)
        tell_desks(now=SOON, send=send)
        assert {desk.duty, second} <= set(told)

    def test_a_handled_signal_is_told_to_nobody(self, desk):
        made = routed(report(desk, child_name="Niemand Bekend"))
        operations.judge_at_desk(made, Judgement("yes", "none", "Is verhuisd."), by=desk.duty, at=NOW)
        assert tell_desks(now=SOON, send=lambda user: None) == 0
        assert not DeskNotice.objects.exists()


class TestPlacing:
    @pytest.mark.row("H12")
    def test_the_desk_chooses_and_the_job_brings_it_there(self, client, sign_in, desk):
        made = routed(report(desk, child_name="Daan de Witt"))
        sign_in(desk.duty)
        page = client.get(reverse("signals:at_desk", args=[made.pk])).content.decode()
        assert desk.family.reference in page
        for secret in ("Marloes", "De Haven", "Els Vonk"):
            assert secret not in page
        candidate = SignalCandidate.objects.get(about_id=made.pk)
        url = reverse("signals:choose", args=[made.pk, candidate.pk])
        assert client.post(url).status_code == 302
        # Somebody clicks twice, or a colleague does.
        assert client.post(url).status_code == 302
        made.refresh_from_db()
        assert made.family is None

        assert routed(made, SOON).family == desk.family
        assert made.desk is None
        assert FollowUp.objects.falling_to(desk.worker).filter(about_id=made.pk).exists()
        assert client.get(reverse("signals:at_desk", args=[made.pk])).status_code == 404

    @pytest.mark.parametrize(
        ("name", "born_on", "fit"),
        [
            ("Daan de Witt", date(2018, 2, 1), "alike"),
            ("Daan de Wit", date(2017, 1, 1), "name"),
            ("Daan de Wit", None, "name"),
            ("daán DE wit", None, "name"),
        ],
    )
    def test_what_nearly_fits_is_offered_and_never_routed_by_itself(self, desk, name, born_on, fit):
        made = routed(report(desk, child_name=name, child_born_on=born_on))
        assert made.family is None
        assert SignalCandidate.objects.get(about_id=made.pk).fit == fit

    def test_two_that_fit_are_both_offered(self, desk):
        twin = factories.family(client="Ans")
        Person.objects.create(
            family=twin, place=Place.CHILD, given_name="Daan", surname="de Wit", born_on=desk.child.born_on
        )
        made = routed(report(desk))
        assert made.family is None
        assert set(SignalCandidate.objects.values_list("family_id", flat=True)) == {twin.pk, desk.family.pk}

    def test_given_back_by_the_regisseur_it_lies_at_the_desk_and_does_not_come_again(self, client, sign_in, desk):
        made = routed(report(desk))
        sign_in(desk.worker)
        url = reverse("signals:give_back", args=[made.pk])
        assert client.get(url).status_code == 200
        assert client.post(url, {"because": ""}).status_code == 200
        assert client.post(url, {"because": "Dit is een andere Daan."}).status_code == 302
        assert client.post(url, {"because": "Nog eens."}).status_code == 302

        routed(made, SOON)
        assert (made.family, made.desk, made.status) == (None, desk.municipality, "received")
        assert not FollowUp.objects.filter(about_id=made.pk).open().exists()
        assert client.get(made.get_absolute_url()).status_code == 404
        routed(made, SOON)
        assert made.family is None
        assert not SignalCandidate.objects.filter(about_id=made.pk).to_choose().exists()

    def test_a_signal_on_which_work_stands_is_not_given_back(self, desk):
        made = routed(report(desk))
        operations.take_step(made, 1, on=NOW.date(), by=desk.worker, at=NOW)
        with pytest.raises(WrongState):
            operations.return_to_desk(made, because="Niet hier.", by=desk.worker, at=NOW)


class TestJudgingAtTheDesk:
    def test_only_who_is_on_duty_there_sees_and_judges_it(self, client, sign_in, desk, as_member):
        made = routed(report(desk, child_name="Niemand Bekend"))
        elsewhere = factories.OrganisationFactory(
            name="Elders",
            kind__slug="municipality",
            municipality=municipality(),
        )
        others = [
            factories.user(Role.COORDINATOR, at=desk.municipality),
            factories.user(Role.DUTY_DESK, at=elsewhere),
            desk.worker,
            desk.teacher,
        ]
        for other in others:
            with pytest.raises(NotAllowed):
                operations.judge_at_desk(made, Judgement("yes", "none", "x"), by=other, at=NOW)
            sign_in(other)
            assert client.get(reverse("signals:at_desk", args=[made.pk])).status_code == 404
        with as_member(others[1]):
            assert not Signal.objects.exists()
        with as_member(desk.duty):
            operations.take_up_at_desk(made, by=desk.duty, at=NOW)
            operations.judge_at_desk(made, Judgement("yes", "act", "School gebeld."), by=desk.duty, at=NOW)
        made.refresh_from_db()
        assert (made.status, made.decided_by) == ("handled", desk.duty)
        with pytest.raises(WrongState):
            operations.judge_at_desk(made, Judgement("yes", "act", "Nog eens."), by=desk.duty, at=NOW)
        assert AuditEvent.objects.filter(event="signal.judged", actor_id=desk.duty.pk).exists()

    @pytest.mark.row("H10")
    def test_not_knowing_is_not_an_end(self, client, sign_in, desk):
        made = routed(report(desk, child_name="Niemand Bekend"))
        sign_in(desk.duty)
        url = reverse("signals:judge_at_desk", args=[made.pk])
        assert client.get(url).status_code == 200
        answer = client.post(url, {"child_safe": "unknown", "outcome": "act", "decision": "Ik weet het niet."})
        assert answer.status_code == 200
        with pytest.raises(WrongState):
            operations.judge_at_desk(made, Judgement("unknown", "act", "x"), by=desk.duty, at=NOW)
        made.refresh_from_db()
        assert made.status == "received"
        data = {"child_safe": "yes", "outcome": "act", "decision": "Gebeld."}
        assert client.post(url, data).status_code == 302
        assert "Gebeld." in client.get(reverse("signals:at_desk", args=[made.pk])).content.decode()

    def test_what_was_kept_is_gone_once_it_is_saved(self, client, sign_in, desk):
        made = routed(report(desk, child_name="Niemand Bekend"))
        answers = {"child_safe": "yes", "outcome": "act", "decision": "Gebeld."}
        kept = {name: [value] for name, value in answers.items()}
        drafts.keep(desk.duty, "signals:judge_at_desk", kept, about=made.pk, at=NOW)
        sign_in(desk.duty)
        url = reverse("signals:judge_at_desk", args=[made.pk])
        assert "Gebeld." in client.get(url).content.decode()
        assert client.post(url, answers).status_code == 302
        assert not drafts.own(desk.duty, now=NOW).exists()

    def test_of_two_at_the_desk_the_words_of_the_slower_are_kept(self, client, sign_in, desk):
        made = routed(report(desk, child_name="Niemand Bekend"))
        operations.judge_at_desk(made, Judgement("yes", "act", "School gebeld."), by=desk.duty, at=NOW)
        sign_in(desk.duty)
        url = reverse("signals:judge_at_desk", args=[made.pk])
        answer = client.post(
            url, {"child_safe": "yes", "outcome": "act", "decision": "Moeder teruggebeld."}, follow=True
        )
        assert "Dit signaal was al afgehandeld." in answer.content.decode()
        page = client.get(url).content.decode()
        assert "Moeder teruggebeld." in page
        assert "bewaard" in page

    def test_a_signal_of_a_family_without_regisseur_is_judged_there_and_its_work_lapses(self, desk):
        desk.worker.is_active = False
        desk.worker.save()
        made = routed(report(desk))
        operations.judge_at_desk(made, Judgement("yes", "police", "Wijkagent gaat langs."), by=desk.duty, at=NOW)
        route_waiting(now=SOON)
        assert not FollowUp.objects.filter(kind=Kind.TRIAGE_SIGNAL).open().exists()

    def test_the_page_costs_the_same_with_two_and_twenty(self, client, sign_in, desk):
        sign_in(desk.duty)
        client.get(reverse("signals:desk"))
        counts = []
        for more in (2, 18):
            for n in range(more):
                report(desk, child_name=f"Kind {n}")
            route_waiting(now=NOW)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(reverse("signals:desk")).status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1]


class TestReopening:
    @pytest.mark.row("H12")
    def test_a_closed_family_is_proposed_to_be_opened_again_and_a_person_decides(self, client, sign_in, desk):
        Trajectory.objects.filter(family=desk.family).update(ends_on=date(2026, 3, 1))
        made = routed(report(desk))
        assert Reopening.objects.get().status == "proposed"
        assert not Trajectory.objects.filter(family=desk.family, ends_on=None).exists()
        assert FollowUp.objects.falling_to(desk.worker).filter(kind=Kind.DECIDE_REOPENING).open().exists()

        sign_in(desk.worker)
        url = reverse("signals:decide_reopening", args=[made.pk])
        assert client.get(url).status_code == 200
        assert client.post(url, {"opens": "yes", "reason": "Hij staat weer voor de deur."}).status_code == 302
        assert client.post(url, {"opens": "no", "reason": "Te laat."}).status_code == 302
        # Somebody was faster: the words are a draft, and stand on the same page.
        assert "Te laat." in client.get(url).content.decode()

        opened = Trajectory.objects.get(family=desk.family, ends_on=None)
        assert (opened.kind, opened.organisation, opened.starts_on) == ("ambulant", desk.shelter, date(2026, 3, 2))
        assert not FollowUp.objects.filter(kind=Kind.DECIDE_REOPENING).open().exists()
        assert "Hij staat weer voor de deur." in client.get(made.get_absolute_url()).content.decode()

    def test_declined_it_stays_closed_and_says_why(self, desk):
        Trajectory.objects.filter(family=desk.family).update(ends_on=date(2026, 3, 1))
        routed(report(desk))
        operations.decide_reopening(
            Reopening.objects.get(), opens=False, reason="Opa helpt al.", by=desk.worker, at=NOW
        )
        assert not Trajectory.objects.filter(family=desk.family, ends_on=None).exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            Reopening.objects.update(reason="")

    @pytest.mark.parametrize("to", ReopeningStatus)
    @pytest.mark.parametrize("start", ReopeningStatus)
    def test_every_pair_of_statuses(self, start, to):
        proposal = Reopening(status=start, about_id=Signal().pk)
        if to in REOPENING_TRANSITIONS[start]:
            proposal.move_to(to)
            assert proposal.status == to
        else:
            with pytest.raises(WrongState):
                proposal.move_to(to)


def test_the_database_keeps_desk_and_candidates_consistent(desk):
    made = routed(report(desk, child_name="Daan de Witt"))
    for broken in ({"desk_since": None}, {"severity": 9}, {"returned_because": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signal.objects.filter(pk=made.pk).update(**broken)
    for broken in ({"fit": "guess"}, {"chosen_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignalCandidate.objects.update(**broken)
