"""Counting: passages in, exact numbers out. What may be shown of them is decided in `disclosure`, never here."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from figures.areas import NATION, Geography
from figures.definitions import FIGURES, POPULATIONS, TOTAL, Figure, Population
from figures.passages import Passage
from figures.periods import Quarter


class Cell(NamedTuple):
    """What one number is about. `figure` is a population's slug for its total."""

    period: str
    area: str
    figure: str
    category: str


@dataclass(frozen=True)
class Count:
    """An exact number: units (families or children), and the families they belong to. Never leaves this room."""

    units: int = 0
    families: int = 0


# Of each municipality (of a population and a year) the code under which it is published.
Groups = Mapping[tuple[str, str], Mapping[str, str]]


def count(
    passages: Iterable[Passage],
    *,
    population: Population,
    figures: Sequence[Figure] = FIGURES,
    geography: Geography,
    groups: Mapping[str, str],
    quarters: Iterable[Quarter],
    years: Iterable[int] = (),
) -> dict[Cell, Count]:
    """Count one population in these quarters for the country, and in these years for the regions and groups as well.

    Every declared category is there, also with nothing in it, wherever
    the population itself has anybody.
    """
    wanted = {str(quarter) for quarter in quarters}
    wanted_years = set(years)
    units: Counter[Cell] = Counter()
    families: Counter[Cell] = Counter()
    own = [figure for figure in figures if figure.population.slug == population.slug]
    for passage in passages:
        day = population.day(passage)
        if day is None or not population.units(passage):
            continue
        periods = [str(Quarter.of(day))] if str(Quarter.of(day)) in wanted else []
        periods += [str(day.year)] if day.year in wanted_years else []
        for place in _places(passage, population, periods, geography, groups):
            _add(passage, population, own, place, units, families)
    places = {(cell.period, cell.area) for cell in units}
    return {cell: Count(units[cell], families[cell]) for cell in _all_cells(places, population, own)}


def _places(
    passage: Passage, population: Population, periods: Sequence[str], geography: Geography, groups: Mapping[str, str]
) -> Iterable[tuple[str, str]]:
    for period in periods:
        # A quarter is only for the country: in a region there would be next to nothing to show.
        areas = geography.areas_of(population.area(passage), groups) if len(period) == 4 else [NATION]
        for area in areas:
            yield period, area


def _add(
    passage: Passage,
    population: Population,
    figures: Sequence[Figure],
    place: tuple[str, str],
    units: Counter[Cell],
    families: Counter[Cell],
) -> None:
    total = Cell(*place, population.slug, TOTAL)
    units[total] += population.units(passage)
    families[total] += 1
    for figure in figures:
        if not _is_within(passage, figure, figures):
            continue
        found = figure.categories_of(passage)
        for category in found:
            units[Cell(*place, figure.slug, category)] += 1
        for category in set(found):
            families[Cell(*place, figure.slug, category)] += 1


def _is_within(passage: Passage, figure: Figure, figures: Sequence[Figure]) -> bool:
    if figure.within is None:
        return True
    outer = next(one for one in figures if one.slug == figure.within[0])
    return figure.within[1] in outer.categories_of(passage)


def _all_cells(places: Iterable[tuple[str, str]], population: Population, figures: Sequence[Figure]) -> Iterable[Cell]:
    for place in places:
        yield Cell(*place, population.slug, TOTAL)
        for figure in figures:
            if figure.wide_only and is_group(place[1]):
                continue
            for category in figure.categories:
                yield Cell(*place, figure.slug, category)


def is_group(area: str) -> bool:
    """Say whether this is a municipality, or several put together: neither a region nor the country."""
    return area.startswith(("GM", "rest:"))


def shares(counts: Mapping[str, int]) -> dict[str, int]:
    """Return each part as a whole percentage of the sum; nothing at all when there is nobody."""
    whole = sum(counts.values())
    return {key: round(100 * part / whole) for key, part in counts.items()} if whole else {}


def totals(passages: Sequence[Passage], figure: Figure) -> dict[str, int]:
    """Count one figure over all these passages, whatever their period and place: what a hand count checks."""
    counted = Counter({category: 0 for category in figure.categories})
    inside = [one for one in passages if figure.population.day(one) is not None and figure.population.units(one)]
    own = [one for one in FIGURES if one.population.slug == figure.population.slug]
    for passage in inside:
        if _is_within(passage, figure, own):
            counted.update(figure.categories_of(passage))
    return dict(counted)


POPULATION_OF = {population.slug: population for population in POPULATIONS}
