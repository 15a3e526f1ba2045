"""Advice without names, and reports that nobody can change afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import Assignment, AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Person
from core.errors import WrongState
from core.working_days import add_working_days
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from organisations.kinds import DefaultKind
from organisations.models import Organisation
from signals.models import (
    AdviceLink,
    AdviceRequest,
    Assessment,
    Monitoring,
    MonitoringStatus,
    Signal,
    VeiligThuisAnswer,
    VeiligThuisReport,
)
from signals.names import identifying, names_in
from signals.numbers import new_number
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
        if identifying(question) or names_in(question, signal.placed_with):
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
    """Answer a question, on behalf of the Veilig Thuis or the shelter that was asked.

    Raises WrongState when it has an answer.
    """
    op: Operation[AdviceRequest]
    with operation(Action.ANSWER_ADVICE, within_organisation=request.to_organisation_id, by=by) as op:
        request = AdviceRequest.objects.select_for_update().get(pk=request.pk)
        if request.answered_at is not None:
            raise WrongState(_("This question was answered already."), about=request)
        request.answer, request.answered_by, request.answered_at = answer, by, at
        request.save(update_fields=["answer", "answered_by", "answered_at"])
        op.record(Event.ADVICE_GIVEN, subject=request)
    return request


def ask_expertise(
    question: str, *, of: Organisation, on_behalf_of: Organisation, by: User, at: datetime
) -> AdviceRequest:
    """Ask a shelter for its knowledge of violence at home, about nobody in particular and from no file (J12).

    Raises WrongState for another kind of organisation, and when the question looks as if it is about somebody.
    """
    op: Operation[AdviceRequest]
    with operation(Action.REPORT_SIGNAL, within_organisation=on_behalf_of.pk, by=by) as op:
        if not of.kind.is_shelter:
            raise WrongState(_("This organisation is not a shelter."), about=_OwnQuestions())
        if identifying(question):
            raise WrongState(_("Leave names out. Advice is asked about nobody in particular."), about=_OwnQuestions())
        asked: AdviceRequest = AdviceRequest.objects.create(
            from_organisation=on_behalf_of, to_organisation=of, question=question, asked_by=by, asked_at=at
        )
        op.record(Event.ADVICE_ASKED, subject=asked)
    return asked


@dataclass(frozen=True)
class Reported:
    """What is told to Veilig Thuis. Facts, what others said and what the reporter thinks stay apart.

    `origin_reason` is empty when the family may know who reported; otherwise one of the three grounds of the law.
    """

    facts: str
    from_others: str = ""
    interpretation: str = ""
    own_steps: str = ""
    informed: str = ""
    question: str = ""
    is_acute: bool = False
    origin_reason: str = ""


def report_to_veilig_thuis(
    signal: Signal,
    what: Reported,
    *,
    persons: Sequence[Person] = (),
    to_organisation: Organisation,
    by: User,
    at: datetime,
) -> VeiligThuisReport:
    """Write down what is reported to Veilig Thuis, for good, with the persons as they are called today.

    An address is no part of it. Raises WrongState for another kind of organisation and for persons of another family.
    """
    with operation(Action.TRIAGE_SIGNAL, on=signal, by=by) as op:
        signal = op.target
        _insist_on_veilig_thuis(to_organisation, signal)
        if any(person.family_id != signal.family_id for person in persons):
            raise WrongState(_("These persons do not belong to this family."), about=signal)
        made: VeiligThuisReport = VeiligThuisReport.objects.create(
            family=signal.placed_with,
            signal=signal,
            to_organisation=to_organisation,
            number=new_number("M"),
            origin_disclosed=not what.origin_reason,
            persons=[person.pk for person in persons],
            about=[_as_called_today(person) for person in persons],
            reported_by=by,
            reported_at=at,
            **vars(what),
        )
        op.record(Event.REPORTED_TO_VEILIG_THUIS, subject=made, origin_disclosed=made.origin_disclosed)
        due_on = add_working_days(timezone.localdate(at), 0 if what.is_acute else ANSWER_TO_REPORT)
        call_back(signal, about=made, due_on=due_on, within=op)
    return made


def _as_called_today(person: Person) -> dict[str, str]:
    return {
        "name": person.name,
        "born_on": person.born_on.isoformat() if person.born_on else "",
        "place": person.place,
    }


@dataclass(frozen=True)
class Answer:
    """What Veilig Thuis answered. `received_on` and `assessed_on` are days; handing back makes it ours again."""

    text: str
    received_on: date
    hands_back: bool = False
    assessment: str = Assessment.NOT_YET
    assessed_on: date | None = None


def record_answer(report: VeiligThuisReport, answer: Answer, *, by: User, at: datetime) -> VeiligThuisAnswer:
    """Write down what Veilig Thuis answered. Handed back, it is the regisseur's again: work for today."""
    with operation(Action.TRIAGE_SIGNAL, on=report, by=by) as op:
        made = VeiligThuisAnswer.objects.create(
            family=op.target.family, report=op.target, recorded_by=by, recorded_at=at, **vars(answer)
        )
        op.record(Event.VEILIG_THUIS_ANSWERED, subject=made, hands_back=answer.hands_back)
        _settle_waiting(op.target, at=at, within=op)
        if answer.hands_back:
            call_back(op.target.signal, about=made, due_on=timezone.localdate(at), within=op)
    return made


def answer_report(report: VeiligThuisReport, answer: Answer, *, by: User, at: datetime) -> VeiligThuisAnswer:
    """Answer a report, as the Veilig Thuis it was sent to. What follows from it for the family, the job plans.

    Veilig Thuis has no door to the family, so it cannot plan work there: within a minute `take_over_again` does.
    """
    op: Operation[VeiligThuisAnswer]
    with operation(Action.ANSWER_ADVICE, within_organisation=report.to_organisation_id, by=by) as op:
        _insist_on_veilig_thuis(report.to_organisation, report)
        made: VeiligThuisAnswer = VeiligThuisAnswer.objects.create(
            family_id=report.family_id, report_id=report.pk, recorded_by=by, recorded_at=at, **vars(answer)
        )
        op.record(Event.VEILIG_THUIS_ANSWERED, subject=made, hands_back=answer.hands_back)
    return made


def take_over_again(answer: VeiligThuisAnswer, *, at: datetime) -> VeiligThuisAnswer:
    """Give the regisseur the work that an answer of Veilig Thuis means: read it, and take over what was handed back."""
    with operation(Action.ROUTE_SIGNAL, on=answer, by=None) as op:
        _settle_waiting(op.target.report, at=at, within=op)
        planned = call_back(op.target.report.signal, about=op.target, due_on=timezone.localdate(at), within=op)
        op.record(Event.VEILIG_THUIS_ANSWERED, follow_up=str(planned.pk))
    return answer


def _settle_waiting(report: VeiligThuisReport, *, at: datetime, within: Operation[Any]) -> None:
    """An answer came: nobody has to look for it any more."""
    waiting = FollowUp.objects.filter(family=report.family, kind=Kind.CALL_BACK, about_id=report.pk)
    finish(waiting, as_=State.DONE, at=at, within=within)


def record_monitoring(
    family: Family,
    status: str,
    *,
    until: date | None = None,
    who_watches: str = "",
    by: User,
    at: datetime,
) -> Monitoring:
    """Write down whether Veilig Thuis monitors. Finished, it must say who watches now (H13); raises WrongState else.

    A day on which it ends is work for the regisseur: ask who watches from then on.
    """
    with operation(Action.TRIAGE_SIGNAL, on=family, by=by) as op:
        if status == MonitoringStatus.FINISHED and not who_watches.strip():
            raise WrongState(_("Say who watches over this family now."), about=family)
        if status == MonitoringStatus.RUNS and until is None:
            raise WrongState(_("Until when does Veilig Thuis monitor?"), about=family)
        made = Monitoring.objects.create(
            family=op.target, status=status, until=until, who_watches=who_watches, recorded_by=by, recorded_at=at
        )
        op.record(Event.MONITORING_RECORDED, subject=made, status=status)
        earlier = FollowUp.objects.filter(family=family, kind=Kind.WHO_WATCHES)
        finish(earlier, as_=State.DONE, at=at, within=op)
        if until is not None and status == MonitoringStatus.RUNS:
            plan(op.target, Kind.WHO_WATCHES, due_on=until, falls_to=AssignmentKind.REGISSEUR, about=made, within=op)
    return made


class _OwnQuestions:
    def get_absolute_url(self) -> str:
        return reverse("signals:own_questions")


def _organisation_of(by: User, signal: Signal, at: datetime) -> UUID:
    own = Assignment.objects.live(at).filter(family=signal.family, user=by).order_by("starts_at", "pk")
    organisation_id: UUID = own.values_list("organisation_id", flat=True)[0]
    return organisation_id


def _insist_on_veilig_thuis(organisation: Organisation, about: Signal | AdviceRequest | VeiligThuisReport) -> None:
    if organisation.kind.slug != DefaultKind.VEILIG_THUIS:
        raise WrongState(_("This organisation is not Veilig Thuis."), about=about)
