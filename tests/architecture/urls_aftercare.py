"""Who gets what of the pages about aftercare."""

_PAGE = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 405, 405, 405, 405, 405, 405]}
_FORM = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 404, 404, 404, 404, 404, 200]}
_ACT = {"get": [302, 302, 405, 405, 405, 405, 405, 405], "post": [302, 302, 404, 404, 404, 404, 404, 302]}
EXPECTED = {
    "aftercare:family": _PAGE,
    "aftercare:start": _ACT,
    "aftercare:check_in": _FORM,
    "aftercare:close": _FORM,
    "aftercare:year": _FORM,
    "aftercare:print_card": _PAGE | {"get": [302, 302, 404, 404, 404, 404, 404, 302]},
    "aftercare:keep_check_in": _ACT | {"post": [302, 302, 404, 404, 404, 404, 404, 200]},
    "aftercare:own_request": _FORM,
    # No contact point in this municipality: led back, with a word about it.
    "aftercare:contact_card": _PAGE | {"get": [302, 302, 404, 404, 404, 404, 404, 302]},
    "aftercare:change_end": _FORM,
    # For the lead of the regisseur, who reads no more of the file.
    "aftercare:allow_early": {
        "get": [302, 302, 404, 404, 200, 404, 404, 404],
        "post": [302, 302, 404, 404, 200, 404, 404, 404],
    },
    "aftercare:reopen": _FORM,
    "aftercare:issue_card": _ACT,
    "aftercare:use_card": _ACT,
    "aftercare:out_of_sight": _FORM,
    "aftercare:confirm_out_of_sight": _ACT,
    "aftercare:end_out_of_sight": _ACT,
}
ARGUMENTS = {
    "aftercare:family": lambda world: [world.family.pk],
    "aftercare:start": lambda world: [world.family.pk],
    "aftercare:check_in": lambda world: [world.family.pk],
    "aftercare:close": lambda world: [world.family.pk],
    "aftercare:year": lambda world: [world.family.pk],
    "aftercare:print_card": lambda world: [world.card.pk],
    "aftercare:keep_check_in": lambda world: [world.family.pk],
    "aftercare:own_request": lambda world: [world.family.pk],
    "aftercare:contact_card": lambda world: [world.family.pk],
    "aftercare:change_end": lambda world: [world.family.pk],
    "aftercare:allow_early": lambda world: [world.family.pk],
    "aftercare:reopen": lambda world: [world.family.pk],
    "aftercare:issue_card": lambda world: [world.family.pk],
    "aftercare:use_card": lambda world: [world.card.pk],
    "aftercare:out_of_sight": lambda world: [world.search.pk],
    "aftercare:confirm_out_of_sight": lambda world: [world.search.pk],
    "aftercare:end_out_of_sight": lambda world: [world.search.pk],
}


def build(world):
    """Add what these addresses are about: a departure, a proposal and a card. Closing needs the worker's regie."""
    from datetime import date

    from aftercare.models import OutOfSight, Strippenkaart
    from cases.models import Trajectory
    from tests.factories import NOW

    Trajectory.objects.filter(family=world.family).update(departs_on=date(2026, 3, 2), destination="unknown")
    about = {"family": world.family, "trajectory": Trajectory.objects.get(family=world.family)}
    world.search = OutOfSight.objects.create(**about, since=date(2026, 3, 2), proposed_at=NOW)
    world.card = Strippenkaart.objects.create(**about, size=8, issued_at=NOW, issued_by=world.worker)
