"""Veilig Thuis reads an address in the application, by a grant that ends; never in a report and never on paper."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from access.models import Involvement
from accounts.step_up import StaleSecondFactor
from audit.models import AuditEvent
from cases.models import Person, Place, ProtectedKind, ProtectedPlace, ProtectedReveal
from cases.operations import enter_place, reveal
from core.errors import NotAllowed, WrongState
from follow_ups.models import FollowUp, Kind
from signals import operations
from signals.models import ADDRESS_TRANSITIONS, AddressAnswer, AddressRequest
from signals.operations import Reported
from signals.routing import route_waiting
from tests import factories
from tests.factories import NOW

SECRET = "Korenbloemweg 417"
JUST_NOW = NOW - timedelta(minutes=1)
WEEK = NOW + timedelta(days=7)


@pytest.fixture
def report(world, signal):
    return operations.report_to_veilig_thuis(
        signal, Reported("Huilde."), persons=[world.child], to_organisation=world.veilig_thuis, by=world.worker, at=NOW
    )


def enter(world, as_member, person, *, kind=ProtectedKind.ADDRESS, value=SECRET):
    with as_member(world.worker):
        return enter_place(person, kind=kind, value=value, replaces=None, by=world.worker, at=NOW)


@pytest.fixture
def place(world, as_member):
    return enter(world, as_member, Person.objects.get(family=world.family, place=Place.CLIENT))


@pytest.fixture
def asked(world, report, as_member):
    with as_member(world.adviser):
        made = operations.ask_address(report, because="Wij gaan er vandaag heen.", by=world.adviser, at=NOW)
    route_waiting(now=NOW)
    return made


def allow(world, asked, place, *, ends_at=WEEK, shown_at=JUST_NOW, by=None, as_member=None):
    def act():
        return operations.allow_address(
            asked, place=place, because="Voor het huisbezoek.", ends_at=ends_at, second_factor_at=shown_at,
            by=by or world.worker, at=NOW,
        )  # fmt: skip

    if as_member is None:
        return act()
    with as_member(by or world.worker):
        return act()


def test_an_address_is_asked_allowed_read_and_closed_again(client, sign_in, world, report, place):
    """From the report to the address and back behind its lock, in the pages, as both sides see it."""
    sign_in(world.adviser)
    received = reverse("signals:received_report", args=[report.pk])
    page = client.get(received).content.decode()
    assert reverse("signals:ask_address", args=[report.pk]) in page
    assert SECRET not in page
    reveals = reverse("cases:reveal", args=[world.family.pk])
    assert client.get(reveals).status_code == 404
    url = reverse("signals:ask_address", args=[report.pk])
    assert client.post(url, {"because": ""}).status_code == 200
    assert client.post(url, {"because": "Wij gaan er vandaag heen."}).status_code == 302
    assert client.post(url, {"because": "Nog een keer geklikt."}).status_code == 302
    asked = AddressRequest.objects.get()
    route_waiting(now=NOW)
    route_waiting(now=NOW)
    work = FollowUp.objects.falling_to(world.worker).open().get(kind=Kind.ANSWER_ADDRESS_REQUEST)
    assert (work.about_id, work.due_on) == (asked.pk, NOW.date())
    assert client.get(reveals).status_code == 404

    sign_in(world.worker)
    listed = client.get(reverse("signals:address_requests", args=[world.family.pk])).content.decode()
    assert "Wij gaan er vandaag heen." in listed
    answer = reverse("signals:answer_address_request", args=[asked.pk])
    assert client.get(answer).status_code == 200
    typed = {"allows": "yes", "because": "Voor het huisbezoek."}
    for wrong in ({}, {"place": place.pk}, {"place": place.pk, "until": "2027-01-01"}, {"until": "2026-03-09"}):
        assert client.post(answer, typed | wrong).status_code == 200
    assert client.post(answer, typed | {"place": place.pk, "until": "2026-03-09"}).status_code == 302
    # A second click, or a colleague who was slower, changes nothing.
    assert client.post(answer, {"allows": "no", "because": "Toch maar niet."}).status_code == 302
    asked.refresh_from_db()
    assert (asked.status, asked.place_id) == ("allowed", place.pk)
    work.refresh_from_db()
    assert work.state == "done"

    sign_in(world.adviser)
    assert reveals in client.get(received).content.decode()
    assert SECRET not in client.get(reveals).content.decode()
    shown = client.post(reveals, {"place": place.pk, "because": "Wij rijden er nu heen."}).content.decode()
    assert SECRET in shown
    assert ProtectedReveal.objects.get().user == world.adviser
    assert FollowUp.objects.falling_to(world.worker).open().get(kind=Kind.READ_REVEAL)
    with time_machine.travel(asked.ends_at, tick=False):
        sign_in(world.adviser)
        assert client.get(reveals).status_code == 404
        assert "Je kon het lezen" in client.get(received).content.decode()
    assert not AuditEvent.objects.filter(details__icontains="Korenbloem").exists()


def test_the_door_shows_that_one_address_and_nothing_else(client, sign_in, world, place, asked, as_member):
    child = enter(world, as_member, world.child, value="Elders 1")
    allow(world, asked, place)
    colleague = factories.user(at=world.veilig_thuis)
    for who, may in ((world.adviser, True), (colleague, False)):
        sign_in(who)
        assert client.get(reverse("cases:reveal", args=[world.family.pk])).status_code == (200 if may else 404)
        for name in ("overview:family", "cases:persons", "cases:protected", "safety_plans:plan", "signals:of_family"):
            assert client.get(reverse(name, args=[world.family.pk])).status_code == 404, name
        assert world.family.reference not in client.get(reverse("overview:families")).content.decode()
    with pytest.raises(NotAllowed):
        reveal(child, because="Wij rijden er nu heen.", second_factor_at=JUST_NOW, by=world.adviser, at=NOW)
    route = ProtectedPlace.objects.revealable_by(world.adviser)
    assert list(route) == [place]


def test_only_the_regisseur_answers_with_a_fresh_second_factor(world, place, asked, as_member):
    supporter = factories.user(at=world.shelter)
    factories.assignment(world.family, supporter, world.shelter, "supporter")
    for who in (supporter, world.adviser, world.coordinator, world.other_worker):
        with pytest.raises(NotAllowed):
            allow(world, asked, place, by=who)
        with pytest.raises(NotAllowed):
            operations.refuse_address(asked, because="Nee, dat niet.", by=who, at=NOW)
    with pytest.raises(StaleSecondFactor):
        allow(world, asked, place, shown_at=NOW - timedelta(minutes=6))
    with pytest.raises(WrongState):
        allow(world, asked, place, ends_at=NOW + timedelta(days=93))
    assert not Involvement.objects.filter(relation="reported_to").exists()
    allow(world, asked, place, as_member=as_member)
    with pytest.raises(WrongState):
        operations.refuse_address(asked, because="Nee, dat niet.", by=world.worker, at=NOW)


@pytest.mark.parametrize("kind", [ProtectedKind.CODE_WORD, ProtectedKind.ESCAPE_ROUTE, ProtectedKind.SAFE_CONTACT])
def test_nothing_but_an_address_is_let_go(world, asked, kind, as_member):
    mother = Person.objects.get(family=world.family, place=Place.CLIENT)
    other = enter(world, as_member, mother, kind=kind, value="Zonnebloem")
    with pytest.raises(WrongState):
        allow(world, asked, other)


def test_refused_with_a_reason_and_asked_again_after_the_end(client, sign_in, world, report, place, asked, as_member):
    operations.refuse_address(asked, because="Zij is nu niet thuis.", by=world.worker, at=NOW)
    sign_in(world.adviser)
    assert "Zij is nu niet thuis." in client.get(reverse("signals:received_report", args=[report.pk])).content.decode()
    for days in (0, 30):
        at = NOW + timedelta(days=days)
        with time_machine.travel(at, tick=False):
            again = operations.ask_address(report, because="Opnieuw nodig.", by=world.adviser, at=at)
            operations.allow_address(
                again, place=place, because="Voor het huisbezoek.", ends_at=at + timedelta(days=7),
                second_factor_at=at, by=world.worker, at=at,
            )  # fmt: skip
            with as_member(world.adviser):
                shown = reveal(place, because="Wij rijden er nu heen.", second_factor_at=at, by=world.adviser, at=at)
            assert shown == SECRET


def test_only_who_got_the_report_asks_and_sees_the_question(client, sign_in, world, report, asked, as_member):
    elsewhere = factories.user(at=factories.organisation("Veilig Thuis West", kind="veilig_thuis"))
    for who in (elsewhere, world.teacher, world.other_worker):
        sign_in(who)
        assert client.get(reverse("signals:ask_address", args=[report.pk])).status_code == 404
        with pytest.raises(NotAllowed):
            operations.ask_address(report, because="Ik wil het weten.", by=who, at=NOW)
        if who == world.teacher:  # a partner of the family: behind the second lock, and held by the first
            continue
        with as_member(who):
            assert not AddressRequest.objects.exists()
    with as_member(world.adviser):
        assert AddressRequest.objects.get() == asked
    for wrong in ({"status": "allowed"}, {"because": ""}, {"answer": "Ja."}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AddressRequest.objects.update(**wrong)


@pytest.mark.parametrize("to", AddressAnswer)
@pytest.mark.parametrize("start", AddressAnswer)
def test_every_pair_of_statuses(start, to):
    asked = AddressRequest(status=start)
    if to in ADDRESS_TRANSITIONS[start]:
        asked.move_to(to)
        assert asked.status == to
    else:
        with pytest.raises(WrongState):
            asked.move_to(to)
