"""What goes out to an inspectorate and what a court is told there is: counts, without anything of anybody (B26)."""

import csv
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.urls import reverse

from access.models import Hold
from accounts.step_up import StaleSecondFactor
from audit.events import Event
from audit.models import AuditEvent
from cases.models import Family, Person
from core import spreadsheets
from oversight import holdings, inspection
from oversight.operations import export_inspection
from tests import factories
from tests.factories import NOW
from tests.proof import fields

PERIOD = {"from_day": "2026-02-01", "to_day": "2026-03-02", "part": "1"}
SINCE, UNTIL = datetime(2026, 2, 1, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)


@pytest.fixture
def world(cast):
    """A family with a child and a share, at a shelter with a name of its own."""
    Person.objects.create(family=cast.family, place="child", given_name="Kanarie-kind-1qz", born_on=date(2018, 5, 17))
    factories.share(cast.family, cast.other_org, by=cast.worker)
    cast.shelter.name = "Kanariel-opvang-2qz"
    cast.shelter.save()
    return cast


@pytest.fixture
def held(world):
    return Hold.objects.create(
        family=world.family, kind="legal", reason="De rechter", set_by=world.privacy_officer, set_at=NOW
    )


@pytest.mark.row("B26")
def test_an_inspectorate_is_given_a_period_without_a_direct_identifier(world, client, sign_in):
    planted = fields.plant(world.family)
    sign_in(world.privacy_officer)
    answer = client.post(reverse("oversight:inspection"), PERIOD)
    assert answer.headers["Content-Type"].startswith("text/csv")
    text = answer.content.decode()
    mark, columns, *lines = csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=spreadsheets.DELIMITER)
    assert len(lines) == 1
    assert len(columns) == len(lines[0]) == len(inspection.columns())
    assert planted
    assert fields.in_page(answer.content) == set()
    identifying = {world.family.reference, str(world.family.pk), world.shelter.name, world.privacy_officer.name}
    for word in identifying | {str(key) for key in Person.objects.values_list("pk", flat=True)}:
        assert word not in text
    # Not a date of anybody, and nothing longer than a number or a word from a list.
    assert not re.search(r"\d{4}-\d{2}-\d{2}|\d{6,}", ";".join(lines[0]))
    event = AuditEvent.objects.get(event=Event.INSPECTION_EXPORTED)
    assert event.details == {"rows": 1, "number": mark[1]}


def test_it_counts_what_happened_in_the_period_and_no_more(world, as_):
    factories.broken_glass(world.family, world.colleague, world.shelter, starts_at=SINCE)
    factories.broken_glass(world.family, world.team_lead, world.shelter, starts_at=UNTIL)
    with as_(world.privacy_officer):
        found = inspection.files(world.shelter.pk, by=world.privacy_officer, at=NOW)
        (line,) = inspection.lines(found, since=SINCE, until=UNTIL)
    assert line[1] == "Wmo 2015, Jeugdwet"
    assert line[-2:] == ["1", "1"]  # shared, and opened in an emergency


def test_neither_a_barred_file_nor_one_of_another_is_in_it(world, as_):
    officer = world.privacy_officer
    factories.involvement(factories.family(), world.other_org)
    barred = factories.family(opened_by=world.shelter)
    factories.involvement(barred, world.shelter)
    factories.assignment(barred, officer, world.shelter, "barred")
    with as_(officer):
        assert set(inspection.files(world.shelter.pk, by=officer, at=NOW)) == {world.family}


def test_it_takes_a_fresh_second_factor(world, as_):
    officer, stale = world.privacy_officer, NOW - timedelta(minutes=6)
    with pytest.raises(StaleSecondFactor), as_(officer):
        export_inspection(world.shelter.pk, files=1, number="x", second_factor_at=stale, by=officer, at=NOW)


def test_it_takes_as_many_queries_for_two_files_as_for_twenty(world, as_, django_assert_max_num_queries):
    def asked():
        with as_(world.privacy_officer), django_assert_max_num_queries(40) as queries:
            found = inspection.part(inspection.files(world.shelter.pk, by=world.privacy_officer, at=NOW), 1)
            inspection.lines(found, since=SINCE, until=UNTIL)
        return len(queries), len(found)

    few, one = asked()
    for _ in range(18):
        factories.involvement(factories.family(opened_by=world.shelter), world.shelter)
    many, nineteen = asked()
    assert (one, nineteen) == (1, 19)
    assert few == many


def test_a_part_holds_no_more_than_the_most(world, monkeypatch):
    monkeypatch.setattr(inspection, "MOST_FILES", 2)
    made = [factories.family() for _ in range(3)]
    found = Family.objects.filter(pk__in=[one.pk for one in made]).order_by("pk")
    assert [len(inspection.part(found, number)) for number in (1, 2, 3)] == [2, 1, 0]


class TestForACourt:
    def test_one_page_says_what_there_is_and_nothing_of_what_is_in_it(self, world, held, client, sign_in):
        fields.plant(world.family)
        sign_in(world.privacy_officer)
        address = reverse("oversight:what_there_is", args=[held.pk])
        assert address in client.get(reverse("oversight:retention")).content.decode()
        page = client.get(address)
        assert not fields.in_page(page.content)
        persons = next(one for one in page.context["holdings"] if one.kind is holdings.kind_of("cases_person"))
        assert persons.rows >= 3
        assert AuditEvent.objects.filter(event=Event.HOLDINGS_VIEWED, family_id=world.family.pk).count() == 1

    def test_every_table_that_hangs_from_a_family_is_of_a_kind(self, db):
        tables = [
            model._meta.db_table
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if field.name == "family" and field.related_model is Family
        ]
        assert len(tables) > 100
        assert {holdings.kind_of(table) for table in tables} == set(holdings.KINDS)
