"""The two lists a worker lives by, each read in one index and paged by key, so that they cost the same at any size."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Case, Prefetch, QuerySet, When
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from access import policy
from access.models import NEVER
from access.policy import Action
from accounts.models import User
from cases.models import Person, Place
from follow_ups.models import URGENT, FollowUp

PAGE = 50
SOON = timedelta(days=14)
_NO_KEY = UUID(int=0)
_BEGINNING = (date.min, _NO_KEY)
# Walks the index on who, day and family, and asks of each family that it passes whether it may be seen, until the page
# is full (docs/adr/0009). `OFFSET 0` keeps the planner from collecting all of them first. A family to which somebody is
# two things comes once.
_CASELOAD = """
    SELECT page.next_due_on, page.family_id, f.reference, coalesce(p.given_name, ''), coalesce(p.surname, '')
    FROM (
        SELECT DISTINCT a.next_due_on, a.family_id FROM access_assignment a
        WHERE a.user_id = %s AND a.closed_at IS NULL AND (a.next_due_on, a.family_id) > (%s, %s)
        AND EXISTS (SELECT 1 FROM ({open}) o WHERE o.family_id = a.family_id OFFSET 0)
        AND a.family_id NOT IN ({barred})
        ORDER BY a.next_due_on, a.family_id LIMIT %s
    ) page
    JOIN cases_family f ON f.id = page.family_id
    LEFT JOIN cases_person p ON p.family_id = page.family_id AND p.place = 'client' AND p.same_as_id IS NULL
    ORDER BY page.next_due_on, page.family_id
"""


class Line(NamedTuple):
    """A family on the list, as strings: formatting fifty dates in a template costs more than all else on the page."""

    name: str
    reference: str
    due: str
    late: bool
    url: str


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    after: str  # the key of the next page; empty when this is the last


def caseload(user: User, *, today: date, after: str = "") -> Page:
    """Return a page of the families assigned to `user`, most urgent first. `after` is what the page before ended with.

    An unreadable `after` starts at the beginning.
    """
    families = policy.families_open_to(user, Action.VIEW_FAMILY)
    if families is None:
        return Page([], "")
    barred = policy.barred_from(user)
    with connection.cursor() as cursor:
        cursor.execute(
            _CASELOAD.format(open=families.sql, barred=barred.sql),
            [user.pk, *(_read(after) or _BEGINNING), *families.params, *barred.params, PAGE + 1],
        )
        found = cursor.fetchall()
    months = {number: str(name) for number, name in MONTHS.items()}
    days = {day: f"{day.day} {months[day.month]} {day.year}" for day, *_others in found if day != NEVER}
    late, nothing_planned = _("%(day)s, late"), _("nothing planned")
    days |= {day: late % {"day": said} for day, said in days.items() if day < today}
    somewhere = reverse("overview:family", args=[_NO_KEY])
    lines = [
        Line(
            name=f"{given_name} {surname}".strip() or reference,
            reference=reference,
            due=days.get(day, nothing_planned),
            late=day < today,
            url=somewhere.replace(str(_NO_KEY), str(pk)),
        )
        for day, pk, reference, given_name, surname in found[:PAGE]
    ]
    return Page(lines, _key(*found[PAGE - 1][:2]) if len(found) > PAGE else "")


def due(user: User, today: date) -> list[FollowUp]:
    """Return what is this user's to do today or was before; at most two hundred.

    What cannot wait is first: a signal of yesterday is not left under an agreement that nobody looked at for months.
    """
    waits = Case(When(kind__in=URGENT, then=0), default=1)
    return list(_owed(user).filter(due_on__lte=today).order_by(waits, "due_on", "pk")[:200])


def coming(user: User, today: date) -> list[FollowUp]:
    """Return the first twenty things that fall to this user after today and within two weeks."""
    soon = {"due_on__gt": today, "due_on__lte": today + SOON}
    return list(_owed(user).filter(**soon).order_by("due_on", "pk")[:20])


def _owed(user: User) -> QuerySet:
    return (
        FollowUp.objects.falling_to(user)
        .open()
        .select_related("family")
        .prefetch_related(clients_of("family__persons"))
    )


def clients_of(path: str) -> Prefetch:
    """Return what to prefetch so that each family carries its client as `clients`: one query for a whole list."""
    return Prefetch(path, queryset=Person.objects.filter(place=Place.CLIENT).once(), to_attr="clients")


def _key(day: date, family_id: UUID) -> str:
    return f"{day.isoformat()}~{family_id}"


def _read(after: str) -> tuple[date, UUID] | None:
    day, _tilde, family_id = after.partition("~")
    try:
        return date.fromisoformat(day), UUID(family_id)
    except ValueError:
        return None
