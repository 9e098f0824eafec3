"""The last day of a promised time, and of a time set by law: worked examples."""

from datetime import UTC, date, datetime

import pytest

from pledges.calendar import swedish_calendar
from pledges.clock import Limit, Unit, due_day, law_due, read
from pledges.errors import BadLimit, UnknownYear

CALENDAR = swedish_calendar()
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


# Day of receipt left out, free days by lag (1989:253) and lag (1930:173) 2 §. The dates were
# counted by hand and with the package `holidays` (Sweden, public and de facto days).
@pytest.mark.parametrize(
    ("received", "working_days", "expected"),
    [
        ("2026-11-20", 2, "2026-11-24"),  # Friday
        ("2026-11-22", 2, "2026-11-24"),  # Sunday
        ("2026-12-22", 2, "2026-12-28"),  # over Christmas
        ("2026-12-23", 2, "2026-12-29"),
        ("2026-12-24", 2, "2026-12-29"),
        ("2026-12-30", 2, "2027-01-05"),  # over New Year
        ("2027-03-24", 2, "2027-03-30"),  # over Easter
        ("2027-03-25", 2, "2027-03-31"),
        ("2027-05-05", 2, "2027-05-10"),  # over Ascension Day
        ("2027-06-24", 2, "2027-06-29"),  # over Midsummer
        ("2026-12-22", 5, "2027-01-04"),
        ("2026-12-30", 5, "2027-01-11"),  # New Year and Epiphany
    ],
)
def test_the_last_day_of_a_promise(received: str, working_days: int, expected: str) -> None:
    day = due_day(date.fromisoformat(received), working_days, CALENDAR)
    assert day == date.fromisoformat(expected)


# lag (1930:173) 1 § for the nominal day, 2 § for the adjusted one.
@pytest.mark.parametrize(
    ("received", "weeks", "nominal", "adjusted"),
    [
        ("2026-10-15", 10, "2026-12-24", "2026-12-28"),  # Christmas Eve
        ("2026-11-27", 4, "2026-12-25", "2026-12-28"),  # Christmas Day
        ("2026-11-23", 3, "2026-12-14", "2026-12-14"),  # an ordinary Monday
        ("2026-11-21", 1, "2026-11-28", "2026-11-30"),  # Saturday
        ("2026-11-22", 1, "2026-11-29", "2026-11-30"),  # Sunday
        ("2026-12-10", 3, "2026-12-31", "2027-01-04"),  # New Year's Eve, a Thursday
        ("2027-06-04", 3, "2027-06-25", "2027-06-28"),  # Midsummer Eve
        ("2027-03-05", 3, "2027-03-26", "2027-03-30"),  # Good Friday
    ],
)
def test_the_end_of_a_time_in_weeks(received: str, weeks: int, nominal: str, adjusted: str) -> None:
    due = law_due(date.fromisoformat(received), Limit(weeks, Unit.WEEKS), CALENDAR)
    assert (due.nominal.isoformat(), due.adjusted.isoformat()) == (nominal, adjusted)


# lag (1930:173) 1 §: the same number of the day, or the last of a month without it; then 2 §.
@pytest.mark.parametrize(
    ("received", "months", "nominal", "adjusted"),
    [
        ("2026-01-31", 1, "2026-02-28", "2026-03-02"),  # no 31 February; a Saturday
        ("2028-01-31", 1, "2028-02-29", "2028-02-29"),  # a leap year
        ("2026-02-28", 1, "2026-03-28", "2026-03-30"),  # never the last day for its own sake
        ("2026-08-31", 6, "2027-02-28", "2027-03-01"),
        ("2026-05-24", 7, "2026-12-24", "2026-12-28"),  # Christmas Eve
        ("2026-11-24", 6, "2027-05-24", "2027-05-24"),  # over the turn of the year
        ("2026-12-15", 12, "2027-12-15", "2027-12-15"),
        ("2026-11-30", 1, "2026-12-30", "2026-12-30"),
    ],
)
def test_the_end_of_a_time_in_months(received: str, months: int, nominal: str, adjusted: str) -> None:
    due = law_due(date.fromisoformat(received), Limit(months, Unit.MONTHS), CALENDAR)
    assert (due.nominal.isoformat(), due.adjusted.isoformat()) == (nominal, adjusted)


def test_a_time_set_by_law_in_days_is_moved_like_one_in_weeks() -> None:
    thursday = date(2026, 11, 19)
    in_days = law_due(thursday, Limit(2, Unit.CALENDAR_DAYS), CALENDAR)
    assert (in_days.nominal, in_days.adjusted) == (date(2026, 11, 21), date(2026, 11, 23))
    in_working_days = law_due(thursday, Limit(2, Unit.WORKING_DAYS), CALENDAR)
    assert in_working_days.nominal == in_working_days.adjusted == date(2026, 11, 23)


@pytest.mark.parametrize("unit", [Unit.WORKING_HOURS, Unit.CLOCK_HOURS, Unit.SAME_DAY])
def test_no_law_sets_a_time_in_hours(unit: Unit) -> None:
    with pytest.raises(BadLimit):
        law_due(date(2026, 11, 23), Limit(4, unit), CALENDAR)


def test_a_day_only_the_municipality_is_closed_does_not_move_a_time_set_by_law() -> None:
    calendar = swedish_calendar(2, closed=frozenset({date(2026, 12, 14)}))
    assert law_due(date(2026, 11, 23), Limit(3, Unit.WEEKS), calendar).adjusted == date(2026, 12, 14)


def test_a_limit_holds_at_least_one_unit() -> None:
    for amount in (0, -1):
        with pytest.raises(BadLimit):
            Limit(amount, Unit.WEEKS)
        with pytest.raises(BadLimit):
            due_day(date(2026, 11, 23), amount, CALENDAR)


@pytest.mark.parametrize("hour", [0, 24, 100])
def test_the_same_day_has_an_hour_of_the_day(hour: int) -> None:
    with pytest.raises(BadLimit):
        Limit(hour, Unit.SAME_DAY)


@pytest.mark.parametrize(
    ("amount", "unit", "total"),
    [
        (2, Unit.WORKING_DAYS, 2),
        (4, Unit.WEEKS, 28),
        (7, Unit.CALENDAR_DAYS, 7),
        (6, Unit.MONTHS, 180),
        (8, Unit.WORKING_HOURS, 8),
        (48, Unit.CLOCK_HOURS, 48),
        (16, Unit.SAME_DAY, 1),
    ],
)
def test_a_limit_in_what_its_reading_counts(amount: int, unit: Unit, total: int) -> None:
    assert Limit(amount, unit).total == total


@pytest.mark.parametrize("limit", [Limit(10**7, Unit.CALENDAR_DAYS), Limit(10**6, Unit.MONTHS)])
def test_a_time_that_ends_after_all_calendars_says_so(limit: Limit) -> None:
    with pytest.raises(UnknownYear):
        read(limit, NOON, [], CALENDAR, NOON)


def test_a_calendar_that_is_too_short_says_so() -> None:
    calendar = swedish_calendar(first_year=2026, last_year=2026)
    with pytest.raises(UnknownYear):
        due_day(date(2026, 12, 30), 1, calendar)
    with pytest.raises(UnknownYear):
        law_due(date(2026, 12, 24), Limit(1, Unit.WEEKS), calendar)
