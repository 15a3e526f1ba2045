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
from cases.reading import uses_index
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from handover.models import CheckKind, DepartureCheck, DepartureDecision, leaves_the_region
from handover.operations.checks import open_again
from handover.operations.supporters import notice_supporter_gap, tell_supporter
from organisations.models import Municipality
from safety_plans.moments import latest_assessment
from safety_plans.operations import plan_moments

READY_BEFORE = timedelta(days=7)  # the list is looked at while there is still time to do something about it
REGIE_BEFORE = timedelta(days=30)  # before the aftercare ends: who is regisseur next is agreed, and not on the last day
WATCHERS_BEFORE = timedelta(days=14)  # and who keeps watch, so that there is time to ask one more

_OF_EVERY_FAMILY = (
    CheckKind.NEW_ASSESSMENT,
    CheckKind.SELF_RELIANCE,
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
SCHOOL_AGE = range(4, 18)

# Who must be involved while the family is still in the shelter, and how long before it leaves (A7).
INVITE_BEFORE = {
    Kind.INVITE_INCOME: timedelta(weeks=8),
    Kind.INVITE_HOUSING: timedelta(weeks=8),
    Kind.INVITE_NEIGHBOURHOOD_TEAM: timedelta(weeks=6),
    Kind.INVITE_YOUTH_CARE: timedelta(weeks=6),
    Kind.INVITE_SCHOOL: timedelta(weeks=3),
}
_FOLLOWS_FROM_THE_DAY = (
    Kind.PREPARE_DEPARTURE,
    Kind.CHOOSE_REGISSEUR,
    Kind.END_AFTERCARE,
    Kind.OUT_OF_SIGHT,
    *INVITE_BEFORE,
)
_MOOT_WHEN_IT_STAYS = (Kind.CONTACT, Kind.ROUND_OFF, Kind.YEAR_ENOUGH, Kind.HANDOVER_DECLINED)


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
    a new destination asks for is added. Raises WrongState without a decision, taken today or before, that says who
    found it safe enough and why; and for a trajectory that has ended.
    """
    with operation(Action.PLAN_DEPARTURE, on=trajectory, by=by) as op:
        trajectory = op.target
        _insist_on(trajectory, destination, municipality, decision, today=timezone.localdate(at))
        moved_from = trajectory.departs_on
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
            departs_on=trajectory.departs_on,
            destination=trajectory.destination,
            municipality=trajectory.municipality,
            involvement_ends_on=trajectory.involvement_ends_on,
            assessment=latest_assessment(trajectory.family_id, until=decision.decided_on),
            recorded_by=by,
            recorded_at=at,
        )
        _list_what_to_arrange(trajectory, today=timezone.localdate(at))
        _plan_work(trajectory, at=at, within=op)
        decisions = DepartureDecision.objects.filter(trajectory=trajectory).count()
        plan_moments(trajectory, version=decisions, at=at, within=op)
        if moved_from != on:
            open_again(trajectory, within=op)
        tell_supporter(trajectory.family, at=at, within=op)
        notice_supporter_gap(trajectory.family, trajectory.municipality, about=trajectory, at=at, within=op)
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
        tell_supporter(trajectory.family, at=at, within=op)
        for kind in (*_FOLLOWS_FROM_THE_DAY, *_MOOT_WHEN_IT_STAYS):
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


def _insist_on(
    trajectory: Trajectory,
    destination: Destination,
    municipality: Municipality | None,
    decision: Decision,
    *,
    today: date,
) -> None:
    missing = None
    if trajectory.ends_on is not None:
        missing = _("This passage has ended.")
    elif destination == Destination.MUNICIPALITY and municipality is None:
        missing = _("Choose the municipality the family goes to.")
    elif not (decision.decided_by.strip() and decision.why_safe_enough.strip()):
        missing = _("Write down who decided that it is safe enough to leave, and why.")
    elif decision.decided_on > today:
        missing = _("This day is still to come.")
    if missing:
        raise WrongState(missing, about=trajectory.family)


def _list_what_to_arrange(trajectory: Trajectory, *, today: date) -> None:
    wanted: list[tuple[CheckKind, Person | None]] = [(kind, None) for kind in _OF_EVERY_FAMILY]
    moves = leaves_the_region(trajectory)
    if moves:
        wanted += [(kind, None) for kind in _OF_ANOTHER_REGION]
    indexed = uses_index(trajectory.family, today=today)
    for child in Person.objects.filter(family_id=trajectory.family_id, place=Place.CHILD).once():
        if indexed:
            wanted.append((CheckKind.REFERRAL_INDEX, child))
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
        days[Kind.END_AFTERCARE] = max(today, trajectory.involvement_ends_on - WATCHERS_BEFORE)
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
