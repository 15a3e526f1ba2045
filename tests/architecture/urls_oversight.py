"""Who gets which page of oversight. Of the first eight nobody is a privacy officer."""

_NOBODY = [302, 302, *[404] * 6]
_NO_POST = [302, 302, *[405] * 6]
_FORM = {"get": _NOBODY, "post": _NOBODY}
_FILE = [302, 302, 404, 404, 404, 404, 404, 200]
# For everybody who signs in: an empty form comes back.
_OWN = [302, 302, *[200] * 6]
EXPECTED = {
    "oversight:queue": {"get": _NOBODY, "post": _NO_POST},
    "oversight:emergency": _FORM,
    "oversight:alert": _FORM,
    "oversight:decoys": _FORM,
    "oversight:end_decoy": {"get": _NO_POST, "post": _NOBODY},
    "oversight:own_log": _FORM,
    "oversight:outward_log": _FORM,
    "oversight:proof": _FORM,
    "oversight:who_may": {"get": _NOBODY, "post": _NO_POST},
    "oversight:read_on": {"get": _OWN, "post": _OWN},
    "oversight:readers": {"get": _FILE, "post": _NO_POST},
    "oversight:readers_paper": {"get": _FILE, "post": _NO_POST},
}
ARGUMENTS = {
    "oversight:emergency": lambda world: [world.glass.pk],
    "oversight:alert": lambda world: [world.misuse.pk],
    "oversight:end_decoy": lambda world: [world.decoy.pk],
    "oversight:readers": lambda world: [world.family.pk],
    "oversight:readers_paper": lambda world: [world.family.pk],
}


def build(world):
    """An emergency, an alert and a decoy at the shelter."""
    from datetime import timedelta

    from oversight.models import Alert, Decoy
    from tests import factories
    from tests.factories import NOW

    world.glass = factories.broken_glass(world.family, factories.user(at=world.shelter), world.shelter)
    world.glass.ends_at = NOW + timedelta(minutes=1)
    world.glass.save()
    world.decoy = Decoy.objects.create(
        family=world.family, organisation=world.shelter, set_by=world.privacy_officer, set_at=NOW
    )
    world.misuse = Alert.objects.create(
        organisation=world.shelter,
        pattern="barred",
        actor=world.barred_worker,
        family_key=world.family.pk,
        on_day=NOW.date(),
        first_at=NOW,
        last_at=NOW,
        times=1,
        owner=world.privacy_officer,
        found_at=NOW,
        due_on=NOW.date(),
    )
