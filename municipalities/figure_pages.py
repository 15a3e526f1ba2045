"""Which figures a coordinator opens: for which place, and of which year. Everything here was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from access import policy
from access.policy import Action
from accounts.models import User
from figures.areas import NATION
from figures.catalogue import Catalogue, catalogue
from figures.definitions import Theme
from figures.periods import Quarter
from figures.published import Part, Place, Year, name_of, places_of
from municipalities.forms.choose import Choose, Question
from organisations.models import Organisation

# The themes of each page, by its name.
PAGES = {
    "dashboard": (Theme.CONTINUITY, Theme.SAFETY, Theme.COLLABORATION, Theme.EXPERTISE),
    "monitor": (Theme.INFLOW, Theme.STAY, Theme.OUTFLOW),
}


@dataclass(frozen=True)
class Board:
    """One page of figures. Without a period nothing was published yet. `label` is the period in words."""

    area: str
    name: str
    period: str
    label: str
    periods: Sequence[tuple[str, str]]
    places: Sequence[Place]
    totals: Sequence[tuple[str, int]]
    parts: Sequence[Part]
    is_empty: bool
    year_after_is_known: bool
    blocked: tuple[int, int] | None = None
    incidents_with_child: int | None = None
    is_overdue: bool = False


def may_view(user: User) -> bool:
    """Say whether this user sees what is published about municipalities."""
    return bool(user.organisations_as(policy.WITHIN_ORGANISATION[Action.VIEW_FIGURES]))


@dataclass(frozen=True)
class Asked:
    """Which figures somebody asked for, or else those nearest to her. Without a period nothing was published yet."""

    known: Catalogue
    area: str
    period: str

    @property
    def name(self) -> str:
        return name_of(self.area, self.known.geography) if self.period else ""

    @property
    def label(self) -> str:
        return _labels(self.known).get(self.period, "")


def asked(user: User, *, today: date, area: str = "", year: str = "") -> Asked:
    """Return what there is to show for an address. What is not there is not there.

    `year` is a year, or a quarter such as 2025Q3: of a quarter there are figures of the country only.
    """
    known = catalogue(today)
    period = year if year in _labels(known) else str(known.year_to_open or "")
    if not period:
        return Asked(known, "", "")
    if _is_quarter(period):
        return Asked(known, NATION, period)
    return Asked(known, area if area in known.places_of(int(period)) else _own(user, int(period), known), period)


def board(asked: Asked, themes: Sequence[Theme], *, today: date) -> Board:
    """Return the figures that were asked for."""
    known, period = asked.known, asked.period
    if not period:
        return Board("", "", "", "", [], [], [], [], is_empty=True, year_after_is_known=False, is_overdue=True)
    published = Year(asked.area, period)
    return Board(
        area=asked.area,
        name=asked.name,
        period=period,
        label=asked.label,
        periods=list(_labels(known).items()),
        places=[Place(NATION, name_of(NATION, known.geography))]
        if _is_quarter(period)
        else places_of(int(period), known),
        totals=published.totals(),
        parts=[part for part in (published.part(theme) for theme in themes) if part.tables or part.withheld],
        is_empty=published.is_empty,
        year_after_is_known=published.year_after_is_known,
        blocked=published.blocked_days() if Theme.STAY in themes else None,
        incidents_with_child=published.incidents_with_child() if Theme.SAFETY in themes else None,
        is_overdue=known.is_overdue(today),
    )


@lru_cache(maxsize=64)
def drawn(page: str, asked: Asked, language: str, *, today: date) -> SafeString:
    """Return the figures as they stand on a page, drawn once: what was published never changes.

    Kept in the memory of this program only. Nothing in it is about who looks.
    """
    shown = board(asked, PAGES[page], today=today)
    choose = Choose(
        Question("plek", _("Place"), [(place.code, capfirst(place.name)) for place in shown.places], shown.area),
        Question("jaar", _("Year or quarter"), shown.periods, shown.period),
    )
    with translation.override(language):
        return render_to_string(f"municipalities/_{page}.html", {"board": shown, "choose": choose})


def _labels(known: Catalogue) -> dict[str, str]:
    return {str(one): str(one) for one in known.years} | {str(one): _in_words(one) for one in known.quarters}


def _is_quarter(period: str) -> bool:
    return "Q" in period


def _in_words(quarter: Quarter) -> str:
    return _("quarter %(number)s of %(year)s") % {"number": quarter.number, "year": quarter.year}


def _own(user: User, year: int, known: Catalogue) -> str:
    seats = user.organisations_as(policy.WITHIN_ORGANISATION[Action.VIEW_FIGURES])
    organisation = Organisation.objects.filter(pk__in=seats).select_related("municipality").order_by("pk").first()
    return known.own_place(organisation.municipality.code, year) if organisation else known.geography.region("")
