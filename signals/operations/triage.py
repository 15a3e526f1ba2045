"""The regisseur judges a signal: with a decision, a name and a moment, or it is not handled."""

from collections.abc import Sequence
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
from cases.models import Family, Person
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from safety_plans.models import Moment
from safety_plans.operations import ask_assessment
from signals.index import asks_about_vir
from signals.models import Outcome, PoliceContact, Safe, Signal, SignalPerson, Status


@dataclass(frozen=True)
class Judgement:
    """Is every child safe now, what is done, and why: in the words of signals.models."""

    child_safe: str
    outcome: str
    decision: str
    vir: str = ""


def take_up(signal: Signal, *, by: User, at: datetime) -> Signal:
    """Say that somebody is looking at it; the reporter sees this. Raises WrongState when somebody was faster."""
    with operation(Action.TRIAGE_SIGNAL, on=signal, by=by) as op:
        op.target.move_to(Status.IN_PROGRESS)
        op.target.save(update_fields=["status"])
        op.record(Event.SIGNAL_JUDGED, status=Status.IN_PROGRESS.value, at=at.isoformat())
    return op.target


def judge(signal: Signal, judgement: Judgement, *, by: User, at: datetime) -> Signal:
    """Close a signal with a decision. Not knowing whether a child is safe plans to call back, today; knowing that it is
    not, asks for a new look at the risk.

    Raises WrongState for one that was judged already, and for no action where a child is not safe.
    """
    with operation(Action.TRIAGE_SIGNAL, on=signal, by=by) as op:
        signal = op.target
        if asks_about_vir(signal, timezone.localdate(at)) and not judgement.vir:
            raise WrongState(_("Say whether the child was registered in the referral index (VIR)."), about=signal)
        conclude(signal, judgement, by=by, at=at, within=op)
        finish(
            FollowUp.objects.filter(family=signal.family, kind=Kind.TRIAGE_SIGNAL, about_id=signal.pk),
            as_=State.DONE,
            at=at,
            within=op,
        )
        if judgement.child_safe == Safe.UNKNOWN:
            call_back(signal, about=signal, due_on=timezone.localdate(at), within=op)
        if judgement.child_safe == Safe.NO:
            # A serious signal: the risk is looked at again, and going back to the first phase is proposed (C43, C18).
            today = timezone.localdate(at)
            ask_assessment(signal.family, Moment.SERIOUS_SIGNAL, about=signal, due_on=today, within=op)
    return signal


def conclude(signal: Signal, judgement: Judgement, *, by: User, at: datetime, within: Operation[Any]) -> None:
    """Write a decision down, with who and when. A step. Raises WrongState as `judge` does."""
    signal.move_to(Status.HANDLED)
    if judgement.child_safe == Safe.NO and judgement.outcome == Outcome.NONE:
        raise WrongState(_("A child is not safe. Choose what you do."), about=signal)
    signal.child_safe, signal.outcome = judgement.child_safe, judgement.outcome
    signal.decision, signal.decided_by, signal.decided_at = judgement.decision, by, at
    signal.vir = judgement.vir
    signal.save(update_fields=["status", "child_safe", "outcome", "decision", "decided_by", "decided_at", "vir"])
    within.record(Event.SIGNAL_JUDGED, subject=signal, outcome=judgement.outcome, child_safe=judgement.child_safe)


def call_back(signal: Signal, *, about: Any, due_on: date, within: Operation[Any]) -> FollowUp:
    """Plan that the regisseur calls. A step."""
    return plan(
        signal.family, Kind.CALL_BACK, due_on=due_on, falls_to=AssignmentKind.REGISSEUR, about=about, within=within
    )


def name_persons(signal: Signal, persons: Sequence[Person], *, by: User, at: datetime) -> int:
    """Say whom a signal concerns, beside those who were named; return how many were new. Nobody is taken off (J16).

    Raises WrongState for somebody of another family.
    """
    with operation(Action.TRIAGE_SIGNAL, on=signal, by=by) as op:
        found = op.target
        if any(person.family_id != found.family_id for person in persons):
            raise WrongState(_("These persons do not belong to this family."), about=found)
        named = set(SignalPerson.objects.filter(signal=found).values_list("person_id", flat=True))
        fresh = [person for person in persons if person.pk not in named]
        for person in fresh:
            SignalPerson.objects.create(family=found.placed_with, signal=found, person=person, added_by=by, added_at=at)
        op.record(Event.SIGNAL_PERSONS_NAMED, persons=len(fresh))
    return len(fresh)


@dataclass(frozen=True)
class Told:
    """That the police or the community officer was told: when, who was spoken to, and what was agreed."""

    kind: str
    told_at: datetime
    spoke_with: str
    agreed: str


def record_police_contact(
    family: Family, told: Told, *, signal: Signal | None = None, by: User, at: datetime
) -> PoliceContact:
    """Write down that the police was told, because of a signal or of a contact with the family (C8).

    Raises WrongState for a moment that is still to come, and for a signal about another family.
    """
    with operation(Action.TRIAGE_SIGNAL, on=family, by=by) as op:
        if told.told_at > at:
            raise WrongState(_("This moment is still to come."), about=family)
        if signal is not None and signal.family_id != family.pk:
            raise WrongState(_("This signal is about another family."), about=family)
        made = PoliceContact.objects.create(
            family=op.target, signal=signal, **vars(told), recorded_by=by, recorded_at=at
        )
        op.record(Event.POLICE_TOLD, subject=made, kind=told.kind)
    return made
