"""Disclosure control: which numbers may leave, and how (docs/disclosure.md is the specification of this file).

Order: what is below k is withheld; what remains is rounded; then the attack is turned on it, and where it comes too
close something beside it is withheld as well, until it fails. What was published before is never changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from figures.attack import Attack, Inconsistent, Publication, Range
from figures.counting import Cell, Count
from figures.lattice import Lattice

K = 10
BASE = 5
# How far apart the ends of what an attacker can work out about a small cell must be (R20).
WIDTH = 5
MOST_ROUNDS = 24
# Up to so many cells are asked one by one before something beside them is withheld.
ASK_ONE_BY_ONE = 60


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


def protect(
    counts: Mapping[Cell, Count], *, lattice: Lattice, frozen: Mapping[Cell, int | None] | None = None
) -> Protected:
    """Return the numbers of the cells in `counts` that were not published before: rounded, or None when withheld.

    `frozen` is what earlier releases of this year made public. What they withheld must stay protected as well: of
    those cells `counts` says which are small. When nothing else helps everything new is withheld, which adds nothing
    to what is public.
    """
    before = dict(frozen or {})
    fresh = [cell for cell in counts if cell not in before]
    small = {cell for cell, count in counts.items() if is_small(count)}
    hidden = _with_what_is_below({cell for cell in fresh if cell in small}, lattice)
    hidden |= {cell for cell, number in before.items() if number is None}
    seen: dict[Cell, Range] = {}
    for rounds in range(MOST_ROUNDS):
        may_go = {cell for cell in fresh if cell not in hidden}
        numbers = before | {cell: rounded(counts[cell].units) if cell in may_go else None for cell in fresh}
        narrow = _too_narrow(lattice, numbers, hidden & small, seen) if may_go else []
        if not narrow:
            break
        hidden |= _with_what_is_below(_beside(narrow, lattice, counts, may_go, rounds), lattice)
    else:
        hidden |= set(fresh)
    shown = {cell: None if cell in hidden else rounded(counts[cell].units) for cell in fresh}
    few = sum(1 for cell in fresh if cell in small)
    return Protected(shown, small=few, beside=sum(1 for one in shown.values() if one is None) - few)


def _too_narrow(
    lattice: Lattice, numbers: Mapping[Cell, int | None], targets: Iterable[Cell], seen: dict[Cell, Range]
) -> list[Cell]:
    publication = Publication(numbers, base=BASE, least=K)
    # Withholding more only makes more possible: what was wide enough once stays so.
    wanted = sorted(cell for cell in targets if cell not in seen or seen[cell].width < WIDTH)
    try:
        ranges = Attack(lattice, publication, seen=seen).ranges(wanted, enough=WIDTH, one_by_one=ASK_ONE_BY_ONE)
    except Inconsistent:
        # Something was recorded after an earlier quarter was frozen: the quarters are no longer parts of the year.
        try:
            ranges = Attack(lattice, publication, seen=seen, over_time=False).ranges(wanted, enough=WIDTH)
        except Inconsistent:
            # What cannot be judged is not published.
            return wanted
    seen.update(ranges)
    return [cell for cell, one in ranges.items() if one.width < WIDTH]


def _beside(
    narrow: Iterable[Cell], lattice: Lattice, counts: Mapping[Cell, Count], may_go: set[Cell], rounds: int
) -> set[Cell]:
    """Return what is withheld beside cells that can be worked out: for each the smallest number in a sum with it.

    Where no such number is left, the smallest ones further away, more of them in every round.
    """
    chosen: set[Cell] = set()
    far_away = False
    for cell in narrow:
        near = lattice.neighbours(cell)
        if near & chosen:
            continue
        if candidates := near & may_go:
            chosen.add(min(candidates, key=lambda one: (counts[one].units, one)))
        else:
            far_away = True
    if far_away:
        chosen |= set(sorted(may_go - chosen, key=lambda one: (counts[one].units, one))[: 2**rounds])
    return chosen


def _with_what_is_below(cells: set[Cell], lattice: Lattice) -> set[Cell]:
    found = set(cells)
    for cell in cells:
        found |= lattice.below(cell)
    return found


def naive(counts: Mapping[Cell, Count]) -> dict[Cell, int | None]:
    """Return the numbers with nothing done but withholding what is below k: what must be seen to fail."""
    return {cell: None if is_small(count) else count.units for cell, count in counts.items()}
