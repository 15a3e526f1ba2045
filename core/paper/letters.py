"""Which letters the fonts of the papers have: what they lack would be printed as a box that says nothing."""

import unicodedata
from functools import cache

from django.conf import settings
from fontTools.ttLib import TTFont

# Stands for a letter that cannot be printed. Every font has these three.
STANDS_FOR_A_LETTER = "[?]"
# Spaces, and what steers the letters around it and is not drawn.
_NOT_DRAWN = {"Cc", "Cf", "Zs", "Zl", "Zp"}


@cache
def printable() -> frozenset[int]:
    """Return what the upright fonts in static/fonts can draw: the same files as the press uses."""
    found: set[int] = set()
    for path in sorted((settings.ROOT / "static" / "fonts").glob("*-regular.ttf")):
        with TTFont(path) as font:
            found |= font.getBestCmap().keys()
    return frozenset(found)


def without_boxes(text: str) -> tuple[str, bool]:
    """Return the text with a mark for each letter that cannot be printed, and whether there was one.

    A letter that is written as a base with accents counts as what it is when they are put together.
    """
    text = unicodedata.normalize("NFC", text)
    lacking = {ord(one) for one in set(text) if ord(one) not in printable() and _is_drawn(one)}
    return text.translate(dict.fromkeys(lacking, STANDS_FOR_A_LETTER)), bool(lacking)


def _is_drawn(letter: str) -> bool:
    return unicodedata.category(letter) not in _NOT_DRAWN
