"""A signal reaches the family it is about, or is written down as one that nobody could place. Done by a job."""

from datetime import datetime
from uuid import UUID

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from audit.events import Event
from cases.models import Family
from follow_ups.models import Kind
from follow_ups.operations import plan
from signals.deadlines import judge_by
from signals.models import Signal


def route(signal: Signal, *, to_family: UUID, at: datetime) -> Signal:
    """Give a waiting signal its family, and whoever is regisseur the work. A closed trajectory makes no difference."""
    op: Operation[Family]
    with operation(Action.ROUTE_SIGNAL, on=Family._base_manager.get(pk=to_family), by=None) as op:
        signal.family, signal.routed_at, signal.unmatched_at = op.target, at, None
        signal.save(update_fields=["family", "routed_at", "unmatched_at"])
        op.record(Event.SIGNAL_ROUTED, subject=signal)
        plan(
            op.target,
            Kind.TRIAGE_SIGNAL,
            due_on=judge_by(signal.acute, signal.reported_at),
            falls_to=AssignmentKind.REGISSEUR,
            about=signal,
            within=op,
        )
    return signal


def leave_unmatched(signal: Signal, *, at: datetime) -> Signal:
    """Write down since when nobody could place this signal. It stays waiting: the family may be opened later."""
    with operation(Action.ROUTE_SIGNAL, on=signal, by=None) as op:
        op.target.unmatched_at = at
        op.target.save(update_fields=["unmatched_at"])
        op.record(Event.SIGNAL_ROUTED, unmatched=True)
    return signal
