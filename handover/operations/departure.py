"""The departure is decided, and what must be arranged before it becomes a list with a name and a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Destination, Person, Place, Trajectory
from cases.operations import depart
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from handover.models import CheckKind, CheckState, DepartureCheck, DepartureDecision
from organisations.models import Municipality
from safety_plans.moments import latest_assessment
from safety_plans.operations import plan_moments

READY_BEFORE = timedelta(days=7)  # the list is looked at while there is still time to do something about it
REGIE_BEFORE = timedelta(days=30)  # before the aftercare ends: who is regisseur next is agreed, and not on the last day

_OF_EVERY_FAMILY = (
    CheckKind.NEW_ASSESSMENT,
    CheckKind.SAFETY_PLAN_CURRENT,
    CheckKind.PARTNERS_TOLD,
    CheckKind.INCOME_STARTED,
    CheckKind.SUPPORTER_INTRODUCED,
)
_OF_EVERY_CHILD = (CheckKind.SCHOOL_TALK, CheckKind.REFERRAL_INDEX)


@dataclass(frozen=True)
class Decision:
    """That it is safe and stable enough to leave. `dissent` is what somebody saw otherwise; empty when nobody did."""

    decided_on: date
    decided_by: str
    why_safe_enough: str
    dissent: str = ""


def plan_departure(
    trajectory: Trajectory,
    *,
    on: date,
    destination: Destination,
    municipality: Municipality | None = None,
    involvement_ends_on: date | None = None,
    decision: Decision,
    by: User,
    at: datetime,
) -> Trajectory:
    """Set the day of departure and where to, and make the checklist. Doing it again moves the departure.

    The decision is tied to the latest risk assessment of its day or before (C42). What was settled stays settled; what
    a new destination asks for is added. Raises WrongState without a decision that says who found it safe enough and
    why, and for a trajectory that has ended.
    """
    with operation(Action.PLAN_DEPARTURE, on=trajectory, by=by) as op:
        trajectory = op.target
        _insist_on(trajectory, destination, municipality, decision)
        depart(
            trajectory,
            on=on,
            destination=destination,
            municipality=municipality,
            involvement_ends_on=involvement_ends_on,
            within=op,
        )
        recorded = DepartureDecision.objects.create(
            family_id=trajectory.family_id,
            trajectory=trajectory,
            decided_on=decision.decided_on,
            decided_by=decision.decided_by,
            why_safe_enough=decision.why_safe_enough,
            dissent=decision.dissent,
            assessment=latest_assessment(trajectory.family_id, until=decision.decided_on),
            recorded_by=by,
            recorded_at=at,
        )
        _list_what_to_arrange(trajectory)
        _plan_work(trajectory, at=at, within=op)
        decisions = DepartureDecision.objects.filter(trajectory=trajectory).count()
        plan_moments(trajectory, version=decisions, at=at, within=op)
        op.record(Event.DEPARTURE_PLANNED, subject=recorded, destination=destination.value)
    return trajectory


def tick(check: DepartureCheck, *, done_on: date, by: User, at: datetime) -> DepartureCheck:
    """Settle a point of the checklist: done on a day. Raises WrongState when somebody was faster."""
    with operation(Action.PLAN_DEPARTURE, on=check, by=by) as op:
        check = op.target
        check.move_to(CheckState.DONE)
        check.done_on = done_on
        _settle(check, at=at, within=op)
    return check


def set_aside(check: DepartureCheck, *, because: str, by: User, at: datetime) -> DepartureCheck:
    """Settle a point of the checklist: not needed, and why. Raises WrongState without a reason."""
    with operation(Action.PLAN_DEPARTURE, on=check, by=by) as op:
        check = op.target
        if not because.strip():
            raise WrongState(_("Say why this is not needed."), about=check)
        check.move_to(CheckState.NOT_NEEDED)
        check.not_needed_because = because
        _settle(check, at=at, within=op)
    return check


def _insist_on(
    trajectory: Trajectory, destination: Destination, municipality: Municipality | None, decision: Decision
) -> None:
    missing = None
    if trajectory.ends_on is not None:
        missing = _("This passage has ended.")
    elif destination == Destination.MUNICIPALITY and municipality is None:
        missing = _("Choose the municipality the family goes to.")
    elif not (decision.decided_by.strip() and decision.why_safe_enough.strip()):
        missing = _("Write down who decided that it is safe enough to leave, and why.")
    if missing:
        raise WrongState(missing, about=trajectory.family)


def _list_what_to_arrange(trajectory: Trajectory) -> None:
    wanted: list[tuple[CheckKind, Person | None]] = [(kind, None) for kind in _OF_EVERY_FAMILY]
    if _leaves_the_region(trajectory):
        wanted.append((CheckKind.VEILIG_THUIS_INFORMED, None))
    for child in Person.objects.filter(family_id=trajectory.family_id, place=Place.CHILD):
        wanted += [(kind, child) for kind in _OF_EVERY_CHILD]
    for kind, person in wanted:
        DepartureCheck.objects.get_or_create(
            family_id=trajectory.family_id, trajectory=trajectory, kind=kind, person=person
        )


def _leaves_the_region(trajectory: Trajectory) -> bool:
    """Say whether another Veilig Thuis must know. Yes unless it is sure to be the same one."""
    here = trajectory.organisation.municipality.veilig_thuis_region_id
    there = trajectory.municipality and trajectory.municipality.veilig_thuis_region_id
    return here is None or here != there


def _plan_work(trajectory: Trajectory, *, at: datetime, within: Operation[Any]) -> None:
    """Plan what follows from the day of departure, in place of what followed from an earlier one."""
    today = timezone.localdate(at)
    days = {Kind.PREPARE_DEPARTURE: max(today, (trajectory.departs_on or today) - READY_BEFORE)}
    if trajectory.involvement_ends_on is not None:
        days[Kind.CHOOSE_REGISSEUR] = max(today, trajectory.involvement_ends_on - REGIE_BEFORE)
    if trajectory.destination == Destination.UNKNOWN:
        days[Kind.OUT_OF_SIGHT] = today
    # Counting the decisions as versions lets a departure move away from a day and back to it.
    version = DepartureDecision.objects.filter(trajectory=trajectory).count()
    for kind in (Kind.PREPARE_DEPARTURE, Kind.CHOOSE_REGISSEUR, Kind.OUT_OF_SIGHT):
        earlier = FollowUp.objects.filter(family_id=trajectory.family_id, kind=kind, about_id=trajectory.pk)
        finish(earlier, as_=State.LAPSED, at=at, within=within)
        if kind in days:
            plan(
                trajectory.family,
                kind,
                due_on=days[kind],
                falls_to=AssignmentKind.REGISSEUR,
                about=trajectory,
                version=version,
                within=within,
            )


def _settle(check: DepartureCheck, *, at: datetime, within: Operation[Any]) -> None:
    """Save a point that was settled, and with the last one close the work on the departure."""
    check.closed_by, check.closed_at = within.actor, at
    check.save()
    within.record(Event.CHECKLIST_CHANGED, kind=check.kind, state=check.state)
    if not DepartureCheck.objects.filter(trajectory_id=check.trajectory_id).open().exists():
        prepared = FollowUp.objects.filter(
            family_id=check.family_id, kind=Kind.PREPARE_DEPARTURE, about_id=check.trajectory_id
        )
        finish(prepared, as_=State.DONE, at=at, within=within)
