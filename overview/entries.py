from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A place one can go to: in the main menu, or in the strip of a family."""

    label: str
    url: str
    current: bool
