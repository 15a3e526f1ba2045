"""Measures that protect the family: recorded, extended, ended. Each raises work before it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import (
    EXCLUSION_ORDER,
    LONGEST_EXCLUSION_ORDER,
    Family,
    MeasureKind,
    MeasureScope,
    Person,
    ProtectiveMeasure,
)
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan

# How long before the end somebody discusses whether it must go on. An exclusion order is short: on its seventh day.
BEFORE_THE_END = timedelta(days=21)
BEFORE_AN_EXCLUSION_ORDER_ENDS = timedelta(days=3)


@dataclass(frozen=True)
class NewMeasure:
    """A measure as it is entered. `starts_on` is the day it was imposed, `ends_on` its last day."""

    kind: MeasureKind
    starts_on: date
    ends_on: date | None = None
    against: Person | None = None
    protects: Sequence[Person] = ()
    authority: str = ""
    case_number: str = ""
    terms: str = ""
    review_on: date | None = None


def record_measure(family: Family, new: NewMeasure, *, by: User) -> ProtectiveMeasure:
    """Record a protective measure, and plan the work before it ends, which falls to the regisseur.

    A temporary exclusion order lasts ten days unless a day is given, and twenty-eight at most, counted from the day it
    was imposed. Raises WrongState for a longer one and for an end before the start.
    """
    with operation(Action.EDIT_FAMILY, on=family, by=by) as op:
        family = op.target
        ends_on = new.ends_on
        if new.kind == MeasureKind.EXCLUSION_ORDER and ends_on is None:
            ends_on = new.starts_on + EXCLUSION_ORDER
        _insist_on_days(new.kind, new.starts_on, ends_on, about=family)
        measure = ProtectiveMeasure.objects.create(
            family=family,
            kind=new.kind,
            against=new.against,
            authority=new.authority,
            case_number=new.case_number,
            terms=new.terms,
            starts_on=new.starts_on,
            ends_on=ends_on,
            review_on=new.review_on,
            recorded_by=by,
        )
        MeasureScope.objects.bulk_create(
            [MeasureScope(family=family, measure=measure, person=person) for person in new.protects]
        )
        op.record(Event.MEASURE_RECORDED, subject=measure, kind=str(new.kind))
        _plan_work(measure, within=op)
    return measure


def extend_measure(measure: ProtectiveMeasure, *, ends_on: date, by: User, at: datetime) -> ProtectiveMeasure:
    """Let a measure last longer: `ends_on` is its new last day. The work before the end moves along.

    Raises WrongState for a day that is not later, for an exclusion order of more than 28 days, and when it had ended.
    """
    with operation(Action.EDIT_FAMILY, on=measure, by=by) as op:
        measure = op.target
        if measure.ended_early_because or (measure.ends_on is not None and ends_on <= measure.ends_on):
            raise WrongState(_("This measure has ended, or lasts until a later day already."), about=measure)
        _insist_on_days(measure.kind, measure.starts_on, ends_on, about=measure)
        was, measure.ends_on = measure.ends_on, ends_on
        measure.save(update_fields=["ends_on"])
        op.record(Event.MEASURE_EXTENDED, subject=measure, ends_on=ends_on.isoformat(), was=str(was or ""))
        _lapse_work(measure, at=at, within=op)
        _plan_work(measure, within=op)
    return measure


def end_measure(measure: ProtectiveMeasure, *, on: date, because: str, by: User, at: datetime) -> ProtectiveMeasure:
    """End a measure before its time; `on` is its last day. Raises WrongState without a reason or when it had ended."""
    with operation(Action.EDIT_FAMILY, on=measure, by=by) as op:
        measure = op.target
        if measure.ended_early_because:
            raise WrongState(_("This was ended already."), about=measure)
        if on < measure.starts_on or not because.strip():
            raise WrongState(_("Say why it ends, on a day on which it ran."), about=measure)
        was, measure.ends_on, measure.ended_early_because = measure.ends_on, on, because
        measure.save(update_fields=["ends_on", "ended_early_because"])
        op.record(Event.MEASURE_ENDED, subject=measure, was=str(was or ""))
        _lapse_work(measure, at=at, within=op)
    return measure


def _insist_on_days(kind: str, starts_on: date, ends_on: date | None, *, about: Any) -> None:
    if ends_on is None:
        return
    if ends_on < starts_on:
        raise WrongState(_("The last day lies before the first day."), about=about)
    if kind == MeasureKind.EXCLUSION_ORDER and ends_on > starts_on + LONGEST_EXCLUSION_ORDER:
        raise WrongState(_("A temporary exclusion order lasts 28 days at most."), about=about)


def _plan_work(measure: ProtectiveMeasure, *, within: Operation[Any]) -> None:
    """Plan the talk about going on before the end, and the review, but never before the measure began."""
    if measure.ends_on is not None:
        short = measure.kind == MeasureKind.EXCLUSION_ORDER
        ahead = BEFORE_AN_EXCLUSION_ORDER_ENDS if short else BEFORE_THE_END
        due_on = max(measure.ends_on - ahead, measure.starts_on)
        # An alarm that stops must be taken over by somebody: the gap that research names.
        kind = Kind.HAND_OVER_ALARM if measure.kind == MeasureKind.AWARE else Kind.MEASURE_ENDS
        plan(measure.family, kind, due_on=due_on, falls_to=AssignmentKind.REGISSEUR, about=measure, within=within)
    if measure.review_on is not None:
        plan(
            measure.family,
            Kind.REVIEW_MEASURE,
            due_on=measure.review_on,
            falls_to=AssignmentKind.REGISSEUR,
            about=measure,
            within=within,
        )


def _lapse_work(measure: ProtectiveMeasure, *, at: datetime, within: Operation[Any]) -> None:
    kinds = [Kind.MEASURE_ENDS, Kind.HAND_OVER_ALARM]
    finish(FollowUp.objects.filter(kind__in=kinds, about_id=measure.pk), as_=State.LAPSED, at=at, within=within)
