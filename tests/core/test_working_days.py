from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.working_days import add_months, add_working_days, is_working_day, working_days_between

days = st.dates(date(2024, 1, 1), date(2036, 12, 31))
terms = st.integers(0, 60)


@pytest.mark.row("L15")
class TestKingsDay:
    def test_a_deadline_over_it_shifts_by_a_day(self):
        friday = date(2026, 4, 24)

        assert add_working_days(friday, 1) == date(2026, 4, 28)  # Monday the 27th is King's Day
        assert add_working_days(friday, 5) == date(2026, 5, 4)

    def test_it_moves_to_the_26th_when_the_27th_is_a_sunday(self):
        assert date(2031, 4, 27).isoweekday() == 7

        assert add_working_days(date(2031, 4, 25), 1) == date(2031, 4, 28)  # Monday is an ordinary day
        assert not is_working_day(date(2031, 4, 26))

    def test_one_that_falls_on_a_weekday_in_midweek_shifts_too(self):
        assert add_working_days(date(2027, 4, 26), 1) == date(2027, 4, 28)


@pytest.mark.parametrize(
    "holiday",
    [
        date(2027, 1, 1),
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 14),  # Ascension Day
        date(2026, 5, 25),  # Whit Monday
        date(2026, 12, 25),
        date(2028, 12, 26),
        date(2025, 5, 5),  # Liberation Day, once in five years
    ],
)
def test_nobody_is_expected_to_work_on_a_public_holiday(holiday):
    assert not is_working_day(holiday)


@pytest.mark.parametrize("day", [date(2026, 4, 3), date(2027, 3, 26), date(2026, 5, 5), date(2027, 5, 5)])
def test_good_friday_and_liberation_day_in_other_years_are_ordinary_days(day):
    assert is_working_day(day)


@pytest.mark.parametrize("start", [date(2026, 6, 6), date(2026, 6, 7)])
def test_a_term_from_the_weekend_starts_on_monday(start):
    assert add_working_days(start, 1) == date(2026, 6, 8)
    assert add_working_days(start, 5) == add_working_days(date(2026, 6, 5), 5) == date(2026, 6, 12)


def test_a_term_of_nothing_ends_where_it_starts_even_on_a_sunday():
    assert add_working_days(date(2026, 6, 7), 0) == date(2026, 6, 7)


def test_a_term_does_not_run_backwards():
    with pytest.raises(ValueError, match="shorter than nothing"):
        add_working_days(date(2026, 6, 8), -1)


@given(days, terms)
def test_counting_back_gives_the_term(day, count):
    assert working_days_between(day, add_working_days(day, count)) == count


@given(days, st.integers(1, 60))
def test_a_term_always_ends_on_a_working_day_after_its_start(day, count):
    end = add_working_days(day, count)

    assert end > day
    assert is_working_day(end)


@given(days, terms, terms)
def test_two_terms_after_each_other_are_as_long_as_one(day, first, second):
    assert add_working_days(add_working_days(day, first), second) == add_working_days(day, first + second)


@given(days, days, st.integers(0, 30))
def test_who_starts_later_is_never_due_earlier(one, other, count):
    early, late = sorted([one, other])

    assert add_working_days(early, count) <= add_working_days(late, count)


@given(days, days)
def test_counting_the_other_way_round_only_changes_the_sign(one, other):
    assert working_days_between(one, other) == -working_days_between(other, one)


@given(days)
def test_no_week_is_longer_than_five_working_days_or_without_any(day):
    assert 2 <= working_days_between(day, day + timedelta(days=7)) <= 5


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_every_day_has_an_answer(day):
    assert is_working_day(day) in {True, False}


@pytest.mark.row("A2")
def test_a_year_from_a_leap_day_ends_on_the_28th():
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 28), 1, date(2026, 4, 28)),  # over the start of summer time
        (date(2026, 5, 15), 0, date(2026, 5, 15)),
    ],
)
def test_a_month_too_short_gives_its_last_day(start, count, end):
    assert add_months(start, count) == end


@given(days, st.integers(0, 36))
def test_months_never_spill_into_the_next(day, count):
    end = add_months(day, count)

    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == count
    assert end.day <= day.day


@given(days, days, st.integers(0, 36))
def test_months_keep_the_order_of_days(one, other, count):
    early, late = sorted([one, other])

    assert add_months(early, count) <= add_months(late, count)
