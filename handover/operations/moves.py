"""A family moves to another municipality after the shelter: the moment of most danger, with a list and a day (F3)."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Person, Place, Trajectory
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from handover.arranged import arranged_for_move
from handover.models import CheckKind, CheckState, DepartureCheck, Handover, Move, Status
from handover.operations.checks import settle
from handover.operations.supporters import notice_supporter_gap
from organisations.models import Municipality
from safety_plans.models import Moment
from safety_plans.operations import ask_assessment

READY_BEFORE = timedelta(days=7)
SCHOOL_AGE = range(4, 18)
_EVERY_MOVE = (
    CheckKind.SAFETY_PLAN_CURRENT,
    CheckKind.PARTNERS_TOLD,
    CheckKind.INCOME_STARTED,
    CheckKind.HELP_BEFORE_DEPARTURE,
    CheckKind.ADDRESS_LEVEL,
)
# To another region a family loses all at once, again.
_OUT_OF_THE_REGION = (
    CheckKind.NEW_ASSESSMENT,
    CheckKind.VEILIG_THUIS_INFORMED,
    CheckKind.NEW_REGISSEUR,
    CheckKind.NEW_SUPPORTER,
    CheckKind.NEW_GENERAL_PRACTICE,
    CheckKind.WHO_KEEPS_WATCH,
)


def plan_move(trajectory: Trajectory, *, on: date, municipality: Municipality | None, by: User, at: datetime) -> Move:
    """Plan a move after the departure; `municipality` is None when it may not be written down.

    The danger is assessed anew, and a move out of the region asks for all that a departure asks. Raises WrongState
    before the family left the shelter, for a trajectory that has ended, for the municipality it lives in, and while
    another move is not complete.
    """
    with operation(Action.PLAN_DEPARTURE, on=trajectory, by=by) as op:
        trajectory, today = op.target, timezone.localdate(at)
        _insist_on(trajectory, municipality, today)
        move = Move.objects.create(
            family_id=trajectory.family_id,
            trajectory=trajectory,
            moves_on=on,
            was=trajectory.municipality,
            municipality=municipality,
            leaves_region=_leaves_region(trajectory.municipality, municipality),
            recorded_by=by,
            recorded_at=at,
        )
        _list_what_to_arrange(move)
        plan(
            trajectory.family,
            Kind.PREPARE_MOVE,
            due_on=max(today, on - READY_BEFORE),
            falls_to=AssignmentKind.REGISSEUR,
            about=move,
            within=op,
        )
        ask_assessment(trajectory.family, Moment.MOVE, about=move, due_on=max(today, on - READY_BEFORE), within=op)
        notice_supporter_gap(trajectory.family, municipality, about=move, at=at, within=op)
        op.record(Event.MOVE_PLANNED, subject=move, leaves_region=move.leaves_region)
    return move


def complete_move(move: Move, *, by: User, at: datetime) -> Move:
    """Record that the family moved and everything around it is settled; it lives in the new municipality from then on.

    Raises WrongState before the day, while a point is open, and for a move out of the region without a regisseur there
    who accepted, or refused (F4).
    """
    with operation(Action.PLAN_DEPARTURE, on=move, by=by) as op:
        move = op.target
        if move.completed_at is not None:
            raise WrongState(_("This move was completed already."), about=move)
        _take_over_from_file(move, at=at, within=op)
        if refusal := _why_not(move, timezone.localdate(at)):
            raise WrongState(refusal, about=move)
        move.completed_at, move.completed_by = at, by
        move.save(update_fields=["completed_at", "completed_by"])
        trajectory = move.trajectory
        trajectory.municipality = move.municipality
        trajectory.save(update_fields=["municipality"])
        finish(
            FollowUp.objects.filter(family=move.family, kind=Kind.PREPARE_MOVE, about_id=move.pk),
            as_=State.DONE,
            at=at,
            within=op,
        )
        op.record(Event.MOVE_COMPLETED)
    return move


def _insist_on(trajectory: Trajectory, municipality: Municipality | None, today: date) -> None:
    refusal = ""
    if trajectory.ends_on is not None:
        refusal = _("This passage has ended.")
    elif trajectory.departs_on is None or trajectory.departs_on > today:
        refusal = _("The family has not left yet. Where it goes stands in its departure.")
    elif municipality is not None and municipality.pk == trajectory.municipality_id:
        refusal = _("The family lives there already.")
    elif Move.objects.filter(trajectory=trajectory, completed_at=None).exists():
        refusal = _("A move is planned already. Complete that first.")
    if refusal:
        raise WrongState(refusal, about=trajectory.family)


def _leaves_region(was: Municipality | None, to: Municipality | None) -> bool:
    """Say whether another Veilig Thuis must know. Yes unless it is sure to be the same one."""
    here, there = was and was.veilig_thuis_region_id, to and to.veilig_thuis_region_id
    return here is None or here != there


def _list_what_to_arrange(move: Move) -> None:
    wanted: list[tuple[CheckKind, Person | None]] = [(kind, None) for kind in _EVERY_MOVE]
    if move.leaves_region:
        wanted += [(kind, None) for kind in _OUT_OF_THE_REGION]
    for child in Person.objects.filter(family=move.family_id, place=Place.CHILD).once():
        age = child.age_on(move.moves_on)
        if age is None or age in SCHOOL_AGE:
            wanted += [(CheckKind.SCHOOL_TALK, child), *([(CheckKind.NEW_SCHOOL, child)] if move.leaves_region else [])]
    for kind, person in wanted:
        DepartureCheck.objects.create(
            family_id=move.family_id, trajectory_id=move.trajectory_id, move=move, kind=kind, person=person
        )


def _take_over_from_file(move: Move, *, at: datetime, within: Operation[Move]) -> None:
    open_points = {(one.kind, one.person_id): one for one in DepartureCheck.objects.filter(move=move).open()}
    for found in arranged_for_move(move):
        if point := open_points.get((found.kind, found.person_id)):
            point.move_to(CheckState.DONE)
            point.done_on, point.note = found.on, found.says
            settle(point, at=at, within=within)


def _why_not(move: Move, today: date) -> str:
    if move.moves_on > today:
        return _("The family has not moved yet.")
    answers = Handover.objects.filter(
        family=move.family_id,
        status__in=[Status.ACCEPTED, Status.DECLINED],
        to_organisation__municipality=move.municipality_id,
        decided_at__gte=move.recorded_at,
    )
    if move.leaves_region and move.municipality_id and not answers.exists():
        return _("First a regisseur of the new municipality accepts, or refuses.")
    if DepartureCheck.objects.filter(move=move).open().exists():
        return _("Not everything is settled yet. Settle each point, or take it on yourself with a reason.")
    return ""
