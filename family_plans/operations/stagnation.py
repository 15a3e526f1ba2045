"""What is stuck: reported, pushed by the regisseur, taken to the municipality, answered, solved.

Each step says by when the next is owed, and nothing is solved by silence: only `solve_stagnation` ends it.
"""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family
from core.errors import WrongState
from core.working_days import add_working_days
from family_plans.models import (
    BindingRequest,
    Cause,
    HelpLine,
    HousingLine,
    IncomeLine,
    Solution,
    Source,
    Stagnation,
    Status,
)
from family_plans.norms import ladder_of, municipality_of, working_days_for
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from organisations.models import CodeItem, Organisation, Subject

# Working days, for when an administrator ended the norm without a successor.
SOLVE_WITHIN = 10
ANSWER_WITHIN = 5
USE_ANSWER_WITHIN = 2


class _Inbox:
    """Where a coordinator is taken to: the family itself is not hers to see."""

    def get_absolute_url(self) -> str:
        return reverse("municipalities:stagnations")


def report_stagnation(
    family: Family,
    *,
    domain: CodeItem,
    cause: Cause,
    since: date,
    note: str = "",
    tried: str = "",
    bridging: str = "",
    source: Source = Source.HAND,
    help_line: HelpLine | None = None,
    said_in: FollowUp | None = None,
    by: User,
    at: datetime,
) -> Stagnation:
    """Report that something is stuck: the regisseur must have solved it by a day. See `raise_stagnation`.

    `said_in` is the work that a conversation with the family left on the list; it is settled by this report.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        if said_in is not None:
            waiting = FollowUp.objects.filter(family=family, kind=Kind.SOLVE_STAGNATION, pk=said_in.pk)
            finish(waiting, as_=State.DONE, at=at, within=op)
            source = Source.CHECK_IN
        return raise_stagnation(
            op.target,
            domain=domain,
            cause=cause,
            since=since,
            note=note,
            tried=tried,
            bridging=bridging,
            source=source,
            help_line=help_line,
            at=at,
            within=op,
        )


def raise_stagnation(
    family: Family,
    *,
    domain: CodeItem,
    cause: Cause,
    since: date,
    note: str = "",
    tried: str = "",
    bridging: str = "",
    source: Source = Source.HAND,
    help_line: HelpLine | None = None,
    income_line: IncomeLine | None = None,
    housing_line: HousingLine | None = None,
    at: datetime,
    within: Operation[Any],
) -> Stagnation:
    """Write down that something is stuck, and plan its solution with the regisseur. A step.

    Raises WrongState when it would be stuck from a day in the future.
    """
    today = timezone.localdate(at)
    if since > today:
        raise WrongState(_("It cannot be stuck from a day that is still to come."), about=family)
    norm = working_days_for(Subject.STAGNATION_SOLVED, municipality_of(family.pk), today, otherwise=SOLVE_WITHIN)
    stuck = Stagnation.objects.create(
        family=family,
        help_line=help_line,
        income_line=income_line,
        housing_line=housing_line,
        domain=domain,
        cause=cause,
        note=note,
        tried=tried,
        bridging=bridging,
        source=source,
        since=since,
        reported_at=at,
        solve_by=add_working_days(today, norm),
    )
    within.record(Event.STAGNATION_REPORTED, subject=stuck, domain=domain.code, cause=cause.value)
    _owe(stuck, stuck.solve_by, within=within)
    return stuck


def note_what_came(on: date | None, *, within: Operation[Any], **line: HelpLine | IncomeLine | HousingLine) -> None:
    """Write down of what is stuck on this line on which day it came, None when it did not (any more). A step.

    It solves nothing by itself: the regisseur is asked what made it move.
    """
    for stuck in Stagnation.objects.filter(**line).unsolved():
        came_on = on if on and on >= stuck.since else None
        if came_on != stuck.came_on:
            stuck.came_on = came_on
            stuck.save(update_fields=["came_on"])
            within.record(Event.STAGNATION_CHANGED, subject=stuck, came=came_on is not None)


def describe_stagnation(stagnation: Stagnation, *, cause: Cause, tried: str, bridging: str, by: User) -> Stagnation:
    """Bring up to date why it is stuck, what was tried and what helps meanwhile. Raises WrongState once it is solved.

    What was tried is added to, never replaced: two workers at once lose nothing.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=stagnation, by=by) as op:
        stuck = op.target
        if stuck.status == Status.SOLVED:
            raise WrongState(_("This stagnation has moved on. See how it stands now."), about=stuck)
        stuck.cause = cause
        stuck.tried = "\n".join(text for text in (stuck.tried, tried.strip()) if text)
        stuck.bridging = bridging
        stuck.save(update_fields=["cause", "tried", "bridging"])
        op.record(Event.STAGNATION_CHANGED, cause=cause.value)
    return stuck


def bind_partner(
    stagnation: Stagnation, *, to: Organisation, what: str, answer_by: date, by: User, at: datetime
) -> BindingRequest:
    """Put a binding request to a partner, with a day for the answer (B6). For the regisseur and who stands in.

    From the day after, an unanswered one waits in the inbox of the municipality by itself. Raises WrongState while
    another one waits, for a day that is not to come, and once it is with the municipality or solved.
    """
    with operation(Action.ESCALATE_STAGNATION, on=stagnation, by=by) as op:
        stuck = op.target
        today = timezone.localdate(at)
        refusal = None
        if stuck.status not in {Status.OPEN, Status.ANSWERED}:
            refusal = _("This stagnation has moved on. See how it stands now.")
        elif answer_by <= today:
            refusal = _("Give a day after today for the answer.")
        elif not what.strip():
            refusal = _("Write what the partner must answer.")
        elif BindingRequest.objects.filter(stagnation=stuck, answered_on=None).exists():
            refusal = _("An earlier request still waits for an answer.")
        if refusal:
            raise WrongState(refusal, about=stuck)
        request = BindingRequest.objects.create(
            family_id=stuck.family_id,
            stagnation=stuck,
            to=to,
            what=what,
            asked_by=by,
            asked_on=today,
            answer_by=answer_by,
        )
        op.record(Event.BINDING_REQUEST_MADE, subject=request)
        plan(
            stuck.family,
            Kind.BINDING_REQUEST,
            due_on=answer_by,
            falls_to=AssignmentKind.REGISSEUR,
            about=request,
            within=op,
        )
    return request


def answer_request(request: BindingRequest, *, answer: str, on: date, by: User, at: datetime) -> BindingRequest:
    """Record what the partner answered, and when. It solves nothing by itself.

    Raises WrongState for an answer to come or before the question, an empty one, and a second time.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=request, by=by) as op:
        asked = op.target
        if asked.answered_on is not None:
            raise WrongState(_("This request was answered already."), about=asked)
        if not answer.strip() or not asked.asked_on <= on <= timezone.localdate(at):
            raise WrongState(_("Write the answer, and the day on which it came."), about=asked)
        asked.answer, asked.answered_on, asked.recorded_by = answer, on, by
        asked.save(update_fields=["answer", "answered_on", "recorded_by"])
        op.record(Event.BINDING_REQUEST_ANSWERED)
        owed = FollowUp.objects.filter(family=asked.family_id, kind=Kind.BINDING_REQUEST, about_id=asked.pk)
        finish(owed, as_=State.DONE, at=at, within=op)
    return asked


def escalate_stagnation(stagnation: Stagnation, *, by: User, at: datetime) -> Stagnation:
    """Take it to the municipality, which has a day to answer by. For the regisseur and who stands in (G1).

    After an answer that did not help it may be taken there again.
    """
    with operation(Action.ESCALATE_STAGNATION, on=stagnation, by=by) as op:
        stuck = op.target
        today = timezone.localdate(at)
        stuck.move_to(Status.ESCALATED)
        ladder = ladder_of(stuck.family_id, today)
        stuck.escalated_on = today
        stuck.answer_by = add_working_days(today, ladder[0].answer_within if ladder else ANSWER_WITHIN)
        stuck.save(update_fields=["status", "escalated_on", "answer_by"])
        op.record(Event.STAGNATION_ESCALATED)
        _settle(stuck, at=at, within=op)
        _owe(stuck, stuck.answer_by, within=op)
    return stuck


def answer_stagnation(
    stagnation: Stagnation, *, answer: str, addressed: Organisation, happens_by: date, by: User, at: datetime
) -> Stagnation:
    """Answer on behalf of the municipality (G2): whom it called to account, and by when something happens.

    Also for a binding request that a partner left unanswered. The regisseur goes on with it. Raises WrongState when
    nothing is asked, without words, and for a day that has passed.
    """
    with operation(Action.ANSWER_STAGNATION, on=stagnation, by=by) as op:
        stuck = op.target
        today = timezone.localdate(at)
        if not Stagnation.objects.filter(pk=stuck.pk).with_the_municipality(today).exists():
            raise WrongState(_("This stagnation does not wait for an answer any more."), about=_Inbox())
        if not answer.strip() or happens_by < today:
            raise WrongState(_("Write what the municipality does about it, and by which day."), about=_Inbox())
        if stuck.status != Status.ESCALATED:
            # A partner did not answer: it came here by itself, the day after.
            stuck.move_to(Status.ESCALATED)
            stuck.escalated_on = stuck.answer_by = today
        stuck.move_to(Status.ANSWERED)
        # After an earlier answer that did not help: below it, so that both can be read.
        stuck.answer = "\n\n".join(text for text in (stuck.answer, answer.strip()) if text)
        stuck.answered_by, stuck.answered_at = by, at
        stuck.addressed, stuck.happens_by = addressed, happens_by
        stuck.save()
        op.record(Event.STAGNATION_ANSWERED)
        _settle(stuck, at=at, within=op)
        _owe(stuck, add_working_days(today, USE_ANSWER_WITHIN), within=op)
    return stuck


def solve_stagnation(
    stagnation: Stagnation, *, by_means_of: Solution, solution: str, by: User, at: datetime
) -> Stagnation:
    """Record that it moves again, and what did it (G14). Raises WrongState when it was solved already.

    Requests to partners that were still open are settled by it.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=stagnation, by=by) as op:
        stuck = op.target
        if not solution.strip():
            raise WrongState(_("Write down what helped."), about=stuck)
        stuck.move_to(Status.SOLVED)
        stuck.solved_by_means_of, stuck.solution, stuck.solved_at = by_means_of, solution, at
        stuck.save(update_fields=["status", "solved_by_means_of", "solution", "solved_at"])
        op.record(Event.STAGNATION_SOLVED, by_means_of=by_means_of.value)
        _settle(stuck, at=at, within=op)
        asked = BindingRequest.objects.filter(stagnation=stuck).values("pk")
        waiting = FollowUp.objects.filter(family=stuck.family_id, kind=Kind.BINDING_REQUEST, about_id__in=asked)
        finish(waiting, as_=State.LAPSED, at=at, within=op)
    return stuck


def _owe(stuck: Stagnation, due_on: date, *, within: Operation[Any]) -> None:
    earlier = FollowUp.objects.filter(family=stuck.family_id, kind=Kind.SOLVE_STAGNATION, about_id=stuck.pk)
    plan(
        stuck.family,
        Kind.SOLVE_STAGNATION,
        due_on=due_on,
        falls_to=AssignmentKind.REGISSEUR,
        about=stuck,
        # A step later on may fall on the day of an earlier one, which is settled by then.
        version=earlier.count() + 1,
        within=within,
    )


def _settle(stuck: Stagnation, *, at: datetime, within: Operation[Any]) -> None:
    owed = FollowUp.objects.filter(family=stuck.family_id, kind=Kind.SOLVE_STAGNATION, about_id=stuck.pk)
    finish(owed, as_=State.DONE, at=at, within=within)
