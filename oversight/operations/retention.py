"""Holding a file, and the two approvals without which none is destroyed."""

from datetime import datetime

from django.utils.translation import gettext as _

from access.models import Hold, HoldKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from accounts.step_up import insist_on_fresh
from audit.events import Event
from cases.models import Family
from core.errors import WrongState
from oversight.models import Destruction, Status


def hold(family: Family, *, kind: HoldKind, reason: str, by: User, at: datetime) -> Hold:
    """Keep a file from being destroyed; with a calamity also from being changed (B27). Raises WrongState the second
    time for the same kind, and without a reason.
    """
    with operation(Action.HOLD, on=family, by=by) as op:
        family = op.target
        standing = Hold.objects.standing().filter(family=family, kind=kind).first()
        if standing is not None:
            raise WrongState(_("This file is held already."), about=standing)
        if not reason.strip():
            raise WrongState(_("Give a reason."), about=Hold(family=family))
        held = Hold.objects.create(family=family, kind=kind, reason=reason.strip(), set_by=by, set_at=at)
        op.record(Event.HOLD_SET, subject=held, kind=kind.value)
    return held


def end_hold(held: Hold, *, because: str, by: User, at: datetime) -> Hold:
    """Let a file go again. Raises WrongState without a reason, and the second time."""
    with operation(Action.HOLD, on=held, by=by) as op:
        held = op.target
        if held.ended_at is not None:
            raise WrongState(_("This had ended already."), about=held)
        if not because.strip():
            raise WrongState(_("Give a reason."), about=held)
        held.ended_at, held.ended_by, held.ended_because = at, by, because.strip()
        held.save(update_fields=["ended_at", "ended_by", "ended_because"])
        op.record(Event.HOLD_ENDED, subject=held, kind=held.kind)
    return held


def approve_destruction(
    batch: Destruction, *, second_factor_at: datetime | None, by: User, at: datetime
) -> Destruction:
    """Say that the files of a batch may be destroyed. The second person makes it final; the first can be neither.

    Raises WrongState when the same person approves twice or it was decided, and StaleSecondFactor.
    """
    op: Operation[Family]
    with operation(Action.APPROVE_DESTRUCTION, within_organisation=batch.organisation_id, by=by) as op:
        insist_on_fresh(second_factor_at, at=at)
        batch = Destruction.objects.select_for_update().get(pk=batch.pk)
        if batch.status != Status.PROPOSED:
            raise WrongState(_("This was decided already."), about=batch)
        if batch.first_by_id == by.pk:
            raise WrongState(_("Somebody else approves it after you."), about=batch)
        if batch.first_by_id is None:
            batch.first_by, batch.first_at = by, at
        else:
            batch.second_by, batch.second_at = by, at
            batch.move_to(Status.APPROVED)
        batch.save(update_fields=["first_by", "first_at", "second_by", "second_at", "status"])
        op.record(Event.DESTRUCTION_APPROVED, subject=batch, files=batch.items.count())
    return batch


def refuse_destruction(batch: Destruction, *, because: str, by: User, at: datetime) -> Destruction:
    """Keep the files of a batch; what is still due comes back later. Raises WrongState without a reason."""
    op: Operation[Family]
    with operation(Action.APPROVE_DESTRUCTION, within_organisation=batch.organisation_id, by=by) as op:
        batch = Destruction.objects.select_for_update().get(pk=batch.pk)
        if not because.strip():
            raise WrongState(_("Give a reason."), about=batch)
        batch.move_to(Status.REFUSED)
        batch.refused_because = because.strip()
        batch.save(update_fields=["status", "refused_because"])
        op.record(Event.DESTRUCTION_REFUSED, subject=batch)
    return batch
