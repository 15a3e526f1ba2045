"""What was published, as pages and papers show it. Reads releases only: nothing here can count a family."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from figures.areas import NATION, Geography
from figures.catalogue import Catalogue
from figures.definitions import BY_SLUG, FIGURES, POPULATIONS, TOTAL, Figure, Theme
from figures.models import ReleasedCell

# What one day of a stay that was not needed comes to at least and at most, per band of the figure "longer".
_BLOCKED = {"month": (1, 30), "quarter": (31, 91)}


@dataclass(frozen=True)
class Line:
    """One category: how many, and which part of the whole. Both are None when withheld."""

    label: str
    number: int | None
    share: int | None


@dataclass(frozen=True)
class Matrix:
    """A figure in rows and columns; a number is None when withheld."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int | None]]]


@dataclass(frozen=True)
class Table:
    """One figure for one place and period, with at least one number in it."""

    figure: Figure
    lines: Sequence[Line]
    total: int | None

    @property
    def headline(self) -> Line | None:
        """Return the line that the page shows first, when it may be shown."""
        labels = list(self.figure.categories)
        line = self.lines[labels.index(self.figure.headline)] if self.figure.headline else None
        return line if line is not None and line.share is not None else None

    @property
    def matrix(self) -> "Matrix | None":
        """Return the figure as rows and columns, for one that counts from somewhere to somewhere (D22, K16)."""
        if not self.figure.matrix:
            return None
        rows, columns = self.figure.matrix
        by_key = dict(zip(self.figure.categories, self.lines, strict=True))
        return Matrix(
            columns=[str(label) for label in columns.values()],
            rows=[
                (str(label), [by_key[f"{row}_{column}"].number for column in columns]) for row, label in rows.items()
            ],
        )

    @property
    def spoken(self) -> str:
        """Return the chart in words, for who does not see it."""
        parts = [
            _("%(label)s: %(share)s percent") % {"label": line.label, "share": line.share}
            if line.share is not None
            else _("%(label)s: withheld") % {"label": line.label}
            for line in self.lines
        ]
        return "; ".join(parts)


@dataclass(frozen=True)
class Part:
    """The figures of one theme: those with something to show, and the names of those without."""

    theme: Theme
    title: str
    tables: Sequence[Table]
    withheld: Sequence[str]


@dataclass(frozen=True)
class Place:
    """Somewhere that has figures of its own in this year."""

    code: str
    name: str


class Year:
    """Everything published about one place in one year, or about the country in one quarter. One query."""

    def __init__(self, area: str, period: int | str) -> None:
        self.area = area
        rows = ReleasedCell.objects.of(area).filter(period=str(period)).values_list("figure", "category", "number")
        self._numbers: dict[tuple[str, str], int | None] = {(figure, category): n for figure, category, n in rows}

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all may be shown: nobody was there, or too few. Which of the two is not said."""
        return all(number is None for number in self._numbers.values())

    def totals(self) -> list[tuple[str, int]]:
        """Return who is counted here, and how many, of the populations whose total may be shown."""
        found = [(str(one.label), self._numbers.get((one.slug, TOTAL))) for one in POPULATIONS if not one.after]
        return [(label, number) for label, number in found if number is not None]

    @property
    def year_after_is_known(self) -> bool:
        return ("year_after", TOTAL) in self._numbers

    def part(self, theme: Theme) -> Part:
        """Return the figures of a theme."""
        tables, withheld = [], []
        for figure in FIGURES:
            if figure.theme != theme or (figure.slug, next(iter(figure.categories))) not in self._numbers:
                continue
            table = self.table(figure)
            if any(line.number is not None for line in table.lines):
                tables.append(table)
            else:
                withheld.append(str(figure.title))
        return Part(theme, theme_title(theme), tables, withheld)

    def table(self, figure: Figure) -> Table:
        """Return one figure. A share is of the rounded total, and only where both are shown."""
        outer = figure.within or (figure.population.slug, TOTAL)
        total = self._numbers.get(outer)
        lines = []
        for category, label in figure.categories.items():
            number = self._numbers.get((figure.slug, category))
            share = min(100, round(100 * number / total)) if number is not None and total else None
            lines.append(Line(str(label), number, share))
        return Table(figure, lines, total)

    def incidents_with_child(self) -> int | None:
        """Return after how many of a hundred passages a child was found not safe within the year (K13).

        Made from the rounded numbers. None when one of the two is withheld.
        """
        incidents, passages = self._numbers.get(("with_child", "child")), self._numbers.get(("year_after", TOTAL))
        return round(100 * incidents / passages) if incidents is not None and passages else None

    def blocked_days(self) -> tuple[int, int] | None:
        """Return at least and at most how many days places were taken longer than needed, as far as published (G10).

        Made from the bands and nothing else. Longer than 91 days has no upper end, so it counts as 92 both times.
        """
        known = {band: self._numbers.get(("longer", band)) for band in ("month", "quarter", "longer")}
        shown = {band: number for band, number in known.items() if number is not None}
        if not shown:
            return None
        low = sum(number * _BLOCKED.get(band, (92, 92))[0] for band, number in shown.items())
        high = sum(number * _BLOCKED.get(band, (92, 92))[1] for band, number in shown.items())
        return low, high


def theme_title(theme: Theme) -> str:
    return {
        Theme.CONTINUITY: _("Continuity"),
        Theme.SAFETY: _("Safety"),
        Theme.COLLABORATION: _("Collaboration"),
        Theme.EXPERTISE: _("Expertise"),
        Theme.INFLOW: _("Coming in"),
        Theme.STAY: _("The stay"),
        Theme.OUTFLOW: _("Going out"),
    }[theme]


def places_of(year: int, known: Catalogue) -> list[Place]:
    """Return the places with figures of their own: the country, then regions, then municipalities, by name."""
    places = [Place(code, name_of(code, known.geography)) for code in known.places_of(year)]
    return sorted(places, key=lambda one: (one.code != NATION, not one.code.startswith("VT-"), one.name))


def name_of(code: str, geography: Geography) -> str:
    """Return what a place is called."""
    if code == NATION:
        return _("the Netherlands")
    if code.startswith("rest:"):
        return _("other municipalities of %(region)s") % {"region": geography.name(code.removeprefix("rest:"))}
    if code.startswith("VT-"):
        return _("%(region)s region") % {"region": geography.name(code)}
    return geography.name(code)


def rows_of(areas: Iterable[str], geography: Geography) -> list[tuple[str, ...]]:
    """Return everything published about these places as rows of words, for an export. Withheld is a word too."""
    cells = ReleasedCell.objects.filter(area__in=list(areas)).order_by("period", "area", "figure", "category", "pk")
    heading = (_("Period"), _("Place"), _("Figure"), _("Category"), _("How many"))
    return [
        heading,
        *(
            (
                cell.period,
                name_of(cell.area, geography),
                _title(cell.figure),
                _category(cell.figure, cell.category),
                _("withheld") if cell.number is None else str(cell.number),
            )
            for cell in cells
        ),
    ]


def _title(slug: str) -> str:
    if slug in BY_SLUG:
        return str(BY_SLUG[slug].title)
    return str(next(one.label for one in POPULATIONS if one.slug == slug))


def _category(slug: str, category: str) -> str:
    return str(BY_SLUG[slug].categories[category]) if slug in BY_SLUG else _("total")
