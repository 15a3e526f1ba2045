from datetime import date

import pytest

from access.models import AssignmentKind, Relation
from accounts.models import Role
from cases.models import ParentalAuthority, Person, Place
from organisations.models import Basis, CodeItem, CodeList, ContactPoint
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
    bases = CodeList.objects.create(
        slug="legal_bases", title_nl="Artikelen", basis=Basis.VERIFIED, source="een bron voor de tests"
    )
    cast.article, cast.youth_article = (
        CodeItem.objects.create(
            code_list=bases, code=code, label_nl=words, basis=Basis.VERIFIED, valid_from=date(2023, 1, 1)
        )
        for code, words in (
            ("wmo-5.1.1", "Wmo 2015, artikel 5.1.1: gemeente, eigen taken"),
            ("jeugdwet-7.4.0", "Jeugdwet, artikel 7.4.0: gemeente, toegang tot jeugdhulp"),
        )
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


@pytest.fixture
def authority(world):
    """The client has authority over both children."""
    for child in (world.daan, world.femke):
        ParentalAuthority.objects.create(
            family=world.family, child=child, holder=world.client_person, starts_on=date(2020, 1, 1)
        )


@pytest.fixture
def father(world):
    return Person.objects.create(
        family=world.family, place=Place.EX_PARTNER, given_name="Ruud", surname="Prins", causes_harm=True
    )


@pytest.fixture
def honour(db):
    codes = CodeList.objects.create(slug="case_context", title_nl="Bijzonder", basis="verified", source="x")
    return CodeItem.objects.create(
        code_list=codes,
        code="honour_related_violence",
        label_nl="eergerelateerd geweld",
        basis="verified",
        valid_from=date(2023, 1, 1),
    )
