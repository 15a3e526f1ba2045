"""Two years of an invented country, released quarter by quarter, and everything that was published attacked at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dateutil.relativedelta import relativedelta

from figures.areas import Geography
from figures.attack import Attack, Publication, Range
from figures.counting import Cell, Count
from figures.disclosure import BASE, WIDTH, K, is_small, naive
from figures.history import invent, places
from figures.lattice import lattice
from figures.periods import Quarter
from figures.releasing import TREES, plan_release, population_of

UNTIL = date(2025, 12, 31)


@dataclass
class Attacked:
    """What an attack on everything published came to."""

    published: int = 0
    withheld: int = 0
    small: int = 0
    determined: int = 0
    # The narrowest range of any small cell, and how many are narrower than they may be.
    narrowest: int = 10**6
    too_narrow: int = 0

    def add(self, found: Mapping[Cell, Range]) -> None:
        self.small += len(found)
        self.determined += sum(1 for one in found.values() if one.is_determined)
        self.too_narrow += sum(1 for one in found.values() if one.width < WIDTH)
        self.narrowest = min([self.narrowest, *(one.width for one in found.values())])


@dataclass
class Published:
    """All releases of the simulated time together, with the exact numbers behind them."""

    numbers: dict[Cell, int | None] = field(default_factory=dict)
    counts: dict[Cell, Count] = field(default_factory=dict)
    groups: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    geography: Geography = field(default_factory=lambda: Geography({}, {}))


def release_all(*, months: int, families: int, seed: int = 20, until: date = UNTIL) -> Published:
    """Release each quarter that ends in these months; in each only what was known by then."""
    everything = Published(geography=places())
    passages = invent(until=until, families=families, years=months // 12 + 2, seed=seed)
    quarter = Quarter.of(until - relativedelta(months=months - 1))
    while quarter <= Quarter.of(until):
        plan = plan_release(
            quarter, passages, geography=everything.geography, frozen=everything.numbers, grouped=everything.groups
        )
        everything.numbers |= plan.numbers
        everything.counts |= plan.counts
        everything.groups |= plan.groups
        quarter = quarter.plus(1)
    return everything


def attack_all(published: Published, *, careless: bool = False) -> Attacked:
    """Attack everything published; with `careless` what would have been, had only the small numbers been left out."""
    numbers = naive(published.counts) if careless else published.numbers
    publication = Publication(numbers, base=1 if careless else BASE, least=K)
    regions = {
        code: published.geography.region(municipality)
        for found in published.groups.values()
        for municipality, code in found.items()
    }
    result = Attacked(
        published=sum(1 for number in numbers.values() if number is not None),
        withheld=sum(1 for number in numbers.values() if number is None),
    )
    for tree in TREES:
        for year in sorted({cell.period[:4] for cell in numbers}):
            cells = [cell for cell in numbers if cell.period[:4] == year and population_of(cell) in tree]
            small: Sequence[Cell] = [cell for cell in cells if is_small(published.counts[cell])]
            if small:
                system = lattice(cells, region_of_group=regions)
                result.add(Attack(system, publication).ranges(small, enough=WIDTH, to_the_end=True))
    return result
