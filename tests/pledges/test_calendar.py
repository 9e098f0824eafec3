"""Working days of a municipality's calendar."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from holidays.countries.sweden import Sweden
from hypothesis import given
from hypothesis import strategies as st

from pledges.calendar import Calendar, swedish_calendar
from pledges.errors import BadCalendar, UnknownYear

CALENDAR = swedish_calendar()
covered_days = st.dates(date(2000, 1, 1), date(2058, 12, 31))


@pytest.mark.parametrize("year", range(2020, 2041))
def test_working_days_are_those_of_an_independent_package(year: int) -> None:
    theirs = Sweden(categories=("public", "de_facto"), language="sv", years=year)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    differing = [d for d in days if CALENDAR.is_working_day(d) != theirs.is_working_day(d)]
    assert differing == []


# Counted with the same package, both categories: 2026 has 251 working days and 2027 has 253.
@pytest.mark.parametrize(("year", "expected"), [(2026, 251), (2027, 253)])
def test_the_working_days_of_a_year(year: int, expected: int) -> None:
    assert CALENDAR.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == expected


def test_the_count_leaves_out_the_first_day_and_takes_the_last() -> None:
    monday, friday = date(2026, 11, 23), date(2026, 11, 27)
    assert CALENDAR.working_days_between(monday, friday) == 4
    assert CALENDAR.working_days_between(friday, friday) == 0
    assert CALENDAR.working_days_between(friday, monday) == 0


def test_a_closed_day_is_no_working_day_but_not_free_by_law() -> None:
    bridging = date(2026, 5, 15)
    calendar = swedish_calendar(2, closed=frozenset({bridging}))
    assert not calendar.is_working_day(bridging)
    assert not calendar.is_free_by_law(bridging)
    assert calendar.next_working_day(date(2026, 5, 13)) == date(2026, 5, 18)
    assert swedish_calendar().is_working_day(bridging)


def test_the_first_and_last_days_of_the_calendar_have_answers() -> None:
    calendar = swedish_calendar(first_year=2026, last_year=2026)
    assert not calendar.is_working_day(date(2026, 1, 1))
    assert calendar.next_working_day(date(2026, 1, 1)) == date(2026, 1, 2)
    assert calendar.next_working_day(date(2026, 12, 29)) == date(2026, 12, 30)


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2027, 1, 1)])
def test_days_outside_the_years_are_unknown(day: date) -> None:
    calendar = swedish_calendar(first_year=2026, last_year=2026)
    inside = date(2026, 6, 1)
    for question in (
        lambda: calendar.is_working_day(day),
        lambda: calendar.is_free_by_law(day),
        lambda: calendar.next_working_day(day),
        lambda: calendar.working_days_between(day, inside),
        lambda: calendar.working_days_between(inside, day),
    ):
        with pytest.raises(UnknownYear):
            question()


def test_an_answer_beyond_the_last_year_is_unknown() -> None:
    calendar = swedish_calendar(first_year=2026, last_year=2026)
    with pytest.raises(UnknownYear):
        calendar.next_working_day(date(2026, 12, 30))


@pytest.mark.parametrize("years", [(2027, 2026), (1980, 2026), (2026, 9999)])
def test_impossible_years_are_refused(years: tuple[int, int]) -> None:
    with pytest.raises(BadCalendar):
        Calendar(1, *years, frozenset())


def test_calendars_are_values() -> None:
    assert swedish_calendar() == Calendar(1, 2000, 2060, frozenset())
    assert swedish_calendar(1) != swedish_calendar(2)


@given(covered_days)
def test_the_next_working_day_is_later_and_nothing_is_skipped(day: date) -> None:
    following = CALENDAR.next_working_day(day)
    assert following > day
    assert CALENDAR.is_working_day(following)
    assert CALENDAR.working_days_between(day, following) == 1


@given(covered_days, covered_days, covered_days)
def test_counts_of_adjoining_times_add_up(one: date, two: date, three: date) -> None:
    first, second, third = sorted((one, two, three))
    count = CALENDAR.working_days_between
    assert count(first, second) + count(second, third) == count(first, third)


@given(covered_days, st.integers(1, 250))
def test_a_counted_working_day_is_as_far_away_as_it_says(day: date, count: int) -> None:
    assert CALENDAR.working_days_between(day, CALENDAR.working_day_after(day, count)) == count


def test_counting_decades_of_working_days_takes_no_time() -> None:
    first, last = date(2000, 1, 1), date(2060, 12, 31)
    CALENDAR.working_days_between(first, last)
    began = perf_counter()
    for _ in range(10_000):
        CALENDAR.working_days_between(first, last)
    # A hundredth of this on an idle machine; walking day by day takes over a minute.
    assert perf_counter() - began < 2
