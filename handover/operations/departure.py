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
from cases.operations import call_off, depart
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from handover.arranged import arranged
from handover.models import (
    CheckKind,
    CheckState,
    DepartureCheck,
    DepartureCompletion,
    DepartureDecision,
    Handover,
    Status,
    leaves_the_region,
)
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
    CheckKind.HELP_BEFORE_DEPARTURE,
    CheckKind.MEASURES_KNOWN,
    CheckKind.BACKGROUND_TAKEN_ALONG,
    CheckKind.AUTHORITY_LETTERS,
    CheckKind.ADDRESS_LEVEL,
    CheckKind.WHO_KEEPS_WATCH,
)
# To another region a family loses all at once: who has the regie, who helps, where it turns to (F3).
_OF_ANOTHER_REGION = (
    CheckKind.VEILIG_THUIS_INFORMED,
    CheckKind.NEW_REGISSEUR,
    CheckKind.NEW_SUPPORTER,
    CheckKind.NEW_GENERAL_PRACTICE,
)
_OF_EVERY_CHILD = (CheckKind.REFERRAL_INDEX,)
SCHOOL_AGE = range(4, 18)

# Who must be involved while the family is still in the shelter, and how long before it leaves (A7).
INVITE_BEFORE = {
    Kind.INVITE_INCOME: timedelta(weeks=8),
    Kind.INVITE_HOUSING: timedelta(weeks=8),
    Kind.INVITE_NEIGHBOURHOOD_TEAM: timedelta(weeks=6),
    Kind.INVITE_YOUTH_CARE: timedelta(weeks=6),
    Kind.INVITE_SCHOOL: timedelta(weeks=3),
}
_FOLLOWS_FROM_THE_DAY = (Kind.PREPARE_DEPARTURE, Kind.CHOOSE_REGISSEUR, Kind.OUT_OF_SIGHT, *INVITE_BEFORE)


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


def cancel_departure(trajectory: Trajectory, *, because: str, by: User, at: datetime) -> Trajectory:
    """Take the departure back: the family stays. What was settled stays settled for the next one.

    Raises WrongState without a reason, when none is planned, and for a family that has left.
    """
    with operation(Action.PLAN_DEPARTURE, on=trajectory, by=by) as op:
        trajectory = op.target
        refusal = None
        if not because.strip():
            refusal = _("Say why.")
        elif trajectory.departs_on is None:
            refusal = _("No departure is planned.")
        elif trajectory.departs_on < timezone.localdate(at):
            refusal = _("The family has left.")
        if refusal:
            raise WrongState(refusal, about=trajectory.family)
        call_off(trajectory, within=op)
        for kind in (*_FOLLOWS_FROM_THE_DAY, Kind.CONTACT, Kind.ROUND_OFF):
            planned = FollowUp.objects.filter(family_id=trajectory.family_id, kind=kind)
            finish(planned, as_=State.LAPSED, at=at, within=op)
        DepartureDecision.objects.create(
            family_id=trajectory.family_id,
            trajectory=trajectory,
            decided_on=timezone.localdate(at),
            decided_by=by.name,
            why_safe_enough=_("The departure is cancelled: %(reason)s") % {"reason": because.strip()},
            recorded_by=by,
            recorded_at=at,
        )
        op.record(Event.DEPARTURE_CANCELLED)
    return trajectory


def complete_departure(trajectory: Trajectory, *, by: User, at: datetime) -> DepartureCompletion:
    """Record that the family left and that everything around it is settled.

    Raises WrongState before the day, while a point is open that nobody settled or overrode, and without an accepted
    handover where one is compulsory: for a shelter that gives no aftercare a warm one (A8), and for another region one
    to an organisation of the new municipality (F4).
    """
    with operation(Action.PLAN_DEPARTURE, on=trajectory, by=by) as op:
        trajectory = op.target
        _take_over_from_file(trajectory, at=at, within=op)
        if refusal := _why_not_complete(trajectory, today=timezone.localdate(at)):
            raise WrongState(refusal, about=trajectory.family)
        completed = DepartureCompletion.objects.create(
            family_id=trajectory.family_id, trajectory=trajectory, completed_by=by, completed_at=at
        )
        op.record(Event.DEPARTURE_COMPLETED, subject=completed)
    return completed


def tick(check: DepartureCheck, *, done_on: date, note: str = "", by: User, at: datetime) -> DepartureCheck:
    """Settle a point of the checklist: done on a day. `note` says with whom, and what was agreed.

    Raises WrongState when somebody was faster, and for a talk with a school without that (F19).
    """
    with operation(Action.PLAN_DEPARTURE, on=check, by=by) as op:
        check = op.target
        if check.kind == CheckKind.SCHOOL_TALK and not note.strip():
            raise WrongState(_("Say with whom you spoke, and what was agreed."), about=check)
        check.move_to(CheckState.DONE)
        check.done_on, check.note = done_on, note.strip()
        _settle(check, at=at, within=op)
    return check


def set_aside(check: DepartureCheck, *, because: str, by: User, at: datetime) -> DepartureCheck:
    """Settle a point of the checklist: not needed, and why. Raises WrongState without a reason."""
    with operation(Action.PLAN_DEPARTURE, on=check, by=by) as op:
        check = op.target
        if not because.strip():
            raise WrongState(_("Say why this is not needed."), about=check)
        check.move_to(CheckState.NOT_NEEDED)
        check.because = because
        _settle(check, at=at, within=op)
    return check


def override(check: DepartureCheck, *, because: str, by: User, at: datetime) -> DepartureCheck:
    """Let the family leave although this point was not arranged: in one's own name, for a reason."""
    with operation(Action.PLAN_DEPARTURE, on=check, by=by) as op:
        check = op.target
        if not because.strip():
            raise WrongState(_("Say why."), about=check)
        check.move_to(CheckState.OVERRIDDEN)
        check.because = because
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
    moves = leaves_the_region(trajectory)
    if moves:
        wanted += [(kind, None) for kind in _OF_ANOTHER_REGION]
    for child in Person.objects.filter(family_id=trajectory.family_id, place=Place.CHILD):
        wanted += [(kind, child) for kind in _OF_EVERY_CHILD]
        # A child whose birthday nobody knows may well be at school.
        age = child.age_on(trajectory.departs_on) if trajectory.departs_on else None
        if age is None or age in SCHOOL_AGE:
            wanted += [(CheckKind.SCHOOL_TALK, child), *([(CheckKind.NEW_SCHOOL, child)] if moves else [])]
    for kind, person in wanted:
        DepartureCheck.objects.get_or_create(
            family_id=trajectory.family_id, trajectory=trajectory, kind=kind, person=person
        )


def _plan_work(trajectory: Trajectory, *, at: datetime, within: Operation[Any]) -> None:
    """Plan what follows from the day of departure, in place of what followed from an earlier one."""
    today = timezone.localdate(at)
    days = {Kind.PREPARE_DEPARTURE: max(today, (trajectory.departs_on or today) - READY_BEFORE)}
    if trajectory.involvement_ends_on is not None:
        days[Kind.CHOOSE_REGISSEUR] = max(today, trajectory.involvement_ends_on - REGIE_BEFORE)
    if trajectory.destination == Destination.UNKNOWN:
        days[Kind.OUT_OF_SIGHT] = today
    if trajectory.departs_on is not None:
        days |= {kind: max(today, trajectory.departs_on - before) for kind, before in INVITE_BEFORE.items()}
    # Counting the decisions as versions lets a departure move away from a day and back to it.
    version = DepartureDecision.objects.filter(trajectory=trajectory).count()
    for kind in _FOLLOWS_FROM_THE_DAY:
        earlier = FollowUp.objects.filter(family_id=trajectory.family_id, kind=kind, about_id=trajectory.pk)
        if kind in INVITE_BEFORE and earlier.filter(state=State.DONE).exists():
            continue  # whoever was invited stays invited
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


def _take_over_from_file(trajectory: Trajectory, *, at: datetime, within: Operation[Any]) -> None:
    """Settle the points that the file settles already. In the name of whoever acts: she looked at the list."""
    open_points = {
        (point.kind, point.person_id): point for point in DepartureCheck.objects.filter(trajectory=trajectory).open()
    }
    for one in arranged(trajectory):
        if point := open_points.get((one.kind, one.person_id)):
            point.move_to(CheckState.DONE)
            point.done_on, point.note = one.on, one.says
            _settle(point, at=at, within=within)


def _why_not_complete(trajectory: Trajectory, *, today: date) -> str:
    """Return what stands in the way of completing the departure; empty when nothing does."""
    accepted = [one for one in Handover.objects.filter(family_id=trajectory.family_id, status=Status.ACCEPTED)]
    there = [one for one in accepted if one.to_organisation.municipality_id == trajectory.municipality_id]
    asked = Handover.objects.filter(family_id=trajectory.family_id, status=Status.DECLINED)
    refused = [one for one in asked if one.to_organisation.municipality_id == trajectory.municipality_id]
    if DepartureCompletion.objects.filter(trajectory=trajectory).exists():
        return _("This departure was completed already.")
    if trajectory.departs_on is None or trajectory.departs_on > today:
        return _("The family has not left yet.")
    if trajectory.organisation.aftercare_months == 0 and not any(one.was_warm for one in accepted):
        return _("Your shelter gives no aftercare. First hand over warmly: accepted, and visited together.")
    if trajectory.municipality_id and leaves_the_region(trajectory) and not (there or refused):
        return _("First a regisseur of the new municipality accepts, or refuses.")
    if DepartureCheck.objects.filter(trajectory=trajectory).open().exists():
        return _("Not everything is settled yet. Settle each point, or take it on yourself with a reason.")
    return ""


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
