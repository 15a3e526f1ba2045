"""Advice without names, and reports that nobody can change afterwards."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import Assignment
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Person
from core.errors import WrongState
from core.working_days import add_working_days
from organisations.kinds import DefaultKind
from organisations.models import Organisation
from signals.models import AdviceLink, AdviceRequest, Signal, VeiligThuisAnswer, VeiligThuisReport
from signals.names import names_in
from signals.operations.triage import call_back

# Working days in which an answer is looked for: a question that stays lying is work, not a fact (B17).
ANSWER_OF_ADVICE, ANSWER_TO_REPORT = 2, 5


def ask_advice(
    signal: Signal, question: str, *, to_organisation: Organisation, by: User, at: datetime
) -> AdviceRequest:
    """Ask Veilig Thuis for advice without saying about whom, and plan to look for the answer.

    Raises WrongState for another kind of organisation, and when a name of the family stands in the question.
    """
    with operation(Action.TRIAGE_SIGNAL, on=signal, by=by) as op:
        signal = op.target
        _insist_on_veilig_thuis(to_organisation, signal)
        if names_in(question, signal.placed_with):
            raise WrongState(_("Leave names out. Advice is asked about nobody in particular."), about=signal)
        asked = AdviceRequest.objects.create(
            from_organisation_id=_organisation_of(by, signal, at),
            to_organisation=to_organisation,
            question=question,
            asked_by=by,
            asked_at=at,
        )
        link = AdviceLink.objects.create(family=signal.placed_with, signal=signal, advice_request=asked)
        # About the link, not about the question: the row that Veilig Thuis reads leads to no family.
        op.record(Event.ADVICE_ASKED, subject=link)
        due_on = add_working_days(timezone.localdate(at), ANSWER_OF_ADVICE)
        call_back(signal, about=link, due_on=due_on, within=op)
    return asked


def give_advice(request: AdviceRequest, *, answer: str, by: User, at: datetime) -> AdviceRequest:
    """Answer a question, on behalf of the Veilig Thuis that was asked. Raises WrongState when it has an answer."""
    op: Operation[AdviceRequest]
    with operation(Action.ANSWER_ADVICE, within_organisation=request.to_organisation_id, by=by) as op:
        request = AdviceRequest.objects.select_for_update().get(pk=request.pk)
        _insist_on_veilig_thuis(request.to_organisation, request)
        if request.answered_at is not None:
            raise WrongState(_("This question was answered already."), about=request)
        request.answer, request.answered_by, request.answered_at = answer, by, at
        request.save(update_fields=["answer", "answered_by", "answered_at"])
        op.record(Event.ADVICE_GIVEN, subject=request)
    return request


def report_to_veilig_thuis(
    signal: Signal, *, facts: str, persons: Sequence[Person] = (), to_organisation: Organisation, by: User, at: datetime
) -> VeiligThuisReport:
    """Write down what is reported to Veilig Thuis, for good. Raises WrongState for another kind of organisation."""
    with operation(Action.TRIAGE_SIGNAL, on=signal, by=by) as op:
        signal = op.target
        _insist_on_veilig_thuis(to_organisation, signal)
        if any(person.family_id != signal.family_id for person in persons):
            raise WrongState(_("These persons do not belong to this family."), about=signal)
        made = VeiligThuisReport.objects.create(
            family=signal.placed_with,
            signal=signal,
            to_organisation=to_organisation,
            facts=facts,
            persons=[person.pk for person in persons],
            reported_by=by,
            reported_at=at,
        )
        op.record(Event.REPORTED_TO_VEILIG_THUIS, subject=made)
        due_on = add_working_days(timezone.localdate(at), ANSWER_TO_REPORT)
        call_back(signal, about=made, due_on=due_on, within=op)
    return made


def record_answer(
    report: VeiligThuisReport, *, text: str, hands_back: bool, received_on: date, by: User, at: datetime
) -> VeiligThuisAnswer:
    """Write down what Veilig Thuis answered. Handed back, it is the regisseur's again: work for today."""
    with operation(Action.TRIAGE_SIGNAL, on=report, by=by) as op:
        answer = VeiligThuisAnswer.objects.create(
            family=op.target.family,
            report=op.target,
            text=text,
            hands_back=hands_back,
            received_on=received_on,
            recorded_by=by,
            recorded_at=at,
        )
        op.record(Event.VEILIG_THUIS_ANSWERED, subject=answer, hands_back=hands_back)
        if hands_back:
            call_back(op.target.signal, about=answer, due_on=timezone.localdate(at), within=op)
    return answer


def _organisation_of(by: User, signal: Signal, at: datetime) -> UUID:
    own = Assignment.objects.live(at).filter(family=signal.family, user=by).order_by("starts_at", "pk")
    organisation_id: UUID = own.values_list("organisation_id", flat=True)[0]
    return organisation_id


def _insist_on_veilig_thuis(organisation: Organisation, about: Signal | AdviceRequest) -> None:
    if organisation.kind.slug != DefaultKind.VEILIG_THUIS:
        raise WrongState(_("This organisation is not Veilig Thuis."), about=about)
