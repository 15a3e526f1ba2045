"""The points of a checklist are settled: done, not needed for a reason, or taken on by somebody in her own name."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import Hold
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Trajectory
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish
from handover.arranged import arranged, file_settles, has_lapsed
from handover.models import SETTLED_BY_THE_FILE, CheckKind, CheckState, DepartureCheck


def tick(check: DepartureCheck, *, done_on: date, note: str = "", by: User, at: datetime) -> DepartureCheck:
    """Settle a point of the checklist: done on a day. `note` says with whom, and what was agreed.

    Raises WrongState for a day to come, when somebody was faster, for a talk with a school without a note (F19), and
    for an assessment that does not stand in the file: nobody ticks that away (C2, E12).
    """
    with operation(Action.PLAN_DEPARTURE, on=check, by=by) as op:
        check = _open_again_if_lapsed(op.target)
        if done_on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=check)
        if check.kind == CheckKind.SCHOOL_TALK and not note.strip():
            raise WrongState(_("Say with whom you spoke, and what was agreed."), about=check)
        if check.kind in SETTLED_BY_THE_FILE and not file_settles(check):
            raise WrongState(_("It is not in the file yet. Make it, and this point settles itself."), about=check)
        check.move_to(CheckState.DONE)
        check.done_on, check.note = done_on, note.strip()
        settle(check, at=at, within=op)
    return check


def set_aside(check: DepartureCheck, *, because: str, by: User, at: datetime) -> DepartureCheck:
    """Settle a point of the checklist: not needed, and why.

    Raises WrongState without a reason, and for an assessment: that is always needed, or somebody takes it on herself.
    """
    with operation(Action.PLAN_DEPARTURE, on=check, by=by) as op:
        check = _open_again_if_lapsed(op.target)
        if not because.strip():
            raise WrongState(_("Say why this is not needed."), about=check)
        if check.kind in SETTLED_BY_THE_FILE:
            raise WrongState(_("This is always needed. Make it, or take it on yourself with a reason."), about=check)
        check.move_to(CheckState.NOT_NEEDED)
        check.because = because
        settle(check, at=at, within=op)
    return check


def override(check: DepartureCheck, *, because: str, by: User, at: datetime) -> DepartureCheck:
    """Let the family leave although this point was not arranged: in one's own name, for a reason."""
    with operation(Action.PLAN_DEPARTURE, on=check, by=by) as op:
        check = _open_again_if_lapsed(op.target)
        if not because.strip():
            raise WrongState(_("Say why."), about=check)
        check.move_to(CheckState.OVERRIDDEN)
        check.because = because
        settle(check, at=at, within=op)
    return check


def settle(check: DepartureCheck, *, at: datetime, within: Operation[Any]) -> None:
    """Save a point that was settled, and with the last one close the work on it. A step."""
    check.closed_by, check.closed_at = within.actor, at
    check.save()
    within.record(Event.CHECKLIST_CHANGED, subject=check, kind=check.kind, state=check.state)
    if not DepartureCheck.objects.filter(trajectory_id=check.trajectory_id, move=check.move_id).open().exists():
        work = Kind.PREPARE_MOVE if check.move_id else Kind.PREPARE_DEPARTURE
        prepared = FollowUp.objects.filter(
            family_id=check.family_id, kind=work, about_id=check.move_id or check.trajectory_id
        )
        finish(prepared, as_=State.DONE, at=at, within=within)


def take_over_from_file(trajectory: Trajectory, *, at: datetime, within: Operation[Any]) -> None:
    """Settle the points that the file settles already. A step, in the name of whoever acts: she looked at the list."""
    open_points = {
        (point.kind, point.person_id): point
        for point in DepartureCheck.objects.filter(trajectory=trajectory, move=None).open()
    }
    for one in arranged(trajectory):
        if point := open_points.get((one.kind, one.person_id)):
            point.move_to(CheckState.DONE)
            point.done_on, point.note = one.on, one.says
            settle(point, at=at, within=within)


def open_again(trajectory: Trajectory, *, within: Operation[Any]) -> None:
    """Open the points that another day of departure no longer settles. A step.

    An assessment of three months ago says nothing of leaving tomorrow, and somebody who took it on herself did so for
    the day that was planned then. Not in a file that is frozen: what settled a point stays written (B27), and the page
    says of itself that it does not hold any more.
    """
    if Hold.objects.freezing().filter(family=trajectory.family_id).exists():
        return
    file_says = {one.kind for one in arranged(trajectory)}
    settled = DepartureCheck.objects.filter(
        trajectory=trajectory, move=None, kind__in=SETTLED_BY_THE_FILE, state__in=[CheckState.DONE, "overridden"]
    )
    for check in settled:
        if check.kind not in file_says:
            _open(check)
            check.save()
            within.record(Event.CHECKLIST_CHANGED, subject=check, kind=check.kind, state=check.state)


def _open_again_if_lapsed(check: DepartureCheck) -> DepartureCheck:
    if has_lapsed(check):
        _open(check)
    return check


def _open(check: DepartureCheck) -> None:
    check.move_to(CheckState.OPEN)
    check.done_on, check.note, check.because = None, "", ""
    check.closed_by, check.closed_at = None, None
