"""When an officer is warned that a promised time is running out. Pure."""

from datetime import datetime

from pledges.calendar import Calendar
from pledges.open_time import as_moment, as_number

# One part in five of the open time is left when the warning comes: 80 per cent has gone.
LEFT = 5


def warn_at(began: datetime, plain_due_at: datetime, due_at: datetime, calendar: Calendar) -> datetime | None:
    """Give when 80 per cent of the open hours up to the last moment has gone, always at an hour when people are at work.

    Pauses have moved the last moment from `plain_due_at` to `due_at`, so they are not counted. None when nothing opens before the last moment.
    """
    line = calendar.open_time
    start, last = as_number(began), as_number(due_at)
    whole = line.passed(as_number(plain_due_at)) - line.passed(start)
    target = line.passed(last) - whole // LEFT
    moment = max(start, line.moment(target)) if target > 0 else start
    opening = calendar.next_opening(as_moment(moment))
    return opening if opening < due_at else None
