"""All help of a family, running and ended: how long each step took, against the norm, and what a move did to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Family
from family_plans.bans import contact_is_forbidden
from family_plans.models import HelpAtMove, HelpLine, Step
from family_plans.reading.plan import HelpShown, help_shown
from family_plans.reading.shown import Reader


@dataclass(frozen=True)
class StepShown:
    label: str
    days: int


@dataclass(frozen=True)
class MoveShown:
    move: HelpAtMove
    gap: int


@dataclass(frozen=True)
class LineShown:
    """One help line with everything that is asked of it."""

    shown: HelpShown
    steps: list[StepShown]
    successor: str
    # Whether it was asked, and started, before the departure; empty while there is none (G7).
    asked_before: str
    # A measure forbids contact between the two it helps together, whether it was weighed or not.
    forbidden: bool
    moves: list[MoveShown]

    @property
    def line(self) -> HelpLine:
        return self.shown.line


@dataclass(frozen=True)
class HelpPage:
    running: list[LineShown]
    ended: list[LineShown]
    without_source: int
    gaps: list[tuple[str, int]]


def help_page(family: Family, reader: Reader, *, departs_on: date | None, today: date) -> HelpPage:
    shown = help_shown(family, HelpLine.objects.filter(family=family), reader, today)
    moves: dict[Any, list[HelpAtMove]] = {}
    for move in HelpAtMove.objects.filter(family=family).order_by("moved_on", "pk"):
        moves.setdefault(move.help_line_id, []).append(move)
    lines = [_line(one, moves.get(one.line.pk, []), reader, departs_on, today) for one in shown]
    running = [one for one in lines if one.line.ended_on is None]
    return HelpPage(
        running=running,
        ended=[one for one in lines if one.line.ended_on is not None],
        without_source=sum(
            one.line.law is None and one.line.person is not None and one.line.person.place == "child" for one in running
        ),
        gaps=gap_days_per_domain(lines),
    )


def _line(
    shown: HelpShown, moves: Iterable[HelpAtMove], reader: Reader, departs_on: date | None, today: date
) -> LineShown:
    line = shown.line
    return LineShown(
        shown=shown,
        steps=[StepShown(str(Step(step).label), days) for step, days in line.steps(today)],
        successor=reader.organisation(line.successor) if line.successor else line.successor_words,
        asked_before=_before(line, departs_on),
        forbidden=_is_forbidden(line, today),
        moves=[MoveShown(move, move.gap_days(today)) for move in moves],
    )


def _is_forbidden(line: HelpLine, today: date) -> bool:
    if line.person is None or line.together_with is None or line.ended_on is not None:
        return False
    return contact_is_forbidden(line.person, line.together_with, from_on=today)


def _before(line: HelpLine, departs_on: date | None) -> str:
    if departs_on is None:
        return ""
    if line.starts_on and line.starts_on < departs_on:
        return _("asked and started before the departure")
    return _("asked before the departure") if line.asked_on < departs_on else _("asked after the departure")


def gap_days_per_domain(lines: Iterable[LineShown]) -> list[tuple[str, int]]:
    """Return, per domain, the days that help was interrupted by a move (F16), the domains with a gap only."""
    days: dict[str, int] = {}
    for one in lines:
        label = (one.line.domain.parent or one.line.domain).label
        days[label] = days.get(label, 0) + sum(move.gap for move in one.moves)
    return [(label, count) for label, count in days.items() if count]
