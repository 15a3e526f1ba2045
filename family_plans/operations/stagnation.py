"""What is stuck: reported, taken to the municipality, answered, solved. Each step says by when the next is owed."""

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
from family_plans.models import Cause, HelpLine, Stagnation, Status
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from organisations.models import CodeItem

# Working days. Norms of the house, until norms are rows that an administrator keeps.
SOLVE_WITHIN = 10
ANSWER_WITHIN = 5
USE_ANSWER_WITHIN = 2


class _Start:
    """Where a coordinator is taken to: the family itself is not hers to see."""

    def get_absolute_url(self) -> str:
        return reverse("overview:today")


def report_stagnation(
    family: Family,
    *,
    domain: CodeItem,
    cause: Cause,
    since: date,
    note: str = "",
    help_line: HelpLine | None = None,
    by: User,
    at: datetime,
) -> Stagnation:
    """Report that something is stuck: the regisseur must have solved it by a day. See `raise_stagnation`."""
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        return raise_stagnation(
            op.target, domain=domain, cause=cause, since=since, note=note, help_line=help_line, at=at, within=op
        )


def raise_stagnation(
    family: Family,
    *,
    domain: CodeItem,
    cause: Cause,
    since: date,
    note: str = "",
    help_line: HelpLine | None = None,
    at: datetime,
    within: Operation[Any],
) -> Stagnation:
    """Write down that something is stuck, and plan its solution with the regisseur. A step.

    Raises WrongState when it would be stuck from a day in the future.
    """
    today = timezone.localdate(at)
    if since > today:
        raise WrongState(_("It cannot be stuck from a day that is still to come."), about=family)
    stuck = Stagnation.objects.create(
        family=family,
        help_line=help_line,
        domain=domain,
        cause=cause,
        note=note,
        since=since,
        reported_at=at,
        solve_by=add_working_days(today, SOLVE_WITHIN),
    )
    within.record(Event.STAGNATION_REPORTED, subject=stuck, domain=domain.code, cause=cause.value)
    _owe(stuck, stuck.solve_by, within=within)
    return stuck


def escalate_stagnation(stagnation: Stagnation, *, by: User, at: datetime) -> Stagnation:
    """Take it to the municipality, which has a day to answer by. For the regisseur and who stands in (G1)."""
    with operation(Action.ESCALATE_STAGNATION, on=stagnation, by=by) as op:
        stuck = op.target
        today = timezone.localdate(at)
        stuck.move_to(Status.ESCALATED)
        stuck.escalated_on, stuck.answer_by = today, add_working_days(today, ANSWER_WITHIN)
        stuck.save(update_fields=["status", "escalated_on", "answer_by"])
        op.record(Event.STAGNATION_ESCALATED)
        _settle(stuck, at=at, within=op)
        _owe(stuck, stuck.answer_by, within=op)
    return stuck


def answer_stagnation(stagnation: Stagnation, *, answer: str, by: User, at: datetime) -> Stagnation:
    """Answer on behalf of the municipality; the regisseur goes on with it. Raises WrongState when nothing is asked."""
    with operation(Action.ANSWER_STAGNATION, on=stagnation, by=by) as op:
        stuck = op.target
        if stuck.status != Status.ESCALATED:
            raise WrongState(_("This stagnation does not wait for an answer any more."), about=_Start())
        if not answer.strip():
            raise WrongState(_("Write what the municipality does about it."), about=_Start())
        stuck.move_to(Status.ANSWERED)
        stuck.answer, stuck.answered_by, stuck.answered_at = answer, by, at
        stuck.save(update_fields=["status", "answer", "answered_by", "answered_at"])
        op.record(Event.STAGNATION_ANSWERED)
        _settle(stuck, at=at, within=op)
        _owe(stuck, add_working_days(timezone.localdate(at), USE_ANSWER_WITHIN), within=op)
    return stuck


def solve_stagnation(stagnation: Stagnation, *, solution: str, by: User, at: datetime) -> Stagnation:
    """Record that it moves again, and what did it. Raises WrongState when it was solved already."""
    with operation(Action.EDIT_FAMILY_PLAN, on=stagnation, by=by) as op:
        stuck = op.target
        if not solution.strip():
            raise WrongState(_("Write down what helped."), about=stuck)
        stuck.move_to(Status.SOLVED)
        stuck.solution, stuck.solved_at = solution, at
        stuck.save(update_fields=["status", "solution", "solved_at"])
        op.record(Event.STAGNATION_SOLVED)
        _settle(stuck, at=at, within=op)
    return stuck


def _owe(stuck: Stagnation, due_on: date, *, within: Operation[Any]) -> None:
    plan(
        stuck.family,
        Kind.SOLVE_STAGNATION,
        due_on=due_on,
        falls_to=AssignmentKind.REGISSEUR,
        about=stuck,
        # A step later on may fall on the day of an earlier one, which is settled by then.
        version=list(Status).index(Status(stuck.status)) + 1,
        within=within,
    )


def _settle(stuck: Stagnation, *, at: datetime, within: Operation[Any]) -> None:
    owed = FollowUp.objects.filter(family=stuck.family_id, kind=Kind.SOLVE_STAGNATION, about_id=stuck.pk)
    finish(owed, as_=State.DONE, at=at, within=within)
