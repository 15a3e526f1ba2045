"""What each answer of a check-in opens. The form says it beforehand, the operation does it, from this one list."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from access.models import AssignmentKind
from aftercare.contact_days import at_work
from aftercare.models import CheckIn, FeelsSafe, HelpRunning, HelpState, Outcome, WishLeadsTo, YesNo
from core.working_days import add_working_days
from follow_ups.models import Kind

HELP_STOPPED_AFTER = 2  # working days
UNSURE_AFTER = 5
WISH_AFTER = 5
# Help line by help line; a state that is absent opens nothing.
HELP_AFTER = {HelpState.STOPPED: HELP_STOPPED_AFTER, HelpState.POOR: UNSURE_AFTER, HelpState.UNSURE: UNSURE_AFTER}
SUPPORT_AFTER = 5
RETRY_AFTER = 1
REFUSED_AFTER = 10
WITHIN_DAYS = timedelta(days=7)


@dataclass(frozen=True)
class Consequence:
    """Work that an answer opens."""

    kind: Kind
    due_on: date
    falls_to: AssignmentKind = AssignmentKind.REGISSEUR


def consequences(check_in: CheckIn, *, today: date, help_by_line: bool = False) -> list[Consequence]:
    """Return the work that these answers open, on the day they are recorded. Failed attempts are not for here.

    TRIAGE_SIGNAL means a signal of the family itself, which plans that work. `help_by_line`: each help line was asked
    about, and HELP_AFTER says what that opens.
    """
    if check_in.outcome == Outcome.REFUSED:
        return [Consequence(Kind.CONTACT, add_working_days(today, REFUSED_AFTER))]
    about_help = () if help_by_line else _about_help(check_in, today)
    return [*_about_safety(check_in, today), *about_help, *_about_wishes(check_in, today)]


def _about_safety(check_in: CheckIn, today: date) -> Iterator[Consequence]:
    within_a_week = at_work(today + WITHIN_DAYS, no_later_than=today + WITHIN_DAYS)
    if check_in.feels_safe == FeelsSafe.NO:
        yield Consequence(Kind.TRIAGE_SIGNAL, today)
    if check_in.feels_safe == FeelsSafe.DOUBT:
        yield Consequence(Kind.CONTACT, within_a_week)
    if check_in.plan_up_to_date == YesNo.NO:
        yield Consequence(Kind.REVISE_SAFETY_PLAN, within_a_week)


def _about_help(check_in: CheckIn, today: date) -> Iterator[Consequence]:
    if check_in.help_running in {HelpRunning.NO, HelpRunning.UNSURE}:
        days = HELP_STOPPED_AFTER if check_in.help_running == HelpRunning.NO else UNSURE_AFTER
        yield Consequence(Kind.RE_ESTABLISH_HELP, add_working_days(today, days))


def _about_wishes(check_in: CheckIn, today: date) -> Iterator[Consequence]:
    if check_in.wish:
        stuck = check_in.wish_leads_to == WishLeadsTo.STAGNATION
        yield Consequence(Kind.SOLVE_STAGNATION if stuck else Kind.PICK_UP_WISH, add_working_days(today, WISH_AFTER))
    if check_in.needs_support == YesNo.YES:
        yield Consequence(Kind.GIVE_SUPPORT, add_working_days(today, SUPPORT_AFTER), AssignmentKind.SUPPORTER)
