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
    "oversight:inspection": _FORM,
    "oversight:what_there_is": {"get": _NOBODY, "post": _NO_POST},
    "oversight:who_may": {"get": _NOBODY, "post": _NO_POST},
    "oversight:retention": _FORM,
    "oversight:destruction": _FORM,
    "oversight:refuse_destruction": _FORM,
    "oversight:end_hold": _FORM,
    "oversight:read_on": {"get": _OWN, "post": _OWN},
    "oversight:requests": {"get": _FILE, "post": _FILE},
    "oversight:request": {"get": _FILE, "post": _FILE},
    "oversight:refuse_request": {"get": _FILE, "post": _FILE},
    "oversight:request_paper": {"get": _FILE, "post": _NO_POST},
    "oversight:readers": {"get": _FILE, "post": _NO_POST},
    "oversight:readers_paper": {"get": _FILE, "post": _NO_POST},
}
ARGUMENTS = {
    "oversight:emergency": lambda world: [world.glass.pk],
    "oversight:alert": lambda world: [world.misuse.pk],
    "oversight:end_decoy": lambda world: [decoy(world).pk],
    "oversight:destruction": lambda world: [world.batch.pk],
    "oversight:refuse_destruction": lambda world: [world.batch.pk],
    "oversight:what_there_is": lambda world: [world.hold.pk],
    "oversight:end_hold": lambda world: [world.hold.pk],
    "oversight:requests": lambda world: [world.family.pk],
    "oversight:request": lambda world: [world.asked.pk],
    "oversight:refuse_request": lambda world: [world.asked.pk],
    "oversight:request_paper": lambda world: [world.answered.pk],
    "oversight:readers": lambda world: [world.family.pk],
    "oversight:readers_paper": lambda world: [world.family.pk],
}


def decoy(world):
    """Not for longer than it is asked about: a decoy is on no list."""
    from access.models import Decoy
    from tests.factories import NOW

    return Decoy.objects.create(
        family=world.family, organisation=world.shelter, set_by=world.privacy_officer, set_at=NOW
    )


def build(world):
    """An emergency and an alert at the shelter."""
    from datetime import timedelta

    from access.models import Hold
    from cases.models import Person
    from oversight.models import Alert, Destruction, RightsRequest
    from tests import factories
    from tests.factories import NOW

    world.glass = factories.broken_glass(world.family, factories.user(at=world.shelter), world.shelter)
    world.glass.ends_at = NOW + timedelta(minutes=1)
    world.glass.save()
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
    world.hold = Hold.objects.create(
        family=world.family, kind="legal", reason="De rechter vraagt erom", set_by=world.privacy_officer, set_at=NOW
    )
    world.batch = Destruction.objects.create(organisation=world.shelter, proposed_at=NOW)
    client = Person.objects.get(family=world.family, place="client")
    asked = {"family": world.family, "about": client, "asked_by": client, "recorded_by": world.worker, "asks": "access"}
    asked |= {"received_on": NOW.date(), "answer_by": NOW.date() + timedelta(days=31)}
    world.asked = RightsRequest.objects.create(**asked)
    done = {"status": "answered", "checked_by": world.worker, "answered_by": world.team_lead, "answered_at": NOW}
    world.answered = RightsRequest.objects.create(**asked, **done, checked_at=NOW)
