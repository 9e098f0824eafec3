"""How a clock counts whole days; the rules stand in `pledges.clock`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pledges.calendar import Calendar
from pledges.due import days_after, nominal_day
from pledges.limit import Limit, Unit
from pledges.local_time import end_of_day, local_day, local_minute
from pledges.reading import Counted
from pledges.spans import Span


def count_days(
    limit: Limit, received_at: datetime, end: datetime, spans: Sequence[Span], calendar: Calendar
) -> Counted:
    """Count a limit in days from its receipt up to `end`; `spans` are merged days in pauses.

    Raises UnknownYear when the calendar does not reach far enough.
    """
    days = _Days(limit.unit.in_working_days, calendar)
    received_on, today = local_day(received_at), local_day(end)
    due_on = _moved(_first_due(limit, received_at, calendar), spans, days)
    used = _used(limit.total, received_on, due_on, spans, today=today, days=days)
    return Counted(due_on, end_of_day(due_on), used)


@dataclass(frozen=True)
class _Days:
    """The days that a limit counts: working days, or every day."""

    working: bool
    calendar: Calendar

    def between(self, after: date, until: date) -> int:
        if self.working:
            return self.calendar.working_days_between(after, until)
        return max(0, (until - after).days)

    def within(self, span: Span) -> int:
        return self.between(span.after, span.until)

    def later(self, day: date, count: int) -> date:
        if count == 0:
            return day
        if self.working:
            return self.calendar.working_day_after(day, count)
        return days_after(day, count)

    def first_from(self, day: date) -> date:
        if self.working and not self.calendar.is_working_day(day):
            return self.calendar.next_working_day(day)
        return day


def _first_due(limit: Limit, received_at: datetime, calendar: Calendar) -> date:
    received_on = local_day(received_at)
    if limit.unit is not Unit.SAME_DAY:
        return nominal_day(received_on, limit, calendar)
    if calendar.is_working_day(received_on) and local_minute(received_at) < limit.amount * 60:
        return received_on
    return calendar.next_working_day(received_on)


def _moved(due: date, spans: Sequence[Span], days: _Days) -> date:
    for span in spans:
        if span.after > due:
            break  # already late when this pause began
        due = days.later(due, days.within(span))
        due = max(due, days.first_from(span.until))
    return due


def _used(
    total: int, received_on: date, due_on: date, spans: Sequence[Span], *, today: date, days: _Days
) -> int:
    if today > due_on:
        late_spans = (span for span in spans if span.after > due_on)
        return total + days.between(due_on, today) - sum(map(days.within, late_spans))
    counted = days.between(received_on, today) - sum(map(days.within, spans))
    # Only the extra day of rule 6, or a long month, could take it over the total; that day
    # is not counted.
    return min(counted, total)
