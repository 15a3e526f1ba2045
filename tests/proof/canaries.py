"""Tokens that occur nowhere else, one per protected field of one family, and how to find them in what leaves (R2-R4).

Class A may be in no answer, whoever asks. P (names) and L (from which the place follows) only where the table of doors
lets somebody in.
"""

import base64
from urllib.parse import quote

from cases.models import Person, ProtectedKind, ProtectedPlace, ProtectedValue
from tests.factories import NOW

CLASS_A = {kind: f"kanarie-a-{kind.value.replace('_', '-')}-7f3k" for kind in ProtectedKind}
CLIENT = "Kanariep-client-9wq"
CHILD = "Kanariep-kind-4zt"
SHELTER = "Kanariel-opvang-2mx"
NAMES = {CLIENT, CHILD}

# Behind which doors a name of the family may stand, and the name of the organisation that has the regie.
# Whoever is offered a family reads the first names of the children, and who offers it. A coordinator who answers
# chooses from all organisations there are.
_NAMES_BEHIND = {"file", "safety plan", "plan", "alert", "signal", "who has the regie", "team lead", "offer"}
_PLACE_BEHIND = {"file", "safety plan", "plan", "signal", "who has the regie", "team lead", "offer"} | {
    "coordinator of the family"
}


def plant(world):
    """Write the tokens into the world of the grid."""
    world.shelter.name = SHELTER
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


def found_in(content):
    """Return the tokens in these bytes: plain, in an address, in base64 at any offset, in UTF-16."""
    found = set()
    lowered = content.lower()
    for token in [*CLASS_A.values(), *NAMES, SHELTER]:
        plain = token.encode()
        forms = {plain.lower(), quote(token).lower().encode(), plain.decode().encode("utf-16-le").lower()}
        if any(form in lowered for form in forms) or any(form in content for form in _in_base64(plain)):
            found.add(token)
    return found


def allowed(doors, *, at_the_shelter):
    """Return the tokens that may come out through these doors."""
    return (
        (NAMES if doors & _NAMES_BEHIND else set()) | ({SHELTER} if at_the_shelter or doors & _PLACE_BEHIND else set())
        # Class A is behind no door.
    )


def _in_base64(plain):
    """Return the middle of the token as base64 has it, for each of the three ways it can fall."""
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + plain)
        yield coded[4:-4]
