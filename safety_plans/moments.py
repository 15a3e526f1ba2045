"""When a risk assessment is owed, and which are missing (C43). Reads only; operations/moments.py plans them."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from dateutil.relativedelta import relativedelta

from cases.models import Trajectory
from follow_ups.models import Kind
from safety_plans.models import Moment, RiskAssessment

KINDS: dict[str, Kind] = {
    Moment.ADMISSION: Kind.ASSESS_RISK,
    Moment.PERIODIC: Kind.ASSESS_RISK,
    Moment.DEPARTURE: Kind.ASSESS_BEFORE_DEPARTURE,
    Moment.MOVE: Kind.ASSESS_AT_MOVE,
    Moment.SERIOUS_SIGNAL: Kind.ASSESS_AFTER_SIGNAL,
    Moment.THREE_MONTHS: Kind.ASSESS_AFTER_MONTHS,
    Moment.SIX_MONTHS: Kind.ASSESS_AFTER_MONTHS,
    Moment.TWELVE_MONTHS: Kind.ASSESS_AFTER_MONTHS,
}
MONTHS_AFTER = {Moment.THREE_MONTHS: 3, Moment.SIX_MONTHS: 6, Moment.TWELVE_MONTHS: 12}
AFTER_ADMISSION = timedelta(days=14)
BEFORE_DEPARTURE = timedelta(days=7)
# An assessment that comes this much early still counts for its moment.
EARLY = timedelta(days=31)


@dataclass(frozen=True)
class Owed:
    """A moment of a trajectory: the day by which it is owed (inclusive), and the assessment that was made for it."""

    moment: Moment
    due_on: date
    made: RiskAssessment | None

    def is_late(self, today: date) -> bool:
        return self.made is None and self.due_on < today


def moments_of(trajectory: Trajectory, assessments: list[RiskAssessment]) -> list[Owed]:
    """Return the moments of a trajectory in the order of their days. No query: `assessments` are all of the family."""
    days = {Moment.ADMISSION: trajectory.starts_on + AFTER_ADMISSION}
    if trajectory.departs_on is not None:
        days[Moment.DEPARTURE] = trajectory.departs_on
        days |= {moment: trajectory.departs_on + relativedelta(months=n) for moment, n in MONTHS_AFTER.items()}
    first = {Moment.ADMISSION: trajectory.starts_on}
    return [
        Owed(moment, day, _made(moment, first.get(moment, day - EARLY), assessments)) for moment, day in days.items()
    ]


def _made(moment: Moment, first: date, assessments: list[RiskAssessment]) -> RiskAssessment | None:
    for assessment in assessments:
        if assessment.moment == moment and assessment.assessed_on >= first:
            return assessment
    return None


def latest_assessment(family_id: UUID, *, until: date) -> RiskAssessment | None:
    """Return the latest assessment of a family on or before a day, whatever its moment; None without any."""
    found: RiskAssessment | None = (
        RiskAssessment.objects.filter(family=family_id, assessed_on__lte=until).latest_first().first()
    )
    return found


def departure_assessment(trajectory: Trajectory, *, days: timedelta = EARLY) -> RiskAssessment | None:
    """Return the assessment made before this departure, not older than `days` on that day, or None (C2)."""
    if trajectory.departs_on is None:
        return None
    found: RiskAssessment | None = (
        RiskAssessment.objects.filter(family=trajectory.family_id, moment=Moment.DEPARTURE)
        .dated_within(trajectory.departs_on - days, trajectory.departs_on)
        .latest_first()
        .first()
    )
    return found
