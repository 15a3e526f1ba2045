"""Calendar quarters and years, by which figures are counted: "2025Q3" and "2025". Both ends are inclusive."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_QUARTER = re.compile(r"^(\d{4})Q([1-4])$")


@dataclass(frozen=True, order=True)
class Quarter:
    """One calendar quarter, of which `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the quarter that `text` names, such as "2025Q3". Raises ValueError for anything else."""
        found = _QUARTER.match(text)
        if found is None:
            raise ValueError(f"{text!r} is not a quarter, such as 2025Q3")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    def plus(self, quarters: int) -> "Quarter":
        """Return the quarter that comes so many later; earlier when negative."""
        at = self.year * 4 + self.number - 1 + quarters
        return Quarter(at // 4, at % 4 + 1)

    @property
    def is_last_of_year(self) -> bool:
        return self.number == 4

    def is_over(self, today: date) -> bool:
        """Say whether its last day has passed."""
        return Quarter.of(today) > self
