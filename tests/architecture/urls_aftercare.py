"""What each kind of visitor gets at the addresses of aftercare, in the form of test_urls.py."""

from datetime import date

from aftercare.models import OutOfSight, Strippenkaart
from cases.models import Trajectory
from tests.factories import NOW

_PAGE = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 405, 405, 405, 405, 405, 405]}
_FORM = {"get": [302, 302, 404, 404, 404, 404, 404, 200], "post": [302, 302, 404, 404, 404, 404, 404, 200]}
_ACT = {"get": [302, 302, 405, 405, 405, 405, 405, 405], "post": [302, 302, 404, 404, 404, 404, 404, 302]}

EXPECTED = {
    "aftercare:family": _PAGE,
    "aftercare:start": _ACT,
    "aftercare:check_in": _FORM,
    # Closing is the regisseur's, and the worker of this world is not.
    "aftercare:close": {"get": [302, 302, *[404] * 6], "post": [302, 302, *[404] * 6]},
    "aftercare:issue_card": _ACT,
    "aftercare:use_card": _ACT,
    "aftercare:out_of_sight": _FORM,
    "aftercare:confirm_out_of_sight": _ACT,
    "aftercare:end_out_of_sight": _ACT,
}


def _departed(world):
    trajectory = Trajectory.objects.get(family=world.family)
    trajectory.departs_on, trajectory.destination = date(2026, 3, 2), "unknown"
    trajectory.save()
    return trajectory


def _search(world):
    return [
        OutOfSight.objects.create(
            family=world.family, trajectory=_departed(world), since=date(2026, 3, 2), proposed_at=NOW
        ).pk
    ]


def _card(world):
    return [
        Strippenkaart.objects.create(
            family=world.family, trajectory=_departed(world), size=8, issued_at=NOW, issued_by=world.worker
        ).pk
    ]


def _family(world):
    _departed(world)
    return [world.family.pk]


ARGUMENTS = {
    "aftercare:family": _family,
    "aftercare:start": _family,
    "aftercare:check_in": _family,
    "aftercare:close": _family,
    "aftercare:issue_card": _family,
    "aftercare:use_card": _card,
    "aftercare:out_of_sight": _search,
    "aftercare:confirm_out_of_sight": _search,
    "aftercare:end_out_of_sight": _search,
}
