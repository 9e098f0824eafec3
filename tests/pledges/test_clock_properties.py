"""What holds for every clock, whatever happened to it."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from pledges.calendar import swedish_calendar
from pledges.clock import Limit, Pause, PauseReason, Unit, due_day, read
from pledges.holidays import holidays
from pledges.local_time import STOCKHOLM, end_of_day, local_day
from pledges.opening import DayException, Interval, OpeningHours, Season, Week
from pledges.spans import Span, merged

CALENDAR = swedish_calendar()
START = datetime(2026, 1, 1, tzinfo=UTC)
ALL_DAY = (Interval(0, 24 * 60),)
ROUND_THE_CLOCK = swedish_calendar(
    2,
    hours=OpeningHours(
        (Season(date.min, None, Week((ALL_DAY,) * 7)),),
        tuple(DayException(day, ALL_DAY, "") for year in range(2025, 2031) for day in holidays(year)),
    ),
)

# Two years of minutes: enough for every holiday, weekend and change of the clock.
minutes = st.integers(0, 2 * 365 * 24 * 60)
moments = minutes.map(lambda n: START + timedelta(minutes=n))
same_day = st.builds(Limit, st.integers(1, 23), st.just(Unit.SAME_DAY))
in_hours = st.builds(Limit, st.integers(1, 300), st.sampled_from([unit for unit in Unit if unit.in_hours]))
counted_days = [unit for unit in Unit if not unit.in_hours and unit is not Unit.SAME_DAY]
in_days = st.builds(Limit, st.integers(1, 60), st.sampled_from(counted_days)) | same_day
limits = in_days | in_hours
days = st.dates(date(2001, 1, 1), date(2058, 12, 31))
lengths = st.integers(0, 40 * 24 * 60).map(lambda n: timedelta(minutes=n))
spans = st.builds(lambda day, length: Span(day, day + timedelta(length)), days, st.integers(0, 40))


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    began = draw(moments)
    ended = draw(st.none() | lengths.map(lambda length: began + length))
    return Pause(began, ended, PauseReason.QUESTION)


histories = st.lists(pauses(), max_size=5)


@given(days, st.integers(1, 250))
def test_the_due_day_is_a_working_day_that_many_away(day: date, count: int) -> None:
    due = due_day(day, count, CALENDAR)
    assert CALENDAR.is_working_day(due)
    assert CALENDAR.working_days_between(day, due) == count


@given(days, days, st.integers(1, 60))
def test_what_came_first_is_due_first(one: date, two: date, count: int) -> None:
    earlier, later = sorted((one, two))
    assert due_day(earlier, count, CALENDAR) <= due_day(later, count, CALENDAR)


@given(limits, moments, histories, pauses(), moments)
def test_one_more_pause_never_makes_the_due_day_earlier(
    limit: Limit, received: datetime, history: list[Pause], more: Pause, at: datetime
) -> None:
    without = read(limit, received, history, CALENDAR, at)
    with_it = read(limit, received, [*history, more], CALENDAR, at)
    assert with_it.due_on >= without.due_on
    assert with_it.paused_days >= without.paused_days
    assert with_it.used <= without.used


@given(limits, moments, histories, moments, moments)
def test_a_clock_only_goes_forward(
    limit: Limit, received: datetime, history: list[Pause], one: datetime, two: datetime
) -> None:
    before, after = (read(limit, received, history, CALENDAR, at) for at in sorted((one, two)))
    assert before.due_on <= after.due_on
    assert before.used <= after.used
    assert before.paused_days <= after.paused_days


@given(limits, moments, histories, moments, moments)
def test_late_once_is_late_for_good(
    limit: Limit, received: datetime, history: list[Pause], one: datetime, two: datetime
) -> None:
    before, after = (read(limit, received, history, CALENDAR, at) for at in sorted((one, two)))
    if before.kept is False:
        assert after.kept is False
        assert after.due_on == before.due_on


@given(limits, moments, histories, moments)
def test_nothing_becomes_late_while_it_is_paused(
    limit: Limit, received: datetime, history: list[Pause], at: datetime
) -> None:
    seen = read(limit, received, history, CALENDAR, at)
    running = [pause for pause in history if pause.covers(at)]
    in_time_before = [read(limit, received, history, CALENDAR, pause.began).kept is None for pause in running]
    if any(in_time_before):
        assert seen.kept is None


@given(limits, moments, histories, moments, moments)
def test_a_stopped_clock_stands_still(
    limit: Limit, received: datetime, history: list[Pause], stopped: datetime, at: datetime
) -> None:
    at_once = read(limit, received, history, CALENDAR, stopped, stopped)
    later = read(limit, received, history, CALENDAR, max(at, stopped), stopped)
    assert later == at_once
    assert later.kept is (stopped < later.due_at)
    assert not later.paused


@given(limits, moments, histories, moments)
def test_used_and_left_make_the_total(
    limit: Limit, received: datetime, history: list[Pause], at: datetime
) -> None:
    seen = read(limit, received, history, CALENDAR, at)
    assert seen.used + seen.left == seen.total
    assert seen.used >= 0
    assert (seen.kept is False) == (at >= seen.due_at)


@given(st.integers(1, 60), moments, histories, moments)
def test_a_promise_in_working_days_ends_on_a_working_day(
    amount: int, received: datetime, history: list[Pause], at: datetime
) -> None:
    limit = Limit(amount, Unit.WORKING_DAYS)
    assert CALENDAR.is_working_day(read(limit, received, history, CALENDAR, at).due_on)


@given(limits, moments, moments, st.floats(0, 1), histories, moments)
def test_splitting_a_pause_changes_nothing(
    limit: Limit, one: datetime, two: datetime, part: float, history: list[Pause], received: datetime
) -> None:
    began, ended = sorted((one, two))
    between = began + (ended - began) * part
    whole = Pause(began, ended, PauseReason.QUESTION)
    halves = [Pause(began, between, PauseReason.QUESTION), Pause(between, ended, PauseReason.QUESTION)]
    at = START + timedelta(days=500)
    split = read(limit, received, [*history, *halves], CALENDAR, at)
    assert split == read(limit, received, [*history, whole], CALENDAR, at)


@given(limits, moments, moments)
def test_what_came_first_must_be_done_first(limit: Limit, one: datetime, two: datetime) -> None:
    first, second = (read(limit, received, [], CALENDAR, received) for received in sorted((one, two)))
    assert first.due_at <= second.due_at


@given(in_hours, moments, histories, moments)
def test_no_more_hours_are_begun_than_promised_in_a_promise_kept(
    limit: Limit, received: datetime, history: list[Pause], stopped: datetime
) -> None:
    seen = read(limit, received, history, CALENDAR, stopped, stopped)
    assert seen.kept is (seen.used <= limit.amount)


@given(st.sampled_from([unit for unit in Unit if unit.in_hours]), moments, moments)
def test_hours_that_were_used_are_full_by_then(unit: Unit, received: datetime, at: datetime) -> None:
    full = read(Limit(1, unit), received, [], CALENDAR, at).used - 1
    if full:
        assert read(Limit(full, unit), received, [], CALENDAR, at).due_at <= max(at, received)


@given(in_hours, moments, histories, pauses(), moments)
def test_one_more_pause_never_makes_the_last_moment_earlier(
    limit: Limit, received: datetime, history: list[Pause], more: Pause, at: datetime
) -> None:
    without = read(limit, received, history, CALENDAR, at)
    assert read(limit, received, [*history, more], CALENDAR, at).due_at >= without.due_at


# Without a holiday to close it, a door that is always open counts what the wall clock does.
@given(st.integers(1, 2000), moments, histories, moments)
def test_round_the_clock_equals_the_time_that_passes(
    amount: int, received: datetime, history: list[Pause], at: datetime
) -> None:
    opened, passing = (
        read(Limit(amount, unit), received, history, ROUND_THE_CLOCK, at)
        for unit in (Unit.WORKING_HOURS, Unit.CLOCK_HOURS)
    )
    assert opened == passing


def weekend(weeks: int) -> Pause:
    """From closing on a Friday of 2026 or 2027 to the end of the Sunday after it."""
    friday = date(2026, 1, 2) + timedelta(weeks=weeks)
    began = datetime.combine(friday, time(16, 30), STOCKHOLM)
    return Pause(began, end_of_day(friday + timedelta(days=2)) - timedelta(minutes=1), PauseReason.QUESTION)


@given(st.integers(1, 300), st.integers(0, 103), moments, moments)
def test_a_pause_over_a_weekend_takes_no_working_hours(
    amount: int, weeks: int, received: datetime, at: datetime
) -> None:
    limit = Limit(amount, Unit.WORKING_HOURS)
    with_it, without = (read(limit, received, history, CALENDAR, at) for history in ([weekend(weeks)], []))
    assert (with_it.due_at, with_it.used, with_it.kept) == (without.due_at, without.used, without.kept)


@given(st.integers(1, 60), st.integers(0, 103), moments, moments)
def test_a_pause_over_a_weekend_takes_no_working_days(
    amount: int, weeks: int, received: datetime, at: datetime
) -> None:
    limit, waiting = Limit(amount, Unit.WORKING_DAYS), weekend(weeks)
    without = read(limit, received, [], CALENDAR, at)
    # Rule 6: begun on the last day itself, it leaves the next working day.
    assume(without.due_on != local_day(waiting.began))
    with_it = read(limit, received, [waiting], CALENDAR, at)
    assert (with_it.due_at, with_it.used, with_it.kept) == (without.due_at, without.used, without.kept)


@given(limits, moments, st.permutations([0, 1, 2, 3]), st.lists(pauses(), min_size=4, max_size=4))
def test_the_order_of_pauses_does_not_matter(
    limit: Limit, received: datetime, order: list[int], history: list[Pause]
) -> None:
    at = START + timedelta(days=400)
    shuffled = [history[n] for n in order]
    assert read(limit, received, shuffled, CALENDAR, at) == read(limit, received, history, CALENDAR, at)


@given(st.lists(spans, max_size=8))
def test_merging_keeps_every_day_once(several: list[Span]) -> None:
    def held(span: Span) -> set[date]:
        return {span.after + timedelta(n) for n in range(1, span.days + 1)}

    runs = merged(several)
    assert set().union(*map(held, runs)) == set().union(*map(held, several))
    assert sum(run.days for run in runs) == len(set().union(*map(held, several)))
    assert all(one.until < two.after for one, two in pairwise(runs))


@given(days)
def test_a_day_lasts_until_the_next_one_begins(day: date) -> None:
    end = end_of_day(day)
    assert local_day(end) == day + timedelta(days=1)
    assert local_day(end - timedelta(microseconds=1)) == day


@given(st.integers(2000, 2036), st.sampled_from([3, 10]))
def test_the_night_of_a_change_of_time_is_one_hour_off(year: int, month: int) -> None:
    # The European Union changes the clock on the last Sunday of March and of October.
    last = date(year, month, 31)
    sunday = last - timedelta(days=(last.weekday() + 1) % 7)
    length = end_of_day(sunday) - end_of_day(sunday - timedelta(days=1))
    assert length == timedelta(hours=23 if month == 3 else 25)
