"""The attack: what somebody can work out who has every number ever published and a solver of integer programs.

Used twice. A release is made only when this fails on it (`disclosure`), and `attack_figures` turns it against all
releases of a simulated time at once (R20). It gets nothing but what is published, and the sums that anybody can know.

A count that is possible is proved by a *world*: counts for every cell that fit everything published. Worlds are sought
for the whole system first, many cells at a time. What stays narrow is sought for its own table, inside such a world.
That nothing else is possible is proved on its own table alone: with fewer sums than there are, more seems possible.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

import highspy
import numpy as np

from figures.counting import Cell
from figures.definitions import BY_SLUG, TOTAL
from figures.lattice import Equation, Lattice

# No cell of a figure about shelters is larger; an attacker who knows no bound is not stopped by this one.
LARGEST = 20_000
ROUNDS = 8
WORLDS_TO_LOOK_IN = 4

World = dict[Cell, int]


@dataclass(frozen=True)
class Publication:
    """What is public: a number per cell, None where it is withheld, and how numbers were rounded (1: not at all)."""

    numbers: Mapping[Cell, int | None]
    base: int
    least: int

    def range_of(self, cell: Cell) -> tuple[int, int]:
        """Return the smallest and the largest count behind this cell that fits what is published about it."""
        number = self.numbers.get(cell)
        if number is None:
            return 0, LARGEST
        below, above = (self.base - 1) // 2, self.base // 2
        return max(number - below, self.least), number + above


class Inconsistent(Exception):
    """No counts at all fit what was published: something was recorded afterwards."""


@dataclass
class Range:
    """Between which counts a withheld cell lies: for certain possible (low, high), and not to be ruled out (outer)."""

    low: int
    high: int
    outer_low: int = 0
    outer_high: int = LARGEST

    @property
    def width(self) -> int:
        return self.high - self.low

    @property
    def is_determined(self) -> bool:
        return self.outer_low == self.outer_high

    def take(self, count: int) -> None:
        self.low, self.high = min(self.low, count), max(self.high, count)


class System:
    """Sums between cells, in the solver once, asked many times."""

    def __init__(self, cells: Sequence[Cell], equations: Sequence[Equation], publication: Publication) -> None:
        self.cells = cells
        self._index = {cell: number for number, cell in enumerate(cells)}
        self._all = np.arange(len(cells), dtype=np.int32)
        lows, highs = zip(*(publication.range_of(cell) for cell in cells), strict=True)
        self._lows, self._highs = np.array(lows, dtype=float), np.array(highs, dtype=float)
        self._solver = highspy.Highs()
        for option, value in (("output_flag", False), ("random_seed", 1), ("threads", 1)):
            self._solver.setOptionValue(option, value)
        self._solver.passModel(self._program(equations))

    def _program(self, equations: Sequence[Equation]) -> highspy.HighsLp:
        starts, indices, values = [0], [], []
        for whole, parts in equations:
            indices += [self._index[whole], *(self._index[part] for part in parts)]
            values += [-1.0, *([1.0] * len(parts))]
            starts.append(len(indices))
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = len(self.cells), len(equations)
        program.col_cost_ = np.zeros(len(self.cells))
        program.col_lower_, program.col_upper_ = self._lows, self._highs
        program.row_lower_ = program.row_upper_ = np.zeros(len(equations))
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        program.a_matrix_.index_ = np.array(indices, dtype=np.int32)
        program.a_matrix_.value_ = np.array(values)
        return program

    def fix(self, world: World) -> None:
        """Look only in worlds in which these cells have these counts, until the next call."""
        lows, highs = self._lows.copy(), self._highs.copy()
        for cell, one in world.items():
            lows[self._index[cell]] = highs[self._index[cell]] = one
        self._solver.changeColsBounds(len(self.cells), self._all, lows, highs)

    def world(self, directions: Mapping[Cell, int]) -> World:
        """Return the world that goes furthest in this direction (1 up, -1 down). Raises Inconsistent without any.

        Sums like these nearly always have whole numbers at their corners; only where not are they asked for.
        """
        cost = np.zeros(len(self.cells))
        for cell, sign in directions.items():
            cost[self._index[cell]] = -sign
        self._solver.changeColsCost(len(cost), self._all, cost)
        counts = self._solve()
        if not np.allclose(counts, np.rint(counts), atol=1e-6):
            self._insist(highspy.HighsVarType.kInteger)
            counts = self._solve()
            self._insist(highspy.HighsVarType.kContinuous)
        return dict(zip(self.cells, (int(count) for count in np.rint(counts)), strict=True))

    def _insist(self, kind: highspy.HighsVarType) -> None:
        for column in range(len(self.cells)):
            self._solver.changeColIntegrality(column, kind)

    def _solve(self) -> np.ndarray:
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise Inconsistent
        return np.array(self._solver.getSolution().col_value)


class Attack:
    """Everything public about one year of a tree of populations, and what can be worked out from it.

    `seen` are ranges from an earlier attack on the same cells with less withheld: they hold on.
    """

    def __init__(
        self,
        lattice: Lattice,
        publication: Publication,
        *,
        seen: Mapping[Cell, Range] | None = None,
        over_time: bool = True,
    ) -> None:
        self._publication = publication
        self._equations = [
            one for number, one in enumerate(lattice.equations) if over_time or number not in lattice.over_time
        ]
        self._whole = System(lattice.cells, self._equations, publication)
        self._random = Random(1)  # noqa: S311 - a direction to search in, no secret
        self._worlds: list[World] = []
        self.found: dict[Cell, Range] = dict(seen or {})

    def ranges(
        self, targets: Iterable[Cell], *, enough: int, to_the_end: bool = False, one_by_one: int = 0
    ) -> dict[Cell, Range]:
        """Return a range for each target, searched until it is `enough` wide or too many worlds left it narrow.

        `one_by_one`: when no more than so many stay narrow, each is asked by itself. `to_the_end` does that with all of
        them, and asks for what cannot be ruled out as well (the outer range). Raises Inconsistent when no counts fit.
        """
        wanted = list(targets)
        self._keep(self._whole.world({}), wanted)
        self._search_the_whole(wanted, enough)
        by_table: dict[str, list[Cell]] = defaultdict(list)
        for cell in wanted:
            if self.found[cell].width < enough:
                by_table[_table(cell)].append(cell)
        for table, cells in sorted(by_table.items()):
            self._ask_one_table(table, cells, enough, to_the_end=to_the_end)
        narrow = [cell for cell in wanted if self.found[cell].width < enough]
        if not to_the_end and len(narrow) <= one_by_one:
            for cell in narrow:
                self._ask_the_whole(cell, wanted)
        return {cell: self.found[cell] for cell in wanted}

    def _search_the_whole(self, wanted: Sequence[Cell], enough: int) -> None:
        for turn in range(ROUNDS):
            narrow = [cell for cell in wanted if self.found[cell].width < enough]
            for sign in (1, -1) if narrow else ():
                directions = {cell: self._random.choice((1, -1)) if turn else sign for cell in narrow}
                self._keep(self._whole.world(directions), wanted)

    def _ask_the_whole(self, cell: Cell, wanted: Iterable[Cell]) -> None:
        for sign in (1, -1):
            self._keep(self._whole.world({cell: sign}), wanted)

    def _keep(self, world: World, wanted: Iterable[Cell]) -> None:
        self._worlds.append(world)
        for cell in wanted:
            self.found.setdefault(cell, Range(world[cell], world[cell])).take(world[cell])

    def _ask_one_table(self, table: str, cells: Sequence[Cell], enough: int, *, to_the_end: bool) -> None:
        """Seek further in one table, inside some worlds of the whole; and to the end with all other tables left out."""
        own = [cell for cell in self._whole.cells if _table(cell) == table or cell.category == TOTAL]
        known = set(own)
        equations = [one for one in self._equations if one[0] in known and known.issuperset(one[1])]
        system = System(own, equations, self._publication)
        for world in [] if table == TOTAL else self._worlds[-WORLDS_TO_LOOK_IN:]:
            system.fix({cell: world[cell] for cell in own if cell.category == TOTAL})
            self._search(system, cells, enough)
        system.fix({})
        for cell in cells if to_the_end else ():
            one = self.found[cell]
            if one.width < enough:
                self._ask_the_whole(cell, cells)
            if one.width < enough:
                one.outer_high = system.world({cell: 1})[cell]
                one.outer_low = system.world({cell: -1})[cell]

    def _search(self, system: System, cells: Sequence[Cell], enough: int) -> None:
        for turn in range(ROUNDS):
            narrow = [cell for cell in cells if self.found[cell].width < enough]
            if not narrow:
                return
            for sign in (1, -1):
                directions = {cell: self._random.choice((1, -1)) if turn else sign for cell in narrow}
                world = system.world(directions)
                for cell in cells:
                    self.found[cell].take(world[cell])


def _table(cell: Cell) -> str:
    """Return the table of a cell: the outermost figure, because what lies within another figure hangs on it."""
    if cell.category == TOTAL:
        return TOTAL
    within = BY_SLUG[cell.figure].within
    return within[0] if within else cell.figure
