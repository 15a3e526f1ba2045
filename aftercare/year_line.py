"""The year of a family as a line: both clocks, and per person when somebody really saw them. Positions, no markup."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from aftercare.clocks import Clocks
from core.working_days import add_months

PAD = 6
MARGIN = timedelta(days=14)
LANES_FROM = {True: 172, False: 164}
LANE = 44


@dataclass(frozen=True)
class Bar:
    x: int
    width: int
    done: int = 0

    @property
    def end(self) -> int:
        return self.x + self.width


@dataclass(frozen=True)
class Month:
    x: int
    day: date
    named: bool


@dataclass(frozen=True)
class Lane:
    """A row of the line: one person, or the family as a whole."""

    name: str
    y: int
    seen: list[int]
    missed: list[int]
    ahead: list[int]


@dataclass(frozen=True)
class Story:
    """What there is to draw of one trajectory."""

    departs_on: date
    involvement_ends_on: date | None
    clocks: Clocks
    today: date
    reached: Sequence[date]
    missed: Sequence[date]
    ahead: Sequence[date]
    persons: Sequence[tuple[str, Sequence[date]]]


@dataclass(frozen=True)
class YearLine:
    """Everything a template needs to draw the line, in whole units of a picture that is `width` wide."""

    width: int
    height: int
    narrow: bool
    months: list[Month]
    support: Bar
    aftercare: Bar | None
    watch: Bar | None
    today: int | None
    departure: int
    lanes: list[Lane] = field(default_factory=list)

    @property
    def bottom(self) -> int:
        return self.lanes[-1].y + 16

    @property
    def months_at(self) -> int:
        return self.height - 6


def draw(story: Story, *, width: int, narrow: bool) -> YearLine:
    """Place everything on the line. What lies outside of it, such as today after the end, is left out."""
    support_end = story.clocks.support_until or story.departs_on
    first = story.departs_on - MARGIN
    last = max(support_end, story.clocks.watch_until or support_end) + MARGIN
    days = (last - first).days

    def x(day: date) -> int:
        return PAD + round((day - first).days / days * (width - 2 * PAD))

    def dots(on: Iterable[date]) -> list[int]:
        return sorted({x(day) for day in on if first <= day <= last})

    def bar(start: date, end: date) -> Bar:
        done = min(max(story.today, start), end)
        return Bar(x(start), x(end) - x(start), x(done) - x(start))

    top = LANES_FROM[narrow]
    lanes = [Lane("", top, dots(story.reached), dots(story.missed), dots(story.ahead))]
    lanes += [
        Lane(name, top + LANE * number, dots(seen), [], []) for number, (name, seen) in enumerate(story.persons, 1)
    ]
    watch_end, care_end = story.clocks.watch_until, story.involvement_ends_on
    return YearLine(
        width=width,
        height=lanes[-1].y + 44,
        narrow=narrow,
        months=_months(first, last, x, every=3 if narrow else 1),
        support=bar(story.departs_on, support_end),
        aftercare=bar(story.departs_on, care_end) if care_end else None,
        watch=bar(care_end, watch_end) if care_end and watch_end else None,
        today=x(story.today) if first <= story.today <= last else None,
        departure=x(story.departs_on),
        lanes=lanes,
    )


def _months(first: date, last: date, x: Callable[[date], int], *, every: int) -> list[Month]:
    start = add_months(first.replace(day=1), 1)
    found: list[Month] = []
    while (day := add_months(start, len(found))) <= last:
        # A name needs room on its right.
        fits = x(last) - x(day) > 24
        found.append(Month(x(day), day, len(found) % every == 0 and fits))
    return found
