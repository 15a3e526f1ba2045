"""The shelter's aftercare ends later, or earlier: never without a cause, and the watch moves along."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from aftercare.clocks import becomes_shorter, is_below_norm
from aftercare.models import ContactSchedule, EndCause, InvolvementChange
from aftercare.operations.schedule import plan_contacts
from audit.events import Event
from cases.models import Trajectory
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from handover.watchers import shelter_has_regie

REGIE_BEFORE = timedelta(days=30)  # before the aftercare ends: who is regisseur next is agreed


def change_aftercare_end(
    trajectory: Trajectory, *, ends_on: date, cause: EndCause, by: User, at: datetime
) -> InvolvementChange:
    """Move the last day (inclusive) of the shelter's aftercare; contacts ahead are planned again.

    Raises WrongState before there is a departure, for a day before it, for a closed trajectory, when nothing changes,
    when it becomes shorter, or shorter than the shelter's norm, without the cause of that, and for a day that has
    passed while the shelter itself has the regie (F11).
    """
    op: Operation[Trajectory]
    with operation(Action.PLAN_DEPARTURE, on=trajectory, by=by) as op:
        moved = op.target
        _refuse(moved, ends_on, cause, today=timezone.localdate(at))
        below = is_below_norm(moved, ends_on)
        change = InvolvementChange.objects.create(
            family_id=moved.family_id,
            trajectory=moved,
            was=moved.involvement_ends_on,
            ends_on=ends_on,
            cause=cause,
            below_norm=below,
            changed_by=by,
            changed_at=at,
        )
        moved.involvement_ends_on = ends_on
        moved.save(update_fields=["involvement_ends_on"])
        op.record(Event.AFTERCARE_END_CHANGED, subject=change, cause=change.cause, below_norm=below)
        if ContactSchedule.objects.filter(trajectory=moved).exists():
            plan_contacts(moved, within=op, at=at)
        _plan_regie(moved, at=at, within=op)
    return change


def _refuse(trajectory: Trajectory, ends_on: date, cause: EndCause, *, today: date) -> None:
    refusal = None
    if trajectory.ends_on is not None:
        refusal = _("This trajectory is closed already.")
    elif trajectory.departs_on is None:
        refusal = _("First plan the day of departure.")
    elif ends_on < trajectory.departs_on:
        refusal = _("The aftercare cannot end before the departure.")
    elif trajectory.involvement_ends_on == ends_on:
        refusal = _("This is the day it ends already.")
    elif becomes_shorter(trajectory, ends_on) and cause == EndCause.STILL_NEEDED:
        refusal = _("Say why the aftercare becomes shorter.")
    elif ends_on < today and shelter_has_regie(trajectory, today=today):
        refusal = _(
            "The shelter itself still has the regie. First hand it over: until somebody accepts, it does not end."
        )
    if refusal:
        raise WrongState(refusal, about=trajectory.family)


def _plan_regie(trajectory: Trajectory, *, at: datetime, within: Operation[Any]) -> None:
    """Ask for the regisseur after it at the new moment, in place of the old one."""
    earlier = FollowUp.objects.filter(
        family_id=trajectory.family_id, kind=Kind.CHOOSE_REGISSEUR, about_id=trajectory.pk
    )
    finish(earlier, as_=State.LAPSED, at=at, within=within)
    count = InvolvementChange.objects.filter(trajectory=trajectory).count()
    assert trajectory.involvement_ends_on is not None  # noqa: S101  for the type checker: it was set above
    plan(
        trajectory.family,
        Kind.CHOOSE_REGISSEUR,
        due_on=max(timezone.localdate(at), trajectory.involvement_ends_on - REGIE_BEFORE),
        falls_to=AssignmentKind.REGISSEUR,
        about=trajectory,
        # The departure counts its own versions from one.
        version=1000 + count,
        within=within,
    )
