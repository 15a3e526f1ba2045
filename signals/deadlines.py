"""When a signal must have been judged: what the regisseur is held to, and what the reporter is promised."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from django.utils import timezone

from core.working_days import add_working_days


class Severity(IntEnum):
    """How serious a signal is taken. It starts at what the reporter says and only ever goes up."""

    MILD = 1
    SERIOUS = 2
    ACUTE = 3


@dataclass(frozen=True)
class Terms:
    """Working days after the day of the report, as they held then; acute is that day itself, weekend or not (H4)."""

    mild: int = 2
    serious: int = 1

    def of(self, severity: int) -> int:
        return {Severity.MILD: self.mild, Severity.SERIOUS: self.serious, Severity.ACUTE: 0}[Severity(severity)]


FIRST = Terms()


def reported_severity(acute: str) -> Severity:
    """Return how serious the report itself is. Whoever does not know whether it is acute is taken at the worst."""
    return Severity.MILD if acute == "no" else Severity.ACUTE


def judge_by(acute: str, reported_at: datetime, terms: Terms = FIRST) -> date:
    """Return the last day that is promised to the reporter.

    It depends on the report and on the reporter's own municipality alone: a receipt must not tell whether the family
    is known, or what others reported.
    """
    return due_on(reported_severity(acute), reported_at, terms)


def due_on(severity: int, reported_at: datetime, terms: Terms = FIRST) -> date:
    """Return the last day on which a signal of this severity must be judged, itself included."""
    return add_working_days(timezone.localdate(reported_at), terms.of(severity))


def is_very_late(severity: int, reported_at: datetime, today: date, terms: Terms = FIRST) -> bool:
    """Say whether the term has passed for a second time: an acute signal after one working day more."""
    last = due_on(severity, reported_at, terms)
    return today > add_working_days(last, max(terms.of(severity), 1) - 1) and today > last
