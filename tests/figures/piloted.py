"""A pilot for the tests: in two regions, with one indicator and one municipality that takes part."""

from datetime import date

from figures.models import Pilot, PilotIndicator, PilotMunicipality, PilotRegion
from organisations.models import Region
from tests import factories


def region(name):
    return Region.objects.get_or_create(
        kind="veilig_thuis", name=name, defaults={"basis": "verified", "valid_from": date(2020, 1, 1)}
    )[0]


def pilot(*, by, owner=None, starts_on=date(2026, 6, 1), municipality=None):
    """By default it begins later, and is kept by an organisation elsewhere."""
    owner = owner or factories.organisation("Gemeenteteam Middenveld", kind="municipality")
    made = Pilot.objects.create(owner=owner, title="Proef", starts_on=date(2030, 1, 1), ends_on=date(2031, 1, 1))
    for name in ("Noord", "Zuid"):
        PilotRegion.objects.create(pilot=made, region=region(name))
    indicator = PilotIndicator.objects.create(
        pilot=made,
        number=1,
        text="Cliënten weten wie ze bellen.",
        target="4",
        recorded_by=by,
        recorded_at=factories.NOW,
    )
    participant = PilotMunicipality.objects.create(
        pilot=made, municipality=municipality or owner.municipality, joined_on=date(2026, 1, 1)
    )
    # Last, so that the indicator could still be written down.
    made.starts_on, made.ends_on = starts_on, date(starts_on.year + 1, 12, 31)
    made.save()
    return made, indicator, participant
