from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from core.errors import WrongState
from follow_ups.models import ANSWERED, FollowUp, Kind, State


def plan(
    family: Any,
    kind: Kind,
    *,
    due_on: date,
    falls_to: AssignmentKind,
    about: Any = None,
    version: int = 1,
    within: Operation[Any],
) -> FollowUp:
    """Plan a follow-up, once: planning the same again (kind, day, version, about) returns the one that is there.

    `due_on` is a day in the Netherlands; the follow-up is due from its first minute.
    """
    follow_up, is_new = FollowUp.objects.get_or_create(
        family=family,
        kind=kind,
        about_id=about.pk if about is not None else family.pk,
        due_on=due_on,
        version=version,
        defaults={"falls_to": falls_to},
    )
    if is_new:
        within.record(Event.FOLLOW_UP_PLANNED, subject=follow_up, kind=kind.value, due_on=due_on.isoformat())
    return follow_up


def close(follow_up: FollowUp, *, by: User, at: datetime) -> FollowUp:
    """Record that a follow-up was done. Raises WrongState when somebody was faster, and for a question that
    only its answer settles."""
    with operation(Action.CLOSE_FOLLOW_UP, on=follow_up, by=by) as op:
        follow_up = op.target
        if follow_up.kind in ANSWERED:
            raise WrongState(_("Answer the question: that settles it."), about=follow_up.family)
        follow_up.move_to(State.DONE)
        follow_up.closed_at, follow_up.closed_by = at, by
        follow_up.save(update_fields=["state", "closed_at", "closed_by"])
        op.record(Event.FOLLOW_UP_CLOSED, kind=follow_up.kind)
    return follow_up


def finish(follow_ups: Any, *, as_: State, at: datetime, within: Operation[Any]) -> int:
    """Close follow-ups that something else has settled; return how many. A step: `as_` is DONE or LAPSED."""
    closed = 0
    for follow_up in follow_ups.open():
        follow_up.move_to(as_)
        follow_up.closed_at, follow_up.closed_by = at, within.actor
        follow_up.save(update_fields=["state", "closed_at", "closed_by"])
        within.record(Event.FOLLOW_UP_CLOSED, subject=follow_up, kind=follow_up.kind, state=as_.value)
        closed += 1
    return closed
