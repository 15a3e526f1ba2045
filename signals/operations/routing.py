"""A signal reaches the family it is about, or a desk where somebody looks who it can be. Done by a job, as nobody."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from audit.events import Event
from cases.models import Family, Trajectory
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from organisations.models import Organisation
from signals.deadlines import due_on
from signals.models import Fit, Reopening, ReopeningStatus, Signal, SignalCandidate
from signals.weight import weight_of


def route(signal: Signal, *, to_family: UUID, at: datetime) -> Signal:
    """Give a waiting signal its family, and whoever is regisseur the work. On a closed family it is work all the same.

    A closed family is proposed to be opened again; a person decides.
    """
    op: Operation[Family]
    with operation(Action.ROUTE_SIGNAL, on=Family._base_manager.get(pk=to_family), by=None) as op:
        signal.family, signal.routed_at, signal.unmatched_at = op.target, at, None
        signal.desk, signal.desk_since = None, None
        signal.save(update_fields=["family", "routed_at", "unmatched_at", "desk", "desk_since"])
        op.record(Event.SIGNAL_ROUTED, subject=signal)
        _plan_judging(signal, at=at, within=op)
        # A second party may make what the first one said more serious: once, however many lie there already, so that
        # a flood about one family does not keep the signals of all others waiting.
        alone = Signal.objects.unhandled().filter(family=op.target, adds_up=False)
        others = alone.of_another_party(source=signal.source, organisation_id=signal.organisation_id)
        for other in others.select_related("organisation__municipality").order_by("pk"):
            _plan_judging(other, at=at, within=op)
        if not Trajectory.objects.filter(family=op.target, ends_on=None).exists():
            _propose_reopening(signal, at=at, within=op)
    return signal


def _plan_judging(signal: Signal, *, at: datetime, within: Operation[Family]) -> None:
    """Weigh a signal and plan its judging; one that has become more serious is planned anew, for an earlier day."""
    weight = weight_of(signal, family_id=within.target.pk, at=at)
    work = FollowUp.objects.filter(kind=Kind.TRIAGE_SIGNAL, about_id=signal.pk, family=within.target)
    is_planned = work.open().exists()
    if is_planned and weight.severity <= signal.severity:
        if weight.adds_up and not signal.adds_up:
            # No more serious than it was, being acute; that others worry too is told all the same, and not asked again.
            signal.adds_up = True
            signal.save(update_fields=["adds_up"])
        return
    signal.severity, signal.nobody_active, signal.adds_up = weight.severity, weight.nobody_active, weight.adds_up
    signal.save(update_fields=["severity", "nobody_active", "adds_up"])
    if is_planned:
        within.record(Event.SIGNAL_RAISED, subject=signal, severity=int(weight.severity))
        finish(work, as_=State.LAPSED, at=at, within=within)
    plan(
        within.target,
        Kind.TRIAGE_SIGNAL,
        due_on=due_on(weight.severity, signal.reported_at, signal.terms),
        falls_to=AssignmentKind.REGISSEUR,
        about=signal,
        # The same signal may have come here, been returned and been chosen again: that is new work.
        version=1 + work.count(),
        within=within,
    )


def _propose_reopening(signal: Signal, *, at: datetime, within: Operation[Family]) -> None:
    proposal, is_new = Reopening.objects.get_or_create(
        family=within.target, about_id=signal.pk, defaults={"proposed_at": at}
    )
    if is_new:
        within.record(Event.REOPENING_PROPOSED, subject=proposal)
    plan(
        within.target,
        Kind.DECIDE_REOPENING,
        due_on=due_on(signal.severity, signal.reported_at, signal.terms),
        falls_to=AssignmentKind.REGISSEUR,
        about=signal,
        within=within,
    )


def leave_unmatched(
    signal: Signal, *, desk: Organisation | None, found: Sequence[tuple[UUID, str, Fit]], at: datetime
) -> Signal:
    """Write down which families it may be about, and bring it to `desk` when it lay nowhere yet.

    It stays waiting: the family may be opened later. Nothing is written when nothing changed.
    """
    known = set(SignalCandidate.objects.filter(about_id=signal.pk).values_list("family_id", flat=True))
    fresh = [one for one in found if one[0] not in known]
    if signal.unmatched_at is not None and not fresh and desk is None:
        return signal
    with operation(Action.ROUTE_SIGNAL, on=signal, by=None) as op:
        SignalCandidate.objects.bulk_create(
            SignalCandidate(about_id=signal.pk, family_id=family, reference=reference, fit=fit, found_at=at)
            for family, reference, fit in fresh
        )
        op.target.unmatched_at = op.target.unmatched_at or at
        op.target.save(update_fields=["unmatched_at"])
        op.record(Event.SIGNAL_ROUTED, unmatched=True, candidates=len(fresh))
        if desk is not None:
            put_at(op.target, desk=desk, at=at, within=op)
    return signal


def bring_to_desk(signal: Signal, *, desk: Organisation, at: datetime) -> Signal:
    """Bring a routed signal to a desk too, because its family has no regisseur."""
    with operation(Action.ROUTE_SIGNAL, on=signal, by=None) as op:
        put_at(op.target, desk=desk, at=at, within=op)
    return signal


def put_at(signal: Signal, *, desk: Organisation, at: datetime, within: Operation[Signal]) -> None:
    """Let a signal lie at a desk from `at` on. A step."""
    signal.desk, signal.desk_since = desk, at
    signal.save(update_fields=["desk", "desk_since"])
    within.record(Event.SIGNAL_AT_DESK, subject=signal, desk=str(desk.pk))


def leave_desk(signal: Signal, *, at: datetime) -> Signal:
    """Take a routed signal off the desk: its family has a regisseur again, whose work it is."""
    with operation(Action.ROUTE_SIGNAL, on=signal, by=None) as op:
        op.target.desk, op.target.desk_since = None, None
        op.target.save(update_fields=["desk", "desk_since"])
        op.record(Event.SIGNAL_AT_DESK, desk="", at=at.isoformat())
    return signal


def take_back(signal: Signal, *, at: datetime) -> Signal:
    """Take a signal from the family of which somebody said that it is not the one. The next round finds a desk.

    That family is never routed to again by itself, and no longer offered.
    """
    with operation(Action.ROUTE_SIGNAL, on=signal, by=None) as op:
        signal = op.target
        family = signal.placed_with
        SignalCandidate.objects.update_or_create(
            about_id=signal.pk,
            family=family,
            defaults={"refused_at": at},
            create_defaults={
                "reference": family.reference,
                "fit": Fit.SAME,
                "found_at": at,
                "refused_at": at,
            },
        )
        work = FollowUp.objects.filter(family=family, about_id=signal.pk)
        finish(work, as_=State.LAPSED, at=at, within=op)
        for proposal in Reopening.objects.filter(about_id=signal.pk, status=ReopeningStatus.PROPOSED):
            proposal.move_to(ReopeningStatus.LAPSED)
            proposal.save(update_fields=["status"])
        signal.family, signal.routed_at, signal.unmatched_at = None, None, at
        signal.returned_at, signal.returned_by, signal.returned_because = None, None, ""
        signal.save(
            update_fields=[
                "family", "routed_at", "unmatched_at", "returned_at", "returned_by", "returned_because",
            ]
        )  # fmt: skip
        op.record(Event.SIGNAL_ROUTED, taken_back=True, family=str(family.pk))
    return signal


def settle(signal: Signal, *, at: datetime) -> Signal:
    """Take the judging of a signal that a desk has handled off the list of the family's next regisseur."""
    with operation(Action.ROUTE_SIGNAL, on=signal, by=None) as op:
        work = FollowUp.objects.filter(family=op.target.family, kind=Kind.TRIAGE_SIGNAL, about_id=signal.pk)
        finish(work, as_=State.DONE, at=at, within=op)
        op.record(Event.SIGNAL_ROUTED, settled=True)
    return signal
