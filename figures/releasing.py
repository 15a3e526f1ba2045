"""What belongs in the release of a quarter, and what it may not undo of the releases before it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from figures.areas import Geography
from figures.counting import Cell, Count, count
from figures.definitions import BY_SLUG, POPULATIONS, Population
from figures.disclosure import protect
from figures.lattice import lattice
from figures.merging import groups
from figures.passages import Passage
from figures.periods import Quarter

GroupsOfYear = dict[tuple[str, int], dict[str, str]]
# Populations whose numbers hang together, and are protected together.
TREES = (("arrived",), ("children",), ("left", "year_after"))
_BY_SLUG = {population.slug: population for population in POPULATIONS}


@dataclass
class Plan:
    """A release before it is frozen."""

    numbers: dict[Cell, int | None] = field(default_factory=dict)
    groups: GroupsOfYear = field(default_factory=dict)
    small: int = 0
    beside: int = 0
    # The exact numbers behind it. For whoever checks the engine; never stored.
    counts: dict[Cell, Count] = field(default_factory=dict)


def plan_release(
    quarter: Quarter,
    passages: Sequence[Passage],
    *,
    geography: Geography,
    frozen: Mapping[Cell, int | None],
    grouped: Mapping[tuple[str, int], Mapping[str, str]],
) -> Plan:
    """Return what is published when `quarter` is over, given all that was published before it (`frozen`, `grouped`).

    A population is published for the quarter in which it happened, or so much later as its figures need to be known;
    for the whole year with the fourth quarter. Every number is published once: nothing is ever published anew.
    """
    plan = Plan()
    for tree in TREES:
        fresh: dict[int, list[tuple[Population, Quarter]]] = defaultdict(list)
        for slug in tree:
            of = quarter.plus(-_BY_SLUG[slug].after)
            fresh[of.year].append((_BY_SLUG[slug], of))
        for year, some in sorted(fresh.items()):
            _publish(plan, tree, year, some, passages, geography, frozen, grouped)
    return plan


def _publish(
    plan: Plan,
    tree: Iterable[str],
    year: int,
    fresh: Iterable[tuple[Population, Quarter]],
    passages: Sequence[Passage],
    geography: Geography,
    frozen: Mapping[Cell, int | None],
    grouped: Mapping[tuple[str, int], Mapping[str, str]],
) -> None:
    before = {cell: number for cell, number in frozen.items() if cell.period.startswith(str(year))}
    counts: dict[Cell, Count] = {}
    for population, quarter in fresh:
        place = _grouping(population, year, passages, geography, grouped)
        if quarter.is_last_of_year:
            plan.groups[population.slug, year] = place
        counts |= count(
            passages,
            population=population,
            geography=geography,
            groups=place,
            quarters=[quarter],
            years=[year] if quarter.is_last_of_year else [],
        )
    own = {cell: number for cell, number in before.items() if population_of(cell) in tree}
    if not counts.keys() - own.keys():
        return
    fresh_counts = {cell: one for cell, one in counts.items() if cell not in own}
    again = _recount(tree, year, own, passages, geography, {**grouped, **plan.groups})
    regions = _regions(plan.groups, grouped, geography)
    whole = lattice([*fresh_counts, *own], region_of_group=regions)
    done = protect(again | fresh_counts, lattice=whole, frozen=own)
    plan.numbers |= done.numbers
    plan.counts |= fresh_counts
    plan.small += done.small
    plan.beside += done.beside


def _recount(
    tree: Iterable[str],
    year: int,
    own: Mapping[Cell, int | None],
    passages: Sequence[Passage],
    geography: Geography,
    grouped: Mapping[tuple[str, int], Mapping[str, str]],
) -> dict[Cell, Count]:
    """Return the counts, as they are known now, of the cells that were published before: which of them are small."""
    found: dict[Cell, Count] = {}
    for slug in tree:
        population = _BY_SLUG[slug]
        found |= count(
            passages,
            population=population,
            geography=geography,
            groups=_grouping(population, year, passages, geography, grouped),
            quarters=[Quarter(year, number) for number in (1, 2, 3, 4)],
            years=[year],
        )
    return {cell: found.get(cell, Count()) for cell in own}


def population_of(cell: Cell) -> str:
    """Return the slug of the population a cell is about."""
    return BY_SLUG[cell.figure].population.slug if cell.figure in BY_SLUG else cell.figure


def _grouping(
    population: Population,
    year: int,
    passages: Sequence[Passage],
    geography: Geography,
    grouped: Mapping[tuple[str, int], Mapping[str, str]],
) -> dict[str, str]:
    """Return how municipalities are put together. The same families are put together in the same way, a year later."""
    for slug in ("left", population.slug) if population.slug == "year_after" else (population.slug,):
        if (slug, year) in grouped:
            return _with_latecomers(dict(grouped[slug, year]), population, passages, geography)
    return groups(passages, population=population, year=year, geography=geography)


def _with_latecomers(
    place: dict[str, str], population: Population, passages: Sequence[Passage], geography: Geography
) -> dict[str, str]:
    """Put municipalities that came in after the grouping was frozen with the others of their region."""
    divided = {geography.region(municipality) for municipality in place}
    for passage in passages:
        municipality = population.area(passage)
        if geography.region(municipality) in divided:
            place.setdefault(municipality, f"rest:{geography.region(municipality)}")
    return place


def _regions(
    one: Mapping[tuple[str, int], Mapping[str, str]],
    other: Mapping[tuple[str, int], Mapping[str, str]],
    geography: Geography,
) -> dict[str, str]:
    return {
        code: geography.region(municipality)
        for found in (*other.values(), *one.values())
        for municipality, code in found.items()
    }
