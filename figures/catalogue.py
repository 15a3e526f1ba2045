"""What there is to open: of which years, quarters and places something was published."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from figures.areas import NATION, Geography
from figures.definitions import TOTAL
from figures.models import Release, ReleasedCell
from figures.periods import Quarter

GRACE = timedelta(days=14)
_QUARTERS = 8


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Years and quarters have the latest first; quarters are of the country only and go two years back.

    It is the same one for as long as nothing is published and the day lasts: what is made from it can be kept by it.

    `year_to_open` is the latest year of which the year after is known as well, or else the latest.
    """

    geography: Geography
    released: frozenset[str]
    years: Sequence[int]
    quarters: Sequence[Quarter]
    year_to_open: int | None
    _places: Mapping[int, frozenset[str]]
    _groups: Sequence[Mapping[str, Mapping[str, str]]]

    def places_of(self, year: int) -> frozenset[str]:
        """Return the codes of the places with figures of their own."""
        return self._places.get(year, frozenset())

    def own_place(self, municipality: str, year: int) -> str:
        """Return the smallest place with figures that this municipality is in: itself, its group or its region."""
        found = (group.get(f"left:{year}", {}).get(municipality) for group in self._groups)
        return next(filter(None, found), None) or self.geography.region(municipality)

    def is_overdue(self, today: date) -> bool:
        """Say whether the last quarter was over for two weeks and is still not published."""
        return str(Quarter.of(today - GRACE).plus(-1)) not in self.released


def catalogue(today: date) -> Catalogue:
    """Return what there is today. One query: the rest is read once for each release, which nothing changes.

    The names of places are those of the day on which they were first asked for.
    """
    return _read(tuple(Release.objects.order_by("-quarter").values_list("pk", "quarter")), today)


@lru_cache(maxsize=2)
def _read(releases: tuple[tuple[UUID, str], ...], _today: date) -> Catalogue:
    cells = ReleasedCell.objects.filter(category=TOTAL)
    country = cells.of(NATION).order_by()
    periods = sorted(set(country.values_list("period", flat=True)), reverse=True)
    years = [int(period) for period in periods if "Q" not in period]
    after = country.of_years().filter(figure="year_after")
    complete = [int(period) for period in after.values_list("period", flat=True)]
    places: dict[int, set[str]] = defaultdict(set)
    shown = cells.of_years().exclude(number=None).order_by().values_list("period", "area").distinct()
    for period, area in shown:
        places[int(period)].add(area)
    return Catalogue(
        geography=Geography.read(),
        released=frozenset(quarter for _pk, quarter in releases),
        years=years,
        quarters=[Quarter.read(period) for period in periods if "Q" in period][:_QUARTERS],
        year_to_open=max(complete, default=years[0] if years else None),
        _places={year: frozenset(codes) for year, codes in places.items()},
        _groups=list(Release.objects.order_by("-quarter").values_list("groups", flat=True)),
    )
