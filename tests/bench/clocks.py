"""What it costs to read the clock of a promise: ten years beside two weeks, and beside a well-known library."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import businesstimedelta
import holidays
import pytz

from pledges.calendar import Calendar, swedish_calendar
from pledges.clock import Limit, Pause, PauseReason, Unit, read
from pledges.local_time import STOCKHOLM
from tests.bench.watch import Figure, interleaved

RECEIVED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LIBRARY = "businesstimedelta"
SHORT, LONG = timedelta(weeks=2), timedelta(days=3652)
# Eight and a half hours each working day: about what goes into two weeks, and into ten years.
HOURS = {SHORT: 80, LONG: 21_000}
DAYS = {SHORT: 10, LONG: 2_500}


def pauses(length: timedelta) -> list[Pause]:
    """Three pauses within a time, none of them at its end."""
    part = length / 8
    return [
        Pause(RECEIVED + part * place, RECEIVED + part * (place + 1), PauseReason.QUESTION)
        for place in (1, 3, 5)
    ]


def reading(
    unit: Unit, amounts: dict[timedelta, int], length: timedelta, calendar: Calendar
) -> Callable[[], object]:
    """Read a clock with three pauses when the whole time has passed."""
    limit, stops = Limit(amounts[length], unit), pauses(length)
    return lambda: read(limit, RECEIVED, stops, calendar, RECEIVED + length)


def library_due() -> Callable[[], object]:
    """Ask the library for the same as `unpaused`: the moment when so many working hours have passed."""
    years = range(RECEIVED.year, RECEIVED.year + 12)
    free = holidays.country_holidays("SE", categories=("public", "de_facto"), years=years)
    workday = businesstimedelta.WorkDayRule(
        start_time=time(8),
        end_time=time(16, 30),
        working_days=[0, 1, 2, 3, 4],
        tz=pytz.timezone(STOCKHOLM.key),
    )
    rules = businesstimedelta.Rules(
        [workday, businesstimedelta.HolidayRule(free, tz=pytz.timezone(STOCKHOLM.key))]
    )
    needed = businesstimedelta.BusinessTimeDelta(rules, hours=HOURS[LONG])
    return lambda: RECEIVED.astimezone(STOCKHOLM) + needed


def unpaused(calendar: Calendar) -> Callable[[], object]:
    """Read when so many working hours have passed, without any pause."""
    limit = Limit(HOURS[LONG], Unit.WORKING_HOURS)
    return lambda: read(limit, RECEIVED, (), calendar, RECEIVED)


def figures() -> Iterator[Figure]:
    """Measure the clocks."""
    calendar = swedish_calendar()
    assert calendar.is_working_day(date(2026, 3, 2))
    names = {"working hours": (Unit.WORKING_HOURS, HOURS), "working days": (Unit.WORKING_DAYS, DAYS)}
    todos = {
        f"{name}, {span}": (reading(unit, amounts, length, calendar), 2000)
        for name, (unit, amounts) in names.items()
        for span, length in (("2 weeks", SHORT), ("10 years", LONG))
    }
    times = interleaved(
        {**todos, "10 years of hours": (unpaused(calendar), 2000), LIBRARY: (library_due(), 1)}
    )
    for name in names:
        long, short = times[f"{name}, 10 years"], times[f"{name}, 2 weeks"]
        yield Figure(
            f"clock, 3 pauses, {name}, 10 years",
            "ms",
            round(long, 4),
            f"{name}, 2 weeks",
            round(long / short, 2),
            2,
        )
    ours, theirs = times["10 years of hours"], times[LIBRARY]
    yield Figure("clock, 10 years of hours", "ms", round(ours, 4), LIBRARY, round(ours / theirs, 5), 1 / 50)
