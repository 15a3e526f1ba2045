from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from access.operation import operation
from access.policy import Action
from accounts.models import User
from audit.events import Event
from cases.models import Family, Person
from core.errors import WrongState
from family_plans.models import HelpLine, RelianceLevel, SelfReliance
from organisations.models import CodeItem, Organisation

HIGHEST_SCORE = 10


def start_help(
    family: Family,
    *,
    organisation: Organisation,
    domain: CodeItem,
    starts_on: date,
    planned_end_on: date | None = None,
    person: Person | None = None,
    by: User,
) -> HelpLine:
    """Record that an organisation helps, in one domain, for one member or for everybody.

    It shows the organisation nothing of the family: that is a share. Raises WrongState when it would end before it
    starts.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        family = op.target
        if planned_end_on is not None and planned_end_on < starts_on:
            raise WrongState(_("Help cannot end before it starts."), about=family)
        line = HelpLine.objects.create(
            family=family,
            organisation=organisation,
            domain=domain,
            person=person,
            starts_on=starts_on,
            planned_end_on=planned_end_on,
        )
        op.record(Event.HELP_LINE_STARTED, subject=line, domain=domain.code)
    return line


def end_help(line: HelpLine, *, on: date, reason: str, by: User) -> HelpLine:
    """Record that help stopped, and why. Raises WrongState without a reason, before the start, or a second time."""
    with operation(Action.EDIT_FAMILY_PLAN, on=line, by=by) as op:
        line = op.target
        if line.ended_on is not None:
            raise WrongState(_("This help has ended already."), about=line)
        if on < line.starts_on:
            raise WrongState(_("Help cannot end before it starts."), about=line)
        if not reason.strip():
            raise WrongState(_("Say why this help ends."), about=line)
        line.ended_on, line.end_reason = on, reason
        line.save(update_fields=["ended_on", "end_reason"])
        op.record(Event.HELP_LINE_ENDED)
    return line


def assess_self_reliance(
    family: Family,
    *,
    domain: CodeItem,
    level: RelianceLevel,
    own_score: int | None = None,
    on: date,
    by: User,
    at: datetime,
) -> SelfReliance:
    """Record how the client manages in a domain, with the client's own mark (E8). What was recorded before stays.

    Raises WrongState for a day in the future, or a mark above ten.
    """
    with operation(Action.EDIT_FAMILY_PLAN, on=family, by=by) as op:
        family = op.target
        if on > timezone.localdate(at) or (own_score is not None and not 0 <= own_score <= HIGHEST_SCORE):
            raise WrongState(_("Fill in a day until today, and a mark from 0 to 10."), about=family)
        assessed = SelfReliance.objects.create(
            family=family,
            domain=domain,
            level=level,
            own_score=own_score,
            assessed_on=on,
            assessed_by=by,
            recorded_at=at,
        )
        op.record(Event.SELF_RELIANCE_ASSESSED, subject=assessed, domain=domain.code, level=level.value)
    return assessed
