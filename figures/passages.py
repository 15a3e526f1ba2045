"""What figures are counted from: one passage of one family through a shelter, without anything that says whose it is.

A passage holds days, codes of municipalities and stored words. No key, reference, name or text of a family ever gets
in here; `gathering` makes passages from the files, `models.StatisticsRow` keeps those of families that are gone.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

MONTHS_ASKED = (1, 3, 6, 12)


@dataclass(frozen=True)
class Passage:
    """One stay and the year after it. Days are inclusive; municipalities are codes such as GM0193, or empty.

    What is not known is None or empty, never zero: zero is an answer.
    """

    arrived_on: date
    shelter: str
    left_on: date | None = None

    # The way in.
    # Against the municipality of the shelter: own, region, other or unknown.
    came_from: str = "unknown"
    place: str = ""
    contexts: tuple[str, ...] = ()
    # Of each child in whole years on the day of arrival; -1 when the day of birth is not known.
    ages: tuple[int, ...] = ()
    outside_because: str = ""

    # The stay. `ready_on` is the first day on which the family could have left.
    ready_on: date | None = None
    waited_for: str = ""

    # The way out. As `came_from`, or protected; the code of the municipality only when it is known.
    went_to: str = "unknown"
    destination: str = ""
    help_asked: int = 0
    help_before: int = 0
    network: int | None = None
    # Whether somebody wrote down how the other parent takes part: yes, no, or empty when there is none.
    father: str = ""
    # Organisations that the safety plan was shared with, and those of them that hold the version that counts.
    partners: int = 0
    partners_current: int = 0

    # The handover: days from the offer to the acceptance, and whether both sides went to the family together.
    accepted_in: int | None = None
    warm: bool | None = None

    # Supporters: why the first one came, whether one was met before the departure, and why the last one stopped. Stored
    # words, empty without one.
    supporter_for: str = ""
    supporter_met: str = ""
    supporter_stopped: str = ""

    # The year after. Months are numbered from 1; month 12 ends on the day one year after the departure.
    contact_in: tuple[int, ...] = ()
    felt: Mapping[str, str] = field(default_factory=dict)
    # The channels by which the family was reached, in the order of how often; the first time counts where it is even.
    met_by: tuple[str, ...] = ()
    # Days from the report to the judgement of the signal that took longest; None when there was no signal.
    acted_in: int | None = None
    confirmed: int = 0
    # Of those, the ones of which the judgement is that a child is not safe.
    child_incidents: int = 0
    first_came_after: bool | None = None
    without_income: int | None = None
    interrupted: int | None = None
    stuck_cause: str = ""
    stuck_days: int = 0
    solved_by: str = ""
    # The kind of partner whose help it was about, as a category; empty when it was about no help line.
    stuck_with: str = ""
    # Whether something tailored was asked around the departure or a move; empty when no income is recorded there.
    tailored: str = ""
    # Who pays for most of the help, as a category; and whether that is known of all help to a child. Empty without it.
    paid_by: str = ""
    children_unpaid: str = ""
    # Per domain of the plan: within or beyond the norm for the start of help.
    waiting: Mapping[str, str] = field(default_factory=dict)
    back_in: int | None = None
    enough: str = ""

    @property
    def children(self) -> int:
        return len(self.ages)

    @property
    def stay_days(self) -> int | None:
        """Return the days of the stay, the day of arrival included and that of departure not."""
        return (self.left_on - self.arrived_on).days if self.left_on else None

    @property
    def longer_days(self) -> int | None:
        """Return the days that the family stayed after it could have left; None while it is there."""
        if self.left_on is None:
            return None
        return max((self.left_on - self.ready_on).days, 0) if self.ready_on else 0

    @property
    def home(self) -> str:
        """Return the municipality the family belongs to after its departure: where it went, or else where it stayed."""
        return self.destination or self.shelter

    def to_row(self) -> dict[str, Any]:
        """Return it as plain values for a JSON field; `from_row` reads it back."""
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(self).items()}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> "Passage":
        values = dict(row)
        for name in ("arrived_on", "left_on", "ready_on"):
            values[name] = date.fromisoformat(values[name]) if values[name] else None
        for name in ("contexts", "ages", "contact_in", "met_by"):
            values[name] = tuple(values.get(name, ()))
        return cls(**values)
