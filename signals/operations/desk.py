"""What a duty desk does with a signal that fits nobody or has no regisseur, and how one comes back to it."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Trajectory, TrajectoryKind
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish
from signals.models import (
    AdviceLink,
    MeldcodeStep,
    Reopening,
    ReopeningStatus,
    Safe,
    Signal,
    SignalCandidate,
    Status,
    VeiligThuisReport,
)
from signals.operations.triage import Judgement, conclude


class _Desk:
    """The list of the desk: where somebody is taken who was too late with one signal on it."""

    def get_absolute_url(self) -> str:
        return reverse("signals:desk")


def _desk_of(signal: Signal) -> UUID:
    if signal.desk_id is None:
        raise WrongState(_("This signal no longer lies at the desk."), about=_Desk())
    return signal.desk_id


def _locked(signal: Signal) -> Signal:
    """Return the row as it is under its own lock: a signal at a desk may have no family to lock."""
    found = Signal.objects.filter(desk_id=signal.desk_id).select_for_update(of=("self",)).filter(pk=signal.pk).first()
    if found is None:
        raise WrongState(_("This signal no longer lies at the desk."), about=_Desk())
    return found


def choose(candidate: SignalCandidate, *, of: Signal, by: User, at: datetime) -> SignalCandidate:
    """Say which family a signal is about. The job brings it there within a minute: this request never writes there.

    Raises WrongState when somebody chose before, or when it was handled.
    """
    op: Operation[Signal]
    with operation(Action.WORK_AT_DESK, within_organisation=_desk_of(of), by=by) as op:
        signal = _locked(of)
        offered = SignalCandidate.objects.filter(about_id=signal.pk)
        if signal.status == Status.HANDLED or signal.family_id is not None:
            raise WrongState(_("This signal is with a family already, or handled."), about=_Desk())
        if offered.filter(chosen_at__isnull=False, refused_at=None).exists():
            raise WrongState(_("Somebody chose a family already. It is on its way."), about=_Desk())
        candidate = offered.to_choose().get(pk=candidate.pk)
        candidate.chosen_at, candidate.chosen_by = at, by
        candidate.save(update_fields=["chosen_at", "chosen_by"])
        op.record(Event.SIGNAL_MATCHED, subject=signal, candidate=str(candidate.pk))
    return candidate


def take_up_at_desk(signal: Signal, *, by: User, at: datetime) -> Signal:
    """Say that somebody at the desk is looking at it; the reporter sees this. Raises WrongState when it was said."""
    op: Operation[Signal]
    with operation(Action.WORK_AT_DESK, within_organisation=_desk_of(signal), by=by) as op:
        found = _locked(signal)
        if found.status != Status.RECEIVED:
            raise WrongState(_("Somebody is looking at this signal already."), about=_Desk())
        found.move_to(Status.IN_PROGRESS)
        found.save(update_fields=["status"])
        op.record(Event.SIGNAL_JUDGED, subject=found, status=Status.IN_PROGRESS.value, at=at.isoformat())
    return found


def judge_at_desk(signal: Signal, judgement: Judgement, *, by: User, at: datetime) -> Signal:
    """Close a signal at the desk with a decision.

    Raises WrongState for one that was judged already, for no action where a child is not safe, and when nobody knows
    yet whether the child is safe: without a family there is nobody for whom calling back could be planned, so the
    signal itself stays on the list.
    """
    op: Operation[Signal]
    with operation(Action.WORK_AT_DESK, within_organisation=_desk_of(signal), by=by) as op:
        found = _locked(signal)
        if found.status == Status.HANDLED:
            raise WrongState(_("This signal was handled already."), about=_Desk())
        if judgement.child_safe == Safe.UNKNOWN:
            raise WrongState(
                _("First find out whether the child is safe. Until then it stays on the list."), about=_Desk()
            )
        conclude(found, judgement, by=by, at=at, within=op)
    return found


def return_to_desk(signal: Signal, *, because: str, by: User, at: datetime) -> Signal:
    """Say that a signal is about another family. The job brings it to a duty desk within a minute.

    Raises WrongState when it was handled, or when work on it stands in this file already: then it is judged here.
    """
    with operation(Action.TRIAGE_SIGNAL, on=signal, by=by) as op:
        found = op.target
        if found.status == Status.HANDLED or found.returned_at is not None:
            raise WrongState(_("This signal was handled or given back already."), about=found)
        if any(model.objects.filter(signal=found).exists() for model in (MeldcodeStep, AdviceLink, VeiligThuisReport)):
            raise WrongState(_("Work on this signal stands in this file already. Judge it here."), about=found)
        found.returned_at, found.returned_by, found.returned_because = at, by, because
        found.save(update_fields=["returned_at", "returned_by", "returned_because"])
        op.record(Event.SIGNAL_RETURNED)
    return found


def decide_reopening(reopening: Reopening, *, opens: bool, reason: str, by: User, at: datetime) -> Reopening:
    """Decide whether a closed family is opened again because of a signal. Raises WrongState when somebody was faster.

    Opening starts a new trajectory without a stay, today, of the organisation that had the last one.
    """
    with operation(Action.TRIAGE_SIGNAL, on=reopening, by=by) as op:
        found = op.target
        found.move_to(ReopeningStatus.ACCEPTED if opens else ReopeningStatus.DECLINED)
        found.reason, found.decided_by, found.decided_at = reason, by, at
        found.save(update_fields=["status", "reason", "decided_by", "decided_at"])
        trajectories = Trajectory.objects.filter(family=found.family)
        if opens and not trajectories.filter(ends_on=None).exists():
            last = trajectories.order_by("-starts_on", "pk").first()
            Trajectory.objects.create(
                family=found.family,
                kind=TrajectoryKind.AMBULANT,
                organisation_id=last.organisation_id if last else found.family.opened_by_id,
                starts_on=timezone.localdate(at),
            )
        op.record(Event.REOPENING_DECIDED, status=found.status)
        work = FollowUp.objects.filter(family=found.family, kind=Kind.DECIDE_REOPENING, about_id=found.about_id)
        finish(work, as_=State.DONE, at=at, within=op)
    return found
