"""The page of one family: facts, work, children and what happened, for the same price whatever there is."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aftercare.models import CheckIn, SeenPerson
from cases import operations
from cases.models import (
    Destination,
    MeasureKind,
    Person,
    Place,
    Stay,
    StayPlace,
    Trajectory,
)
from safety_plans.models import SafetyPlan
from tests import factories
from tests.factories import NOW

DAY = NOW.date()


@pytest.fixture
def child(cast):
    return Person.objects.create(
        family=cast.family, place=Place.CHILD, given_name="Daan", surname="de Wit", born_on=date(2018, 5, 1)
    )


@pytest.fixture
def page(client, sign_in, cast):
    sign_in(cast.worker)
    return lambda: client.get(reverse("overview:family", args=[cast.family.pk])).content.decode()


def test_what_is_not_in_order_is_said_in_words(page, cast, child):
    shown = page()

    assert "Er is geen veiligheidsplan dat geldt" in shown
    assert "Er is geen contact gepland" in shown
    assert "Te lang niet gezien: Daan" in shown
    assert "Niets dat vandaag moet" in shown
    assert "Gezag: nog niet opgeschreven" in shown


def test_work_that_is_late_and_a_measure_that_ends(page, cast, child):
    factories.follow_up(cast.family, due_on=DAY - timedelta(days=3))
    factories.follow_up(cast.family, due_on=DAY, version=2)
    ban = operations.NewMeasure(MeasureKind.CONTACT_BAN, DAY, DAY + timedelta(days=20))
    operations.record_measure(cast.family, ban, by=cast.worker)

    shown = page()

    assert "1 ding te laat, 2 dingen vandaag" in shown
    assert "Contactverbod: nog 20 dagen" in shown


def test_a_child_that_was_seen_last_week(page, cast, child):
    check_in = CheckIn.objects.create(
        family=cast.family,
        trajectory=Trajectory.objects.get(family=cast.family),
        happened_at=NOW - timedelta(days=7),
        channel="phone",
        initiative="ours",
        outcome="not_reached",
        recorded_by=cast.worker,
        recorded_at=NOW,
    )
    SeenPerson.objects.create(family=cast.family, check_in=check_in, person=child, seen_at=NOW - timedelta(days=7))

    shown = page()

    assert "7 dagen geleden gezien" in shown
    assert "Elk kind is deze maand gezien" in shown
    assert "Niet bereikt" in shown


@pytest.mark.row("K4")
@pytest.mark.parametrize(
    ("place", "departs_on", "missed"),
    [
        (StayPlace.SHELTER, None, False),
        (StayPlace.SHELTER, DAY + timedelta(days=1), False),
        (StayPlace.SHELTER, DAY, True),
        (StayPlace.OTHER_PARENT, None, True),
        (None, None, True),
    ],
)
def test_only_a_child_that_lives_in_the_shelter_is_not_missed(client, page, cast, child, place, departs_on, missed):
    trajectory = Trajectory.objects.filter(family=cast.family)
    trajectory.update(departs_on=departs_on, destination=Destination.UNKNOWN if departs_on else "")
    if place:
        Stay.objects.create(family=cast.family, person=child, place=place, starts_on=DAY)

    shown = page()
    aftercare = client.get(reverse("aftercare:family", args=[cast.family.pk])).context["sights"]

    assert ("Te lang niet gezien: Daan" in shown) is missed
    assert ("De kinderen verblijven in de opvang" in shown) is not missed
    assert {sight.person.pk: sight.too_long for sight in aftercare}[child.pk] is missed


def test_a_family_that_came_back_is_seen_where_it_is_now_and_not_where_it_left(page, cast):
    """The first stay was shown, with the months since they left: who reads that thinks that they are long gone."""
    Trajectory.objects.create(
        family=cast.family,
        kind="shelter",
        organisation=cast.shelter,
        starts_on=DAY - timedelta(days=900),
        departs_on=DAY - timedelta(days=700),
        destination=Destination.UNKNOWN,
        ends_on=DAY - timedelta(days=340),
    )

    shown = page()

    assert "sinds 12 januari 2026" in shown
    assert "na het vertrek" not in shown


def test_the_line_of_time_tells_who_had_the_regie_what_was_made_and_when_they_left(page, cast):
    Trajectory.objects.filter(family=cast.family).update(departs_on=DAY, destination=Destination.UNKNOWN)
    SafetyPlan.objects.create(
        family=cast.family,
        version=3,
        because="moved",
        drafted_by=cast.worker,
        drafted_at=NOW,
        holds_from=DAY,
        status="current",
        agreed_on=DAY,
        review_on=DAY + timedelta(days=60),
        activated_by=cast.worker,
        activated_at=NOW,
    )
    factories.regisseur(cast.family, cast.worker, cast.shelter)

    shown = page()

    for moment in ("Het gezin vertrok uit de opvang", "Veiligheidsplan, versie 3", "Regisseur: Els Vonk"):
        assert moment in shown, moment


def test_who_only_reads_the_file_sees_contacts_on_the_line_of_time_and_no_more(client, sign_in, cast, child):
    partner = factories.organisation("Praktijk", kind="general_practice")
    factories.involvement(cast.family, partner, "partner", level=4)
    reader = factories.user(at=partner)
    factories.assignment(cast.family, reader, partner, "reader")
    factories.regisseur(cast.family, cast.worker, cast.shelter)
    page = reverse("overview:family", args=[cast.family.pk])

    assert "Het verblijf of traject begon" in sign_in(cast.worker).get(page).content.decode()
    shown = sign_in(reader).get(page)
    assert shown.status_code == 200
    assert shown.context["page"].moments == []


def test_it_takes_the_same_statements_for_a_large_family_and_no_more_than_sixteen(client, sign_in, cast, child):
    sign_in(cast.worker)
    address = reverse("overview:family", args=[cast.family.pk])

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        # A request's own transaction is a savepoint here, and one statement that restores the settings of the test.
        return [q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]

    cost()
    few = cost()
    for number in range(18):
        Person.objects.create(family=cast.family, place=Place.CHILD, given_name=f"Kind {number}")
        factories.follow_up(cast.family, version=number + 5)
        operations.record_measure(
            cast.family, operations.NewMeasure(MeasureKind.AREA_BAN, DAY, DAY + timedelta(days=number)), by=cast.worker
        )
    many = cost()

    assert len(few) == len(many)
    assert len(many) <= 18, many


PAGES = (
    *("overview:family", "cases:persons", "cases:parents", "cases:measures", "cases:stay", "cases:network"),
    *("cases:gaps", "safety_plans:plan", "family_plans:plan", "aftercare:family", "handover:departure"),
    *("handover:regie", "cases:who_knows", "safety_plans:risk", "safety_plans:assess", "signals:of_family"),
    *("handover:partners", "handover:supporter", "cases:consents", "cases:disclosures"),
)


@pytest.mark.row("D1")
@pytest.mark.parametrize("name", PAGES)
def test_a_father_is_a_client_like_any_other(client, sign_in, cast, child, name):
    Person.objects.filter(family=cast.family, place=Place.CLIENT).update(given_name="Ruben", surname="Oosterhof")
    sign_in(cast.worker)

    shown = client.get(reverse(name, args=[cast.family.pk])).content.decode().lower()

    assert "ruben" in shown
    assert "moeder" not in shown
