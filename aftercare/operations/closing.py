"""Closing a trajectory, which only a person does, and the card that keeps the door open."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from aftercare.clocks import clocks_of
from aftercare.models import (
    LARGEST_CARD,
    SMALLEST_CARD,
    Channel,
    Enough,
    OutOfSight,
    Strip,
    Strippenkaart,
    TrajectoryClosing,
)
from audit.events import Event
from cases.models import Trajectory
from core.errors import WrongState
from core.working_days import add_working_days
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan

ALMOST_EMPTY = 1
TELL_AFTER = 2  # working days


def close_trajectory(
    trajectory: Trajectory,
    *,
    enough: Enough | None,
    enough_because: str,
    regisseur_after: str,
    by: User,
    at: datetime,
) -> TrajectoryClosing:
    """Close a trajectory.

    Raises WrongState while a clock runs or is unknown, the family is out of sight, a signal waits to be judged, or
    nobody said whether a year was enough, why, and who is there for the family afterwards.
    """
    op: Operation[Trajectory]
    with operation(Action.CLOSE_TRAJECTORY, on=trajectory, by=by) as op:
        closed = op.target
        _refuse_closing(closed, at=at)
        if enough is None or not enough_because.strip() or not regisseur_after.strip():
            raise WrongState(_("Say whether a year was enough, why, and who is there afterwards."), about=closed.family)
        closed.ends_on = timezone.localdate(at)
        closed.save(update_fields=["ends_on"])
        closing = TrajectoryClosing.objects.create(
            family_id=closed.family_id,
            trajectory=closed,
            enough=enough,
            enough_because=enough_because,
            regisseur_after=regisseur_after,
            closed_at=at,
            closed_by=by,
        )
        rhythm = FollowUp.objects.filter(family_id=closed.family_id, kind__in=[Kind.CONTACT, Kind.ROUND_OFF])
        finish(rhythm, as_=State.LAPSED, at=at, within=op)
        op.record(Event.TRAJECTORY_CLOSED, enough=enough.value)
    return closing


def issue_strippenkaart(trajectory: Trajectory, *, size: int, by: User, at: datetime) -> Strippenkaart:
    """Issue a card of six to ten conversations, also after the trajectory is closed."""
    op: Operation[Trajectory]
    with operation(Action.RECORD_CHECK_IN, on=trajectory, by=by) as op:
        if not SMALLEST_CARD <= size <= LARGEST_CARD:
            raise WrongState(_("A strippenkaart has six to ten conversations."), about=op.target.family)
        card = Strippenkaart.objects.create(
            family_id=op.target.family_id, trajectory=op.target, size=size, issued_at=at, issued_by=by
        )
        op.record(Event.STRIPPENKAART_ISSUED, subject=card, size=size)
    return card


def use_strip(card: Strippenkaart, *, channel: Channel, by: User, at: datetime) -> Strip:
    """Use one conversation of a card. It does not reopen a closed trajectory. Raises WrongState for an empty card."""
    with operation(Action.RECORD_CHECK_IN, on=card, by=by) as op:
        number = Strip.objects.filter(strippenkaart=op.target).count() + 1
        if number > op.target.size:
            raise WrongState(_("This strippenkaart is used up."), about=op.target.trajectory.family)
        strip = Strip.objects.create(
            family_id=op.target.family_id,
            strippenkaart=op.target,
            number=number,
            channel=channel,
            happened_at=at,
            recorded_by=by,
        )
        op.record(Event.STRIPPENKAART_USED, subject=strip, number=number)
        if op.target.size - number == ALMOST_EMPTY:
            plan(
                op.target.trajectory.family,
                Kind.ROUND_OFF,
                due_on=add_working_days(timezone.localdate(at), TELL_AFTER),
                falls_to=AssignmentKind.REGISSEUR,
                about=op.target,
                within=op,
            )
    return strip


def _refuse_closing(trajectory: Trajectory, *, at: datetime) -> None:
    clocks = clocks_of(trajectory)
    owed = FollowUp.objects.filter(family_id=trajectory.family_id, kind=Kind.TRIAGE_SIGNAL).open()
    refusal = None
    if trajectory.ends_on is not None:
        refusal = _("This trajectory is closed already.")
    elif clocks.both_until is None:
        refusal = _("Without a day of departure and an end of the aftercare this cannot be closed.")
    elif not clocks.closable_on(timezone.localdate(at)):
        refusal = _("The watch runs until the end of %(day)s.") % {"day": date_format(clocks.both_until, "j F Y")}
    elif OutOfSight.objects.filter(family_id=trajectory.family_id).open().exists():
        refusal = _("This family is out of sight. That does not end by closing.")
    elif owed.exists():
        refusal = _("First judge the signal that is waiting.")
    if refusal:
        raise WrongState(refusal, about=trajectory.family)
