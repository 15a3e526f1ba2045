"""Passages for tests: every argument optional, every default plausible."""

from datetime import date

from figures.areas import Geography
from figures.passages import Passage

GEOGRAPHY = Geography(
    {"GM0193": "VT-IJsselland", "GM0150": "VT-IJsselland", "GM0166": "VT-IJsselland", "GM0344": "VT-Utrecht"}, {}
)


def passage(**fields):
    given = {
        "arrived_on": date(2024, 1, 8),
        "shelter": "GM0193",
        "left_on": date(2024, 5, 20),
        "came_from": "own",
        "went_to": "own",
        "destination": "GM0193",
    }
    return Passage(**(given | fields))


def many(count, **fields):
    return [passage(**fields) for _number in range(count)]
