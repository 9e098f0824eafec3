"""The clock of a promise: worked examples."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from pledges.calendar import swedish_calendar
from pledges.clock import Limit, Pause, PauseReason, Reading, Unit, read
from pledges.errors import BadPause, NaiveMoment
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
