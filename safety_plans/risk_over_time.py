"""The risk over time: the safety score of each person with its trend, and each factor up and down. No queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from safety_plans.models import Course, RiskAssessment

SHOWN = 6  # as many columns as can be read beside each other


@dataclass(frozen=True)
class Score:
    """The latest score of a person, the one before it, and all of them, the oldest first."""

    name: str
    latest: int
    previous: int | None
    history: list[tuple[date, int]]

    @property
    def trend(self) -> str:
        """Return up, down or same; first when there is nothing to compare."""
        if self.previous is None:
            return "first"
        return "same" if self.latest == self.previous else ("up" if self.latest > self.previous else "down")


@dataclass(frozen=True)
class FactorRow:
    """A factor in the assessments that are shown, the oldest first: its course, or nothing where it was not there."""

    label: str
    is_protective: bool
    courses: list[str]


@dataclass(frozen=True)
class Factors:
    days: list[date]
    rows: list[FactorRow]


def scores(latest_first: Sequence[RiskAssessment]) -> list[Score]:
    """Return the scores per person, in the order of the latest assessment. Expects subjects prefetched."""
    history: dict[object, list[tuple[date, int]]] = {}
    names: dict[object, str] = {}
    for assessment in latest_first:
        for subject in assessment.subjects.all():
            if subject.score is not None:
                history.setdefault(subject.person_id, []).insert(0, (assessment.assessed_on, subject.score))
                names.setdefault(subject.person_id, subject.name)
    return [
        Score(names[key], told[-1][1], told[-2][1] if len(told) > 1 else None, told) for key, told in history.items()
    ]


def factors(latest_first: Sequence[RiskAssessment], labels: Mapping[tuple[str, str], str]) -> Factors:
    """Return each factor across the latest assessments. Expects factors prefetched."""
    shown = list(reversed(latest_first[:SHOWN]))
    found: dict[tuple[str, str], list[str]] = {}
    for number, assessment in enumerate(shown):
        for factor in assessment.factors.all():
            row = found.setdefault((factor.kind, factor.code), [""] * len(shown))
            row[number] = str(Course(factor.course).label)
    rows = [
        FactorRow(labels.get(key, key[1]), key[0] == "protective_factors", courses) for key, courses in found.items()
    ]
    rows.sort(key=lambda row: (row.is_protective, row.label))
    return Factors([assessment.assessed_on for assessment in shown], rows)
