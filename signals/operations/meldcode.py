"""The meldcode run at a signal: steps, the five questions, the decision. Nothing is reported or closed by itself."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from core.errors import WrongState
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from signals.models import MeldcodeDecision, MeldcodeStep, Signal, Step, WeighingAnswer
from signals.run import run_of

# Steps 4 and 5 are taken by answering the questions and by deciding.
BY_HAND = (Step.SIGNS, Step.CONSULT, Step.TALK)


def take_step(
    signal: Signal,
    step: int,
    *,
    on: date | None = None,
    skipped_because: str = "",
    with_whom: str = "",
    child_check: str = "",
    by: User,
    at: datetime,
) -> MeldcodeStep:
    """Write down a step of the meldcode: taken `on` a day, or left out for a reason; one of the two.

    Raises WrongState for a step that was written down already, and for a day that is still to come.
    """
    with operation(Action.TRIAGE_SIGNAL, on=signal, by=by) as op:
        signal = op.target
        if on is not None and on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=signal)
        if MeldcodeStep.objects.filter(signal=signal, step=step).exists():
            raise WrongState(_("This step was written down already."), about=signal)
        taken = MeldcodeStep.objects.create(
            family=signal.placed_with,
            signal=signal,
            step=step,
            taken_on=on,
            skipped_because=skipped_because,
            with_whom=with_whom,
            child_check=child_check,
            recorded_by=by,
            recorded_at=at,
        )
        op.record(Event.MELDCODE_STEP_TAKEN, subject=taken, step=int(step), skipped=on is None)
    return taken


def answer_question(
    signal: Signal, question: int, *, answer: bool, reason: str, by: User, at: datetime
) -> WeighingAnswer:
    """Answer the weighing question that comes next, with a reason.

    Raises WrongState for another question than the next one, when steps 1 to 3 are not all taken or left out for a
    reason, and for question 5 before its day.
    """
    with operation(Action.TRIAGE_SIGNAL, on=signal, by=by) as op:
        signal = op.target
        if missing := _missing_step(signal):
            raise WrongState(_("First write down step %(step)s.") % {"step": missing.value}, about=signal)
        run = run_of(signal)
        if not run.may_answer(question, timezone.localdate(at)):
            raise WrongState(_("This question was answered already, or it is not its turn yet."), about=signal)
        given = WeighingAnswer.objects.create(
            family=signal.placed_with,
            signal=signal,
            question=question,
            round=run.round,
            answer=answer,
            reason=reason,
            answered_by=by,
            answered_at=at,
        )
        op.record(Event.WEIGHING_ANSWERED, subject=given, question=int(question), answer=answer)
    return given


def decide(
    signal: Signal, *, reports: bool, helps: bool, reason: str, review_on: date | None = None, by: User, at: datetime
) -> MeldcodeDecision:
    """Take the final decision of step 5. Only the regisseur or her stand-in may; she may depart from the advice.

    Reporting and helping can go together. Help needs a later day on which question 5 is asked. This sends nothing to
    Veilig Thuis and closes nothing. Raises WrongState while a question is open, when it was decided already, and
    without a day to come for help.
    """
    with operation(Action.DECIDE_MELDCODE, on=signal, by=by) as op:
        signal = op.target
        run = run_of(signal)
        if run.is_over or (run.asks_on and run.asks_on > timezone.localdate(at)):
            raise WrongState(_("This was decided already."), about=signal)
        if run.weighed.advice is None:
            raise WrongState(_("First answer the questions."), about=signal)
        if helps and (review_on is None or review_on <= timezone.localdate(at)):
            raise WrongState(_("Choose a day to come on which you look whether the help works."), about=signal)
        made = MeldcodeDecision.objects.create(
            family=signal.placed_with,
            signal=signal,
            round=run.round,
            advice=run.weighed.advice,
            reports=reports,
            helps=helps,
            reason=reason,
            review_on=review_on if helps else None,
            decided_by=by,
            decided_at=at,
        )
        op.record(Event.MELDCODE_DECIDED, subject=made, advice=run.weighed.advice.value, reports=reports, helps=helps)
        owed = FollowUp.objects.filter(family=signal.family, kind=Kind.REVIEW_HELP, about_id=signal.pk)
        finish(owed, as_=State.DONE, at=at, within=op)
        if helps and review_on:
            plan(
                signal.placed_with,
                Kind.REVIEW_HELP,
                due_on=review_on,
                falls_to=AssignmentKind.REGISSEUR,
                about=signal,
                version=1 + owed.count(),
                within=op,
            )
    return made


def _missing_step(signal: Signal) -> Step | None:
    taken = set(MeldcodeStep.objects.filter(signal=signal).values_list("step", flat=True))
    return next((step for step in BY_HAND if step.value not in taken), None)
