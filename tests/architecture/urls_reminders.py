"""Who gets what of the pages about one's own reminders."""

# An empty form comes back with what is missing.
_OWN_FORM = {"get": [302, 302, 405, 405, 405, 405, 405, 405], "post": [302, 302, 200, 200, 200, 200, 200, 200]}
EXPECTED = {
    "reminders:own": {
        "get": [302, 302, 200, 200, 200, 200, 200, 200],
        "post": [302, 302, 405, 405, 405, 405, 405, 405],
    },
    "reminders:choose_hour": _OWN_FORM,
    "reminders:record_own_absence": _OWN_FORM,
    # About the worker, by her own team lead.
    "reminders:record_absence": {
        "get": [302, 302, 404, 404, 200, 404, 404, 404],
        "post": [302, 302, 404, 404, 200, 404, 404, 404],
    },
    "reminders:end_absence": {
        "get": [302, 302, 405, 405, 405, 405, 405, 405],
        "post": [302, 302, 404, 404, 302, 404, 404, 302],
    },
}
ARGUMENTS = {
    "reminders:record_absence": lambda world: [world.worker.pk],
    "reminders:end_absence": lambda world: [world.absence.pk],
}


def build(world):
    """Add an absence of the worker."""
    from datetime import date

    from reminders.models import Absence
    from tests.factories import NOW

    world.absence = Absence.objects.create(
        user=world.worker, starts_on=date(2026, 2, 20), recorded_by=world.worker, recorded_at=NOW
    )
