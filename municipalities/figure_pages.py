"""Which figures a coordinator opens: for which place, and of which year. Everything here was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from access import policy
from access.policy import Action
from accounts.models import User
from figures.areas import Geography
from figures.definitions import Theme
from figures.published import Part, Place, Year, is_overdue, name_of, own_place, places_of, year_to_open, years
from organisations.models import Organisation

DASHBOARD = (Theme.CONTINUITY, Theme.SAFETY, Theme.COLLABORATION, Theme.EXPERTISE)
MONITOR = (Theme.INFLOW, Theme.STAY, Theme.OUTFLOW)


@dataclass(frozen=True)
class Board:
    """One page of figures. Without a year nothing was published yet."""

    area: str
    name: str
    year: int | None
    years: Sequence[int]
    places: Sequence[Place]
    totals: Sequence[tuple[str, int]]
    parts: Sequence[Part]
    is_empty: bool
    year_after_is_known: bool
    blocked: tuple[int, int] | None = None
    is_overdue: bool = False


def may_view(user: User) -> bool:
    """Say whether this user sees what is published about municipalities."""
    return bool(user.organisations_as(policy.WITHIN_ORGANISATION[Action.VIEW_FIGURES]))


def board(user: User, themes: Sequence[Theme], *, today: date, area: str = "", year: str = "") -> Board:
    """Return the figures that were asked for, or else those nearest to the user. What is not there is not there."""
    known = years()
    chosen = int(year) if year.isascii() and year.isdigit() and int(year) in known else year_to_open(known)
    geography = Geography.read()
    if chosen is None:
        return Board("", "", None, [], [], [], [], is_empty=True, year_after_is_known=False, is_overdue=True)
    places = places_of(chosen, geography)
    here = area if area in {place.code for place in places} else _own(user, chosen, geography)
    published = Year(here, chosen)
    return Board(
        area=here,
        name=name_of(here, geography),
        year=chosen,
        years=known,
        places=places,
        totals=published.totals(),
        parts=[part for part in (published.part(theme) for theme in themes) if part.tables or part.withheld],
        is_empty=published.is_empty,
        year_after_is_known=published.year_after_is_known,
        blocked=published.blocked_days() if Theme.STAY in themes else None,
        is_overdue=is_overdue(today),
    )


def _own(user: User, year: int, geography: Geography) -> str:
    seats = user.organisations_as(policy.WITHIN_ORGANISATION[Action.VIEW_FIGURES])
    organisation = Organisation.objects.filter(pk__in=seats).select_related("municipality").order_by("pk").first()
    return own_place(organisation.municipality.code, year, geography) if organisation else geography.region("")
