"""How serious a signal is taken, and what must be known before it can be closed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditEvent
from cases.models import Person, Place
from core.errors import NotAllowed, WrongState
from family_plans.models import HelpLine
from follow_ups.models import FollowUp, Kind
from organisations.models import CodeItem, CodeList, Norm
from signals import operations
from signals.deadlines import Severity, due_on, is_very_late
from signals.models import TRANSITIONS, PoliceContact, Signal, SignalPerson, Status
from signals.operations import Judgement, Told
from signals.routing import route_waiting
from tests import factories
from tests.factories import NOW
from tests.signals.conftest import account


def report(world, organisation=None, by=None, at=NOW, **changed):
    made = operations.report(
        account(**changed), organisation=organisation or world.school, by=by or world.teacher, at=at
    )
    route_waiting(now=at)
    made.refresh_from_db()
    return made


def asked_in(act):
    """Return how many statements this asked of the database."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


@pytest.fixture
def helped(world):
    """Help runs in the home, so nothing weighs more because of that."""
    codes = CodeList.objects.create(slug="test", title_nl="Test", basis="own", source="test")
    domain = CodeItem.objects.create(code_list=codes, code="x", label_nl="X", basis="own", valid_from=date(2020, 1, 1))
    HelpLine.objects.create(
        family=world.family,
        organisation=world.shelter,
        kind=domain,
        domain=domain,
        asked_on=date(2026, 1, 1),
        starts_on=date(2026, 1, 1),
    )
    return world


@pytest.fixture
def housing(world):
    world.housing = factories.organisation("Vier Torens", kind="housing_corporation")
    world.caretaker = factories.user("signaller", at=world.housing)
    return world


def due_of(signal):
    return FollowUp.objects.filter(kind=Kind.TRIAGE_SIGNAL, about_id=signal.pk).open().get().due_on


class TestTerms:
    @pytest.mark.row("H4")
    @pytest.mark.parametrize(
        ("severity", "reported", "last_day"),
        [
            (Severity.ACUTE, NOW, date(2026, 3, 2)),
            (Severity.SERIOUS, NOW, date(2026, 3, 3)),
            (Severity.MILD, NOW, date(2026, 3, 4)),
            # Friday before Easter Monday: Saturday to Monday do not count.
            (Severity.SERIOUS, NOW.replace(month=4, day=3), date(2026, 4, 7)),
            (Severity.ACUTE, NOW.replace(month=4, day=5), date(2026, 4, 5)),
        ],
    )
    def test_a_term_in_working_days_by_severity(self, severity, reported, last_day):
        assert due_on(severity, reported) == last_day

    @pytest.mark.parametrize(
        ("severity", "day", "very_late"),
        [
            (Severity.ACUTE, date(2026, 3, 2), False),
            (Severity.ACUTE, date(2026, 3, 3), True),
            (Severity.SERIOUS, date(2026, 3, 4), True),
            (Severity.MILD, date(2026, 3, 5), False),
            (Severity.MILD, date(2026, 3, 6), True),
        ],
    )
    def test_very_late_is_a_second_term(self, severity, day, very_late):
        assert is_very_late(severity, NOW, day) == very_late

    def test_the_list_says_what_is_very_late(self, client, sign_in, helped):
        report(helped)
        with time_machine.travel(NOW + timedelta(days=7), tick=False):
            sign_in(helped.worker)
            assert "Veel te laat." in client.get(reverse("signals:signals")).content.decode()


class TestWeight:
    @pytest.mark.row("H11")
    def test_without_any_help_a_signal_weighs_one_more(self, world):
        made = report(world)
        assert (made.severity, made.nobody_active) == (Severity.SERIOUS, True)
        assert due_of(made) == date(2026, 3, 3)

    @pytest.mark.row("H11")
    def test_with_help_it_weighs_what_was_said(self, helped):
        made = report(helped)
        assert (made.severity, made.nobody_active, made.adds_up) == (Severity.MILD, False, False)
        assert due_of(made) == date(2026, 3, 4)

    def test_help_that_ended_is_no_help(self, helped):
        HelpLine.objects.update(ended_on=date(2026, 3, 1), end_reason="achieved")
        assert report(helped).nobody_active

    @pytest.mark.row("H6")
    def test_two_mild_signals_of_school_and_housing_are_one_serious_matter(self, client, sign_in, helped, housing):
        first = report(helped)
        assert first.severity == Severity.MILD
        second = report(helped, organisation=housing.housing, by=housing.caretaker)
        first.refresh_from_db()

        assert first.adds_up
        assert second.adds_up
        assert (first.severity, second.severity) == (Severity.SERIOUS, Severity.SERIOUS)
        assert due_of(first) == date(2026, 3, 3)
        sign_in(helped.worker)
        page = client.get(first.get_absolute_url()).content.decode()
        assert second.number in page
        assert "Vier Torens" in page
        assert "samen weegt dat zwaarder" in page

    @pytest.mark.row("H6")
    def test_the_same_party_twice_or_too_long_apart_does_not_add_up(self, helped, housing):
        report(helped)
        assert not report(helped).adds_up
        later = NOW + timedelta(weeks=7)
        with time_machine.travel(later, tick=False):
            assert not report(helped, organisation=housing.housing, by=housing.caretaker, at=later).adds_up

    def test_a_flood_about_one_family_costs_each_signal_what_the_first_ones_cost(self, helped, housing):
        """One party that sends hundreds, or two in turn, must not keep what is about other families waiting."""
        parties = ({}, {"organisation": housing.housing, "by": housing.caretaker})
        for party in parties:
            report(helped, **party)
        few = [asked_in(lambda party=party: report(helped, **party)) for party in parties]
        for _ in range(6):
            for party in parties:
                report(helped, **party)
        many = [asked_in(lambda party=party: report(helped, **party)) for party in parties]
        assert few == many

    def test_an_acute_one_tells_that_others_worry_too(self, world, housing):
        first = report(world, acute="yes")
        report(world, organisation=housing.housing, by=housing.caretaker)
        first.refresh_from_db()
        assert first.adds_up

    def test_how_long_signals_weigh_together_is_a_norm(self, helped, housing):
        Norm.objects.filter(subject="signals_add_up").update(days=3)
        report(helped)
        with time_machine.travel(NOW + timedelta(days=4), tick=False):
            later = NOW + timedelta(days=4)
            assert not report(helped, organisation=housing.housing, by=housing.caretaker, at=later).adds_up

    def test_acute_is_the_most(self, world, housing):
        report(world, organisation=housing.housing, by=housing.caretaker)
        assert report(world, acute="yes").severity == Severity.ACUTE


class TestBeforeItIsClosed:
    @pytest.mark.row("C15")
    def test_without_an_answer_about_the_index_it_does_not_close(self, client, sign_in, world):
        made = report(world)
        with pytest.raises(WrongState):
            operations.judge(made, Judgement("yes", "act", "Ik bel."), by=world.worker, at=NOW)
        sign_in(world.worker)
        url = reverse("signals:judge", args=[made.pk])
        data = {"child_safe": "yes", "outcome": "act", "decision": "Ik bel."}
        assert client.post(url, data).status_code == 200
        made.refresh_from_db()
        assert made.status == "received"
        assert client.post(url, data | {"vir": "registered"}).status_code == 302
        made.refresh_from_db()
        assert (made.status, made.vir) == ("handled", "registered")

    @pytest.mark.row("C15")
    def test_where_the_switch_is_off_nothing_is_asked(self, client, sign_in, world):
        made = report(world)
        municipality = world.school.municipality
        municipality.referral_index_ends_on = date(2026, 3, 3)
        municipality.save()
        with pytest.raises(WrongState):
            operations.judge(made, Judgement("yes", "act", "Ik bel."), by=world.worker, at=NOW)
        municipality.referral_index_ends_on = date(2026, 3, 2)
        municipality.save()
        sign_in(world.worker)
        assert "VIR" not in client.get(reverse("signals:judge", args=[made.pk])).content.decode()
        operations.judge(made, Judgement("yes", "act", "Ik bel."), by=world.worker, at=NOW)

    def test_nothing_closes_a_signal_by_time_passing(self, world):
        made = report(world)
        for days in (1, 30, 400):
            with time_machine.travel(NOW + timedelta(days=days), tick=False):
                route_waiting(now=NOW + timedelta(days=days))
        made.refresh_from_db()
        assert made.status == "received"
        assert FollowUp.objects.filter(kind=Kind.TRIAGE_SIGNAL).open().count() == 1

    @pytest.mark.parametrize("to", Status)
    @pytest.mark.parametrize("start", Status)
    def test_every_pair_of_statuses(self, start, to):
        signal = Signal(status=start)
        if to in TRANSITIONS[start]:
            signal.move_to(to)
            assert signal.status == to
        else:
            with pytest.raises(WrongState):
                signal.move_to(to)


class TestPersons:
    @pytest.mark.row("J16")
    def test_one_signal_concerns_several_persons_adults_and_children(self, client, sign_in, world):
        made = report(world, also_about="Ook zijn zus")
        mother = Person.objects.get(family=world.family, place=Place.CLIENT)
        sign_in(world.worker)
        url = reverse("signals:name_persons", args=[made.pk])
        assert client.get(url).status_code == 200
        assert client.post(url, {"persons": [mother.pk, world.child.pk]}).status_code == 302
        assert client.post(url, {"persons": [mother.pk]}).status_code == 302
        assert set(SignalPerson.objects.values_list("person_id", flat=True)) == {mother.pk, world.child.pk}
        page = client.get(made.get_absolute_url()).content.decode()
        assert "Marloes de Wit" in page
        assert "Ook zijn zus" in page
        stranger = Person.objects.create(family=factories.family(), place=Place.CHILD, given_name="Vreemd")
        assert client.post(url, {"persons": [stranger.pk]}).status_code == 200
        with pytest.raises(WrongState):
            operations.name_persons(made, [stranger], by=world.worker, at=NOW)


class TestPolice:
    @pytest.mark.row("C8")
    def test_the_community_officer_was_told_from_a_signal_and_from_a_contact(self, client, sign_in, world):
        made = report(world)
        sign_in(world.worker)
        data = {
            "kind": "community_officer",
            "told_at": "2026-03-02T09:30",
            "spoke_with": "Wijkagent Jansen",
            "agreed": "Gaat vanmiddag langs.",
        }
        for url in (
            reverse("signals:tell_police", args=[made.pk]),
            reverse("signals:tell_police_about", args=[world.family.pk]),
        ):
            assert client.get(url).status_code == 200
            assert client.post(url, data | {"told_at": "2026-03-02T23:00"}).status_code == 200
            assert client.post(url, data).status_code == 302
        first, second = PoliceContact.objects.order_by("signal_id")
        assert {first.signal, second.signal} == {made, None}
        assert {first.recorded_by, second.recorded_by} == {world.worker}
        assert first.told_at == NOW - timedelta(minutes=30)
        assert AuditEvent.objects.filter(event="police.told", actor_id=world.worker.pk).count() == 2
        page = client.get(reverse("signals:of_family", args=[world.family.pk])).content.decode()
        assert "Wijkagent Jansen" in page

    def test_it_is_written_once_and_by_who_works_for_the_family(self, world, as_member):
        told = Told("police", NOW, "Meldkamer", "Auto komt.")
        with pytest.raises(NotAllowed):
            operations.record_police_contact(world.family, told, by=world.teacher, at=NOW)
        operations.record_police_contact(world.family, told, by=world.worker, at=NOW)
        with as_member(world.worker), pytest.raises(DatabaseError), transaction.atomic():
            PoliceContact.objects.update(agreed="Anders.")
        with pytest.raises(IntegrityError), transaction.atomic():
            PoliceContact.objects.update(agreed="")


@pytest.mark.row("A11")
def test_a_volunteer_signals_and_sees_no_file(client, sign_in, world):
    club = factories.organisation("Maatjes", kind="volunteers")
    volunteer = factories.user("signaller", at=club)
    sign_in(volunteer)
    data = {
        "token": "5c1e0b8e-54a4-4f7c-9b0f-111111111111",
        "organisation": str(club.pk),
        "acute": "no",
        "child_name": "Daan de Wit",
        "what_i_think": "Er klopt iets niet.",
        "callback_phone": "088 000 04 56",
    }
    answer = client.post(reverse("signals:report"), data)
    assert answer.status_code == 302
    made = Signal.objects.get()
    assert (made.kind, made.child_born_on) == ("feeling", None)
    assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get(reverse("overview:family", args=[world.family.pk])).status_code == 404
    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get(reverse("signals:of_family", args=[world.family.pk])).status_code == 404
