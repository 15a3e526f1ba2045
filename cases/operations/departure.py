from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from access.operation import Operation
from audit.events import Event
from cases.models import Destination, Trajectory
from core.errors import WrongState
from organisations.models import Municipality


def depart(
    trajectory: Trajectory,
    *,
    on: date,
    destination: Destination,
    municipality: Municipality | None,
    involvement_ends_on: date | None,
    within: Operation[Any],
) -> Trajectory:
    """Write down the departure. A step; `on` and `involvement_ends_on` are inclusive, the second may still be open.

    Raises WrongState when the day lies before the stay. Setting it again moves the departure.
    """
    if on < trajectory.starts_on or (involvement_ends_on is not None and involvement_ends_on < on):
        raise WrongState(
            _("These days are not in order: stay, departure, end of the aftercare."), about=trajectory.family
        )
    trajectory.departs_on = on
    trajectory.destination = destination
    trajectory.municipality = municipality if destination == Destination.MUNICIPALITY else None
    trajectory.involvement_ends_on = involvement_ends_on
    trajectory.save(update_fields=["departs_on", "destination", "municipality", "involvement_ends_on"])
    within.record(Event.DEPARTURE_DATED, subject=trajectory, destination=destination.value)
    return trajectory


def call_off(trajectory: Trajectory, *, within: Operation[Any]) -> Trajectory:
    """Take the departure back: the family stays where it is. A step."""
    trajectory.departs_on, trajectory.destination = None, ""
    trajectory.municipality, trajectory.involvement_ends_on = None, None
    trajectory.save(update_fields=["departs_on", "destination", "municipality", "involvement_ends_on"])
    within.record(Event.DEPARTURE_DATED, subject=trajectory, destination="")
    return trajectory
