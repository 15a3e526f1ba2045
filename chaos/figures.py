"""What a scenario found, on the screen and in proof/security.json."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from proof.results import write

Scenario = TypeVar("Scenario", bound=Callable[..., "Figure"])


def carries(*_requirements: str) -> Callable[[Scenario], Scenario]:
    """Name the requirements that a scenario carries out, as a row does on a test: docs/acceptance.md lists it."""
    return lambda scenario: scenario


@dataclass(frozen=True)
class Figure:
    """One line: which requirement, what was done and counted, and whether that is what it asks."""

    requirement: str
    text: str
    holds: bool

    def __str__(self) -> str:
        return f"{self.requirement:<14} {'holds' if self.holds else 'FAILS'}   {self.text}"


def write_proof(figures: list[Figure]) -> None:
    """Write the full figures into the proof, in place of earlier ones of the same requirement."""
    by_requirement: dict[str, list[Figure]] = {}
    for figure in figures:
        by_requirement.setdefault(figure.requirement.split()[0], []).append(figure)
    for requirement, lines in by_requirement.items():
        write(requirement, holds=all(line.holds for line in lines), figure="; ".join(line.text for line in lines))
