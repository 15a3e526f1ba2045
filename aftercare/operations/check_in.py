"""Recording contact: each answer opens its work in the same transaction, and nothing that was said stays lying."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from aftercare.consequences import HELP_AFTER, RETRY_AFTER, consequences
from aftercare.models import CheckIn, FactorChange, HelpAnswer, HelpState, Outcome, OutOfSight, SeenPerson
from aftercare.operations.out_of_sight import found, propose
from aftercare.querysets import ENOUGH_MISSED
from audit.events import Event
from cases.models import Person, Trajectory
from core.errors import WrongState
from core.working_days import add_working_days
from family_plans.models import Cause, HelpLine, Source, Status
from family_plans.operations import raise_stagnation
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from organisations.models import CodeItem
from signals.operations import self_report


@dataclass(frozen=True)
class Answers:
    """The four questions, in the words of aftercare.models. Only of somebody who was reached."""

    help_running: str
    feels_safe: str
    plan_up_to_date: str
    needs_support: str
    wish: str = ""
    wish_leads_to: str = ""
    mood: str = ""
    own_words: str = ""
    safety_score: int | None = None


@dataclass(frozen=True)
class Attempt:
    """How somebody tried to have contact, and how that went."""

    happened_at: datetime
    channel: str
    initiative: str
    outcome: str
    refusal: str = ""


@dataclass(frozen=True)
class BroughtUp:
    """What was said of each help line that runs, and which factors rose or fell, in the words of aftercare.models.

    `stuck_in` is the domain of what was left lying, when that leads to a stagnation.
    """

    help_lines: Mapping[HelpLine, str] = field(default_factory=dict)
    factors: Mapping[str, str] = field(default_factory=dict)
    stuck_in: CodeItem | None = None


def record_check_in(
    trajectory: Trajectory,
    attempt: Attempt,
    *,
    answers: Answers | None = None,
    seen: Sequence[Person] = (),
    brought_up: BroughtUp | None = None,
    by: User,
    at: datetime,
) -> CheckIn:
    """Record contact, or an attempt at it, with all the work that follows from it.

    Reached takes `answers`; not reached takes neither answers nor persons. Contacts that were due, and repeats of
    failed ones, are settled by it. Three failures in a row propose that the family is out of sight. Raises
    WrongState for a closed trajectory, for contact in the future, and for answers that do not go with the outcome.
    """
    op: Operation[Trajectory]
    with operation(Action.RECORD_CHECK_IN, on=trajectory, by=by) as op:
        said = brought_up or BroughtUp()
        _refuse_what_cannot_be(op.target, attempt, answers, seen, said, at=at)
        check_in = _write(op.target, attempt, answers, seen, by=by, at=at)
        op.record(Event.CHECK_IN_RECORDED, subject=check_in, outcome=check_in.outcome, channel=check_in.channel)
        if check_in.outcome == Outcome.NOT_REACHED:
            _try_again(check_in, at=at, within=op)
        else:
            finish(_answered_by(check_in, at=at), as_=State.DONE, at=at, within=op)
            _open_work(check_in, said, at=at, within=op)
            _write_down(check_in, said, at=at, within=op)
    return check_in


def _refuse_what_cannot_be(
    trajectory: Trajectory,
    attempt: Attempt,
    answers: Answers | None,
    seen: Sequence[Person],
    brought_up: BroughtUp,
    *,
    at: datetime,
) -> None:
    reached, missed = attempt.outcome == Outcome.REACHED, attempt.outcome == Outcome.NOT_REACHED
    refusal = None
    if trajectory.ends_on is not None:
        refusal = _("This trajectory is closed. Use a strip of the strippenkaart.")
    elif attempt.happened_at > at:
        refusal = _("Contact cannot lie in the future.")
    elif reached != (answers is not None) or (missed and seen):
        refusal = _("The answers do not go with how the contact went.")
    elif answers is not None and bool(answers.wish) != bool(answers.wish_leads_to):
        refusal = _("Choose what happens with what was left lying.")
    elif any(line.family_id != trajectory.family_id for line in brought_up.help_lines):
        refusal = _("Choose help of this family.")
    elif any(person.family_id != trajectory.family_id for person in seen):
        refusal = _("Choose persons of this family.")
    if refusal:
        raise WrongState(refusal, about=trajectory.family)


def _write(
    trajectory: Trajectory,
    attempt: Attempt,
    answers: Answers | None,
    seen: Sequence[Person],
    *,
    by: User,
    at: datetime,
) -> CheckIn:
    contact = FollowUp.objects.filter(family_id=trajectory.family_id, kind=Kind.CONTACT)
    check_in = CheckIn.objects.create(
        family_id=trajectory.family_id,
        trajectory=trajectory,
        follow_up=contact.due_by(timezone.localdate(at)).order_by("due_on", "pk").first(),
        recorded_by=by,
        recorded_at=at,
        **asdict(attempt),
        **(asdict(answers) if answers else {}),
    )
    SeenPerson.objects.bulk_create(
        SeenPerson(family_id=check_in.family_id, check_in=check_in, person=person, seen_at=check_in.happened_at)
        for person in seen
    )
    return check_in


def _answered_by(check_in: CheckIn, *, at: datetime) -> Any:
    """Return the planned contacts this one settles: all that were due, and repeats because of an earlier check-in."""
    earlier = CheckIn.objects.filter(family_id=check_in.family_id).exclude(pk=check_in.pk)
    return FollowUp.objects.filter(
        Q(due_on__lte=timezone.localdate(at)) | Q(about_id__in=earlier.values("pk")),
        family_id=check_in.family_id,
        kind__in=[Kind.CONTACT, Kind.OWN_REQUEST],
    )


def _try_again(check_in: CheckIn, *, at: datetime, within: Operation[Any]) -> None:
    """Replace the contacts that were due by one on the next working day; after three failures, by the search."""
    finish(_answered_by(check_in, at=at), as_=State.LAPSED, at=at, within=within)
    if OutOfSight.objects.filter(family_id=check_in.family_id).open().exists():
        return
    if CheckIn.objects.missed_in_a_row(check_in.family_id) >= ENOUGH_MISSED:
        propose(check_in.trajectory, at=at, within=within)
        return
    _plan(check_in, Kind.CONTACT, add_working_days(timezone.localdate(at), RETRY_AFTER), within=within)


def _open_work(check_in: CheckIn, said: BroughtUp, *, at: datetime, within: Operation[Any]) -> None:
    for one in consequences(check_in, today=timezone.localdate(at), help_by_line=bool(said.help_lines)):
        if one.kind == Kind.TRIAGE_SIGNAL:
            # What the family says itself is a signal like any other: it plans its own judging, for today.
            text = check_in.own_words or _("The family says that it does not feel safe.")
            self_report(check_in.trajectory.family, text=text, by=check_in.recorded_by, at=at, within=within)
        elif one.kind == Kind.SOLVE_STAGNATION and said.stuck_in is not None:
            _stuck(check_in, said.stuck_in, check_in.wish, at=at, within=within)
        else:
            _plan(check_in, one.kind, one.due_on, falls_to=one.falls_to, within=within)
    found(check_in, at=at, within=within)


def _write_down(check_in: CheckIn, brought_up: BroughtUp, *, at: datetime, within: Operation[Any]) -> None:
    """Keep what was said beside the four questions; help that stopped, or does not fit, is work about that help."""
    about = {"family_id": check_in.family_id, "check_in": check_in}
    HelpAnswer.objects.bulk_create(
        HelpAnswer(**about, help_line=line, state=state) for line, state in brought_up.help_lines.items()
    )
    FactorChange.objects.bulk_create(
        FactorChange(**about, factor=factor, direction=direction) for factor, direction in brought_up.factors.items()
    )
    for line, state in brought_up.help_lines.items():
        if (days := HELP_AFTER.get(HelpState(state))) is not None:
            plan(
                check_in.trajectory.family,
                Kind.RE_ESTABLISH_HELP,
                due_on=add_working_days(timezone.localdate(at), days),
                falls_to=AssignmentKind.REGISSEUR,
                about=line,
                within=within,
            )
        if state == HelpState.STOPPED and not line.stagnations.exclude(status=Status.SOLVED).exists():
            _stuck(check_in, line.domain, str(HelpState.STOPPED.label), line=line, at=at, within=within)


def _stuck(
    check_in: CheckIn,
    domain: CodeItem,
    note: str,
    *,
    line: HelpLine | None = None,
    at: datetime,
    within: Operation[Any],
) -> None:
    """Report what the family says is stuck, as of today: with a day by which it is solved, and somebody who owes it."""
    raise_stagnation(
        check_in.trajectory.family,
        domain=domain,
        cause=Cause.NOT_KNOWN,
        since=timezone.localdate(at),
        note=note,
        source=Source.CHECK_IN,
        help_line=line,
        at=at,
        within=within,
    )


def _plan(
    check_in: CheckIn,
    kind: Kind,
    due_on: date,
    *,
    falls_to: AssignmentKind = AssignmentKind.REGISSEUR,
    within: Operation[Any],
) -> None:
    plan(check_in.trajectory.family, kind, due_on=due_on, falls_to=falls_to, about=check_in, within=within)
