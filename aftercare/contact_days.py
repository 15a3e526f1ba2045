"""On which days a family is contacted. Only dates: nothing here is read from or written to the database."""

from collections.abc import Iterator
from datetime import date, timedelta

from aftercare.clocks import support_until, watch_until
from aftercare.models import ScheduleTemplate
from cases.models import Trajectory
from core.working_days import add_months, add_working_days, is_working_day

_DAY = timedelta(days=1)
ROUND_OFF_WEEKS = (8, 4)  # before the end of the support


def support_days(template: ScheduleTemplate, departs_on: date) -> list[date]:
    """Return the contacts of the support year, all working days, the last of them no later than its end."""
    last = support_until(departs_on)
    wanted = [departs_on + timedelta(days=number) for number in template.days]
    wanted += [departs_on + timedelta(weeks=week) for week in template.weeks]
    wanted += [add_months(departs_on, month) for month in template.months]
    return sorted({at_work(day, no_later_than=last) for day in wanted if day <= last})


def watch_days(departs_on: date, involvement_ends_on: date | None) -> list[date]:
    """Return the regisseur's contacts between the end of the support and the end of the watch: one a month."""
    if involvement_ends_on is None:
        return []
    last = watch_until(involvement_ends_on)
    return [at_work(day, no_later_than=last) for day in _monthly(support_until(departs_on), until=last)]


def round_off_days(departs_on: date) -> list[date]:
    """Return when somebody is asked to round off or hand over: eight and four weeks before the support ends."""
    last = support_until(departs_on)
    return [at_work(last - timedelta(weeks=weeks), no_later_than=last) for weeks in ROUND_OFF_WEEKS]


def year_day(departs_on: date) -> date:
    """Return when somebody is asked whether the year was enough: its last day, or the working day before that."""
    last = support_until(departs_on)
    return at_work(last, no_later_than=last)


def year_answerable_from(departs_on: date) -> date:
    """Return the first day on which can be said whether the year was enough: at the last talk about rounding off."""
    return support_until(departs_on) - timedelta(weeks=ROUND_OFF_WEEKS[-1])


def may_answer_year(trajectory: Trajectory, day: date) -> bool:
    return trajectory.departs_on is not None and day >= year_answerable_from(trajectory.departs_on)


def at_work(day: date, *, no_later_than: date) -> date:
    """Return `day`, or else the next working day; the working day before where the next is past `no_later_than`."""
    if is_working_day(day):
        return day
    following = add_working_days(day, 1)
    if following <= no_later_than:
        return following
    while not is_working_day(day):
        day -= _DAY
    return day


def _monthly(start: date, *, until: date) -> Iterator[date]:
    count = 1
    while (day := add_months(start, count)) <= until:
        yield day
        count += 1
