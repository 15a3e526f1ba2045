"""Which figures a coordinator opens: for which place, and of which year. Everything here was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from access import policy
from access.policy import Action
from accounts.models import User
from figures.areas import NATION
from figures.catalogue import Catalogue, catalogue
from figures.definitions import Theme
from figures.periods import Quarter
from figures.published import Part, Place, Year, name_of, places_of
from organisations.models import Organisation

DASHBOARD = (Theme.CONTINUITY, Theme.SAFETY, Theme.COLLABORATION, Theme.EXPERTISE)
MONITOR = (Theme.INFLOW, Theme.STAY, Theme.OUTFLOW)


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


def board(user: User, themes: Sequence[Theme], *, today: date, area: str = "", year: str = "") -> Board:
    """Return the figures that were asked for, or else those nearest to the user. What is not there is not there.

    `year` is a year, or a quarter such as 2025Q3: of a quarter there are figures of the country only.
    """
    known = catalogue(today)
    labels = {str(one): str(one) for one in known.years} | {str(one): _in_words(one) for one in known.quarters}
    chosen = year if year in labels else str(known.year_to_open or "")
    if not chosen:
        return Board("", "", "", "", [], [], [], [], is_empty=True, year_after_is_known=False, is_overdue=True)
    is_quarter = "Q" in chosen
    places = [Place(NATION, name_of(NATION, known.geography))] if is_quarter else places_of(int(chosen), known)
    here = area if area in {place.code for place in places} else places[0].code if is_quarter else ""
    here = here or _own(user, int(chosen), known)
    published = Year(here, chosen)
    return Board(
        area=here,
        name=name_of(here, known.geography),
        period=chosen,
        label=labels[chosen],
        periods=list(labels.items()),
        places=places,
        totals=published.totals(),
        parts=[part for part in (published.part(theme) for theme in themes) if part.tables or part.withheld],
        is_empty=published.is_empty,
        year_after_is_known=published.year_after_is_known,
        blocked=published.blocked_days() if Theme.STAY in themes else None,
        incidents_with_child=published.incidents_with_child() if Theme.SAFETY in themes else None,
        is_overdue=known.is_overdue(today),
    )


def _in_words(quarter: Quarter) -> str:
    return _("quarter %(number)s of %(year)s") % {"number": quarter.number, "year": quarter.year}


def _own(user: User, year: int, known: Catalogue) -> str:
    seats = user.organisations_as(policy.WITHIN_ORGANISATION[Action.VIEW_FIGURES])
    organisation = Organisation.objects.filter(pk__in=seats).select_related("municipality").order_by("pk").first()
    return known.own_place(organisation.municipality.code, year) if organisation else known.geography.region("")
