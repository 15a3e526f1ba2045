"""What is recorded of one child: who is around it, its voice, the referral index, and a measure of the court."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import (
    MAJORITY,
    AroundChild,
    ChildContact,
    ChildProtectionMeasure,
    ChildVoice,
    IndexAnswer,
    MeasureForChild,
    Person,
    Place,
    ReferralIndexStatus,
)
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from organisations.models import Organisation

BEFORE_MAJORITY = timedelta(days=60)  # time to talk about what the child decides alone from then on
PLANNED_AHEAD = relativedelta(years=3)  # further than any trajectory runs
LONGEST_REGISTRATION = relativedelta(years=2)  # Jeugdwet 7.1


@dataclass(frozen=True)
class Around:
    """Somebody around a child: an organisation, a name there, or both."""

    kind: AroundChild
    organisation: Organisation | None = None
    name: str = ""


def plan_majority(child: Person, *, at: datetime, within: Operation[Any]) -> FollowUp | None:
    """Plan the work of a child that turns 18, sixty days ahead and never before today. A step.

    Another date of birth moves it. Nothing for a child that is 18 already, or will be in more than three years: the
    work is planned again with every new trajectory.
    """
    planned = FollowUp.objects.filter(kind=Kind.TURNS_EIGHTEEN, about_id=child.pk)
    finish(planned, as_=State.LAPSED, at=at, within=within)
    today = timezone.localdate(at)
    if child.born_on is None:
        return None
    birthday = child.born_on + relativedelta(years=MAJORITY)
    if not today <= birthday <= today + PLANNED_AHEAD:
        return None
    return plan(
        child.family,
        Kind.TURNS_EIGHTEEN,
        due_on=max(birthday - BEFORE_MAJORITY, today),
        falls_to=AssignmentKind.REGISSEUR,
        about=child,
        version=planned.count() + 1,
        within=within,
    )


def record_child_contact(
    child: Person, around: Around, *, starts_on: date, because: str = "", by: User
) -> ChildContact:
    """Record who is around a child from a day on. Whoever was before ends on that day (exclusive).

    An own worker who changes needs a reason (`because`): a child loses somebody. Raises WrongState without it.
    """
    with operation(Action.EDIT_FAMILY, on=child, by=by) as op:
        child = _child(op.target)
        earlier = ChildContact.objects.filter(child=child, kind=around.kind, ends_on=None).first()
        if earlier is not None:
            if around.kind == AroundChild.OWN_WORKER and not because.strip():
                raise WrongState(_("Say why the child gets another worker."), about=child.family)
            if earlier.starts_on > starts_on:
                raise WrongState(_("Somebody is recorded from a later day already."), about=child.family)
            earlier.ends_on, earlier.ended_because = starts_on, because
            earlier.save(update_fields=["ends_on", "ended_because"])
        recorded = ChildContact.objects.create(
            family_id=child.family_id,
            child=child,
            kind=around.kind,
            organisation=around.organisation,
            name=around.name,
            starts_on=starts_on,
        )
        op.record(Event.CHILD_CONTACT_RECORDED, subject=recorded, kind=str(around.kind))
    return recorded


def hear_child(
    child: Person, *, words: str, asked_by: str, asked_on: date, hidden_from_parents: bool, by: User
) -> ChildVoice:
    """Write down what a child said, in its own words. `hidden_from_parents` keeps it off every paper for a parent."""
    with operation(Action.EDIT_FAMILY, on=child, by=by) as op:
        child = _child(op.target)
        voice = ChildVoice.objects.create(
            family_id=child.family_id,
            child=child,
            words=words,
            asked_by=asked_by,
            asked_on=asked_on,
            hidden_from_parents=hidden_from_parents,
            recorded_by=by,
        )
        op.record(Event.CHILD_HEARD, subject=voice, hidden=hidden_from_parents)
    return voice


def record_index_status(
    child: Person, answer: IndexAnswer, *, decided_on: date, expires_on: date | None = None, by: User, at: datetime
) -> ReferralIndexStatus:
    """Record whether a child stands in the referral index. A registration lasts two years at most, and that is assumed.

    Raises WrongState for a registration that would last longer.
    """
    with operation(Action.EDIT_FAMILY, on=child, by=by) as op:
        child = _child(op.target)
        longest = decided_on + LONGEST_REGISTRATION
        last = (expires_on or longest) if answer == IndexAnswer.REGISTERED else None
        if last is not None and not decided_on <= last <= longest:
            raise WrongState(_("A registration lasts two years at most."), about=child.family)
        for earlier in ReferralIndexStatus.objects.filter(child=child, replaced_at=None):
            earlier.replaced_at = at
            earlier.save(update_fields=["replaced_at"])
        status = ReferralIndexStatus.objects.create(
            family_id=child.family_id,
            child=child,
            answer=answer,
            decided_on=decided_on,
            expires_on=last,
            recorded_by=by,
        )
        op.record(Event.INDEX_STATUS_RECORDED, subject=status, answer=str(answer))
    return status


@dataclass(frozen=True)
class CourtMeasure:
    """A child protection measure and who carries it out. `ends_on` is its last day."""

    kind: MeasureForChild
    starts_on: date
    ends_on: date | None = None
    organisation: Organisation | None = None
    institution: str = ""
    worker_name: str = ""
    worker_phone: str = ""


def record_protection_measure(child: Person, measure: CourtMeasure, *, by: User) -> ChildProtectionMeasure:
    """Record a child protection measure. Whoever carries it out is proposed as regisseur from then on (B2)."""
    with operation(Action.EDIT_FAMILY, on=child, by=by) as op:
        child = _child(op.target)
        if measure.ends_on is not None and measure.ends_on < measure.starts_on:
            raise WrongState(_("The last day lies before the first day."), about=child.family)
        recorded = ChildProtectionMeasure.objects.create(
            family_id=child.family_id,
            child=child,
            **{name: getattr(measure, name) for name in CourtMeasure.__dataclass_fields__},
        )
        op.record(Event.PROTECTION_MEASURE_RECORDED, subject=recorded, kind=str(measure.kind))
        plan(
            child.family,
            Kind.AGREE_WITH_GUARDIAN,
            due_on=measure.starts_on,
            falls_to=AssignmentKind.REGISSEUR,
            about=recorded,
            within=op,
        )
    return recorded


def _child(person: Person) -> Person:
    if person.place != Place.CHILD:
        raise WrongState(_("Choose a child of this family."), about=person.family)
    return person
