"""What the evaluation of a pilot says: surveys, who takes part, and six chapters with their figures (K6, K8, K9, K10).

Figures come from what was published, and means of a survey only where ten people or more answered.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from figures.areas import NATION
from figures.catalogue import catalogue
from figures.definitions import BY_SLUG
from figures.models import (
    ASKED,
    Chapter,
    ChapterText,
    Lesson,
    Pilot,
    PilotIndicator,
    PilotMunicipality,
    PilotRegion,
    Respondent,
    Survey,
)
from figures.periods import Quarter
from figures.published import Year, name_of
from organisations.models import Region

# Fewer answers than this are not shown: neither their mean nor how many there are.
FEWEST_ANSWERS = 10
_TOO_FEW = range(1, FEWEST_ANSWERS)
_Answered = tuple[int, Sequence[int]]  # after how many months, and the four answers or none
# Which published figures belong in which chapter.
IN_CHAPTER: dict[Chapter, tuple[str, ...]] = {
    Chapter.METHOD: ("help_before", "destination"),
    Chapter.REGIE: ("accepted", "warm"),
    Chapter.START_AND_STOP: ("contact_1", "contact_12", "enough"),
    Chapter.CRITERIA: ("context", "renewed_violence"),
    Chapter.PROFILE: ("watch", "network"),
    Chapter.LESSONS: ("felt_12", "back"),
}


@dataclass(frozen=True)
class Heard:
    """What a group answered. Everything but its name is None while fewer than ten answered."""

    who: str
    when: str
    answered: int | None
    # Of everybody who was asked, in whole percent.
    rate: int | None
    # The mean of each sentence, in words: "4,2".
    means: Sequence[tuple[str, float]] | None


@dataclass(frozen=True)
class Row:
    """One published figure, in each of the places; a share is None when withheld."""

    title: str
    label: str
    shares: Sequence[int | None]


@dataclass(frozen=True)
class Written:
    """A chapter: what somebody wrote, and the figures that come into it by themselves."""

    number: int
    title: str
    text: str
    rows: Sequence[Row]


def heard(pilot: Pilot, *, today: date) -> list[Heard]:
    """Return what each kind of respondent answered: as a whole, and per month when no month would give another away.

    Of quarters that are over, and only in tens: whoever looks before and after one more answer must not learn it.
    """
    over = Survey.objects.filter(pilot=pilot, quarter__lt=str(Quarter.of(today))).order_by("quarter", "pk")
    rows: dict[str, dict[str, list[_Answered]]] = {kind: defaultdict(list) for kind in Respondent.values}
    for kind, quarter, month, answers in over.values_list("respondent", "quarter", "month", "answers"):
        rows[kind][quarter].append((month, answers))
    told = []
    for kind in Respondent:
        lots = _lots(rows[kind].values())
        whole = [one for lot in lots for one in lot]
        told.append(_heard(kind, _("all together"), [answers for _month, answers in whole]))
        months = sorted({month for month, _answers in whole})
        # With one month withheld, the whole minus the others would tell it.
        if len(months) > 1 and all(_answered(lot, month) not in _TOO_FEW for lot in lots for month in months):
            told += [
                _heard(
                    kind, _("after %(month)s months") % {"month": month}, [said for at, said in whole if at == month]
                )
                for month in months
            ]
    return told


def _lots(quarters: Iterable[list[_Answered]]) -> list[list[_Answered]]:
    """Put quarters together until each lot holds enough answers; what is left over waits for a next quarter."""
    lots: list[list[_Answered]] = []
    waiting: list[_Answered] = []
    for quarter in quarters:
        waiting = waiting + quarter
        if sum(bool(answers) for _month, answers in waiting) >= FEWEST_ANSWERS:
            lots.append(waiting)
            waiting = []
    return lots


def _answered(lot: list[_Answered], month: int) -> int:
    return sum(at == month and bool(answers) for at, answers in lot)


def _heard(kind: Respondent, when: str, rows: Sequence[Sequence[int]]) -> Heard:
    answered = [one for one in rows if one]
    if len(answered) < FEWEST_ANSWERS:
        return Heard(str(kind.label), when, None, None, None)
    means = [
        (str(words), round(sum(column) / len(column), 1))
        for words, column in zip(ASKED[kind], zip(*answered, strict=True), strict=True)
    ]
    return Heard(str(kind.label), when, len(answered), round(100 * len(answered) / len(rows)), means)


def regions_without(pilot: Pilot) -> list[Region]:
    """Return the regions of the pilot of which no municipality takes part (K9)."""
    taking_part = PilotMunicipality.objects.filter(pilot=pilot).values("municipality__veilig_thuis_region_id")
    regions = Region.objects.filter(pk__in=PilotRegion.objects.filter(pilot=pilot).values("region_id"))
    return list(regions.exclude(pk__in=taking_part).order_by("name", "pk"))


@dataclass(frozen=True)
class Evaluation:
    """Everything that stands in the report, read once."""

    pilot: Pilot
    indicators: Sequence[PilotIndicator]
    participants: Sequence[PilotMunicipality]
    without: Sequence[Region]
    heard: Sequence[Heard]
    lessons: Sequence[Lesson]
    chapters: Sequence[Written]
    places: Sequence[str]
    year: int | None


def evaluate(pilot: Pilot, *, today: date) -> Evaluation:
    """Read the evaluation of a pilot; a fixed number of queries for its own rows, and one per place with figures."""
    known = catalogue(today)
    year = known.year_to_open
    areas = [NATION, *(f"VT-{one.region.name}" for one in _regions(pilot))]
    published = [Year(area, year) for area in areas] if year else []
    texts = dict(ChapterText.objects.filter(pilot=pilot).values_list("number", "text"))
    return Evaluation(
        pilot=pilot,
        indicators=list(PilotIndicator.objects.filter(pilot=pilot).order_by("number", "version")),
        participants=list(
            PilotMunicipality.objects.filter(pilot=pilot)
            .select_related("municipality")
            .order_by("municipality__name", "pk")
        ),
        without=regions_without(pilot),
        heard=heard(pilot, today=today),
        lessons=list(Lesson.objects.filter(pilot=pilot).select_related("region").order_by("-learned_on", "pk")),
        chapters=[
            Written(chapter, str(chapter.label), texts.get(chapter, ""), _rows(chapter, published))
            for chapter in Chapter
        ],
        places=[name_of(one.area, known.geography) for one in published],
        year=year,
    )


def _regions(pilot: Pilot) -> Sequence[PilotRegion]:
    return list(PilotRegion.objects.filter(pilot=pilot).select_related("region").order_by("region__name", "pk"))


def _rows(chapter: Chapter, published: Sequence[Year]) -> list[Row]:
    rows = []
    for slug in IN_CHAPTER[chapter] if published else ():
        figure = BY_SLUG[slug]
        category = figure.headline or next(iter(figure.categories))
        position = list(figure.categories).index(category)
        shares = [year.table(figure).lines[position].share for year in published]
        rows.append(Row(str(figure.title), str(figure.categories[category]), shares))
    return rows
