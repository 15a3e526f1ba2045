"""Disclosure control: which numbers may leave, and how (docs/disclosure.md is the specification of this file).

Order: what is below k is withheld; what remains is rounded; then the attack is turned on it, and where it comes too
close something beside it is withheld as well, until it fails. What was published before is never changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.errors import DomainError
from figures.attack import Attack, Inconsistent, Publication, Range
from figures.counting import Cell, Count
from figures.lattice import Lattice

K = 10
BASE = 5
# How far apart the ends of what an attacker can work out about a small cell must be (R20).
WIDTH = 5
MOST_ROUNDS = 60


class CannotProtect(DomainError):
    """Nothing more can be withheld and a small number can still be worked out: there will be no release."""


def rounded(count: int) -> int:
    """Return the count as it is shown. The same count is shown the same everywhere: rounding gives nothing away."""
    return BASE * ((count + BASE // 2) // BASE)


def is_small(count: Count) -> bool:
    """Say whether too few units, or too few families, stand behind a number. Nobody at all is too few as well."""
    return count.units < K or count.families < K


@dataclass(frozen=True)
class Protected:
    """What may be published, and how it came to be so."""

    numbers: Mapping[Cell, int | None]
    small: int
    beside: int
    rounds: int


def protect(
    counts: Mapping[Cell, Count], *, lattice: Lattice, frozen: Mapping[Cell, int | None] | None = None
) -> Protected:
    """Return the numbers of the cells in `counts` that were not published before: rounded, or None when withheld.

    `frozen` is what earlier releases of this year made public. What they withheld must stay protected as well: of
    those cells `counts` says which are small. Raises CannotProtect.
    """
    before = dict(frozen or {})
    fresh = [cell for cell in counts if cell not in before]
    small = {cell for cell, count in counts.items() if is_small(count)}
    hidden = _with_what_is_below({cell for cell in fresh if cell in small}, lattice)
    hidden |= {cell for cell, number in before.items() if number is None}
    seen: dict[Cell, Range] = {}
    for rounds in range(MOST_ROUNDS):
        numbers: dict[Cell, int | None] = {
            cell: before[cell] if cell in before else None if cell in hidden else rounded(counts[cell].units)
            for cell in lattice.cells
            if cell in counts or cell in before
        }
        narrow = _too_narrow(lattice, numbers, hidden & small, seen)
        if not narrow:
            mine = {cell: numbers[cell] for cell in fresh}
            primary = sum(1 for cell in fresh if cell in small)
            withheld = sum(1 for number in mine.values() if number is None)
            return Protected(mine, small=primary, beside=withheld - primary, rounds=rounds + 1)
        may_go = {cell for cell in fresh if cell not in hidden}
        hidden |= _with_what_is_below(_beside(narrow, lattice, counts, may_go), lattice)
    raise CannotProtect("too many rounds")


def _too_narrow(
    lattice: Lattice, numbers: Mapping[Cell, int | None], targets: Iterable[Cell], seen: dict[Cell, Range]
) -> list[Cell]:
    publication = Publication(numbers, base=BASE, least=K)
    # Withholding more only makes more possible: what was wide enough once stays so.
    wanted = sorted(cell for cell in targets if cell not in seen or seen[cell].width < WIDTH)
    try:
        ranges = Attack(lattice, publication, seen=seen).ranges(wanted, enough=WIDTH)
    except Inconsistent:
        # Something was recorded after an earlier quarter was frozen: the quarters are no longer parts of the year.
        ranges = Attack(lattice, publication, seen=seen, over_time=False).ranges(wanted, enough=WIDTH)
    seen.update(ranges)
    return [cell for cell, one in ranges.items() if one.width < WIDTH]


def _beside(narrow: Iterable[Cell], lattice: Lattice, counts: Mapping[Cell, Count], may_go: set[Cell]) -> set[Cell]:
    """Return what is withheld beside cells that can be worked out: for each the smallest number in a sum with it."""
    chosen: set[Cell] = set()
    for cell in narrow:
        near = lattice.neighbours(cell)
        if near & chosen:
            continue
        candidates = near & may_go
        if not candidates:
            candidates = {far for one in near for far in lattice.neighbours(one)} & may_go
        if candidates:
            chosen.add(min(candidates, key=lambda one: (counts[one].units, one)))
    if not chosen:
        if not may_go:
            raise CannotProtect("nothing is left to withhold")
        chosen.add(min(may_go, key=lambda one: (counts[one].units, one)))
    return chosen


def _with_what_is_below(cells: set[Cell], lattice: Lattice) -> set[Cell]:
    found = set(cells)
    for cell in cells:
        found |= lattice.below(cell)
    return found


def naive(counts: Mapping[Cell, Count]) -> dict[Cell, int | None]:
    """Return the numbers with nothing done but withholding what is below k: what must be seen to fail."""
    return {cell: None if is_small(count) else count.units for cell, count in counts.items()}
