"""Opening hours: what they say, what they refuse, and what is inherited."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pledges.calendar import Calendar, swedish_calendar
from pledges.errors import BadCalendar, CalendarFault, NaiveMoment, UnknownYear
from pledges.opening import OFFICE_HOURS, DayException, Interval, OpeningHours, Season, Week, layered
from tests.pledges.oracle import utc

MORNING, AFTERNOON, LATE = Interval(480, 720), Interval(780, 990), Interval(900, 1080)
OFFICE = Week.on_weekdays(MORNING, AFTERNOON)
SHORT = Week.on_weekdays(MORNING)
CALENDAR = swedish_calendar()
JULY = date(2026, 7, 1)


def season(first: str, last: str | None, week: Week = OFFICE) -> Season:
    return Season(date.fromisoformat(first), date.fromisoformat(last) if last else None, week)


def fault_of(error: pytest.ExceptionInfo[BadCalendar]) -> tuple[CalendarFault, object, object]:
    return error.value.fault, error.value.values, error.value.where


@pytest.mark.parametrize(("opens", "closes"), [(-1, 480), (480, 1441), (2000, 3000)])
def test_hours_that_no_day_has_are_refused(opens: int, closes: int) -> None:
    with pytest.raises(BadCalendar) as error:
        Interval(opens, closes)
    assert error.value.fault is CalendarFault.OUTSIDE_THE_DAY


@pytest.mark.parametrize(("opens", "closes"), [(480, 480), (990, 480)])
def test_closing_before_opening_is_refused(opens: int, closes: int) -> None:
    with pytest.raises(BadCalendar) as error:
        Interval(opens, closes)
    assert error.value.fault is CalendarFault.CLOSES_BEFORE_IT_OPENS


def test_hours_that_overlap_are_refused_with_the_day_of_the_week() -> None:
    thursday = ((MORNING,), (), (), (AFTERNOON, LATE), (), (), ())
    with pytest.raises(BadCalendar) as error:
        Week(thursday)
    assert fault_of(error) == (CalendarFault.OVERLAPPING_HOURS, (AFTERNOON, LATE), 3)
    assert "13.00-16.30" in str(error.value)


def test_hours_out_of_order_are_refused() -> None:
    with pytest.raises(BadCalendar):
        Week.on_weekdays(AFTERNOON, MORNING)


def test_hours_that_touch_are_one_stretch() -> None:
    calendar = swedish_calendar(
        2, hours=OpeningHours((season("2026-01-01", None, Week.on_weekdays(MORNING, Interval(720, 780))),))
    )
    assert calendar.is_open(utc("2026-11-23 12:00"))


def test_a_week_has_seven_days() -> None:
    with pytest.raises(BadCalendar) as error:
        Week(((MORNING,),) * 5)
    assert fault_of(error) == (CalendarFault.NOT_SEVEN_DAYS, (5,), None)


def test_a_season_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadCalendar) as error:
        season("2026-08-17", "2026-06-15")
    assert error.value.fault is CalendarFault.SEASON_ENDS_BEFORE_IT_BEGINS


@pytest.mark.parametrize("last", [None, "2026-06-15", "2027-01-01"])
def test_seasons_that_overlap_are_refused(last: str | None) -> None:
    with pytest.raises(BadCalendar) as error:
        OpeningHours((season("2026-06-15", "2026-08-16"), season("2026-01-01", last)))
    assert error.value.fault is CalendarFault.OVERLAPPING_SEASONS
    assert error.value.values == (date(2026, 1, 1), date(2026, 6, 15))


def test_two_exceptions_for_one_day_are_refused() -> None:
    with pytest.raises(BadCalendar) as error:
        OpeningHours((), (DayException(JULY, (), "Stängt"), DayException(JULY, (MORNING,), "Halvdag")))
    assert fault_of(error) == (CalendarFault.TWO_EXCEPTIONS, (JULY,), None)


def test_hours_that_overlap_on_an_exception_are_refused_with_its_day() -> None:
    with pytest.raises(BadCalendar) as error:
        DayException(JULY, (AFTERNOON, LATE), "Kvällsöppet")
    assert fault_of(error) == (CalendarFault.OVERLAPPING_HOURS, (AFTERNOON, LATE), JULY)


def test_a_day_cannot_be_closed_and_have_hours() -> None:
    hours = OpeningHours(OFFICE_HOURS.seasons, (DayException(JULY, (MORNING,), "Halvdag"),))
    with pytest.raises(BadCalendar) as error:
        Calendar(2, 2026, 2027, frozenset({JULY}), hours)
    assert fault_of(error) == (CalendarFault.CLOSED_AND_OPEN, (JULY,), None)


def test_calendars_with_hours_are_values() -> None:
    hours = OpeningHours((season("2026-01-01", None),))
    one, two = (Calendar(2, 2026, 2027, frozenset(), hours) for _ in range(2))
    assert one == two
    assert hash(one) == hash(two)
    assert one != Calendar(2, 2026, 2027, frozenset())


def test_the_hours_of_a_day() -> None:
    half = DayException(date(2026, 12, 23), (MORNING,), "Halvdag")
    calendar = swedish_calendar(2, 2026, 2026, hours=OpeningHours((season("2026-01-01", None),), (half,)))
    assert calendar.hours_on(date(2026, 12, 22)) == (MORNING, AFTERNOON)
    assert calendar.hours_on(half.day) == (MORNING,)
    assert calendar.hours_on(date(2026, 12, 24)) == ()
    with pytest.raises(UnknownYear):
        calendar.hours_on(date(2027, 1, 1))


# 24 November 2026 is a Tuesday; `OFFICE_HOURS` are Monday to Friday 08.00-16.30.
@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-24 07:59:59", False),
        ("2026-11-24 08:00", True),
        ("2026-11-24 16:29:59", True),
        ("2026-11-24 16:30", False),
        ("2026-11-21 10:00", False),  # Saturday
        ("2026-06-19 10:00", False),  # Midsummer Eve
        ("2026-12-24 10:00", False),  # Christmas Eve
        ("2026-05-14 10:00", False),  # Ascension Day
        ("2026-05-15 10:00", True),  # the day after it
        ("2027-03-25 10:00", True),  # Maundy Thursday
    ],
)
def test_open_by_the_clock_and_the_law(moment: str, expected: bool) -> None:
    assert CALENDAR.is_open(utc(moment)) is expected


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-24 10:00", "2026-11-24 10:00"),
        ("2026-11-24 06:00", "2026-11-24 08:00"),
        ("2026-11-24 16:30", "2026-11-25 08:00"),
        ("2026-11-20 18:00", "2026-11-23 08:00"),  # Friday evening
        ("2026-12-23 16:30", "2026-12-28 08:00"),
        ("2026-03-28 23:00", "2026-03-30 08:00"),  # over the night summer time begins
    ],
)
def test_the_next_opening(moment: str, opening: str) -> None:
    assert CALENDAR.next_opening(utc(moment)) == utc(opening)


def test_a_saturday_is_open_when_the_week_says_so_and_no_holiday_is_on_it() -> None:
    week = Week(((), (), (), (), (), (MORNING,), (MORNING,)))
    calendar = swedish_calendar(5, hours=OpeningHours((season("2026-01-01", None, week),)))
    assert calendar.is_open(utc("2026-11-21 10:00"))
    assert calendar.is_open(utc("2026-11-22 10:00"))
    assert not calendar.is_open(utc("2026-10-31 10:00"))  # All Saints' Day
    assert not calendar.is_open(utc("2026-05-24 10:00"))  # Whit Sunday
    assert not calendar.is_working_day(date(2026, 11, 21))


def test_a_day_without_season_is_a_working_day_that_never_opens() -> None:
    calendar = swedish_calendar(6, hours=OpeningHours((season("2026-07-01", None),)))
    assert not calendar.is_open(utc("2026-06-30 10:00"))
    assert calendar.is_working_day(date(2026, 6, 30))


def test_moments_nobody_can_answer_for() -> None:
    with pytest.raises(NaiveMoment):
        CALENDAR.is_open(utc("2026-11-24 10:00").replace(tzinfo=None))
    short = swedish_calendar(first_year=2026, last_year=2026)
    with pytest.raises(UnknownYear):
        short.is_open(utc("2027-01-01 00:00"))
    with pytest.raises(UnknownYear):
        short.next_opening(utc("2026-12-31 12:00"))
    assert not short.is_open(utc("2026-01-01 00:00"))


def test_a_part_inherits_the_seasons_it_lacks() -> None:
    parent = OpeningHours((season("2026-01-01", "2026-12-31"), season("2027-01-01", None, SHORT)))
    own = OpeningHours((season("2026-06-15", "2026-08-16", SHORT),))
    assert layered(own, parent).seasons == (
        season("2026-01-01", "2026-06-14"),
        season("2026-06-15", "2026-08-16", SHORT),
        season("2026-08-17", "2026-12-31"),
        season("2027-01-01", None, SHORT),
    )


def test_a_part_without_anything_of_its_own_has_what_its_parent_has() -> None:
    parent = OpeningHours((season("2026-01-01", None),), (DayException(JULY, (), "Stängt"),))
    assert layered(OpeningHours(()), parent) == parent
    assert layered(parent, OFFICE_HOURS).exceptions == parent.exceptions


def test_a_part_with_hours_for_good_inherits_only_what_came_before() -> None:
    own = OpeningHours((season("2026-07-01", None, SHORT),))
    assert layered(own, OpeningHours((season("2020-01-01", None),))).seasons == (
        season("2020-01-01", "2026-06-30"),
        season("2026-07-01", None, SHORT),
    )


def test_a_part_speaks_for_itself_about_the_days_it_names() -> None:
    december = date(2026, 12, 23)
    parent = OpeningHours((), (DayException(december, (), "Stängt"), DayException(JULY, (), "Stängt")))
    own = OpeningHours((), (DayException(december, (MORNING,), "Halvdag"),))
    assert layered(own, parent).exceptions == (
        DayException(JULY, (), "Stängt"),
        DayException(december, (MORNING,), "Halvdag"),
    )


def test_open_round_the_clock_is_open_at_every_moment() -> None:
    free = [
        date(2026, 1, 1) + timedelta(n)
        for n in range(365)
        if CALENDAR.is_free_by_law(date(2026, 1, 1) + timedelta(n))
    ]
    always = (Interval(0, 1440),)
    hours = OpeningHours(
        (season("2026-01-01", None, Week((always,) * 7)),),
        tuple(DayException(day, always, "Dygnet runt") for day in free),
    )
    line = swedish_calendar(7, 2026, 2026, hours=hours).open_time
    assert (line.opens, line.closes) == ((line.first,), (line.last,))
    assert timedelta(microseconds=line.before[-1]) == timedelta(days=365)
    assert datetime.fromtimestamp(line.first / 1_000_000, UTC) == utc("2026-01-01 00:00")
