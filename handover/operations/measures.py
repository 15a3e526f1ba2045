"""Measures that were found to be needed at a departure, followed to their day by whoever is regisseur then (C3)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Trajectory
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from handover.models import AgreedMeasure, MeasureState


def agree_measure(
    trajectory: Trajectory, *, what: str, owner: str, due_on: date, by: User, at: datetime
) -> AgreedMeasure:
    """Write down a measure: what, who sees to it, and its last day (inclusive). On that day it is the regisseur's work.

    Raises WrongState without what and who, for a day that has passed, and for a trajectory that has ended.
    """
    with operation(Action.PLAN_DEPARTURE, on=trajectory, by=by) as op:
        trajectory = op.target
        refusal = ""
        if trajectory.ends_on is not None:
            refusal = _("This passage has ended.")
        elif not (what.strip() and owner.strip()):
            refusal = _("Say what must be done, and who sees to it.")
        elif due_on < timezone.localdate(at):
            refusal = _("This day has passed.")
        if refusal:
            raise WrongState(refusal, about=trajectory.family)
        measure = AgreedMeasure.objects.create(
            family_id=trajectory.family_id,
            trajectory=trajectory,
            what=what.strip(),
            owner=owner.strip(),
            due_on=due_on,
            agreed_by=by,
            agreed_at=at,
        )
        plan(
            trajectory.family,
            Kind.TAKE_AGREED_MEASURE,
            due_on=due_on,
            falls_to=AssignmentKind.REGISSEUR,
            about=measure,
            within=op,
        )
        op.record(Event.MEASURE_AGREED, subject=measure)
    return measure


def settle_measure(
    measure: AgreedMeasure, *, taken_on: date | None = None, because: str = "", by: User, at: datetime
) -> AgreedMeasure:
    """Record that a measure was taken on a day, or is not needed any more `because`. One of the two.

    Raises WrongState without either, for a day to come, and when somebody was faster.
    """
    with operation(Action.PLAN_DEPARTURE, on=measure, by=by) as op:
        measure = op.target
        if taken_on is not None and taken_on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=measure)
        if taken_on is None and not because.strip():
            raise WrongState(_("Say why it is not needed any more."), about=measure)
        measure.move_to(MeasureState.TAKEN if taken_on else MeasureState.DROPPED)
        measure.taken_on, measure.because = taken_on, "" if taken_on else because.strip()
        measure.closed_by, measure.closed_at = by, at
        measure.save()
        owed = FollowUp.objects.filter(family=measure.family, kind=Kind.TAKE_AGREED_MEASURE, about_id=measure.pk)
        finish(owed, as_=State.DONE if taken_on else State.LAPSED, at=at, within=op)
        op.record(Event.AGREED_MEASURE_SETTLED, state=measure.state)
    return measure
