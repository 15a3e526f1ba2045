"""The points of the warm conversation are settled: discussed, or left out for a reason. Never skipped in silence."""

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
from core.working_days import add_working_days
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from handover.models import AgendaPoint, Handover, PointState, Topic

TALK_WITHIN = 5  # working days after acceptance, for what the two sides did not discuss before it


def discuss(point: AgendaPoint, *, on: date, by: User, at: datetime) -> AgendaPoint:
    """Record that a point was discussed on a day. Either side may until acceptance, the new regisseur after it.

    Raises WrongState for a day to come, and when somebody was faster.
    """
    with operation(Action.HOLD_CONVERSATION, on=point, by=by) as op:
        point = op.target
        if on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=point)
        point.move_to(PointState.DISCUSSED)
        point.discussed_on = on
        _settle(point, at=at, within=op)
    return point


def leave_out(point: AgendaPoint, *, because: str, by: User, at: datetime) -> AgendaPoint:
    """Record why a point was not discussed. Raises WrongState without a reason, and when somebody was faster."""
    with operation(Action.HOLD_CONVERSATION, on=point, by=by) as op:
        point = op.target
        if not because.strip():
            raise WrongState(_("Say why."), about=point)
        point.move_to(PointState.LEFT_OUT)
        point.left_out_because = because
        _settle(point, at=at, within=op)
    return point


def draw_up_agenda(handover: Handover, *, within: Operation[Any]) -> None:
    """Put every topic on the agenda of a handover."""
    for topic in Topic:
        AgendaPoint.objects.create(family_id=handover.family_id, handover=handover, topic=topic)
    within.record(Event.CHECKLIST_CHANGED, subject=handover, change="agenda_drawn_up")


def carry_over_agenda(handover: Handover, *, at: datetime, within: Operation[Any]) -> None:
    """Make what the two sides did not discuss before acceptance the work of the new regisseur."""
    if AgendaPoint.objects.filter(handover=handover).open().exists():
        plan(
            handover.family,
            Kind.HOLD_CONVERSATION,
            due_on=add_working_days(timezone.localdate(at), TALK_WITHIN),
            falls_to=AssignmentKind.REGISSEUR,
            about=handover,
            within=within,
        )


def _settle(point: AgendaPoint, *, at: datetime, within: Operation[Any]) -> None:
    point.settled_by, point.settled_at = within.actor, at
    point.save()
    within.record(Event.CHECKLIST_CHANGED, topic=point.topic, state=point.state)
    if not AgendaPoint.objects.filter(handover_id=point.handover_id).open().exists():
        owed = FollowUp.objects.filter(
            family_id=point.family_id, kind=Kind.HOLD_CONVERSATION, about_id=point.handover_id
        )
        finish(owed, as_=State.DONE, at=at, within=within)
