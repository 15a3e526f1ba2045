from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from organisations.models import ContactPoint, Municipality, Supporter
from organisations.reference_data import load
from tests import factories

FROM = date(2026, 1, 1)


def appoint(place, **fields):
    team = factories.organisation()
    user = factories.user(at=team, name=fields.pop("name", None))
    known = {"attention_area": "Gezinnen", "capacity": 5, "valid_from": FROM}
    return Supporter.objects.create(user=user, organisation=team, municipality=place, **known | fields)


@pytest.fixture
def netherlands(db):
    load()
    return Municipality.objects.get(name="Zwolle")


@pytest.fixture
def coordinator(netherlands):
    town = factories.OrganisationFactory(name="Gemeente", kind__slug="municipality", municipality=netherlands)
    return factories.user(Role.COORDINATOR, at=town)


def test_supporters_are_found_by_municipality_and_one_without_shows_as_a_gap(client, sign_in, netherlands, coordinator):
    appoint(netherlands, name="Samir Bouzid")
    appoint(Municipality.objects.get(name="Utrecht"), name="Lena Dorsman")
    sign_in(coordinator)
    url = reverse("municipalities:directory")

    everybody = client.get(url).content.decode()
    here = client.get(url, {"gemeente": netherlands.code}).content.decode()
    empty = client.get(url, {"gemeente": Municipality.objects.get(name="Deventer").code}).content.decode()

    assert "Samir Bouzid" in everybody
    assert "Lena Dorsman" in everybody
    assert "Samir Bouzid" in here
    assert "van 5" not in everybody
    assert "Lena Dorsman" not in here
    assert "geen ondersteuner" in empty
    assert "geen contactpunt" in empty


def test_of_342_municipalities_those_with_gaps_are_read_to_the_end(client, sign_in, netherlands, coordinator):
    ContactPoint.objects.create(
        municipality=netherlands, function_name="Contactpunt", central_phone="088-0000011", valid_from=FROM
    )
    appoint(netherlands)
    sign_in(coordinator)
    seen, after, cost = [], "", set()

    while True:
        with CaptureQueriesContext(connection) as queries:
            found = client.get(reverse("municipalities:gaps"), {"na": after}).context["found"]
        cost.add(len(queries))
        seen += [line.name for line in found.lines]
        if not (after := found.after):
            break

    assert (found.municipalities, found.without_contact_point, found.without_supporter) == (342, 341, 341)
    assert len(seen) == 341
    assert "Zwolle" not in seen
    # The first page of a session asks what a session asks once.
    assert len(cost) <= 2


def test_a_signaller_finds_no_directory(client, sign_in, netherlands):
    school = factories.OrganisationFactory(name="School", kind__slug="school_primary", municipality=netherlands)
    sign_in(factories.user(Role.SIGNALLER, at=school))

    assert client.get(reverse("municipalities:directory")).status_code == 404
    assert client.get(reverse("municipalities:gaps")).status_code == 404
