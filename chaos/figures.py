"""What a scenario found, on the screen and in proof/security.json."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

PROOF = Path(__file__).resolve().parent.parent / "proof" / "security.json"


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
    known = json.loads(PROOF.read_text())["requirements"] if PROOF.exists() else []
    found: dict[str, dict[str, object]] = {row["id"]: row for row in known}
    by_requirement: dict[str, list[Figure]] = {}
    for figure in figures:
        by_requirement.setdefault(figure.requirement.split()[0], []).append(figure)
    for requirement, lines in by_requirement.items():
        found[requirement] = {
            "id": requirement,
            "holds": all(line.holds for line in lines),
            "figure": "; ".join(line.text for line in lines),
        }
    PROOF.parent.mkdir(exist_ok=True)
    rows = sorted(found.values(), key=lambda row: int(str(row["id"])[1:]))
    PROOF.write_text(json.dumps({"requirements": rows}, indent=2, ensure_ascii=False) + "\n")
