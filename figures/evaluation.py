"""What the evaluation of a pilot says: surveys, who takes part, and six chapters with their figures (K6, K8, K9, K10).

Figures come from what was published, and means of a survey only where ten people or more answered.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from figures.areas import NATION, Geography
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
from figures.published import Year, name_of, year_to_open, years
from organisations.models import Region

# Fewer answers than this are not shown: neither their mean nor how many there are.
FEWEST_ANSWERS = 10
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


def heard(pilot: Pilot) -> list[Heard]:
    """Return what each kind of respondent answered: as a whole, and per month when no month would give another away."""
    found: dict[str, dict[int, list[list[int]]]] = {kind: defaultdict(list) for kind in Respondent.values}
    for kind, month, answers in Survey.objects.filter(pilot=pilot).values_list("respondent", "month", "answers"):
        found[kind][month].append(answers)
    told = []
    for kind in Respondent:
        months = found[kind]
        told.append(_heard(kind, _("all together"), [one for rows in months.values() for one in rows]))
        # With one month withheld, the whole minus the others would tell it.
        if len(months) > 1 and all(sum(map(bool, rows)) >= FEWEST_ANSWERS for rows in months.values()):
            told += [
                _heard(kind, _("after %(month)s months") % {"month": month}, months[month]) for month in sorted(months)
            ]
    return told


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


def evaluate(pilot: Pilot) -> Evaluation:
    """Read the evaluation of a pilot; a fixed number of queries for its own rows, and one per place with figures."""
    year, geography = year_to_open(years()), Geography.read()
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
        heard=heard(pilot),
        lessons=list(Lesson.objects.filter(pilot=pilot).select_related("region").order_by("-learned_on", "pk")),
        chapters=[
            Written(chapter, str(chapter.label), texts.get(chapter, ""), _rows(chapter, published))
            for chapter in Chapter
        ],
        places=[name_of(one.area, geography) for one in published],
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
