"""The clock beside one that counts minute by minute, and one that counts day by day."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.calendar import swedish_calendar
from pledges.clock import Limit, Pause, PauseReason, Unit, read
from tests.pledges.doors import BEGINNINGS, DOORS, calendar_of
from tests.pledges.oracle import Days, Minutes

# Long enough for the longest limit, all pauses and a holiday in between.
LOOKED_AT = 60
CASES_WITHIN = 14 * 24 * 60
CALENDAR = swedish_calendar()
CALENDARS = {name: calendar_of(door) for name, door in DOORS.items()}

minutes = st.integers(0, CASES_WITHIN).map(lambda number: timedelta(minutes=number))
lengths = st.integers(0, 4 * 24 * 60).map(lambda number: timedelta(minutes=number))
day_limits = st.one_of(
    st.builds(Limit, st.integers(1, 30), st.sampled_from([Unit.WORKING_DAYS, Unit.CALENDAR_DAYS])),
    st.builds(Limit, st.integers(1, 4), st.sampled_from([Unit.WEEKS, Unit.MONTHS])),
    st.builds(Limit, st.integers(1, 23), st.just(Unit.SAME_DAY)),
)


@cache
def looked_at(name: str, first: datetime) -> Minutes:
    return Minutes.of(first, LOOKED_AT, DOORS[name].is_open)


@cache
def every_minute(first: datetime) -> Minutes:
    return Minutes.of(first, LOOKED_AT, lambda _: True)


@st.composite
def pauses(draw: st.DrawFn, first: datetime) -> list[Pause]:
    begun = [first + at for at in draw(st.lists(minutes, max_size=4))]
    lasting = [draw(st.none() | lengths) for _ in begun]
    return [
        Pause(began, None if length is None else began + length, PauseReason.QUESTION)
        for began, length in zip(begun, lasting, strict=True)
    ]


@pytest.mark.parametrize("name", DOORS)
@given(st.sampled_from(BEGINNINGS), st.integers(1, 40), st.data())
def test_working_hours_are_the_minutes_a_door_is_open(
    name: str, first: datetime, hours: int, data: st.DataObject
) -> None:
    received = first + data.draw(minutes)
    end = received + data.draw(minutes)
    history = data.draw(pauses(first))
    seen = read(Limit(hours, Unit.WORKING_HOURS), received, history, CALENDARS[name], end)
    plain = looked_at(name, first)
    used = plain.used(received, history, end)
    assert seen.used == used // 60 + 1
    assert (seen.kept is False) == (used >= hours * 60)
    assert seen.due_at == plain.due(received, hours * 60, history, end)


@given(st.sampled_from(BEGINNINGS), st.integers(1, 200), st.data())
def test_clock_hours_are_the_minutes_that_pass(first: datetime, hours: int, data: st.DataObject) -> None:
    received = first + data.draw(minutes)
    end = received + data.draw(minutes)
    history = data.draw(pauses(first))
    seen = read(Limit(hours, Unit.CLOCK_HOURS), received, history, CALENDAR, end)
    plain = every_minute(first)
    assert seen.used == plain.used(received, history, end) // 60 + 1
    assert seen.due_at == plain.due(received, hours * 60, history, end)


@given(st.sampled_from(BEGINNINGS), day_limits, st.data())
def test_days_are_those_that_somebody_crosses_out(first: datetime, limit: Limit, data: st.DataObject) -> None:
    received = first + data.draw(minutes)
    end = received + data.draw(minutes) * data.draw(st.integers(0, 6))
    history = data.draw(pauses(first))
    seen = read(limit, received, history, CALENDAR, end)
    plain = Days(limit, received, history, end)
    assert (seen.due_on, seen.used) == (plain.due, plain.used)


@pytest.mark.parametrize("name", DOORS)
@given(st.sampled_from(BEGINNINGS), minutes)
def test_a_door_is_open_when_the_wall_clock_says_so(name: str, first: datetime, later: timedelta) -> None:
    moment = first + later
    assert CALENDARS[name].is_open(moment) == DOORS[name].is_open(moment)
    opening = CALENDARS[name].next_opening(moment)
    assert CALENDARS[name].is_open(opening)
    between = range((opening - moment) // timedelta(minutes=1))
    assert not any(DOORS[name].is_open(moment + timedelta(minutes=number)) for number in between)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 1)), st.integers(1, 14))
def test_a_month_ends_on_the_same_number_or_on_its_last_day(day: date, count: int) -> None:
    limit = Limit(count, Unit.MONTHS)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert read(limit, noon, [], CALENDAR, noon).due_on == Days(limit, noon, [], noon).due
