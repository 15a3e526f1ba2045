"""Every figure there is: what it is called, what it counts, from which rows, and how. One list."""

from figures.definitions.aftercare import FIGURES as _AFTERCARE
from figures.definitions.figure import Counts, Figure, Population, Theme
from figures.definitions.flows import FIGURES as _FLOWS
from figures.definitions.help import FIGURES as _HELP
from figures.definitions.populations import POPULATIONS, SAME
from figures.definitions.support import FIGURES as _SUPPORT

FIGURES: tuple[Figure, ...] = (*_AFTERCARE, *_HELP, *_SUPPORT, *_FLOWS)
BY_SLUG = {figure.slug: figure for figure in FIGURES}
TOTAL = "total"

__all__ = ["BY_SLUG", "FIGURES", "POPULATIONS", "SAME", "TOTAL", "Counts", "Figure", "Population", "Theme"]
