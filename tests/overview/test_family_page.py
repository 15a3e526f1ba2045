"""The page of one family: facts, work, children and what happened, for the same price whatever there is."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aftercare.models import CheckIn, SeenPerson
from cases import operations
from cases.models import MeasureKind, Person, Place, Trajectory
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
    *("handover:regie", "cases:who_knows"),
)


@pytest.mark.row("D1")
@pytest.mark.parametrize("name", PAGES)
def test_a_father_is_a_client_like_any_other(client, sign_in, cast, child, name):
    Person.objects.filter(family=cast.family, place=Place.CLIENT).update(given_name="Ruben", surname="Oosterhof")
    sign_in(cast.worker)

    shown = client.get(reverse(name, args=[cast.family.pk])).content.decode().lower()

    assert "ruben" in shown
    assert "moeder" not in shown
