"""Income, debts and housing. A gap at a move and an urgency that is refused are stuck at once: nobody reports them."""

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
from cases.models import Family
from core.errors import WrongState
from core.working_days import add_working_days
from family_plans.models import (
    DOMAINS,
    Cause,
    Debts,
    DebtSituation,
    HousingLine,
    IncomeLine,
    IncomeOccasion,
    Source,
    Stagnation,
    Tailored,
    Urgency,
)
from family_plans.operations.stagnation import note_what_came, raise_stagnation
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan
from organisations.models import CodeItem

# Municipal Debt Help Act, article 4: the first talk within four weeks, and within three working days when pressing.
FIRST_TALK_WITHIN = timedelta(weeks=4)
FIRST_TALK_WHEN_PRESSING = 3
# After these nobody may be without income unnoticed.
_GAP_IS_STUCK = (IncomeOccasion.MOVE, IncomeOccasion.DEPARTURE)


@dataclass(frozen=True)
class Income:
    """Everything there is to say about one change of income. All days are inclusive."""

    occasion: str
    kind: str
    earlier_until: date | None = None
    applied_on: date | None = None
    decision: str = ""
    decided_on: date | None = None
    first_payment_on: date | None = None
    bridging: str = ""
    tailored: str = Tailored.NOT_ASKED
    suwinet_on: date | None = None


_INCOME = [field.name for field in fields(Income)]


def record_income(family: Family, income: Income, *, by: User, at: datetime) -> IncomeLine:
    """Record a change of income: at admission, the departure, a move, or otherwise (G4, G8).

    At a departure or a move each day without income is stuck from the first (G5); a gap still to come is looked at
    on its first day. Raises WrongState when the days are not in order, and when something was applied for, decided,
    paid or looked up on a day to come.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        family = op.target
        _insist_on_income(family, income, today=timezone.localdate(at))
        line = IncomeLine.objects.create(
            family=family, recorded_by=by, recorded_at=at, **{name: getattr(income, name) for name in _INCOME}
        )
        op.record(Event.INCOME_RECORDED, subject=line, occasion=line.occasion)
        _watch_gap(line, at=at, within=op)
        note_what_came(line.first_payment_on, income_line=line, within=op)
    return line


def update_income(line: IncomeLine, income: Income, *, version: int, by: User, at: datetime) -> IncomeLine:
    """Bring an income line up to date. Raises WrongState when somebody changed it meanwhile. See `record_income`."""
    with operation(Action.EDIT_FAMILY_PLAN, on=line, by=by) as op:
        line = op.target
        _insist_on_version(line, version)
        _insist_on_income(line.family, income, today=timezone.localdate(at))
        for name in _INCOME:
            setattr(line, name, getattr(income, name))
        line.version += 1
        line.save(update_fields=[*_INCOME, "version"])
        op.record(Event.INCOME_RECORDED, version=line.version)
        _settle(line, at=at, within=op)
        _watch_gap(line, at=at, within=op)
        note_what_came(line.first_payment_on, income_line=line, within=op)
    return line


def _insist_on_income(family: Family, income: Income, *, today: date) -> None:
    refusal = None
    done = (income.applied_on, income.decided_on, income.first_payment_on, income.suwinet_on)
    if bool(income.decision) != bool(income.decided_on):
        refusal = _("A decision has a day.")
    elif income.decided_on and income.applied_on and income.decided_on < income.applied_on:
        refusal = _("The decision cannot come before the application.")
    elif any(day and day > today for day in done):
        refusal = _("This day is still to come.")
    if refusal:
        raise WrongState(refusal, about=family)


def _watch_gap(line: IncomeLine, *, at: datetime, within: Operation[Any]) -> None:
    if line.occasion not in _GAP_IS_STUCK:
        return
    today = timezone.localdate(at)
    days = line.days_without(today)
    already = Stagnation.objects.filter(income_line=line).unsolved().exists()
    if days > 0 and not already:
        since = line.earlier_until + timedelta(days=1) if line.earlier_until else line.applied_on
        raise_stagnation(
            line.family,
            domain=_domain("finances"),
            cause=Cause.MONEY,
            since=min(since or today, today),
            source=Source.INCOME,
            income_line=line,
            bridging=line.bridging,
            at=at,
            within=within,
        )
    elif days == 0 and line.first_payment_on is None and line.earlier_until is not None:
        # The old income still runs: look again on the first day without.
        plan(
            line.family,
            Kind.CHECK_INCOME,
            due_on=line.earlier_until + timedelta(days=1),
            falls_to=AssignmentKind.REGISSEUR,
            about=line,
            version=line.version,
            within=within,
        )


def note_debts(family: Family, *, situation: DebtSituation, on: date, by: User, at: datetime) -> Debts:
    """Note how it stands with debts. With debts the law gives a day for the first talk, from the day of asking.

    Four weeks, or three working days when it is pressing. That day is on the regisseur's list.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        family = op.target
        if on > timezone.localdate(at):
            raise WrongState(_("This day is still to come."), about=family)
        first_talk = {
            DebtSituation.SOME: on + FIRST_TALK_WITHIN,
            DebtSituation.PRESSING: add_working_days(on, FIRST_TALK_WHEN_PRESSING),
        }.get(situation)
        debts = Debts.objects.create(
            family=family, noted_on=on, situation=situation, first_talk_by=first_talk, noted_by=by, noted_at=at
        )
        op.record(Event.INCOME_RECORDED, subject=debts, debts=situation.value)
        finish(FollowUp.objects.filter(family=family, kind=Kind.START_DEBT_HELP), as_=State.DONE, at=at, within=op)
        if first_talk:
            plan(
                family,
                Kind.START_DEBT_HELP,
                due_on=first_talk,
                falls_to=AssignmentKind.REGISSEUR,
                about=debts,
                within=op,
            )
    return debts


@dataclass(frozen=True)
class Housing:
    """Everything there is to say about the way to a dwelling."""

    ready_since: date | None = None
    waits_for: str = ""
    urgency: str = Urgency.NOT_REQUESTED
    requested_on: date | None = None
    decided_on: date | None = None
    preferred_because: str = ""
    condition: str = ""
    condition_until: date | None = None
    consequence: str = ""
    found_on: date | None = None


_HOUSING = [field.name for field in fields(Housing)]


def record_housing(family: Family, housing: Housing, *, version: int = 0, by: User, at: datetime) -> HousingLine:
    """Record or bring up to date the one open housing line of a family (C26, G9, G16, D18).

    A refused urgency is stuck at once. `version` is that of the line the change was made to, 0 for a first one.
    Raises WrongState when somebody was faster, and when the days do not go with the urgency.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        family = op.target
        line = HousingLine.objects.filter(family=family, found_on=None).first()
        line = line or HousingLine(family=family, recorded_by=by, recorded_at=at, version=0)
        _insist_on_version(line, version)
        _insist_on_housing(family, housing)
        for name in _HOUSING:
            setattr(line, name, getattr(housing, name))
        line.version += 1
        line.save()
        op.record(Event.HOUSING_RECORDED, subject=line, urgency=line.urgency)
        granted_on = line.decided_on if line.urgency == Urgency.GRANTED else None
        note_what_came(granted_on or line.found_on, housing_line=line, within=op)
        if line.urgency == Urgency.REFUSED and not Stagnation.objects.filter(housing_line=line).exists():
            raise_stagnation(
                family,
                domain=_domain("housing"),
                cause=Cause.DIFFERENCE_OF_VIEW,
                since=min(line.decided_on or timezone.localdate(at), timezone.localdate(at)),
                source=Source.HOUSING,
                housing_line=line,
                at=at,
                within=op,
            )
    return line


def _insist_on_housing(family: Family, housing: Housing) -> None:
    asked = housing.urgency != Urgency.NOT_REQUESTED
    decided = housing.urgency in {Urgency.GRANTED, Urgency.REFUSED}
    refusal = None
    if asked != (housing.requested_on is not None):
        refusal = _("Fill in the day on which the urgency was requested, or that it was not.")
    elif decided and (housing.decided_on is None or housing.decided_on < housing.requested_on):  # type: ignore[operator]
        refusal = _("Fill in the day of the decision, after that of the request.")
    elif housing.condition_until and not housing.condition:
        refusal = _("Say what the condition is.")
    if refusal:
        raise WrongState(refusal, about=family)


def _insist_on_version(line: IncomeLine | HousingLine, version: int) -> None:
    if line.version != version:
        raise WrongState(_("Somebody changed this meanwhile. See how it stands now."), about=line.family)


def _domain(code: str) -> CodeItem:
    return CodeItem.objects.of(DOMAINS).get(code=code)


def _settle(line: IncomeLine, *, at: datetime, within: Operation[Any]) -> None:
    owed = FollowUp.objects.filter(family=line.family_id, kind=Kind.CHECK_INCOME, about_id=line.pk)
    finish(owed, as_=State.DONE, at=at, within=within)
