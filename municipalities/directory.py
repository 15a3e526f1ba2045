"""Who supports families in which municipality, and which municipalities have nobody to call or nobody to support."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from organisations.models import ContactPoint, Municipality, Supporter

PAGE = 50


@dataclass(frozen=True)
class Gap:
    """A municipality that lacks a contact point, a supporter, or both."""

    name: str
    region: str
    has_contact_point: bool
    has_supporter: bool


@dataclass(frozen=True)
class Gaps:
    lines: list[Gap]
    municipalities: int
    without_contact_point: int
    without_supporter: int
    after: str  # the code of the last municipality of this page; empty when there is no more


def gaps(*, today: date, after: str = "") -> Gaps:
    """Return fifty municipalities that lack something, by code, and counts of all that exist today. Three queries.

    `after` is the code that the page before ended with; one that does not exist starts at the beginning.
    """
    there = Supporter.objects.present(today).filter(municipality_id=OuterRef("pk"))
    points = ContactPoint.objects.valid_on(today).filter(municipality_id=OuterRef("pk"))
    every = Municipality.objects.current(today).annotate(has_supporter=Exists(there), has_contact_point=Exists(points))
    without_point = every.filter(has_contact_point=False).count()
    without_supporter = every.filter(has_supporter=False).count()
    lacking = every.filter(Q(has_contact_point=False) | Q(has_supporter=False)).filter(code__gt=after[:6])
    rows = list(lacking.select_related("veilig_thuis_region").order_by("code")[: PAGE + 1])
    lines = [
        Gap(
            one.name,
            one.veilig_thuis_region.name if one.veilig_thuis_region else "",
            one.has_contact_point,
            one.has_supporter,
        )
        for one in rows[:PAGE]
    ]
    more = rows[PAGE - 1].code if len(rows) > PAGE else ""
    return Gaps(lines, every.count(), without_point, without_supporter, more)


def supporters(*, municipality: str, today: date) -> list[Supporter]:
    """Return who is supporter now, of one municipality by its code, or of all.

    The page names no shelter: where one is follows from its name. And it says of nobody how many families she has now:
    one more at the day of a departure would tell everybody in which municipality that family is (R13).

    At most two hundred.
    """
    rows = Supporter.objects.present(today).select_related("user", "organisation__kind", "municipality")
    if municipality:
        rows = rows.filter(municipality__code=municipality)
    return list(rows.order_by("municipality__name", "user__name", "pk")[:200])
