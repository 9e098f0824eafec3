"""How a clock counts hours; the rules stand in `pledges.clock`."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from pledges.calendar import Calendar
from pledges.limit import Limit, Unit
from pledges.local_time import local_day
from pledges.open_time import HOUR, Line, Opened, WallTime, as_moment, as_number
from pledges.pause import Pause
from pledges.reading import Counted
from pledges.spans import joined

_TICK: Final = timedelta(microseconds=1)
_WALL_TIME: Final = WallTime()


def count_hours(
    limit: Limit, received_at: datetime, end: datetime, pauses: Sequence[Pause], calendar: Calendar
) -> Counted:
    """Count a limit in hours from its receipt up to `end`, less the pauses.

    Raises UnknownYear when the calendar does not reach far enough.
    """
    line: Line = _WALL_TIME if limit.unit is Unit.CLOCK_HOURS else calendar.open_time
    runs = _paused(pauses, received_at, end)
    due_at = as_moment(_due(limit.amount * HOUR, as_number(received_at), runs, line))
    used = _used(as_number(received_at), as_number(end), runs, line)
    return Counted(_last_day(due_at), due_at, used // HOUR + 1)


def _due(promised: int, received: int, runs: Sequence[Opened], line: Line) -> int:
    """Give the first moment at which the promised time has passed outside the pauses."""
    passed = line.passed(received) + promised
    due = line.moment(passed)
    for began, ended in runs:
        if began >= due:
            break  # already late when this pause began
        passed += line.passed(ended) - line.passed(began)
        due = line.moment(passed)
    return due


def _used(received: int, end: int, runs: Sequence[Opened], line: Line) -> int:
    between = line.passed(max(received, end)) - line.passed(received)
    return between - sum(line.passed(ended) - line.passed(began) for began, ended in runs)


def _paused(pauses: Sequence[Pause], received_at: datetime, end: datetime) -> list[Opened]:
    """Give the pauses between receipt and end as runs of time that do not overlap."""
    return joined(_runs(pauses, received_at, end))


def _runs(pauses: Sequence[Pause], received_at: datetime, end: datetime) -> Iterator[Opened]:
    for pause in pauses:
        part = pause.within(received_at, end)
        if part is not None:
            yield as_number(part[0]), as_number(part[1])


def _last_day(due_at: datetime) -> date:
    """Give the day of the last moment in time: at midnight it is the day that ends then."""
    return local_day(due_at - _TICK)
