from datetime import date

import pytest

from access.models import AssignmentKind, Relation
from accounts.models import Role
from cases.models import Person, Place
from organisations.models import ContactPoint
from tests import factories


@pytest.fixture
def world(cast):
    """The family of `cast` with a regisseur and two children, and a school and a team that it can be shared with."""
    factories.assignment(cast.family, cast.worker, cast.shelter, AssignmentKind.REGISSEUR)
    factories.involvement(cast.family, cast.shelter, Relation.REGISSEUR)
    cast.client_person = Person.objects.get(family=cast.family)
    cast.daan = Person.objects.create(
        family=cast.family, place=Place.CHILD, given_name="Daan", surname="de Wit", born_on=date(2018, 5, 1)
    )
    cast.femke = Person.objects.create(
        family=cast.family, place=Place.CHILD, given_name="Femke", surname="de Wit", born_on=date(2012, 5, 1)
    )
    elsewhere = factories.MunicipalityFactory(code="GM0080", name="Leeuwarden")
    ContactPoint.objects.create(
        municipality=elsewhere, function_name="Meldpunt zorg en veiligheid", central_phone="058 000 00 00"
    )
    cast.school = factories.OrganisationFactory(
        name="De Regenboog", kind__slug="school_primary", municipality=elsewhere
    )
    cast.mentor = factories.user(Role.SIGNALLER, at=cast.school, name="Mentor Femke")
    cast.team = factories.organisation("Wijkteam Noord")
    cast.reader = factories.user(at=cast.team, name="Samir Bouzid")
    return cast
