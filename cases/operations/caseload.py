"""The families of one worker go to another: she leaves, gets another function, or has too many."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guardian.shortcuts import remove_perm

from access.models import Assignment, AssignmentKind, BreakGlass
from access.operation import Operation
from access.policy import BREAK_GLASS_GRANT
from accounts.models import User
from audit.events import Event
from cases.caseload import barred_from
from cases.models import Family, RegieKind, RegisseurPeriod
from cases.operations.doors import assign
from cases.operations.protected import end_grants_of
from cases.operations.regie import move_regie, raise_alarm, unassign_one
from organisations.models import Organisation

_KINDS = (AssignmentKind.WORKER, AssignmentKind.SUPPORTER, AssignmentKind.STAND_IN, AssignmentKind.READER)


@dataclass(frozen=True)
class Moved:
    """How many families went over, and how many have nobody there in her place."""

    moved: int
    left: int


def hand_on(
    families: Iterable[Family],
    *,
    of: User,
    to: User | None,
    organisation: Organisation,
    because: str,
    at: datetime,
    within: Operation[Any],
) -> Moved:
    """Give what `of` is to these families to `to`, and end it for `of`. A step: the operation holds their locks.

    A family that `to` may not see stays without her, and without anybody when `to` is None: when that leaves it without
    a regisseur the alarm is raised at once. Being barred is never ended: it outlives what somebody was.
    """
    moved = left = 0
    barred = barred_from(to, at) if to else set()
    for family in families:
        receiver = to if to is not None and family.pk not in barred else None
        had_it = _hand_on_one(
            family, of=of, to=receiver, organisation=organisation, because=because, at=at, within=within
        )
        if had_it and receiver is not None:
            moved += 1
        elif had_it:
            left += 1
    return Moved(moved, left)


def _hand_on_one(
    family: Family,
    *,
    of: User,
    to: User | None,
    organisation: Organisation,
    because: str,
    at: datetime,
    within: Operation[Any],
) -> bool:
    """Return whether `of` had the family: a grant alone, or an emergency, is ended and goes to nobody."""
    had_it = False
    period = RegisseurPeriod.objects.filter(family=family, user=of, organisation=organisation).current().first()
    if period is not None:
        had_it = True
        if to is not None:
            capacity = RegieKind(period.kind)
            move_regie(
                family, to=to, organisation=organisation, kind=capacity, reason="handed_on", at=at, within=within
            )
    unassign_one(family, of, organisation, AssignmentKind.REGISSEUR, at=at, within=within)
    held = Assignment.objects.filter(family=family, user=of, organisation=organisation, kind__in=_KINDS)
    for assignment in held.live(at).order_by("kind", "pk"):
        had_it = True
        if to is not None:
            _take_over(assignment, to, because=because, at=at, within=within)
    for kind in _KINDS:
        unassign_one(family, of, organisation, kind, at=at, within=within)
    end_grants_of(of, family, at=at, within=within)
    for glass in BreakGlass.objects.filter(family=family, user=of, organisation=organisation, closed_at=None):
        glass.closed_at = at
        glass.save(update_fields=["closed_at"])
        remove_perm(BREAK_GLASS_GRANT, of, family)
    if period is not None and to is None:
        raise_alarm(family, at=at)
    return had_it


def _take_over(assignment: Assignment, to: User, *, because: str, at: datetime, within: Operation[Any]) -> None:
    same = Assignment.objects.filter(
        family=assignment.family, user=to, organisation=assignment.organisation, kind=assignment.kind, closed_at=None
    )
    if same.live(at).filter(ends_at=None).exists():
        return
    kind = AssignmentKind(assignment.kind)
    # One that ran out on its day, or would, is still an open row.
    unassign_one(assignment.family, to, assignment.organisation, kind, at=at, within=within)
    made = assign(
        assignment.family, to, assignment.organisation, kind, at=at, reason=because.strip()[:200], within=within
    )
    if assignment.ends_at is not None:
        made.ends_at = assignment.ends_at
        made.save(update_fields=["ends_at"])
    within.record(Event.CASELOAD_MOVED, subject=made, of=str(assignment.user_id), to=str(to.pk))
