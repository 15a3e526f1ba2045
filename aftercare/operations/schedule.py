"""Planning the contacts of the year after a departure, once, and again when the departure moves."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from access.models import AssignmentKind
from access.operation import Operation, operation
from access.policy import Action
from accounts.models import User
from aftercare import contact_days
from aftercare.models import ContactSchedule, ScheduleTemplate, YearAnswer
from aftercare.models.schedule import DEFAULT
from audit.events import Event
from cases.models import Trajectory
from core.errors import WrongState
from core.working_days import add_working_days, is_working_day
from follow_ups.models import FollowUp, Kind, State
from follow_ups.operations import finish, plan


def start_aftercare(trajectory: Trajectory, *, rhythm: str = DEFAULT, by: User, at: datetime) -> ContactSchedule:
    """Plan the contacts of a departure. The same days start one schedule; days that have moved move what lies ahead.

    `rhythm` names a template and is chosen the first time; later plans keep it.

    Raises WrongState without a departure date, and for a trajectory that is closed.
    """
    op: Operation[Trajectory]
    with operation(Action.PLAN_DEPARTURE, on=trajectory, by=by) as op:
        return plan_contacts(op.target, rhythm=rhythm, within=op, at=at)


def plan_contacts(
    trajectory: Trajectory, *, rhythm: str = DEFAULT, within: Operation[Any], at: datetime
) -> ContactSchedule:
    """Plan the contacts of a departure. A step: for whoever sets or moves the date. See start_aftercare.

    The first time, what should have happened before today becomes one contact today. When days move, what is due today
    or was due before stays as it is, and only what lies ahead is planned again, under the next version.
    """
    if trajectory.departs_on is None or trajectory.ends_on is not None:
        raise WrongState(_("First plan the day of departure."), about=trajectory.family)
    present = ContactSchedule.objects.filter(trajectory=trajectory).order_by("-version").first()
    if present and _days(present) == _days(trajectory):
        within.record(Event.SCHEDULE_PLANNED, subject=present, version=present.version, is_new=False)
        return present
    today = timezone.localdate(at)
    if present:
        ahead = FollowUp.objects.filter(family_id=trajectory.family_id, about_id=trajectory.pk, due_on__gt=today)
        finish(ahead.filter(kind__in=[Kind.CONTACT, Kind.ROUND_OFF]), as_=State.LAPSED, at=at, within=within)
        # Asked once, on the day that counts now: also when it was due by the days before.
        asked = FollowUp.objects.filter(family_id=trajectory.family_id, kind=Kind.YEAR_ENOUGH)
        finish(asked, as_=State.LAPSED, at=at, within=within)
    schedule = ContactSchedule.objects.create(
        family_id=trajectory.family_id,
        trajectory=trajectory,
        template=ScheduleTemplate.on(today, name=present.template.name if present else rhythm),
        version=present.version + 1 if present else 1,
        departs_on=trajectory.departs_on,
        involvement_ends_on=trajectory.involvement_ends_on,
        planned_at=at,
    )
    _plan_ahead(schedule, today=today, is_first=present is None, within=within)
    within.record(Event.SCHEDULE_PLANNED, subject=schedule, version=schedule.version, is_new=True)
    return schedule


def _days(planned: Any) -> tuple[date | None, date | None]:
    return planned.departs_on, planned.involvement_ends_on


def _plan_ahead(schedule: ContactSchedule, *, today: date, is_first: bool, within: Operation[Any]) -> None:
    contacts = contact_days.support_days(schedule.template, schedule.departs_on)
    contacts += contact_days.watch_days(schedule.departs_on, schedule.involvement_ends_on)
    ends = contact_days.round_off_days(schedule.departs_on)
    if is_first:
        now = today if is_working_day(today) else add_working_days(today, 1)
        contacts = sorted({max(day, now) for day in contacts})
        ends = sorted({max(day, now) for day in ends})
    _plan_days(schedule, Kind.CONTACT, (day for day in contacts if is_first or day > today), within=within)
    _plan_days(schedule, Kind.ROUND_OFF, (day for day in ends if is_first or day > today), within=within)
    # Of a departure of long ago the question is due now: it is asked once, and never skipped.
    if not YearAnswer.objects.filter(trajectory=schedule.trajectory).exists():
        asked_on = max(contact_days.year_day(schedule.departs_on), today)
        _plan_days(schedule, Kind.YEAR_ENOUGH, [asked_on], within=within)


def _plan_days(schedule: ContactSchedule, kind: Kind, days: Iterable[date], *, within: Operation[Any]) -> None:
    for day in days:
        plan(
            schedule.trajectory.family,
            kind,
            due_on=day,
            falls_to=AssignmentKind.REGISSEUR,
            about=schedule.trajectory,
            version=schedule.version,
            within=within,
        )
