"""The clock of a promise in months or for the same day, and days that are special: worked examples."""

from datetime import date

import pytest

from pledges.calendar import Calendar, swedish_calendar
from pledges.clock import Limit, Pause, PauseReason, Reading, Unit, read
from tests.pledges.oracle import utc

CALENDAR = swedish_calendar()
TWO_DAYS = Limit(2, Unit.WORKING_DAYS)
BEFORE_FOUR = Limit(16, Unit.SAME_DAY)
ONE_MONTH = Limit(1, Unit.MONTHS)


def pause(began: str, ended: str) -> Pause:
    return Pause(utc(began), utc(ended), PauseReason.QUESTION)


def reading(
    *pauses: Pause,
    received: str,
    at: str,
    stopped: str | None = None,
    limit: Limit = TWO_DAYS,
    calendar: Calendar = CALENDAR,
) -> Reading:
    stopped_at = utc(stopped) if stopped else None
    return read(limit, utc(received), pauses, calendar, utc(at), stopped_at)


# The number of the day by lag (1930:173) 1 §; a promise is not moved from a day off.
@pytest.mark.parametrize(
    ("received", "months", "due"),
    [
        ("2026-01-31 12:00", 1, "2026-02-28"),  # a Saturday
        ("2027-12-31 12:00", 2, "2028-02-29"),
        ("2026-11-23 12:00", 6, "2027-05-23"),
    ],
)
def test_a_promise_in_months_ends_on_the_number_of_the_day(received: str, months: int, due: str) -> None:
    seen = reading(received=received, at=received, limit=Limit(months, Unit.MONTHS))
    assert seen.due_on == date.fromisoformat(due)


def test_a_promise_in_months_counts_thirty_days_a_month() -> None:
    def used(at: str) -> int:
        return reading(received="2026-07-01 12:00", at=at, limit=ONE_MONTH).used

    assert [used(f"2026-{at} 12:00") for at in ("07-02", "07-31", "08-01", "08-02")] == [1, 30, 30, 31]


def test_a_pause_moves_the_end_of_a_month_by_its_days() -> None:
    waiting = pause("2026-02-02 12:00", "2026-02-05 12:00")
    seen = reading(waiting, received="2026-01-31 12:00", at="2026-02-10 12:00", limit=ONE_MONTH)
    assert seen.due_on == date(2026, 3, 3)


# "Samma dag om det kom före kl. 16", counted by hand.
@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-24 15:59:59", "2026-11-24"),
        ("2026-11-24 16:00", "2026-11-25"),
        ("2026-11-24 00:00", "2026-11-24"),
        ("2026-11-20 16:00", "2026-11-23"),  # Friday
        ("2026-11-21 09:00", "2026-11-23"),  # Saturday
        ("2026-06-18 16:01", "2026-06-22"),  # before Midsummer
        ("2026-06-19 09:00", "2026-06-22"),  # Midsummer Eve
        ("2026-12-23 17:00", "2026-12-28"),
    ],
)
def test_the_same_day_if_it_came_before_four(received: str, due: str) -> None:
    seen = reading(received=received, at=received, limit=BEFORE_FOUR)
    assert (seen.due_on, seen.total) == (date.fromisoformat(due), 1)


def test_the_same_day_lasts_until_midnight() -> None:
    evening, midnight = (
        reading(received="2026-11-24 10:00", at="2026-11-30 12:00", stopped=stopped, limit=BEFORE_FOUR)
        for stopped in ("2026-11-24 23:59:59", "2026-11-25 00:00")
    )
    assert (evening.kept, evening.used, evening.left) == (True, 0, 1)
    assert (midnight.kept, midnight.used, midnight.left) == (False, 2, -1)


def test_a_question_moves_the_same_day_to_the_day_of_the_answer() -> None:
    waiting = pause("2026-11-24 11:00", "2026-11-26 09:00")
    seen = reading(waiting, received="2026-11-24 10:00", at="2026-11-26 12:00", limit=BEFORE_FOUR)
    assert (seen.due_on, seen.kept) == (date(2026, 11, 26), None)


def test_midsummer_eve_and_a_squeeze_day_in_working_days() -> None:
    squeezed = swedish_calendar(2, closed=frozenset({date(2026, 5, 15)}))
    before = "2026-05-13 10:00"
    assert reading(received=before, at=before).due_on == date(2026, 5, 18)
    assert reading(received=before, at=before, calendar=squeezed).due_on == date(2026, 5, 19)
    assert reading(received="2026-06-17 10:00", at="2026-06-17 10:00").due_on == date(2026, 6, 22)


def test_pauses_in_the_same_minute_take_no_days() -> None:
    blinks = [
        pause("2026-11-23 11:00:05", "2026-11-23 11:00:15"),
        pause("2026-11-23 11:00:20", "2026-11-23 11:00:50"),
    ]
    seen = reading(*blinks, received="2026-11-23 10:00", at="2026-11-24 08:00")
    assert (seen.due_on, seen.paused_days) == (date(2026, 11, 25), 0)
