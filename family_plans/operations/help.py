"""Help: asked for, kept up to date, ended, and what a move did to it."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
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
from core.working_days import add_working_days
from family_plans.bans import contact_is_forbidden
from family_plans.models import AtMove, EndReason, Fit, HelpAtMove, HelpLine
from family_plans.norms import StartNorms
from family_plans.operations.stagnation import note_what_came
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from organisations.models import CodeItem, Organisation

SUCCESSOR_BEFORE_END = timedelta(weeks=8)
FIND_FITTING_WITHIN = 5  # working days


@dataclass(frozen=True)
class Help:
    """Everything there is to say about a help line, whether new or changed. All days are inclusive."""

    organisation: Organisation
    kind: CodeItem
    domain: CodeItem
    asked_on: date
    person: Person | None = None
    together_with: Person | None = None
    together_because: str = ""
    law: CodeItem | None = None
    indicated_on: date | None = None
    intake_on: date | None = None
    starts_on: date | None = None
    planned_end_on: date | None = None
    bridging: str = ""
    fit: str = ""
    drop_out_risk: str = ""
    needed_after: bool = True
    successor: Organisation | None = None
    successor_words: str = ""


_FIELDS = [field.name for field in fields(Help)]
_WORK = [Kind.HELP_SHOULD_START, Kind.ARRANGE_SUCCESSOR, Kind.FIND_FITTING_HELP]


def ask_help(family: Family, asked: Help, *, by: User, at: datetime) -> HelpLine:
    """Record help that was asked for, or that runs already, for one member or for everybody.

    It shows the organisation nothing of the family: that is a share. Raises WrongState when its days are not in
    order, for somebody from whom the others must be safe (that is a treatment line), and for help together with
    somebody who may not have contact, unless it says why it may (C41).
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        family = op.target
        _insist_on(family, asked, today=timezone.localdate(at))
        line = HelpLine.objects.create(family=family, **{name: getattr(asked, name) for name in _FIELDS})
        op.record(
            Event.HELP_LINE_STARTED,
            subject=line,
            domain=asked.domain.code,
            kind=asked.kind.code,
            overridden=bool(asked.together_because),
        )
        _owe(line, at=at, within=op)
    return line


def update_help(line: HelpLine, changed: Help, *, version: int, by: User, at: datetime) -> HelpLine:
    """Bring a help line up to date. `version` is that of the line the change was made to.

    Raises WrongState when somebody changed it meanwhile, when it has ended, and as `ask_help` does.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=line, by=by) as op:
        line = op.target
        _insist_on_running(line)
        if line.version != version:
            raise WrongState(_("Somebody changed this meanwhile. See how it stands now."), about=line)
        _insist_on(line.family, changed, today=timezone.localdate(at))
        for name in _FIELDS:
            setattr(line, name, getattr(changed, name))
        line.version += 1
        line.save(update_fields=[*_FIELDS, "version"])
        op.record(Event.HELP_LINE_CHANGED, version=line.version)
        note_what_came(line.starts_on, help_line=line, within=op)
        _settle(line, as_=State.LAPSED, at=at, within=op)
        _owe(line, at=at, within=op)
    return line


def end_help(line: HelpLine, *, on: date, reason: EndReason, words: str = "", by: User, at: datetime) -> HelpLine:
    """Record that help stopped, and why (B29, E20). It stays in the file.

    Raises WrongState before it was asked or started, on a day to come (that is its planned end), and a second time.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=line, by=by) as op:
        line = op.target
        _insist_on_running(line)
        if on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=line)
        if on < (line.starts_on or line.asked_on):
            raise WrongState(_("Help cannot end before it starts."), about=line)
        line.ended_on, line.end_reason, line.end_words = on, reason, words
        line.version += 1
        line.save(update_fields=["ended_on", "end_reason", "end_words", "version"])
        op.record(Event.HELP_LINE_ENDED, reason=reason.value)
        _settle(line, as_=State.DONE, at=at, within=op)
    return line


def record_help_at_move(
    line: HelpLine,
    *,
    moved_on: date,
    outcome: AtMove,
    last_day: date | None = None,
    first_day: date | None = None,
    by: User,
    at: datetime,
) -> HelpAtMove:
    """Record what a move did to help (F16): goes on, another takes over, or asked again, with last and first day.

    Recording the same move again corrects it. Raises WrongState without a last day for help that did not go on, and
    when the days are not in order.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=line, by=by) as op:
        line = op.target
        if outcome != AtMove.CONTINUES and last_day is None:
            raise WrongState(_("Fill in the last day of the help that stopped."), about=line)
        if last_day and first_day and first_day <= last_day:
            raise WrongState(_("Help cannot start again before it stopped."), about=line)
        goes_on = outcome == AtMove.CONTINUES
        at_move, _is_new = HelpAtMove.objects.update_or_create(
            family_id=line.family_id,
            help_line=line,
            moved_on=moved_on,
            defaults={
                "outcome": outcome,
                "last_day": None if goes_on else last_day,
                "first_day": None if goes_on else first_day,
                "recorded_by": by,
                "recorded_at": at,
            },
        )
        op.record(Event.HELP_LINE_CHANGED, move=outcome.value)
    return at_move


def _insist_on(family: Family, asked: Help, *, today: date) -> None:
    days = [asked.indicated_on, asked.intake_on, asked.starts_on]
    refusal = None
    if any(day is not None and day > today for day in [asked.asked_on, *days]):
        # As long as it is still to come the family waits, and somebody looks whether it came.
        refusal = _("This day is still to come.")
    elif any(day is not None and day < asked.asked_on for day in days):
        refusal = _("Nothing comes before the day on which help was asked.")
    elif asked.planned_end_on and asked.planned_end_on < (asked.starts_on or asked.asked_on):
        refusal = _("Help cannot end before it starts.")
    elif asked.person is not None and asked.person.causes_harm:
        refusal = _("Help to somebody from whom the others must be safe is kept apart. Record it as a treatment.")
    elif asked.together_with is not None and asked.person is None:
        refusal = _("Say for whom this help is.")
    elif asked.together_with is not None and not asked.together_because.strip() and _is_forbidden(asked, today):
        refusal = _("A measure forbids contact between these two. Say why it is safe all the same, and who decided.")
    if refusal:
        raise WrongState(refusal, about=family)


def _is_forbidden(asked: Help, today: date) -> bool:
    if asked.person is None or asked.together_with is None:
        return False
    return contact_is_forbidden(asked.person, asked.together_with, from_on=today, until=asked.planned_end_on)


def _insist_on_running(line: HelpLine) -> None:
    if line.ended_on is not None:
        raise WrongState(_("This help has ended already."), about=line)


def _owe(line: HelpLine, *, at: datetime, within: Operation[Any]) -> None:
    """Plan the work that a line asks for: that it starts within the norm, that somebody takes over, that it fits."""
    today = timezone.localdate(at)
    norm = StartNorms(line.family_id, today).days_of(line.kind.code)
    if line.is_waiting and norm is not None:
        # The first day over the norm, and never a day that has passed: it is due today then.
        over = max(line.asked_on + timedelta(days=norm + 1), today)
        _plan(line, Kind.HELP_SHOULD_START, over, within=within)
    if line.planned_end_on and line.needed_after and line.successor is None and not line.successor_words:
        _plan(line, Kind.ARRANGE_SUCCESSOR, max(line.planned_end_on - SUCCESSOR_BEFORE_END, today), within=within)
    if line.fit == Fit.DOES_NOT_FIT:
        _plan(line, Kind.FIND_FITTING_HELP, add_working_days(today, FIND_FITTING_WITHIN), within=within)


def _plan(line: HelpLine, kind: Kind, due_on: date, *, within: Operation[Any]) -> None:
    plan(
        line.family,
        kind,
        due_on=due_on,
        falls_to=AssignmentKind.REGISSEUR,
        about=line,
        version=line.version,
        within=within,
    )


def _settle(line: HelpLine, *, as_: State, at: datetime, within: Operation[Any]) -> None:
    owed = FollowUp.objects.filter(family=line.family_id, kind__in=_WORK, about_id=line.pk)
    finish(owed, as_=as_, at=at, within=within)
