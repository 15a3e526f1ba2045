"""The two lists a worker lives by, each read in one index and paged by key, so that they cost the same at any size."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.models import NEVER, Assignment, AssignmentKind
from accounts.models import User
from cases.models import Family, Person, Place
from follow_ups.models import FollowUp

PAGE = 50
# A family can come once for each thing somebody is to it; more than this many kinds cannot.
_MOST_KINDS = len(AssignmentKind)


@dataclass(frozen=True)
class Line:
    """A family on the list, as strings: formatting fifty dates in a template costs more than all else on the page."""

    name: str
    reference: str
    due: str
    url: str


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    after: str  # the key of the next page; empty when this is the last


def caseload(user: User, *, after: str = "") -> Page:
    """Return a page of the families assigned to `user`, most urgent first. `after` is what the page before ended with.

    An unreadable `after` starts at the beginning.
    """
    rows = Assignment.objects.visible_to(user).filter(user=user).exclude(kind=AssignmentKind.BARRED)
    if (key := _read(after)) is not None:
        day, family_id = key
        rows = rows.filter(next_due_on__gte=day).exclude(next_due_on=day, family_id__lte=family_id)
    found = rows.order_by("next_due_on", "family_id").values_list("next_due_on", "family_id")
    # One more family than fits, however many assignments each has.
    keys = [key for key, _same in groupby(found[: (PAGE + 1) * _MOST_KINDS])]
    shown = keys[:PAGE]
    families = (
        Family.objects.filter(pk__in=[pk for _day, pk in shown]).prefetch_related(clients_of("persons")).in_bulk()
    )
    lines = [_line(families[pk], day) for day, pk in shown if pk in families]
    return Page(lines, _key(shown[-1]) if len(keys) > PAGE else "")


def due(user: User, today: date) -> list[FollowUp]:
    """Return what is this user's to do today or was before, oldest first; at most two hundred."""
    return list(_owed(user).filter(due_on__lte=today).order_by("due_on", "pk")[:200])


def coming(user: User, today: date) -> list[FollowUp]:
    """Return the first twenty things that fall to this user after today."""
    return list(_owed(user).filter(due_on__gt=today).order_by("due_on", "pk")[:20])


def _owed(user: User) -> QuerySet:
    return (
        FollowUp.objects.falling_to(user)
        .open()
        .select_related("family")
        .prefetch_related(clients_of("family__persons"))
    )


def clients_of(path: str) -> Prefetch:
    """Return what to prefetch so that each family carries its client as `clients`: one query for a whole list."""
    return Prefetch(path, queryset=Person.objects.filter(place=Place.CLIENT), to_attr="clients")


def _line(family: Family, day: date) -> Line:
    clients: list[Person] = family.clients  # type: ignore[attr-defined]
    return Line(
        name=clients[0].name if clients else family.reference,
        reference=family.reference,
        due=_("nothing planned") if day == NEVER else date_format(day, "j F Y"),
        url=family.get_absolute_url(),
    )


def _key(key: tuple[date, UUID]) -> str:
    return f"{key[0].isoformat()}~{key[1]}"


def _read(after: str) -> tuple[date, UUID] | None:
    day, _tilde, family_id = after.partition("~")
    try:
        return date.fromisoformat(day), UUID(family_id)
    except ValueError:
        return None
