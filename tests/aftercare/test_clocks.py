from datetime import date, timedelta

import pytest

from aftercare.clocks import Clocks, support_until, watch_until
from aftercare.contact_days import round_off_days, support_days, watch_days
from aftercare.models import ScheduleTemplate
from core.working_days import is_working_day

EVERY_DAY = [date(2024, 1, 1) + timedelta(days=n) for n in range((date(2037, 1, 1) - date(2024, 1, 1)).days)]
DEFAULT = ScheduleTemplate(name="default", version=1, weeks=[1, 2, 4], months=list(range(2, 13)))


@pytest.mark.row("A1")
def test_a_watch_that_starts_on_1_october_may_be_closed_on_2_april_and_no_day_earlier():
    clocks = Clocks(support_until(date(2026, 1, 1)), watch_until(date(2026, 10, 1)))

    assert clocks.watch_until == date(2027, 4, 1)
    assert not clocks.closable_on(date(2027, 2, 1))
    assert not clocks.closable_on(date(2027, 4, 1))
    assert clocks.closable_on(date(2027, 4, 2))


@pytest.mark.row("A1")
@pytest.mark.parametrize("clocks", [Clocks(None, None), Clocks(date(2026, 1, 1), None), Clocks(None, date(2026, 1, 1))])
def test_an_unknown_term_is_never_over(clocks):
    assert not clocks.closable_on(date(2099, 1, 1))


@pytest.mark.row("A2")
def test_support_from_a_leap_day_ends_on_28_february():
    assert support_until(date(2028, 2, 29)) == date(2029, 2, 28)


def test_a_watch_without_such_a_day_ends_on_the_first_of_the_next_month():
    assert watch_until(date(2026, 8, 31)) == date(2027, 3, 1)
    assert watch_until(date(2026, 8, 28)) == date(2027, 2, 28)


@pytest.mark.row("A3")
def test_with_ten_months_of_aftercare_support_ends_in_month_12_and_the_watch_in_month_16():
    departure, aftercare_end = date(2026, 1, 5), date(2026, 11, 5)
    clocks = Clocks(support_until(departure), watch_until(aftercare_end))

    assert clocks.support_until == date(2027, 1, 5)
    assert clocks.watch_until == clocks.both_until == date(2027, 5, 5)
    # The regisseur keeps contact between the two ends: once a month.
    contacts = watch_days(departure, aftercare_end)
    assert [day.month for day in contacts] == [2, 3, 4, 5]
    assert clocks.support_until < contacts[0]
    assert contacts[-1] <= clocks.watch_until


@pytest.mark.row("R56")
def test_no_day_of_departure_gives_an_exception_an_early_end_or_a_contact_outside_its_term():
    for day in EVERY_DAY:
        support, watch = support_until(day), watch_until(day)
        assert (support.year, support.month) == (day.year + 1, day.month)
        assert support.day == day.day or (day.month, day.day, support.day) == (2, 29, 28)
        months = (watch.year - day.year) * 12 + watch.month - day.month
        assert (months, watch.day) == (6, day.day) or (months, watch.day) == (7, 1)
        contacts = support_days(DEFAULT, day)
        assert all(is_working_day(contact) and day < contact <= support for contact in contacts)
        assert all(is_working_day(end) and day < end < support for end in round_off_days(day))


@pytest.mark.row("E28")
def test_the_first_four_weeks_hold_at_least_three_contacts_from_any_day():
    # A holiday may push the third one day or two further.
    for day in EVERY_DAY:
        assert len([c for c in support_days(DEFAULT, day) if c <= day + timedelta(weeks=4, days=5)]) >= 3


def test_a_rhythm_longer_than_the_support_is_cut_off_at_its_end():
    long = ScheduleTemplate(weeks=[1], months=[12, 13, 18])
    assert support_days(long, date(2026, 3, 2)) == [date(2026, 3, 9), date(2027, 3, 2)]
