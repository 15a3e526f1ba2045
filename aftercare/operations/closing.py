"""Closing a trajectory, which only a person does, and the card that keeps the door open."""

from datetime import datetime
from typing import Any

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
    EarlyClosing,
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
from family_plans.models import FamilyPlan, Goal
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan

# The question whether a year was enough is answered by the closing itself.
_OF_THE_TERMS = (Kind.CONTACT, Kind.ROUND_OFF, Kind.YEAR_ENOUGH)
ALMOST_EMPTY = 1
TELL_AFTER = 2  # working days
CONTACT_AFTER_REOPENING = 2  # working days
REOPENED = 1000  # versions of a schedule count from one


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
        rhythm = FollowUp.objects.filter(family_id=closed.family_id, kind__in=_OF_THE_TERMS)
        finish(rhythm, as_=State.LAPSED, at=at, within=op)
        op.record(Event.TRAJECTORY_CLOSED, enough=enough.value)
    return closing


def allow_early_closing(trajectory: Trajectory, *, because: str, by: User, at: datetime) -> EarlyClosing:
    """Let a trajectory be closed before both clocks are over: the regisseur's team lead decides, and says why.

    Raises WrongState without a reason, for an unknown term, and for a trajectory that is closed or allowed already.
    """
    op: Operation[Trajectory]
    with operation(Action.ALLOW_EARLY_CLOSING, on=trajectory, by=by) as op:
        refusal = None
        if op.target.ends_on is not None:
            refusal = _("This trajectory is closed already.")
        elif clocks_of(op.target).both_until is None:
            refusal = _("Without a day of departure and an end of the aftercare this cannot be closed.")
        elif not because.strip():
            refusal = _("Say why it may be closed early.")
        elif EarlyClosing.objects.filter(trajectory=op.target).exists():
            refusal = _("Closing it early was allowed already.")
        if refusal:
            raise WrongState(refusal, about=op.target.family)
        allowed = EarlyClosing.objects.create(
            family_id=op.target.family_id, trajectory=op.target, because=because, allowed_by=by, allowed_at=at
        )
        op.record(Event.EARLY_CLOSING_ALLOWED, subject=allowed)
    return allowed


def reopen_trajectory(trajectory: Trajectory, *, because: str, by: User, at: datetime) -> Trajectory:
    """Open a closed trajectory again, with contact within two working days. The closing stays on record.

    Raises WrongState without a reason, for one that runs, and while another trajectory of the family runs.
    """
    op: Operation[Trajectory]
    with operation(Action.CLOSE_TRAJECTORY, on=trajectory, by=by) as op:
        reopened = op.target
        if reopened.ends_on is None:
            raise WrongState(_("This trajectory runs."), about=reopened.family)
        if Trajectory.objects.filter(family_id=reopened.family_id, ends_on=None).exists():
            raise WrongState(_("Another trajectory of this family runs."), about=reopened.family)
        if not because.strip():
            raise WrongState(_("Say why it is opened again."), about=reopened.family)
        reopened.ends_on = None
        reopened.save(update_fields=["ends_on"])
        TrajectoryClosing.objects.filter(trajectory=reopened, reopened_at=None).update(
            reopened_at=at, reopened_by=by, reopened_because=because
        )
        op.record(Event.TRAJECTORY_REOPENED)
        plan(
            reopened.family,
            Kind.CONTACT,
            due_on=add_working_days(timezone.localdate(at), CONTACT_AFTER_REOPENING),
            falls_to=AssignmentKind.REGISSEUR,
            about=reopened,
            version=REOPENED + TrajectoryClosing.objects.filter(trajectory=reopened).count(),
            within=op,
        )
    return reopened


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


def _goals_without_result(family_id: Any) -> int:
    """Count the goals of the plan that runs of which nobody said what came of them (E7)."""
    return int(Goal.objects.filter(plan__in=FamilyPlan.objects.filter(family_id=family_id).active(), result="").count())


def _may_early(trajectory: Trajectory) -> bool:
    return EarlyClosing.objects.filter(trajectory=trajectory).exists()


def _refuse_closing(trajectory: Trajectory, *, at: datetime) -> None:
    clocks = clocks_of(trajectory)
    owed = FollowUp.objects.filter(family_id=trajectory.family_id, kind=Kind.TRIAGE_SIGNAL).open()
    refusal = None
    if trajectory.ends_on is not None:
        refusal = _("This trajectory is closed already.")
    elif clocks.both_until is None:
        refusal = _("Without a day of departure and an end of the aftercare this cannot be closed.")
    elif not clocks.closable_on(timezone.localdate(at)) and not _may_early(trajectory):
        refusal = _("The watch runs until the end of %(day)s.") % {"day": date_format(clocks.both_until, "j F Y")}
    elif OutOfSight.objects.filter(family_id=trajectory.family_id).open().exists():
        refusal = _("This family is out of sight. That does not end by closing.")
    elif owed.exists():
        refusal = _("First judge the signal that is waiting.")
    elif _goals_without_result(trajectory.family_id):
        refusal = _("First record of each goal in the plan what came of it.")
    if refusal:
        raise WrongState(refusal, about=trajectory.family)
