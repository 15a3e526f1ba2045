"""How the numbers of a year hang together: which cells add up to which. What protects them and what attacks them
both start from here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from figures.areas import NATION
from figures.counting import Cell, is_group
from figures.definitions import BY_SLUG, SAME, TOTAL

QUARTERS = 4
# The parts together are the whole.
Equation = tuple[Cell, tuple[Cell, ...]]


@dataclass(frozen=True)
class Lattice:
    """All cells of one year of a tree of populations, and every sum that anybody could write down about them."""

    cells: tuple[Cell, ...]
    equations: tuple[Equation, ...]
    # Those over quarters, and over the same families a year later, hold as long as nothing was recorded afterwards.
    over_time: frozenset[int] = field(default=frozenset())
    parts_of: Mapping[Cell, tuple[int, ...]] = field(default_factory=dict)

    def neighbours(self, cell: Cell) -> set[Cell]:
        """Return the cells that stand in one sum with this one."""
        found: set[Cell] = set()
        for number in self.parts_of.get(cell, ()):
            whole, parts = self.equations[number]
            found |= {whole, *parts}
        return found - {cell}

    def below(self, cell: Cell) -> set[Cell]:
        """Return the categories into which this cell, in its own place and period, is divided further."""
        found: set[Cell] = set()
        for number in self.parts_of.get(cell, ()):
            whole, parts = self.equations[number]
            if whole == cell and all(part[:2] == cell[:2] and part.figure != cell.figure for part in parts):
                for part in parts:
                    found |= {part} | self.below(part)
        return found


def lattice(cells: Iterable[Cell], *, region_of_group: Mapping[str, str]) -> Lattice:
    """Return the sums among `cells`, for one year. A cell that is missing counts as nobody."""
    present = sorted(set(cells))
    by_category = _categories(present)
    by_place = _places(present, region_of_group)
    by_time = _time(present)
    same = _same(present)
    equations = [*by_category, *by_place, *same, *by_time]
    start = len(equations) - len(by_time) - len(same)
    parts_of: dict[Cell, list[int]] = defaultdict(list)
    for number, (whole, parts) in enumerate(equations):
        for cell in (whole, *parts):
            parts_of[cell].append(number)
    return Lattice(
        cells=tuple(present),
        equations=tuple(equations),
        over_time=frozenset(range(start, len(equations))),
        parts_of={cell: tuple(numbers) for cell, numbers in parts_of.items()},
    )


def _categories(cells: Iterable[Cell]) -> list[Equation]:
    tables: dict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    known = set(cells)
    for cell in cells:
        if cell.category != TOTAL:
            tables[cell[:3]].append(cell)
    found = []
    for (period, area, slug), parts in sorted(tables.items()):
        figure = BY_SLUG[slug]
        outer = figure.within or (figure.population.slug, TOTAL)
        whole = Cell(period, area, *outer)
        if whole in known:
            found.append((whole, tuple(parts)))
    return found


def _places(cells: Iterable[Cell], region_of_group: Mapping[str, str]) -> list[Equation]:
    parts: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in cells:
        if is_group(cell.area):
            parts[cell._replace(area=region_of_group[cell.area])].append(cell)
        elif cell.area != NATION:
            parts[cell._replace(area=NATION)].append(cell)
    known = set(cells)
    return [(whole, tuple(sorted(some))) for whole, some in sorted(parts.items()) if whole in known]


def _time(cells: Iterable[Cell]) -> list[Equation]:
    parts: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in cells:
        if "Q" in cell.period and not is_group(cell.area):
            parts[cell._replace(period=cell.period[:4])].append(cell)
    known = set(cells)
    return [
        (whole, tuple(sorted(some)))
        for whole, some in sorted(parts.items())
        if whole in known and len(some) == QUARTERS
    ]


def _same(cells: Iterable[Cell]) -> list[Equation]:
    known = set(cells)
    found: list[Equation] = []
    for later, earlier in SAME:
        for cell in cells:
            if cell.figure == later and (twin := cell._replace(figure=earlier)) in known:
                found.append((cell, (twin,)))
    return found
