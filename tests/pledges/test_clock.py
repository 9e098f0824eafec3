"""The clock of a promise: worked examples."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pledges.calendar import swedish_calendar
from pledges.clock import Limit, Pause, PauseReason, Reading, Unit, due_day, law_due, read
from pledges.errors import BadLimit, BadPause, NaiveMoment, UnknownYear
from pledges.spans import Span, merged

CALENDAR = swedish_calendar()
STOCKHOLM = ZoneInfo("Europe/Stockholm")
TWO_DAYS = Limit(2, Unit.WORKING_DAYS)
FIVE_DAYS = Limit(5, Unit.WORKING_DAYS)


def local(text: str) -> datetime:
    """A Swedish wall clock time in November 2026, as "23 14:00", or in full."""
    full = text if "-" in text else f"2026-11-{text}"
    return datetime.fromisoformat(full).replace(tzinfo=STOCKHOLM).astimezone(UTC)


def pause(began: str, ended: str | None = None) -> Pause:
    return Pause(local(began), local(ended) if ended else None, PauseReason.QUESTION)


def reading(
    *pauses: Pause,
    received: str,
    at: str,
    stopped: str | None = None,
    limit: Limit = TWO_DAYS,
) -> Reading:
    stopped_at = local(stopped) if stopped else None
    return read(limit, local(received), pauses, CALENDAR, local(at), stopped_at)


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
        reading(received="23 10:00", at="23 10:00", limit=limit)


def test_a_calendar_that_is_too_short_says_so() -> None:
    calendar = swedish_calendar(first_year=2026, last_year=2026)
    with pytest.raises(UnknownYear):
        due_day(date(2026, 12, 30), 1, calendar)
    with pytest.raises(UnknownYear):
        law_due(date(2026, 12, 24), Limit(1, Unit.WEEKS), calendar)


def test_a_new_case_shows_its_promised_day_and_nothing_used() -> None:
    seen = reading(received="20 14:00", at="20 14:00")
    assert (seen.received_on, seen.due_on) == (date(2026, 11, 20), date(2026, 11, 24))
    assert (seen.used, seen.total, seen.left) == (0, 2, 2)
    assert (seen.paused, seen.paused_days, seen.kept) == (False, 0, None)


def test_late_in_the_evening_is_still_the_day_of_receipt() -> None:
    assert reading(received="23 23:59", at="24 08:00").due_on == date(2026, 11, 25)


def test_the_day_is_swedish_and_not_utc() -> None:
    # Half past midnight on Tuesday in Sweden is still Monday in UTC.
    assert reading(received="24 00:30", at="24 08:00").received_on == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("stopped", "kept"),
    [("20 15:00", True), ("24 23:59:59", True), ("25 00:00", False), ("26 09:00", False)],
)
def test_an_answer_keeps_the_promise_until_midnight(stopped: str, kept: bool) -> None:
    assert reading(received="20 14:00", at="30 12:00", stopped=stopped).kept is kept


def test_an_open_case_is_late_from_the_midnight_after_its_day() -> None:
    assert reading(received="20 14:00", at="24 23:59:59").kept is None
    assert reading(received="20 14:00", at="25 00:00").kept is False


def test_the_clock_shows_no_time_after_the_stop() -> None:
    seen = reading(received="20 14:00", at="30 12:00", stopped="23 10:00")
    assert (seen.used, seen.left, seen.kept) == (1, 1, True)


def test_a_stop_that_is_still_to_come_is_not_known_yet() -> None:
    assert reading(received="20 14:00", at="23 12:00", stopped="24 09:00").kept is None


def test_an_overdue_clock_counts_below_zero() -> None:
    seen = reading(received="20 14:00", at="27 12:00")
    assert (seen.used, seen.left) == (5, -3)


def test_a_question_answered_the_same_day_changes_nothing() -> None:
    seen = reading(pause("24 08:00", "24 16:00"), received="23 10:00", at="24 17:00")
    assert (seen.due_on, seen.paused_days) == (date(2026, 11, 25), 0)


def test_a_pause_moves_the_due_day_by_its_working_days() -> None:
    # Asked Tuesday, answered Friday: Wednesday, Thursday and Friday do not count.
    seen = reading(pause("24 08:00", "27 16:00"), received="23 10:00", at="30 08:00")
    assert seen.due_on == date(2026, 11, 30)
    assert (seen.used, seen.left, seen.paused_days) == (2, 0, 3)


def test_a_pause_over_a_weekend_only_takes_its_working_days() -> None:
    seen = reading(pause("20 12:00", "23 12:00"), received="19 10:00", at="24 08:00", limit=FIVE_DAYS)
    assert seen.due_on == date(2026, 11, 27)
    assert seen.paused_days == 3


def test_a_running_pause_carries_the_last_day_along() -> None:
    waiting = pause("24 08:00")
    monday_after = reading(waiting, received="23 10:00", at="30 08:00")
    month_after = reading(waiting, received="23 10:00", at="2026-12-23 08:00")
    assert (monday_after.paused, monday_after.kept) == (True, None)
    assert (monday_after.used, monday_after.left) == (1, 1)
    assert monday_after.due_on == date(2026, 12, 1)
    assert (month_after.used, month_after.kept) == (1, None)
    assert month_after.due_on == date(2026, 12, 28)


def test_a_pause_covers_its_beginning_and_not_its_end() -> None:
    waiting = pause("24 08:00", "25 08:00")
    assert reading(waiting, received="23 10:00", at="24 08:00").paused
    assert not reading(waiting, received="23 10:00", at="25 08:00").paused


def test_a_pause_begun_on_the_last_day_keeps_the_case_in_time_while_it_runs() -> None:
    seen = reading(pause("25 20:00"), received="23 10:00", at="30 08:00")
    assert seen.kept is None
    assert seen.due_on == date(2026, 11, 30)


def test_a_pause_from_the_last_day_to_a_day_off_leaves_the_next_working_day() -> None:
    # Last day Friday; asked then, answered on Saturday: Monday is the last day instead.
    waiting = pause("27 15:00", "28 11:00")
    friday, weekend, monday, tuesday = (
        reading(waiting, received="25 10:00", at=at)
        for at in ("27 16:00", "29 12:00", "30 12:00", "2026-12-01 12:00")
    )
    assert friday.due_on == date(2026, 11, 27)
    assert (weekend.due_on, weekend.kept) == (date(2026, 11, 30), None)
    assert (monday.due_on, monday.kept) == (date(2026, 11, 30), None)
    assert [r.used for r in (friday, weekend, monday, tuesday)] == [2, 2, 2, 3]
    assert tuesday.kept is False


def test_a_pause_after_the_last_day_does_not_make_a_late_case_timely() -> None:
    seen = reading(pause("26 08:00"), received="23 10:00", at="30 08:00")
    assert (seen.kept, seen.paused) == (False, True)
    assert seen.due_on == date(2026, 11, 25)
    assert (seen.used, seen.left) == (3, -1)


def test_overlapping_pauses_take_a_day_out_once() -> None:
    once = reading(pause("24 08:00", "27 16:00"), received="23 10:00", at="30 08:00")
    twice = reading(
        pause("25 08:00", "27 16:00"),
        pause("24 08:00", "26 16:00"),
        received="23 10:00",
        at="30 08:00",
    )
    assert twice == once


def test_a_pause_ends_with_the_answer() -> None:
    seen = reading(pause("24 08:00"), received="23 10:00", at="30 08:00", stopped="27 09:00")
    assert (seen.kept, seen.paused, seen.paused_days) == (True, False, 3)


def test_a_pause_only_counts_from_the_receipt() -> None:
    seen = reading(pause("16 08:00", "24 12:00"), received="23 10:00", at="25 08:00")
    assert (seen.due_on, seen.paused_days) == (date(2026, 11, 26), 1)


def test_a_promise_in_weeks_ends_on_the_nominal_day() -> None:
    four_weeks = Limit(4, Unit.WEEKS)
    seen = reading(received="27 10:00", at="30 10:00", limit=four_weeks)
    assert seen.due_on == date(2026, 12, 25)
    assert (seen.used, seen.total, seen.left) == (3, 28, 25)


@pytest.mark.parametrize("limit", [Limit(1, Unit.WEEKS), Limit(7, Unit.CALENDAR_DAYS)])
def test_a_pause_moves_weeks_and_calendar_days_by_its_calendar_days(limit: Limit) -> None:
    seen = reading(pause("20 08:00", "23 08:00"), received="16 10:00", at="24 08:00", limit=limit)
    assert seen.due_on == date(2026, 11, 26)
    assert (seen.used, seen.left, seen.paused_days) == (5, 2, 3)


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
        return reading(received="2026-07-01 12:00", at=at, limit=Limit(1, Unit.MONTHS)).used

    assert [used(f"2026-{at} 12:00") for at in ("07-02", "07-31", "08-01", "08-02")] == [1, 30, 30, 31]


def test_a_pause_moves_the_end_of_a_month_by_its_days() -> None:
    waiting = pause("2026-02-02 12:00", "2026-02-05 12:00")
    seen = reading(waiting, received="2026-01-31 12:00", at="2026-02-10 12:00", limit=Limit(1, Unit.MONTHS))
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
    seen = reading(received=received, at=received, limit=Limit(16, Unit.SAME_DAY))
    assert (seen.due_on, seen.total) == (date.fromisoformat(due), 1)


def test_the_same_day_lasts_until_midnight() -> None:
    limit = Limit(16, Unit.SAME_DAY)
    evening, midnight = (
        reading(received="24 10:00", at="30 12:00", stopped=stopped, limit=limit)
        for stopped in ("24 23:59:59", "25 00:00")
    )
    assert (evening.kept, evening.used, evening.left) == (True, 0, 1)
    assert (midnight.kept, midnight.used, midnight.left) == (False, 2, -1)


def test_a_question_moves_the_same_day_to_the_day_of_the_answer() -> None:
    limit = Limit(16, Unit.SAME_DAY)
    waiting = pause("24 11:00", "26 09:00")
    seen = reading(waiting, received="24 10:00", at="26 12:00", limit=limit)
    assert (seen.due_on, seen.kept) == (date(2026, 11, 26), None)


def test_midsummer_eve_and_a_squeeze_day_in_working_days() -> None:
    closed = frozenset({date(2026, 5, 15)})
    moved = read(
        TWO_DAYS, local("2026-05-13 10:00"), [], swedish_calendar(2, closed=closed), local("2026-05-13 10:00")
    )
    assert reading(received="2026-05-13 10:00", at="2026-05-13 10:00").due_on == date(2026, 5, 18)
    assert moved.due_on == date(2026, 5, 19)
    assert reading(received="2026-06-17 10:00", at="2026-06-17 10:00").due_on == date(2026, 6, 22)


def test_pauses_in_the_same_minute_take_no_days() -> None:
    blinks = [pause("23 11:00:05", "23 11:00:15"), pause("23 11:00:20", "23 11:00:50")]
    seen = reading(*blinks, received="23 10:00", at="24 08:00")
    assert (seen.due_on, seen.paused_days) == (date(2026, 11, 25), 0)


# Summer time begins on 2026-03-29 and 2027-03-28, and ends on 2026-10-25.
@pytest.mark.parametrize(
    ("received", "due_on", "due_at"),
    [
        ("2026-03-28 12:00", date(2026, 3, 29), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        ("2026-03-27 12:00", date(2026, 3, 28), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        ("2026-10-24 12:00", date(2026, 10, 25), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        ("2026-10-23 12:00", date(2026, 10, 24), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        ("2027-03-27 12:00", date(2027, 3, 28), datetime(2027, 3, 28, 22, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_by_the_swedish_clock(received: str, due_on: date, due_at: datetime) -> None:
    seen = reading(received=received, at=received, limit=Limit(1, Unit.CALENDAR_DAYS))
    assert (seen.due_on, seen.due_at) == (due_on, due_at)


def test_the_hour_that_comes_twice_belongs_to_the_same_day() -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    days = [read(TWO_DAYS, at, [], CALENDAR, at).received_on for at in (first, second)]
    assert days == [date(2026, 10, 25)] * 2


def test_a_moment_without_offset_is_refused() -> None:
    naive, noon = local("23 12:00").replace(tzinfo=None), local("23 12:00")
    for received_at, at, stopped_at in (
        (naive, noon, None),
        (noon, naive, None),
        (noon, noon, naive),
    ):
        with pytest.raises(NaiveMoment):
            read(TWO_DAYS, received_at, [], CALENDAR, at, stopped_at)
    with pytest.raises(NaiveMoment):
        Pause(naive, None, PauseReason.QUESTION)
    with pytest.raises(NaiveMoment):
        Pause(noon, naive, PauseReason.QUESTION)


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(BadPause):
        pause("24 08:00", "24 07:59")


def test_runs_of_days_that_touch_become_one() -> None:
    days = [date(2026, 11, n) for n in range(1, 11)]
    spans = [Span(days[5], days[7]), Span(days[0], days[2]), Span(days[2], days[3])]
    assert merged(spans) == (Span(days[0], days[3]), Span(days[5], days[7]))
