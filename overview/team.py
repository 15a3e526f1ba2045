"""The work over the team: reference, name, clocks and who has it. No more of a family is a team lead's to read.

It asks the same rows as the page Today, so that nobody's list can differ from the one her team lead sees.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.models import Assignment, AssignmentKind, Involvement, Relation
from access.policy import TEAM_LEAD, Action
from accounts.models import Membership, User
from aftercare.clocks import clocks_of
from aftercare.models import OutOfSight
from cases.models import Family, Person, Place, Trajectory
from follow_ups.models import FollowUp
from reminders.models import Absence

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One family of the team."""

    key: str
    name: str
    reference: str
    support: str
    watch: str
    who: str
    late: int
    oldest: str
    out_of_sight: bool
    may_early: bool


@dataclass(frozen=True)
class Member:
    """Somebody of the team, and whether she is there."""

    key: UUID
    name: str
    families: int
    late: int
    away: str


@dataclass(frozen=True)
class TeamPage:
    lines: list[Line]
    members: list[Member]
    late: int
    after: str


def team(user: User, *, today: date, now: datetime, after: str = "") -> TeamPage:
    """Return the families of the organisations `user` leads, the most urgent first, from key `after` on."""
    here = user.organisations_as(TEAM_LEAD)
    families = Family.objects.permitting(user, Action.VIEW_CLOCKS).filter(
        pk__in=Involvement.objects.live(now)
        .filter(organisation_id__in=here, relation__in=[Relation.WORKING, Relation.REGISSEUR])
        .values("family_id")
    )
    due = Q(follow_ups__state="open", follow_ups__due_on__lt=today)
    rows = families.annotate(
        late=Count("follow_ups", filter=due), oldest=Min("follow_ups__due_on", filter=Q(follow_ups__state="open"))
    ).order_by("oldest", "pk")
    start = int(after) if after.isdecimal() and len(after) < 7 else 0
    shown = list(rows[start : start + PAGE + 1])
    early = set(
        Family.objects.permitting(user, Action.ALLOW_EARLY_CLOSING)
        .filter(pk__in=[family.pk for family in shown])
        .values_list("pk", flat=True)
    )
    return TeamPage(
        _lines(shown[:PAGE], early, now=now),
        _members(here, families, today=today, now=now),
        FollowUp.objects.filter(family__in=families, due_on__lt=today).open().count(),
        str(start + PAGE) if len(shown) > PAGE else "",
    )


def _lines(families: list[Any], early: set[UUID], *, now: datetime) -> list[Line]:
    keys = [family.pk for family in families]
    clients = Person.objects.filter(family_id__in=keys, place=Place.CLIENT).once().order_by("pk")
    names = dict(clients.values_list("family_id", "given_name"))
    surnames = dict(clients.values_list("family_id", "surname"))
    trajectories = {one.family_id: one for one in Trajectory.objects.filter(family_id__in=keys, ends_on=None)}
    missing = set(OutOfSight.objects.filter(family_id__in=keys).open().values_list("family_id", flat=True))
    who: dict[UUID, list[str]] = defaultdict(list)
    for one in _assigned(now).filter(family_id__in=keys).select_related("user").order_by("kind", "user__name"):
        text = _("%(name)s (%(kind)s)") % {"name": one.user.name, "kind": one.get_kind_display()}
        who[one.family_id].append(text)
    lines = []
    for family in families:
        trajectory = trajectories.get(family.pk)
        clocks = clocks_of(trajectory) if trajectory else None
        lines.append(
            Line(
                key=str(family.pk),
                name=f"{names.get(family.pk, '')} {surnames.get(family.pk, '')}".strip() or family.reference,
                reference=family.reference,
                support=_day(clocks.support_until if clocks else None),
                watch=_day(clocks.watch_until if clocks else None),
                who=", ".join(who[family.pk]),
                late=family.late,
                oldest=_day(family.oldest) if family.oldest else _("nothing planned"),
                out_of_sight=family.pk in missing,
                may_early=family.pk in early,
            )
        )
    return lines


def _members(here: list[UUID], families: QuerySet, *, today: date, now: datetime) -> list[Member]:
    # Of the families on this page only: what is late in one that was handed over tells how it goes elsewhere (R13).
    members = Membership.objects.live(today).filter(organisation_id__in=here)
    users = list(User.objects.active().filter(pk__in=members.values("user_id")).order_by("name", "pk"))
    assigned = _assigned(now).filter(user__in=users, organisation_id__in=here, family__in=families)
    counts = dict(assigned.values_list("user_id").annotate(n=Count("family_id", distinct=True)))
    late = dict(
        assigned.filter(family__follow_ups__state="open", family__follow_ups__due_on__lt=today)
        .values_list("user_id")
        .annotate(n=Count("family__follow_ups", distinct=True))
    )
    away = {one.user_id: one for one in Absence.objects.filter(user__in=users).on(today).order_by("starts_on")}
    return [
        Member(user.pk, user.name, counts.get(user.pk, 0), late.get(user.pk, 0), _away(away.get(user.pk)))
        for user in users
    ]


def _assigned(now: datetime) -> QuerySet:
    kinds = [AssignmentKind.WORKER, AssignmentKind.REGISSEUR, AssignmentKind.SUPPORTER, AssignmentKind.STAND_IN]
    return Assignment.objects.live(now).filter(kind__in=kinds)


def _away(absence: Absence | None) -> str:
    if absence is None:
        return ""
    if absence.ends_on is None:
        return _("away")
    return _("away, back on %(day)s") % {"day": date_format(absence.ends_on, "j F")}


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else _("not known yet")
