"""The two clocks of a trajectory. Both give a last day: on that day the term still runs, on the next it is over.

*Support* runs from the departure and governs the contacts of the supporter and the regisseur. *Watch* runs from the end
of the shelter's involvement. Closing waits for the later of the two; nothing closes by itself.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from cases.models import Trajectory
from core.working_days import add_months

SUPPORT_MONTHS = 12
WATCH_MONTHS = 6


@dataclass(frozen=True)
class Clocks:
    """The last days of both terms; None while the day a term runs from is not known."""

    support_until: date | None
    watch_until: date | None

    @property
    def both_until(self) -> date | None:
        """Return the last day on which a term runs; None, which is not "over", while one of them is unknown."""
        if self.support_until is None or self.watch_until is None:
            return None
        return max(self.support_until, self.watch_until)

    def closable_on(self, day: date) -> bool:
        """Say whether both terms are over on `day`. An unknown term is never over."""
        return self.both_until is not None and day > self.both_until


def clocks_of(trajectory: Trajectory) -> Clocks:
    departure, involvement_end = trajectory.departs_on, trajectory.involvement_ends_on
    return Clocks(
        support_until(departure) if departure else None, watch_until(involvement_end) if involvement_end else None
    )


def support_until(departs_on: date) -> date:
    """Return the last day of support: twelve months on, never longer. From 29 February that is 28 February."""
    return add_months(departs_on, SUPPORT_MONTHS)


def watch_until(involvement_ends_on: date) -> date:
    """Return the last day of the watch: at least half a year on.

    Where the month has no such day it is the first of the next: 31 August gives 1 March, never 28 February.
    """
    day = add_months(involvement_ends_on, WATCH_MONTHS)
    return day + timedelta(days=1) if day.day < involvement_ends_on.day else day


def is_below_norm(trajectory: Trajectory, ends_on: date) -> bool:
    """Say whether this is a shorter aftercare than the shelter gives by its own norm. Without a norm it never is."""
    months = trajectory.organisation.aftercare_months
    if months is None or trajectory.departs_on is None:
        return False
    return ends_on < add_months(trajectory.departs_on, months)


def becomes_shorter(trajectory: Trajectory, ends_on: date) -> bool:
    """Say whether this day makes the aftercare shorter than it was planned, or than the shelter's norm (A15)."""
    was = trajectory.involvement_ends_on
    return is_below_norm(trajectory, ends_on) or (was is not None and ends_on < was)
