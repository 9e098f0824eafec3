"""The clock of a promise in hours: worked examples."""

from datetime import UTC, date, datetime

import pytest

from pledges.calendar import Calendar, swedish_calendar
from pledges.clock import Limit, Pause, PauseReason, Reading, Unit, read
from pledges.errors import UnknownYear
from pledges.opening import OFFICE_HOURS, DayException, Interval, OpeningHours, Season, Week
from tests.pledges.oracle import utc

# Monday to Friday 08.00-16.30, as `OFFICE_HOURS`.
CALENDAR = swedish_calendar()
FOUR_HOURS = Limit(4, Unit.WORKING_HOURS)
TWO_DAYS_ROUND = Limit(48, Unit.CLOCK_HOURS)


def pause(began: str, ended: str | None = None) -> Pause:
    return Pause(utc(began), utc(ended) if ended else None, PauseReason.QUESTION)


def reading(
    *pauses: Pause,
    received: str,
    at: str,
    stopped: str | None = None,
    limit: Limit = FOUR_HOURS,
    calendar: Calendar = CALENDAR,
) -> Reading:
    stopped_at = utc(stopped) if stopped else None
    return read(limit, utc(received), pauses, calendar, utc(at), stopped_at)


def open_also(*exceptions: DayException) -> Calendar:
    return swedish_calendar(2, hours=OpeningHours(OFFICE_HOURS.seasons, exceptions))


# Counted by hand on the wall clock, with the free days of lag (1989:253) and lag (1930:173) 2 §.
@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        ("2026-11-23 09:00", 4, "2026-11-23 13:00"),
        ("2026-11-23 14:30", 4, "2026-11-24 10:00"),  # two hours on each day
        ("2026-11-23 12:30", 4, "2026-11-23 16:30"),  # full at the minute of closing
        ("2026-11-23 06:15", 4, "2026-11-23 12:00"),  # before opening
        ("2026-11-23 20:00", 4, "2026-11-24 12:00"),  # after closing
        ("2026-11-20 15:30", 4, "2026-11-23 11:00"),  # over a weekend
        ("2026-11-21 10:00", 4, "2026-11-23 12:00"),  # on a Saturday
        ("2026-06-18 14:30", 4, "2026-06-22 10:00"),  # over Midsummer Eve, a Friday
        ("2026-12-23 15:30", 4, "2026-12-28 11:00"),  # over Christmas and a weekend
        ("2026-05-13 15:30", 4, "2026-05-15 11:00"),  # Ascension Day; the squeeze day is ordinary
        ("2026-11-23 08:00", 17, "2026-11-24 16:30"),  # two whole days
        ("2026-03-27 16:00", 1, "2026-03-30 08:30"),  # over the night summer time begins
        ("2026-10-23 16:00", 1, "2026-10-26 08:30"),  # over the night it ends
        ("2027-03-25 16:00", 1, "2027-03-30 08:30"),  # over Easter and such a night
    ],
)
def test_the_last_moment_in_working_hours(received: str, hours: int, due: str) -> None:
    limit = Limit(hours, Unit.WORKING_HOURS)
    assert reading(received=received, at=received, limit=limit).due_at == utc(due)


# Summer time begins on 2026-03-29 and 2027-03-28 (a day of 23 hours), and ends on 2026-10-25
# (one of 25). Directive 2000/84/EC, article 2 and 3.
@pytest.mark.parametrize(
    ("received", "hours", "due"),
    [
        ("2026-11-23 09:00", 48, "2026-11-25 09:00"),
        ("2026-11-27 17:00", 48, "2026-11-29 17:00"),  # a weekend is time too
        ("2026-03-28 12:00", 24, "2026-03-29 13:00"),
        ("2026-10-24 12:00", 24, "2026-10-25 11:00"),
        ("2027-03-27 12:00", 24, "2027-03-28 13:00"),
        ("2026-03-29 01:30", 1, "2026-03-29 03:30"),
    ],
)
def test_the_last_moment_in_hours_that_pass(received: str, hours: int, due: str) -> None:
    limit = Limit(hours, Unit.CLOCK_HOURS)
    assert reading(received=received, at=received, limit=limit).due_at == utc(due)


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    received = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)  # 02.00, the first time
    seen = read(Limit(2, Unit.CLOCK_HOURS), received, [], CALENDAR, received)
    assert seen.due_at == utc("2026-10-25 03:00")


# A night open 22-06: eight hours, seven when summer time begins, nine when it ends. The night
# of 2027 is that of Easter Day, so somebody must have decided to keep open.
@pytest.mark.parametrize(
    ("evening", "hours", "due"),
    [
        ("2026-03-28 22:00", 7, "2026-03-29 06:00"),
        ("2026-10-24 22:00", 9, "2026-10-25 06:00"),
        ("2027-03-27 22:00", 7, "2027-03-28 06:00"),
        ("2026-11-21 22:00", 8, "2026-11-22 06:00"),
    ],
)
def test_a_night_at_the_door_is_as_long_as_it_is(evening: str, hours: int, due: str) -> None:
    night = (Interval(0, 360), Interval(1320, 1440))
    opened = DayException(date(2027, 3, 28), night, "Jour på påskdagen")
    seasons = (Season(date(2026, 1, 1), None, Week((night,) * 7)),)
    calendar = swedish_calendar(3, hours=OpeningHours(seasons, (opened,)))
    limit = Limit(hours, Unit.WORKING_HOURS)
    assert reading(received=evening, at=evening, limit=limit, calendar=calendar).due_at == utc(due)


def test_an_hour_that_is_skipped_is_never_open() -> None:
    night = DayException(date(2026, 3, 29), (Interval(90, 210),), "Nattöppet")  # 01.30-03.30
    limit = Limit(1, Unit.WORKING_HOURS)
    seen = reading(received="2026-03-29 00:00", at="2026-03-29 00:00", limit=limit, calendar=open_also(night))
    assert seen.due_at == utc("2026-03-29 03:30")


def test_a_half_day_counts_its_hours_and_is_a_working_day() -> None:
    calendar = open_also(DayException(date(2026, 12, 23), (Interval(480, 720),), "Dag före julafton"))
    seen = reading(received="2026-12-23 10:00", at="2026-12-23 10:00", calendar=calendar)
    assert seen.due_at == utc("2026-12-28 10:00")
    assert calendar.is_working_day(date(2026, 12, 23))


def test_a_squeeze_day_that_is_closed_counts_for_nothing() -> None:
    calendar = open_also(DayException(date(2026, 5, 15), (), "Klämdag"))
    seen = reading(received="2026-05-13 15:30", at="2026-05-13 15:30", calendar=calendar)
    assert seen.due_at == utc("2026-05-18 11:00")
    assert not calendar.is_working_day(date(2026, 5, 15))


def test_midsummer_eve_is_open_only_where_somebody_opened_it() -> None:
    calendar = open_also(DayException(date(2026, 6, 19), (Interval(480, 720),), "Jour"))
    seen = reading(received="2026-06-18 14:30", at="2026-06-18 14:30", calendar=calendar)
    assert seen.due_at == utc("2026-06-19 10:00")
    assert not calendar.is_working_day(date(2026, 6, 19))


def test_an_hour_is_used_from_its_beginning() -> None:
    used = [
        reading(received="2026-11-23 09:00", at=f"2026-11-23 {at}").used
        for at in ("09:00", "09:59:59", "10:00", "12:59:59", "13:00")
    ]
    assert used == [1, 1, 2, 4, 5]


@pytest.mark.parametrize(
    ("stopped", "kept", "left"),
    [
        ("2026-11-23 16:29:59.999999", True, 0),
        ("2026-11-23 16:30", False, -1),
        ("2026-11-23 17:00", False, -1),
        ("2026-11-24 08:00", False, -1),
    ],
)
def test_a_time_that_is_full_at_closing_is_over_at_closing(stopped: str, kept: bool, left: int) -> None:
    seen = reading(received="2026-11-23 12:30", at="2026-11-30 12:00", stopped=stopped)
    assert (seen.kept, seen.left) == (kept, left)


def test_a_time_that_ends_at_midnight_has_the_day_before_as_its_last() -> None:
    limit = Limit(24, Unit.CLOCK_HOURS)
    seen = reading(received="2026-11-23 00:00", at="2026-11-23 08:00", limit=limit)
    assert (seen.due_on, seen.due_at) == (date(2026, 11, 23), utc("2026-11-24 00:00"))


def test_a_pause_is_taken_out_to_the_minute() -> None:
    seen = reading(
        pause("2026-11-23 10:00", "2026-11-23 10:25"), received="2026-11-23 09:00", at="2026-11-23 12:00"
    )
    assert seen.due_at == utc("2026-11-23 13:25")


def test_a_pause_over_a_weekend_takes_no_working_hours() -> None:
    weekend = pause("2026-11-20 16:30", "2026-11-23 08:00")
    seen = reading(weekend, received="2026-11-20 15:30", at="2026-11-23 09:00")
    assert seen.due_at == utc("2026-11-23 11:00")
    assert seen.paused_days == 3


def test_a_pause_over_a_weekend_takes_all_its_clock_hours() -> None:
    weekend = pause("2026-11-20 16:30", "2026-11-23 08:00")
    seen = reading(weekend, received="2026-11-20 15:30", at="2026-11-23 09:00", limit=TWO_DAYS_ROUND)
    assert seen.due_at == utc("2026-11-25 07:00")


def test_pauses_in_the_same_minute_each_take_their_seconds() -> None:
    blinks = [
        pause("2026-11-23 10:00:05", "2026-11-23 10:00:15"),
        pause("2026-11-23 10:00:20", "2026-11-23 10:00:50"),
        pause("2026-11-23 10:00:40", "2026-11-23 10:00:55"),
    ]
    seen = reading(*blinks, received="2026-11-23 09:00", at="2026-11-23 11:00")
    assert seen.due_at == utc("2026-11-23 13:00:45")


def test_a_pause_without_length_changes_nothing() -> None:
    nothing = pause("2026-11-23 10:00", "2026-11-23 10:00")
    with_it = reading(nothing, received="2026-11-23 09:00", at="2026-11-23 11:00")
    assert with_it == reading(received="2026-11-23 09:00", at="2026-11-23 11:00")


def test_a_running_pause_carries_the_last_moment_along() -> None:
    waiting = pause("2026-11-23 12:00")
    noon, friday = (
        reading(waiting, received="2026-11-23 09:00", at=at)
        for at in ("2026-11-23 12:30", "2026-11-27 16:00")
    )
    assert (noon.due_at, noon.kept, noon.paused) == (utc("2026-11-23 13:30"), None, True)
    assert (friday.due_at, friday.kept, friday.used) == (utc("2026-11-30 08:30"), None, 4)


def test_a_pause_begun_too_late_does_not_make_a_case_timely() -> None:
    for began in ("2026-11-23 13:00", "2026-11-23 13:01"):
        seen = reading(pause(began), received="2026-11-23 09:00", at="2026-11-24 12:00")
        assert (seen.kept, seen.due_at) == (False, utc("2026-11-23 13:00"))


def test_summer_hours_hold_from_their_first_day_to_their_last() -> None:
    winter, summer = (Week.on_weekdays(Interval(480, closes)) for closes in (990, 900))
    hours = OpeningHours(
        (
            Season(date(2026, 1, 1), date(2026, 6, 14), winter),
            Season(date(2026, 6, 15), date(2026, 8, 16), summer),
            Season(date(2026, 8, 17), None, winter),
        )
    )
    calendar = swedish_calendar(4, hours=hours)
    june = reading(received="2026-06-15 14:00", at="2026-06-15 14:00", calendar=calendar)
    august = reading(received="2026-08-14 14:00", at="2026-08-14 14:00", calendar=calendar)
    assert june.due_at == utc("2026-06-16 11:00")
    assert august.due_at == utc("2026-08-17 11:00")


def test_hours_beyond_the_calendar_say_so() -> None:
    short = swedish_calendar(first_year=2026, last_year=2026)
    with pytest.raises(UnknownYear):
        reading(received="2026-12-30 15:00", at="2026-12-30 15:00", calendar=short)
    with pytest.raises(UnknownYear):
        reading(received="2025-12-30 15:00", at="2026-01-05 15:00", calendar=short)
    endless = Limit(10**9, Unit.CLOCK_HOURS)
    with pytest.raises(UnknownYear):
        reading(received="2026-11-23 09:00", at="2026-11-23 09:00", limit=endless)
