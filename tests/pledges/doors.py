"""Opening hours in two forms: as a calendar, and as a door that somebody stands and looks at."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from pledges.calendar import Calendar, swedish_calendar
from pledges.opening import DayException, Interval, OpeningHours, Season, Week
from tests.pledges.oracle import Door, Hours

OFFICE: Hours = ((480, 990),)
LUNCH: Hours = ((480, 720), (780, 960))
NIGHT: Hours = ((0, 150), (150, 360), (1320, 1440))
HALF: Hours = ((480, 720),)
ALWAYS: Hours = ((0, 1440),)

SQUEEZE_DAY = date(2026, 5, 15)
MIDSUMMER_EVE = date(2026, 6, 19)

# Both nights of 2026 when the wall clock jumps, the one of 2027, Midsummer and Christmas.
BEGINNINGS = tuple(
    datetime(year, month, day, tzinfo=UTC)
    for year, month, day in (
        (2026, 3, 15),
        (2026, 5, 5),
        (2026, 6, 10),
        (2026, 10, 10),
        (2026, 12, 15),
        (2027, 3, 15),
    )
)

DOORS: Mapping[str, Door] = {
    "office": Door(dict.fromkeys(range(5), OFFICE), {}),
    "lunch break": Door(dict.fromkeys(range(5), LUNCH), {SQUEEZE_DAY: ()}),
    "nights": Door(dict.fromkeys(range(7), NIGHT), {}),
    "half days": Door({**dict.fromkeys(range(6), OFFICE), 4: HALF}, {MIDSUMMER_EVE: HALF}),
    "never shut but on holidays": Door(dict.fromkeys(range(7), ALWAYS), {}),
}


def calendar_of(door: Door) -> Calendar:
    """Give the calendar with the hours of a door."""
    week = Week(tuple(intervals(door.week.get(weekday, ())) for weekday in range(7)))
    exceptions = (DayException(day, intervals(hours), "") for day, hours in door.differing.items())
    hours = OpeningHours((Season(date(2000, 1, 1), None, week),), tuple(exceptions))
    return swedish_calendar(first_year=2026, last_year=2027, hours=hours)


def intervals(hours: Hours) -> tuple[Interval, ...]:
    """Give hours as intervals."""
    return tuple(Interval(opens, closes) for opens, closes in hours)
