"""Who is gone without anybody having said so: a supporter who left, a partner with which nothing is shared any more.

A question to the rows; a job acts on the answer, so that nobody has to notice it by herself.
"""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from access.models import Assignment, AssignmentKind, Involvement, Relation
from follow_ups.models import FollowUp, Kind
from handover.models import SupporterAssignment, WatchRole


def gone_supporters(now: datetime) -> QuerySet[SupporterAssignment]:
    """Return the supporters who are not there any more for a family that nobody was told of yet."""
    there = Assignment.objects.live(now).filter(
        kind=AssignmentKind.SUPPORTER,
        family_id=OuterRef("family_id"),
        user_id=OuterRef("supporter__user_id"),
        user__is_active=True,
    )
    told = FollowUp.objects.filter(kind=Kind.FIND_SUPPORTER, about_id=OuterRef("pk"))
    found: QuerySet[SupporterAssignment] = SupporterAssignment.objects.filter(
        ~Exists(there), ~Exists(told), ended_at=None
    )
    return found


def lapsed_watches(today: date, now: datetime) -> QuerySet[WatchRole]:
    """Return the watches that should run and count no more: consent was withdrawn, or the share ended."""
    shared = Involvement.objects.live(now).filter(
        relation=Relation.PARTNER, family_id=OuterRef("family_id"), organisation_id=OuterRef("organisation_id")
    )
    told = FollowUp.objects.filter(kind=Kind.FIND_WATCHERS, about_id=OuterRef("pk"))
    found: QuerySet[WatchRole] = WatchRole.objects.filter(
        ~Exists(shared), ~Exists(told), state="accepted", until__gte=today
    )
    return found
