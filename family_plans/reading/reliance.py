"""How a client manages over time: a table per domain, and the matrix as a picture whose text stands beside it."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from cases.models import Family, Person
from family_plans.models import (
    HIGHEST,
    LOWEST,
    MATRIX_LEVELS,
    Assessment,
    NetworkCount,
    RelianceLevel,
    Score,
    SelfReliance,
)
from family_plans.reading.shown import Reader
from organisations.models import CodeItem

# One strip of the picture, in whole units.
WIDTH, HEIGHT, PAD_X, PAD_Y = 240, 76, 12, 10


@dataclass(frozen=True)
class Reliance:
    """Who leads in one domain: the newest judgement, and the one before it."""

    domain: CodeItem
    now: SelfReliance
    before: SelfReliance | None
    # Every judgement so far, as a picture; none before the second.
    strip: "Strip | None"


def reliance(family: Family, reader: Reader) -> list[Reliance]:
    rows: dict[object, list[SelfReliance]] = {}
    newest_first = SelfReliance.objects.filter(family=family).select_related("domain__parent", "assessed_by")
    for row in newest_first.order_by("-assessed_on", "-recorded_at"):
        if reader.may_read((row.domain.parent or row.domain).code, None):
            rows.setdefault(row.domain_id, []).append(row)
    read = [
        Reliance(of[0].domain, of[0], of[1] if len(of) > 1 else None, _steps(of[::-1]) if len(of) > 1 else None)
        for of in rows.values()
    ]
    return sorted(read, key=lambda row: (row.domain.order, row.domain.code))


# From the bottom of the picture to its top.
_UPWARDS = [level.value for level in reversed(RelianceLevel)]
_TOP_MARK = 10


def _steps(judged: list[SelfReliance]) -> "Strip":
    """Draw who leads, step by step: the oldest judgement first, the client's own mark beside the worker's view."""
    levels = [(row.assessed_on, _UPWARDS.index(row.level) / (len(_UPWARDS) - 1)) for row in judged]
    own = [(row.assessed_on, row.own_score / _TOP_MARK) for row in judged if row.own_score is not None]
    text = ", ".join(f"{row.get_level_display()} ({date_format(row.assessed_on, 'j F Y')})" for row in judged)
    return _strip(judged[0].domain, levels, own, lines=len(_UPWARDS), text=text)


@dataclass(frozen=True)
class Dot:
    x: int
    y: int


@dataclass(frozen=True)
class Strip:
    """One domain over time: a line for the worker's level and one for the client's own."""

    domain: CodeItem
    worker: list[Dot]
    own: list[Dot]
    grid: list[int]
    # What the picture says, for who does not see it.
    text: str

    @property
    def worker_line(self) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in self.worker)

    @property
    def own_line(self) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in self.own)


@dataclass(frozen=True)
class Row:
    """One domain of the newest assessment, with what it was at the first one."""

    domain: CodeItem
    level: str
    own: str
    first: str
    change: int


@dataclass(frozen=True)
class Matrix:
    """All assessments of one member."""

    person: Person
    latest: Assessment
    count: int
    first_on: date
    rows: list[Row]
    strips: list[Strip]


def matrices(family: Family, reader: Reader) -> list[Matrix]:
    """Return, per member, the matrix over time. For who reads the whole plan: it cuts across the domains."""
    if not reader.reach.is_whole:
        return []
    names = {item.order: item.label for item in CodeItem.objects.of(MATRIX_LEVELS)}
    levels = [names[order] for order in sorted(names)]
    found: dict[object, list[Assessment]] = {}
    rows = Assessment.objects.filter(family=family).select_related("person", "assessed_by")
    for assessment in rows.prefetch_related("scores__domain").order_by("assessed_on", "recorded_at"):
        found.setdefault(assessment.person_id, []).append(assessment)
    return [_matrix(of, levels) for of in found.values()]


def _matrix(assessments: list[Assessment], levels: list[str]) -> Matrix:
    first, latest = assessments[0], assessments[-1]
    series: dict[CodeItem, list[tuple[date, Score]]] = {}
    for assessment in assessments:
        for score in assessment.scores.all():
            series.setdefault(score.domain, []).append((assessment.assessed_on, score))
    ordered = sorted(series, key=lambda domain: (domain.order, domain.code))
    return Matrix(
        person=latest.person,
        latest=latest,
        count=len(assessments),
        first_on=first.assessed_on,
        rows=[_row(domain, series[domain], levels) for domain in ordered],
        strips=[_scores(domain, series[domain], first.assessed_on, latest.assessed_on) for domain in ordered],
    )


def _named(level: int | None, levels: list[str]) -> str:
    if level is None:
        return ""
    return f"{level}: {levels[level - 1]}" if level <= len(levels) else str(level)


def _row(domain: CodeItem, points: list[tuple[date, Score]], levels: list[str]) -> Row:
    first, last = points[0][1], points[-1][1]
    return Row(
        domain=domain,
        level=_named(last.level, levels),
        own=_named(last.own_level, levels),
        first=_named(first.level, levels) if len(points) > 1 else "",
        change=last.level - first.level,
    )


def _scores(domain: CodeItem, points: list[tuple[date, Score]], first: date, last: date) -> Strip:
    def height(level: int) -> float:
        return (level - LOWEST) / (HIGHEST - LOWEST)

    return _strip(
        domain,
        [(day, height(score.level)) for day, score in points],
        [(day, height(score.own_level)) for day, score in points if score.own_level is not None],
        lines=HIGHEST - LOWEST + 1,
        text=", ".join(str(score.level) for _day, score in points),
        between=(first, last),
    )


def _strip(
    domain: CodeItem,
    worker: list[tuple[date, float]],
    own: list[tuple[date, float]],
    *,
    lines: int,
    text: str,
    between: tuple[date, date] | None = None,
) -> Strip:
    """Draw points whose height goes from 0 to 1, over the time between two days or else between the first and last."""
    first, last = between or (worker[0][0], worker[-1][0])
    days = max((last - first).days, 1)

    def dot(day: date, height: float) -> Dot:
        return Dot(PAD_X + round((day - first).days / days * (WIDTH - 2 * PAD_X)), _y(height))

    return Strip(
        domain=domain,
        worker=[dot(*point) for point in worker],
        own=[dot(*point) for point in own],
        grid=[_y(line / (lines - 1)) for line in range(lines)],
        text=text,
    )


def _y(height: float) -> int:
    return PAD_Y + round((1 - height) * (HEIGHT - 2 * PAD_Y))


@dataclass(frozen=True)
class NetworkSize:
    """The size of the network at the start, half a year on, and now (D17)."""

    counts: list[NetworkCount]
    start: NetworkCount
    after_six_months: NetworkCount | None

    @property
    def latest(self) -> NetworkCount | None:
        """Return the newest count; None when that is one of the two others."""
        newest = self.counts[-1]
        return None if newest in (self.start, self.after_six_months) else newest


def network_size(family: Family) -> NetworkSize | None:
    """Return how the network grew; None when nobody counted. Six months on: the first count from 182 days later."""
    counts = list(NetworkCount.objects.filter(family=family).order_by("counted_on"))
    if not counts:
        return None
    later = (one for one in counts if (one.counted_on - counts[0].counted_on).days >= _HALF_A_YEAR)
    return NetworkSize(counts, counts[0], next(later, None))


_HALF_A_YEAR = 182
