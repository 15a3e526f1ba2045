"""Tokens that occur nowhere else, one per protected field of one family, and how to find them in what leaves (R2-R4).

Class A may be in no answer, whoever asks. P (names) and L (from which the place follows) only where the table of doors
lets somebody in.
"""

import base64
from datetime import date
from urllib.parse import quote

from cases.models import ChildContact, Person, ProtectedKind, ProtectedPlace, ProtectedValue, Trajectory
from tests import factories
from tests.factories import NOW

CLASS_A = {kind: f"kanarie-a-{kind.value.replace('_', '-')}-7f3k" for kind in ProtectedKind}
CLIENT = "Kanariep-client-9wq"
CHILD = "Kanariep-kind-4zt"
SHELTER = "Kanariel-opvang-2mx"
SHELTER_TOWN = "Kanariel-standplaats-4wd"
PHONE = "058-kanariel-2731"
TOWN = "Kanariel-bestemming-8hv"
ORIGIN = "Kanariel-herkomst-3jd"
SCHOOL = "Kanariel-school-5tk"
PRACTICE = "Kanariel-huisarts-6rb"
NAMES = {CLIENT, CHILD}
# Who has the regie, in which town, and how to reach it.
REGIE = {SHELTER, SHELTER_TOWN, PHONE}
# Where they go, where they came from, and who is around the children there.
WHERE = {TOWN, ORIGIN, SCHOOL, PRACTICE}
EVERY_ONE = {*CLASS_A.values(), *NAMES, *REGIE, *WHERE}

# Behind which doors a name of the family may stand, and the name of the organisation that has the regie.
# Whoever is offered a family reads the first names of the children, and who offers it. A coordinator who answers
# chooses from all organisations there are.
_NAMES_BEHIND = {"file", "safety plan", "plan", "alert", "signal", "who has the regie", "team lead", "offer"}
_PLACE_BEHIND = {"file", "safety plan", "plan", "signal", "who has the regie", "team lead", "offer"} | {
    "coordinator of the family"
}
# Where a family is follows from all of these: for who reads its file, and for nobody else.
_WHERE_BEHIND = {"file"}


def plant(world):
    """Write the tokens into the world of the grid."""
    world.shelter.name, world.shelter.central_phone = SHELTER, PHONE
    plant_places(world)
    world.shelter.save()
    client = Person.objects.get(family=world.family, place="client")
    client.surname = CLIENT
    client.save()
    world.child.given_name = CHILD
    world.child.save()
    for kind, token in CLASS_A.items():
        place = ProtectedPlace.objects.create(
            family=world.family, person=client, kind=kind, entered_by=world.worker, entered_at=NOW
        )
        ProtectedValue.objects.create(family=world.family, place=place, sealed=token)


def plant_places(world):
    """Write down where the family goes and came from, and who is around a child there.

    None of these is there to be chosen any more, so that none stands in a list of all there are.
    """
    over = date(2025, 12, 31)
    was = {"valid_from": date(2020, 1, 1), "valid_until": over, "ended_because": "test"}
    places = [
        factories.MunicipalityFactory(code=code, name=name, **was)
        for code, name in (("GM9971", TOWN), ("GM9972", ORIGIN), ("GM9973", SHELTER_TOWN))
    ]
    world.shelter.municipality = places.pop()
    Trajectory.objects.filter(family=world.family).update(origin=places[1])
    world.move.municipality, world.move.was = places
    world.move.save()
    for name, kind, around in (
        (SCHOOL, "school_primary", "school"),
        (PRACTICE, "general_practice", "general_practice"),
    ):
        there = factories.OrganisationFactory(name=name, kind__slug=kind, is_active=False)
        ChildContact.objects.create(
            family=world.family, child=world.child, kind=around, organisation=there, starts_on=over
        )


def found_in(content):
    """Return the tokens in these bytes: plain, in an address, in base64 at any offset, in UTF-16."""
    found = set()
    lowered = content.lower()
    for token in EVERY_ONE:
        plain = token.encode()
        forms = {plain.lower(), quote(token).lower().encode(), plain.decode().encode("utf-16-le").lower()}
        if any(form in lowered for form in forms) or any(form in content for form in _in_base64(plain)):
            found.add(token)
    return found


def allowed(doors, *, at_the_shelter):
    """Return the tokens that may come out through these doors."""
    return (
        (NAMES if doors & _NAMES_BEHIND else set())
        | (REGIE if at_the_shelter or doors & _PLACE_BEHIND else set())
        | (WHERE if doors & _WHERE_BEHIND else set())
        # Class A is behind no door.
    )


def allowed_on_paper(doors, *, at_the_shelter):
    """Return the tokens that may stand on a paper: a paper is found, so that no place does, whoever made it."""
    return allowed(doors, at_the_shelter=at_the_shelter) & NAMES


def _in_base64(plain):
    """Return the middle of the token as base64 has it, for each of the three ways it can fall."""
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + plain)
        yield coded[4:-4]
