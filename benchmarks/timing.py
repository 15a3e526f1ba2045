"""Ratios, not milliseconds: two things are timed in turn, so that whatever else the machine does hits both alike."""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Ratio:
    """How many times as long as the control: the median block, and the range over all blocks."""

    median: float
    lowest: float
    highest: float

    @property
    def is_steady(self) -> bool:
        """Whether the blocks agree well enough to believe the median."""
        return self.highest <= 1.3 * self.lowest

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.lowest:.2f}-{self.highest:.2f})"


@dataclass(frozen=True)
class Paired:
    """What paired blocks gave: the ratio, and the fastest seen of each, in seconds."""

    ratio: Ratio
    subject: float
    control: float


def paired(subject: Callable[[], object], control: Callable[[], object], *, blocks: int, rounds: int) -> Paired:
    """Time `subject` and `control` in turn, the order flipping each round; a block's figure is its median ratio."""
    subject(), control()  # warm
    fastest = [float("inf"), float("inf")]
    ratios = []
    for _block in range(blocks):
        found = []
        for number in range(rounds):
            both = [subject, control] if number % 2 else [control, subject]
            spent = [_seconds(one) for one in both]
            of_subject, of_control = spent if number % 2 else reversed(spent)
            fastest = [min(fastest[0], of_subject), min(fastest[1], of_control)]
            found.append(of_subject / of_control)
        ratios.append(median(found))
    return Paired(ratio_of(ratios), *fastest)


def ratio_of(blocks: Sequence[float]) -> Ratio:
    return Ratio(median(blocks), min(blocks), max(blocks))


def _seconds(do: Callable[[], object]) -> float:
    gc.disable()  # a collection in the middle of one of the two would count for that one
    began = perf_counter()
    do()
    spent = perf_counter() - began
    gc.enable()
    return spent
