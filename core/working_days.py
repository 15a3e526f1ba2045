"""Terms in working days and in months, by the Dutch calendar.

A working day is Monday to Friday, not a public holiday. Public holidays are New Year's Day, Easter Monday, King's Day
(26 April when the 27th is a Sunday), Ascension Day, Whit Monday, both days of Christmas, and once in five years
Liberation Day (5 May). Good Friday, and 5 May in other years, are ordinary working days here: many people work on
them, and a deadline a day early does less harm than a day late. The law on terms counts both as holidays, so a term
that a court must uphold is not computed with this module.

Only dates: clocks that go forward or back change nothing.
"""

from datetime import date, timedelta
from functools import cache

import holidays
from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


@cache
def _holidays(year: int) -> frozenset[date]:
    # The library counts Good Friday among the public holidays. It knows no years outside its own range and is silent
    # about those, which leaves only weekends.
    return frozenset(holidays.country_holidays("NL", years=year)) - {easter(year) - 2 * _DAY}


def is_working_day(day: date) -> bool:
    """Say whether people are at work on `day`."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the last day of a term of `count` working days that starts on `day`; `day` itself is not counted.

    With a count of 0 it is `day` itself, whatever day that is. With more it is always a working day: a term that starts
    on a Saturday or a holiday has its first day on the next working day, like one that starts on the Friday before.
    A negative count is refused: a term does not run backwards.
    """
    if count < 0:
        raise ValueError("A term cannot be shorter than nothing.")
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and including `end`; negative when `end` is earlier.

    The opposite of adding: for n > 0, `working_days_between(day, add_working_days(day, n)) == n`.
    """
    if end < start:
        return -working_days_between(end, start)
    days = (start + _DAY * step for step in range(1, (end - start).days + 1))
    return sum(is_working_day(day) for day in days)


def add_months(day: date, count: int) -> date:
    """Return the same day `count` months on, or the last day of that month where it has no such day.

    Always add to the first date, never to a result: 31 January plus one month plus one month is 28 March.
    """
    same_day: date = day + relativedelta(months=count)
    return same_day
