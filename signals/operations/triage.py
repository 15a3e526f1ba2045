"""The regisseur judges a signal: with a decision, a name and a moment, or it is not handled."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from signals.models import MeldcodeStep, Outcome, Safe, Signal, Status


@dataclass(frozen=True)
class Judgement:
    """Is every child safe now, what is done, and why: in the words of signals.models."""

    child_safe: str
    outcome: str
    decision: str


def take_up(signal: Signal, *, by: User, at: datetime) -> Signal:
    """Say that somebody is looking at it; the reporter sees this. Raises WrongState when somebody was faster."""
    with operation(Action.TRIAGE_SIGNAL, on=signal, by=by) as op:
        op.target.move_to(Status.IN_PROGRESS)
        op.target.save(update_fields=["status"])
        op.record(Event.SIGNAL_JUDGED, status=Status.IN_PROGRESS.value, at=at.isoformat())
    return op.target


def judge(signal: Signal, judgement: Judgement, *, by: User, at: datetime) -> Signal:
    """Close a signal with a decision. Not knowing whether a child is safe plans to call back, today.

    Raises WrongState for one that was judged already, and for no action where a child is not safe.
    """
    with operation(Action.TRIAGE_SIGNAL, on=signal, by=by) as op:
        signal = op.target
        conclude(signal, judgement, by=by, at=at, within=op)
        finish(
            FollowUp.objects.filter(family=signal.family, kind=Kind.TRIAGE_SIGNAL, about_id=signal.pk),
            as_=State.DONE,
            at=at,
            within=op,
        )
        if judgement.child_safe == Safe.UNKNOWN:
            call_back(signal, about=signal, due_on=timezone.localdate(at), within=op)
    return signal


def conclude(signal: Signal, judgement: Judgement, *, by: User, at: datetime, within: Operation[Any]) -> None:
    """Write a decision down, with who and when. A step. Raises WrongState as `judge` does."""
    signal.move_to(Status.HANDLED)
    if judgement.child_safe == Safe.NO and judgement.outcome == Outcome.NONE:
        raise WrongState(_("A child is not safe. Choose what you do."), about=signal)
    signal.child_safe, signal.outcome = judgement.child_safe, judgement.outcome
    signal.decision, signal.decided_by, signal.decided_at = judgement.decision, by, at
    signal.save(update_fields=["status", "child_safe", "outcome", "decision", "decided_by", "decided_at"])
    within.record(Event.SIGNAL_JUDGED, subject=signal, outcome=judgement.outcome, child_safe=judgement.child_safe)


def call_back(signal: Signal, *, about: Any, due_on: date, within: Operation[Any]) -> FollowUp:
    """Plan that the regisseur calls. A step."""
    return plan(
        signal.family, Kind.CALL_BACK, due_on=due_on, falls_to=AssignmentKind.REGISSEUR, about=about, within=within
    )


def take_step(
    signal: Signal, step: int, *, on: date | None = None, skipped_because: str = "", by: User, at: datetime
) -> MeldcodeStep:
    """Write down a step of the meldcode: taken `on` a day, or left out for a reason; one of the two.

    Raises WrongState for a step that was written down already, and for a day that is still to come.
    """
    with operation(Action.TRIAGE_SIGNAL, on=signal, by=by) as op:
        signal = op.target
        if on is not None and on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=signal)
        if MeldcodeStep.objects.filter(signal=signal, step=step).exists():
            raise WrongState(_("This step was written down already."), about=signal)
        taken = MeldcodeStep.objects.create(
            family=signal.placed_with,
            signal=signal,
            step=step,
            taken_on=on,
            skipped_because=skipped_because,
            recorded_by=by,
            recorded_at=at,
        )
        op.record(Event.MELDCODE_STEP_TAKEN, subject=taken, step=int(step), skipped=on is None)
    return taken
