"""Finding a family: by sound, over what one may see, forced before another file is opened."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.events import Event
from audit.models import AuditEvent
from cases.comparing import compare_waiting
from cases.models import Family, NameVariant, Person, Place, SafeContact
from follow_ups.models import FollowUp, Kind
from tests import factories

SEARCH = "cases:find_family"


def text(response):
    return response.content.decode()


@pytest.fixture
def searcher(client, sign_in, cast):
    """Searches as the worker; returns the references found."""
    sign_in(cast.worker)

    def search(**typed):
        found = client.post(reverse(SEARCH), typed).context["found"]
        return [match.family.reference for match in found.matches]

    return search


def mine(cast, name, surname, **fields):
    of = factories.family(opened_by=cast.shelter, client=name, surname=surname)
    factories.involvement(of, cast.shelter)
    factories.assignment(of, cast.worker, cast.shelter)
    if fields:
        Person.objects.filter(family=of).update(**fields)
    return of


@pytest.mark.row("L7")
def test_a_name_is_found_as_it_sounds_and_a_restricted_family_is_not(cast, searcher):
    dijk = mine(cast, "Anna", "van Dijk")
    dijck = mine(cast, "Els", "Dijck")
    yildiz = mine(cast, "Aylin", "Yıldız")
    hidden = factories.family(client="Anna", surname="van Dijk")

    for typed in ("van Dijk", "Dijck", "dyk", "Van  DIJK"):
        assert set(searcher(name=typed)) == {dijk.reference, dijck.reference}, typed
    assert searcher(name="Anna Dijk") == [dijk.reference]
    assert searcher(name="yildiz") == [yildiz.reference]
    assert searcher(name="Dijkstra") == []
    assert hidden.reference not in searcher(name="Anna van Dijk")
    assert searcher(reference=hidden.reference) == []


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Meijer", "Meyer"),
        ("Meijer", "Meier"),
        ("Visser", "Fisser"),
        ("Zwart", "Swart"),
        ("Smidt", "Smit"),
        ("Bakker", "Baker"),
        ("de la Croix", "Kroix"),
        ("Philips", "Filips"),
        ("Ferreira", "ferreira"),
    ],
)
def test_names_that_sound_alike(cast, searcher, written, typed):
    of = mine(cast, "Noor", written)
    assert searcher(name=typed) == [of.reference]


def test_by_birth_date_phone_reference_and_another_name(cast, searcher):
    of = mine(cast, "Rosa", "Ferreira", born_on=date(1990, 5, 1))
    person = Person.objects.get(family=of)
    SafeContact.objects.create(
        family=of, person=person, phone="+31 6 1234 5678", confirmed_on=date(2026, 3, 1), recorded_by=cast.worker
    )
    NameVariant.objects.create(family=of, person=person, name="Rosa Jansen")
    child = Person.objects.create(family=of, place=Place.CHILD, given_name="Mila", born_on=date(2020, 1, 1))

    other = mine(cast, "Sara", "Bakker", born_on=date(1985, 2, 3))
    SafeContact.objects.create(
        family=other,
        person=Person.objects.get(family=other),
        phone="0687654321",
        confirmed_on=date(2026, 3, 1),
        recorded_by=cast.worker,
    )
    NameVariant.objects.create(family=other, person=Person.objects.get(family=other), name="Sara Smit")

    assert searcher(born_on="1990-05-01") == [of.reference]
    assert searcher(born_on=child.born_on.isoformat()) == [of.reference]
    assert searcher(phone="06-12345678") == [of.reference]
    assert searcher(reference=of.reference.lower()) == [of.reference]
    assert searcher(name="Janssen") == [of.reference]
    assert searcher(name="Rosa", born_on="1991-05-01") == []


def test_a_search_is_audited_without_what_was_typed(cast, searcher):
    searcher(name="Marloes de Wit")

    row = AuditEvent.objects.get(event=Event.FAMILIES_SEARCHED)
    assert row.actor_id == cast.worker.pk
    assert row.details == {"by": ["name"], "found": [str(cast.family.pk)]}


def test_a_search_stands_in_no_address(client, sign_in, cast):
    sign_in(cast.worker)
    assert client.get(reverse(SEARCH), {"name": "Marloes"}).context["found"] is None
    assert 'method="post"' in text(client.get(reverse(SEARCH)))


def test_an_unseen_family_and_a_name_that_nobody_has_give_the_same_page(client, sign_in, cast):
    factories.family(client="Rosa", surname="Verborgen")
    sign_in(cast.worker)

    def page(name):
        answer = text(client.post(reverse(SEARCH), {"name": name}))
        return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", answer).replace(name, "")

    assert page("Verborgen") == page("Nergensland")


def test_the_organisation_is_not_enough_and_barred_outranks(client, sign_in, cast):
    for who in ("colleague", "barred_worker", "former_worker", "other_worker"):
        sign_in(getattr(cast, who))
        assert client.post(reverse(SEARCH), {"name": "Marloes"}).context["found"].matches == []


def test_nothing_typed_is_asked_for_something(client, sign_in, cast):
    sign_in(cast.worker)
    assert client.post(reverse(SEARCH), {}).context["form"].errors.keys() == {"name"}


def test_the_page_costs_the_same_for_two_and_for_twenty(client, sign_in, cast):
    sign_in(cast.worker)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            client.post(reverse(SEARCH), {"name": "Jansen"})
        return len(queries)

    for _number in range(2):
        mine(cast, "Mila", "Jansen")
    cost()
    few = cost()
    for _number in range(18):
        mine(cast, "Mila", "Jansen")
    assert cost() == few


class TestBeforeOpening:
    def opened(self, client, cast, **changes):
        typed = {
            "organisation": cast.shelter.pk,
            "given_name": "Marloes",
            "surname": "de Wit",
            "starts_on": "2026-03-02",
        }
        return client.post(reverse("cases:open_family"), typed | changes)

    def test_a_family_that_looks_the_same_is_shown_first_and_nothing_is_lost(self, client, sign_in, cast):
        sign_in(cast.worker)
        page = self.opened(client, cast)

        assert cast.family.reference in text(page)
        assert 'value="Marloes"' in text(page)
        assert Family.objects.count() == 1
        assert self.opened(client, cast, is_another="on").status_code == 302
        assert Family.objects.count() == 2

    def test_a_family_elsewhere_makes_no_difference(self, client, sign_in, cast):
        """The same name and birth date at another organisation: like any other creation (R7)."""
        elsewhere = factories.family(client="Rosa", surname="Ferreira")
        Person.objects.filter(family=elsewhere).update(born_on=date(1990, 5, 1))
        sign_in(cast.worker)

        known = self.opened(client, cast, given_name="Rosa", surname="Ferreira", born_on="1990-05-01")
        unknown = self.opened(client, cast, given_name="Tessa", surname="Nieuwkomer", born_on="1990-05-01")

        assert known.status_code == unknown.status_code == 302


@pytest.mark.row("R7")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_regisseur_of_the_file_that_was_there_is_told_and_nobody_else(client, sign_in):
    cast = factories.Cast()
    elsewhere = factories.family(opened_by=cast.other_org, client="Rosa", surname="Ferreira")
    Person.objects.filter(family=elsewhere).update(born_on=date(1990, 5, 1))
    Family.objects.filter(pk=elsewhere.pk).update(opened_at=factories.NOW - timedelta(days=30))
    factories.involvement(elsewhere, cast.other_org)
    sign_in(cast.worker)
    typed = {"organisation": cast.shelter.pk, "starts_on": "2026-03-02", "born_on": "1990-05-01"}

    def answer(given_name, surname):
        with CaptureQueriesContext(connection) as asked:
            page = client.post(reverse("cases:open_family"), typed | {"given_name": given_name, "surname": surname})
            shown = text(client.get(page.url))
        # The same questions to the database, word for word but for the values, so that no clock tells them apart.
        statements = [re.sub(r"'(?:[^']|'')*'|\b\d+\b|s\d+_x\d+", "?", query["sql"]) for query in asked]
        opened = Family.objects.get(pk=page.url.split("/")[-2])
        shown = re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", shown)
        for own in (given_name, surname, str(opened.pk), opened.reference, given_name[0] + surname[0]):
            shown = shown.replace(own, "")
        headers = {name: value for name, value in page.headers.items() if name != "Location"}
        headers.pop("Content-Security-Policy", None)  # a new nonce each time
        return page.status_code, headers, re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", shown), statements

    client.get(reverse("cases:open_family"))  # the first request of a session writes down when it began
    assert answer("Rosa", "Ferreira") == answer("Tess", "Hendriks")
    assert compare_waiting(now=factories.NOW) == 1
    told = FollowUp.objects.get(kind=Kind.COMPARE_FILES)
    assert (told.family, told.falls_to) == (elsewhere, "regisseur")
    assert compare_waiting(now=factories.NOW) == 0


def test_an_index_of_names_has_no_list_of_what_it_has_still_to_take_in(db):
    """Every search would read it from end to end: at 40,000 families a name took eighty times as long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, coalesce(c.reloptions, '{}') FROM pg_class c JOIN pg_am a ON a.oid = c.relam"
            " WHERE a.amname = 'gin' AND c.relkind = 'i'"
        )
        found = dict(cursor.fetchall())
    assert {"person_by_sound", "namevariant_by_sound"} <= found.keys()
    assert all("fastupdate=off" in options for options in found.values())
