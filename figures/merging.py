"""Municipalities with too few families are put together with others of their region, once per population and year."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from figures.areas import Geography
from figures.definitions import Population
from figures.disclosure import K
from figures.passages import Passage


def groups(passages: Iterable[Passage], *, population: Population, year: int, geography: Geography) -> dict[str, str]:
    """Return of each municipality with somebody in it under which code it is published.

    One with at least k families stands alone; the others of its region are one group, which is withheld when it has
    too few as well. A region in which nobody can stand alone has no groups: there the region is the smallest place.
    """
    families: Counter[str] = Counter()
    for passage in passages:
        day = population.day(passage)
        if day is not None and day.year == year and population.units(passage):
            families[population.area(passage)] += 1
    by_region: dict[str, dict[str, int]] = defaultdict(dict)
    for municipality, count in families.items():
        by_region[geography.region(municipality)][municipality] = count
    found: dict[str, str] = {}
    for region, counts in by_region.items():
        found |= _within(region, counts)
    return found


def _within(region: str, counts: Mapping[str, int]) -> dict[str, str]:
    alone = {code for code, count in counts.items() if count >= K}
    if not alone:
        return {}
    return {code: code if code in alone else f"rest:{region}" for code in counts}
