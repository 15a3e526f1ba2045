"""When a signal must have been judged: what the regisseur is held to, and what the reporter is promised."""

from datetime import date, datetime
from enum import IntEnum

from django.utils import timezone

from core.working_days import add_working_days


class Severity(IntEnum):
    """How serious a signal is taken. It starts at what the reporter says and only ever goes up."""

    MILD = 1
    SERIOUS = 2
    ACUTE = 3


# In working days after the day of the report; 0 is that day itself, weekend or not (H4).
WORKING_DAYS_TO_JUDGE = {Severity.MILD: 2, Severity.SERIOUS: 1, Severity.ACUTE: 0}


def reported_severity(acute: str) -> Severity:
    """Return how serious the report itself is. Whoever does not know whether it is acute is taken at the worst."""
    return Severity.MILD if acute == "no" else Severity.ACUTE


def judge_by(acute: str, reported_at: datetime) -> date:
    """Return the last day that is promised to the reporter.

    It depends on the report alone: a receipt must not tell whether the family is known, or what others reported.
    """
    return due_on(reported_severity(acute), reported_at)


def due_on(severity: int, reported_at: datetime) -> date:
    """Return the last day on which a signal of this severity must be judged, itself included."""
    return add_working_days(timezone.localdate(reported_at), WORKING_DAYS_TO_JUDGE[Severity(severity)])


def is_very_late(severity: int, reported_at: datetime, today: date) -> bool:
    """Say whether the term has passed for a second time: an acute signal after one working day more."""
    term = WORKING_DAYS_TO_JUDGE[Severity(severity)]
    return today > add_working_days(due_on(severity, reported_at), max(term, 1) - 1) and today > due_on(
        severity, reported_at
    )
