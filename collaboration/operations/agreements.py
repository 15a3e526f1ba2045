"""Agreements and their evaluation: recorded, changed, evaluated on a day, with the next day set by that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family
from collaboration.models import (
    AgreedStep,
    AgreementPartner,
    CaseEvaluation,
    CollaborationAgreement,
    CollaborationEvaluation,
    Level,
    Result,
)
from collaboration.turn import Page, wait_for
from core.errors import WrongState
from core.working_days import add_months
from organisations.models import Organisation

_AGREEMENTS = Page("municipalities:agreements")


@dataclass(frozen=True)
class Terms:
    """What an agreement says. `ends_on` is its last day, and counts; an empty subject leaves it incomplete (J1)."""

    title: str
    level: Level
    starts_on: date
    ends_on: date | None
    evaluate_every: int
    kept_at: str = ""
    whole_plans: str = ""
    regie: str = ""
    sharing: str = ""


@dataclass(frozen=True)
class Step:
    """What an organisation does after an evaluation or a meeting."""

    what: str
    by_organisation: Organisation
    due_on: date


def record_agreement(
    terms: Terms, *, partners: Sequence[Organisation], owner: Organisation, by: User, at: datetime
) -> CollaborationAgreement:
    """Write down an agreement; its first evaluation is the agreed months after it starts.

    Raises WrongState for an end before the start, without a partner, and when it was written down already.
    """
    op: Operation[CollaborationAgreement]
    with operation(Action.KEEP_COLLABORATION, within_organisation=owner.pk, by=by) as op:
        wait_for(owner)
        _insist_on(terms, _AGREEMENTS)
        if not partners:
            raise WrongState(_("Choose at least one partner."), about=_AGREEMENTS)
        known = CollaborationAgreement.objects.filter(owner=owner, title=terms.title, starts_on=terms.starts_on)
        if known.exists():
            raise WrongState(_("This agreement was written down already."), about=_AGREEMENTS)
        made = CollaborationAgreement.objects.create(
            owner=owner,
            evaluate_on=add_months(terms.starts_on, terms.evaluate_every),
            recorded_by=by,
            recorded_at=at,
            **vars(terms),
        )
        AgreementPartner.objects.bulk_create(AgreementPartner(agreement=made, organisation=one) for one in partners)
        op.record(Event.AGREEMENT_RECORDED, subject=made, level=terms.level)
    return made


def change_agreement(agreement: CollaborationAgreement, terms: Terms, *, by: User) -> CollaborationAgreement:
    """Change what an agreement says. The day of its next evaluation stays. Raises WrongState for impossible days."""
    with operation(Action.KEEP_COLLABORATION, on=agreement, by=by) as op:
        found = op.target
        _insist_on(terms, found)
        for name, value in vars(terms).items():
            setattr(found, name, value)
        found.save(update_fields=list(vars(terms)))
        op.record(Event.AGREEMENT_CHANGED)
    return found


def describe_tasks(
    agreement: CollaborationAgreement,
    tasks: Mapping[Organisation, str],
    *,
    by: User,
) -> CollaborationAgreement:
    """Say of each partner what it does, and so what the others may expect (J7). An organisation that is new joins."""
    with operation(Action.KEEP_COLLABORATION, on=agreement, by=by) as op:
        wait_for(op.target.owner)
        for organisation, task in tasks.items():
            AgreementPartner.objects.update_or_create(
                agreement=op.target, organisation=organisation, defaults={"task": task.strip()}
            )
        op.record(Event.AGREEMENT_CHANGED, partners=len(tasks))
    return op.target


def evaluate_collaboration(
    agreement: CollaborationAgreement,
    *,
    held_on: date,
    participants: str,
    findings: str,
    result: Result,
    steps: Sequence[Step] = (),
    by: User,
    at: datetime,
) -> CollaborationEvaluation:
    """Record an evaluation of the whole collaboration (J4). The next is due the agreed months after this one (A13).

    With the result that it stops, the agreement ends on that day. Raises WrongState for a day to come or before the
    agreement, without words, and when one was recorded for that day.
    """
    with operation(Action.KEEP_COLLABORATION, on=agreement, by=by) as op:
        found = op.target
        wait_for(found.owner)
        refusal = ""
        if held_on > timezone.localdate(at) or held_on < found.starts_on:
            refusal = _("Choose a day on which the agreement held, and that has been.")
        elif not participants.strip() or not findings.strip():
            refusal = _("Write down who took part and what was found.")
        elif CollaborationEvaluation.objects.filter(agreement=found, held_on=held_on).exists():
            refusal = _("An evaluation on this day was recorded already.")
        if refusal:
            raise WrongState(refusal, about=found)
        made = CollaborationEvaluation.objects.create(
            agreement=found,
            held_on=held_on,
            participants=participants.strip(),
            findings=findings.strip(),
            result=result,
            recorded_by=by,
            recorded_at=at,
        )
        found.evaluate_on = max(found.evaluate_on, found.next_after(held_on))
        if result == Result.ENDED:
            found.ends_on = held_on
        found.save(update_fields=["evaluate_on", "ends_on"])
        AgreedStep.objects.bulk_create(AgreedStep(evaluation=made, owner=found.owner, **vars(step)) for step in steps)
        op.record(Event.COLLABORATION_EVALUATED, subject=made, result=result.value)
    return made


def evaluate_case(
    family: Family, *, held_on: date, participants: str, findings: str, actions: str = "", by: User, at: datetime
) -> CaseEvaluation:
    """Record how organisations worked together for one family (J4): nothing of the file.

    Raises WrongState for a day to come, without words, and when one was recorded for that day.
    """
    about = Page("municipalities:evaluations")
    with operation(Action.EVALUATE_CASE, on=family, by=by) as op:
        if held_on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=about)
        if not participants.strip() or not findings.strip():
            raise WrongState(_("Write down who took part and what was found."), about=about)
        if CaseEvaluation.objects.filter(family=op.target, held_on=held_on).exists():
            raise WrongState(_("An evaluation on this day was recorded already."), about=about)
        made: CaseEvaluation = CaseEvaluation.objects.create(
            family=op.target,
            held_on=held_on,
            participants=participants.strip(),
            findings=findings.strip(),
            actions=actions.strip(),
            recorded_by=by,
            recorded_at=at,
        )
        op.record(Event.CASE_EVALUATED, subject=made)
    return made


def finish_step(step: AgreedStep, *, by: User, at: datetime) -> AgreedStep:
    """Record that an agreed step was taken. Raises WrongState when it was recorded already."""
    with operation(Action.KEEP_COLLABORATION, on=step, by=by) as op:
        wait_for(op.target.owner)
        found = AgreedStep.objects.get(pk=step.pk)
        if found.done_on is not None:
            raise WrongState(_("This was recorded already."), about=found)
        found.done_on, found.done_by = timezone.localdate(at), by
        found.save(update_fields=["done_on", "done_by"])
        op.record(Event.AGREED_STEP_DONE)
    return found


def _insist_on(terms: Terms, about: "CollaborationAgreement | Page") -> None:
    if not terms.title.strip() or (terms.ends_on is not None and terms.ends_on < terms.starts_on):
        raise WrongState(_("The last day comes after the first, and the agreement has a title."), about=about)
