"""What a figure is: a way to put every family, or every child, of a population into exactly one category."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from figures.passages import Passage

Words = str | Promise


class Theme(StrEnum):
    """The four themes of the inspectorates, and the flows through the shelter (K17, C31)."""

    CONTINUITY = "continuity"
    SAFETY = "safety"
    COLLABORATION = "collaboration"
    EXPERTISE = "expertise"
    INFLOW = "inflow"
    STAY = "stay"
    OUTFLOW = "outflow"


class Counts(StrEnum):
    FAMILIES = "families"
    CHILDREN = "children"


@dataclass(frozen=True)
class Population:
    """Who is counted: everybody in one tree of figures, by the quarter in which it happened.

    `after` is the number of quarters that must pass before what is counted about it is known.
    """

    slug: str
    label: Words
    counts: Counts
    # The day that puts a passage in a quarter, or None when it does not belong to the population.
    day: Callable[[Passage], Any]
    # The municipality it is counted for.
    area: Callable[[Passage], str]
    units: Callable[[Passage], int] = lambda _passage: 1
    after: int = 0


@dataclass(frozen=True)
class Figure:
    """One table: its categories, what they mean, and how one passage is sorted into them.

    `within` narrows it to those in one category of another figure of the same population: (figure, category).
    `sort` returns the category of a family; for children one category per child. Every unit lands in exactly one
    category: a figure that leaves somebody out would not add up, and what does not add up can be taken apart.
    """

    slug: str
    theme: Theme
    title: Words
    definition: Words
    source: Words
    population: Population
    categories: Mapping[str, Words]
    sort: Callable[[Passage], str | Iterable[str]]
    within: tuple[str, str] | None = None
    rows: tuple[str, ...] = ()
    # The category of which the page shows the share first, and a number from research to hold it against.
    headline: str = ""
    reference: int | None = None
    reference_words: Words = ""
    # Of one that counts from somewhere to somewhere: the rows and the columns, "row_column" being the categories.
    matrix: tuple[Mapping[str, Words], Mapping[str, Words]] | None = None
    # A figure only for the whole country and the regions.
    wide_only: bool = field(default=False)

    def categories_of(self, passage: Passage) -> list[str]:
        """Return the category of each unit of this passage. Raises KeyError for a category that is not declared."""
        found = self.sort(passage)
        units = [found] if isinstance(found, str) else list(found)
        for one in units:
            if one not in self.categories:
                raise KeyError(f"{self.slug} has no category {one!r}")
        return units


def banded(value: int | None, bands: Iterable[tuple[str, int]], *, beyond: str, unknown: str = "unknown") -> str:
    """Return the first band whose upper bound (inclusive) is not passed; `beyond` after the last one."""
    if value is None:
        return unknown
    return next((name for name, most in bands if value <= most), beyond)
