"""Out of sight: proposed by failed contacts, confirmed by a person, searched for, and over when somebody saw them."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from aftercare.models import CheckIn, OutOfSight, OutOfSightStep, SearchResult, SearchStep, Status
from aftercare.silence import silent
from audit.events import Event
from cases.models import Trajectory
from core.errors import WrongState
from core.working_days import add_working_days
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan

NEXT_STEP_AFTER = 2  # working days
ALL_STEPS_AFTER = 5  # each step was taken: then once a week


def propose(trajectory: Trajectory, *, at: datetime, within: Operation[Any]) -> OutOfSight:
    """Propose that the family is out of sight. A step. Somebody must look at it today."""
    last = CheckIn.objects.last_contact(trajectory.family_id)
    since = timezone.localdate(last) if last else (trajectory.departs_on or trajectory.starts_on)
    proposal = OutOfSight.objects.create(
        family_id=trajectory.family_id, trajectory=trajectory, since=since, proposed_at=at
    )
    within.record(Event.OUT_OF_SIGHT_PROPOSED, subject=proposal, since=since.isoformat())
    _plan_next(proposal, at=at, within=within)
    return proposal


def propose_after_silence(trajectory: Trajectory, *, at: datetime) -> None:
    """Propose it for a family with which nobody had contact for weeks. A job's: `by` is nobody. Twice is once."""
    with operation(Action.WATCH_SILENCE, on=trajectory, by=None) as op:
        if not silent(timezone.localdate(at)).filter(pk=trajectory.pk).exists():
            op.record(Event.SILENCE_LOOKED_AT)
            return
        propose(op.target, at=at, within=op)


def confirm_out_of_sight(out_of_sight: OutOfSight, *, by: User, at: datetime) -> OutOfSight:
    """Confirm that the family is out of sight: from now on the steps are owed."""
    with operation(Action.RECORD_CHECK_IN, on=out_of_sight, by=by) as op:
        confirmed = op.target
        confirmed.move_to(Status.CONFIRMED)
        confirmed.confirmed_at, confirmed.confirmed_by = at, by
        confirmed.save(update_fields=["status", "confirmed_at", "confirmed_by"])
        op.record(Event.OUT_OF_SIGHT_STARTED)
    return confirmed


def take_step(
    out_of_sight: OutOfSight, step: SearchStep, *, result: SearchResult, by: User, at: datetime
) -> OutOfSightStep:
    """Record a step to find the family. The next one is owed at once: there is always a day on which to go on."""
    with operation(Action.RECORD_CHECK_IN, on=out_of_sight, by=by) as op:
        search = op.target
        if search.status != Status.CONFIRMED:
            raise WrongState(_("First confirm that the family is out of sight."), about=search)
        taken = OutOfSightStep.objects.create(
            family_id=search.family_id,
            out_of_sight=search,
            step=step,
            result=result,
            done_on=timezone.localdate(at),
            done_by=by,
        )
        finish(_owed(search), as_=State.DONE, at=at, within=op)
        _plan_next(search, at=at, within=op)
        op.record(Event.OUT_OF_SIGHT_STEP_TAKEN, subject=taken, step=step.value, result=result.value)
    return taken


def end_because_seen(out_of_sight: OutOfSight, *, by: User, at: datetime) -> OutOfSight:
    """End the search. Raises WrongState while nobody has had contact since it was proposed: "done" is no reason."""
    with operation(Action.RECORD_CHECK_IN, on=out_of_sight, by=by) as op:
        search = op.target
        contact = CheckIn.objects.filter(family_id=search.family_id, recorded_at__gte=search.proposed_at).with_contact()
        if not contact.exists():
            raise WrongState(_("This ends when somebody has had contact. Record that contact first."), about=search)
        _end(search, at=at, within=op)
    return search


def found(check_in: CheckIn, *, at: datetime, within: Operation[Any]) -> None:
    """Withdraw a proposal that nobody confirmed, because there was contact. A step.

    A confirmed search stays open: one call with a mother does not say that her children have been seen.
    """
    proposals = OutOfSight.objects.filter(family_id=check_in.family_id, status=Status.PROPOSED)
    for proposal in proposals.open():
        _end(proposal, at=at, within=within)


def _end(search: OutOfSight, *, at: datetime, within: Operation[Any]) -> None:
    search.move_to(Status.FOUND)
    search.ended_at, search.ended_by = at, within.actor
    search.save(update_fields=["status", "ended_at", "ended_by"])
    finish(_owed(search), as_=State.DONE, at=at, within=within)
    within.record(Event.OUT_OF_SIGHT_ENDED, subject=search)


def _plan_next(search: OutOfSight, *, at: datetime, within: Operation[Any]) -> None:
    taken = OutOfSightStep.objects.filter(out_of_sight=search)
    count = taken.count()
    is_complete = taken.values("step").distinct().count() == len(SearchStep)
    wait = 0 if count == 0 else ALL_STEPS_AFTER if is_complete else NEXT_STEP_AFTER
    plan(
        search.trajectory.family,
        Kind.OUT_OF_SIGHT,
        due_on=add_working_days(timezone.localdate(at), wait),
        falls_to=AssignmentKind.REGISSEUR,
        about=search,
        # Two steps on one day are owed twice: under one version the second would be the first, which is closed.
        version=count + 1,
        within=within,
    )


def _owed(search: OutOfSight) -> Any:
    return FollowUp.objects.filter(family_id=search.family_id, kind=Kind.OUT_OF_SIGHT, about_id=search.pk)
