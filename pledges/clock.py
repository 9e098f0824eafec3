"""The clock of a promise: when it was received, how it was paused, when it must be kept.

The rules, all in whole Swedish days (Europe/Stockholm):

1. The day of receipt is day 0. Nothing is shifted because something came in late in the
   evening or on a Sunday: day 1 is the next day that the limit counts.
2. The promise is kept until the end of its last day, that is, before the midnight after.
3. A pause from day P to day R takes the days later than P, up to and including R, out of
   the count. A question and its answer on one day therefore change nothing.
4. Overlapping pauses take a day out once.
5. While a pause runs, nothing becomes late: the last day moves along with today. A pause
   that begins when the last day is already over does not make a late case timely again.
6. If a pause began on the last day itself and ends on a day off, the next working day is
   the last. Otherwise the case would be late the moment the clock starts again.
7. A promise in weeks ends on the nominal day, whatever day of the week that is. The move
   to the next weekday in lag (1930:173) 2 § is for time set by law: see `weeks_due`.
8. What happens later than the moment of reading is not known yet and not counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pledges.calendar import Calendar
from pledges.errors import BadLimit, BadPause
from pledges.local_time import aware, end_of_day, local_day
from pledges.spans import Span, merged


class Unit(StrEnum):
    """What a limit counts. Figures in different units are never added together."""

    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True)
class Limit:
    """A promised time: a number of whole units, at least one; raises BadLimit below that."""

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse a limit without any time in it."""
        _at_least_one(self.amount, self.unit)

    @property
    def total_days(self) -> int:
        """The limit in the days it counts: working days, or calendar days (seven a week)."""
        return self.amount * 7 if self.unit is Unit.WEEKS else self.amount


@dataclass(frozen=True)
class Pause:
    """A time when the case waits for the citizen: from `began`, up to but not `ended`.

    Aware moments. A pause without `ended` is still running. Raises BadPause when it ends
    before it begins, NaiveMoment when a moment has no offset from UTC.
    """

    began: datetime
    ended: datetime | None
    reason: str

    def __post_init__(self) -> None:
        """Refuse moments that cannot be placed or stand in the wrong order."""
        aware(self.began)
        if self.ended is not None and aware(self.ended) < self.began:
            raise BadPause(f"A pause from {self.began} to {self.ended}")

    def covers(self, moment: datetime) -> bool:
        """Say whether the pause is running at a moment; its own end is no longer in it."""
        return self.began <= moment and (self.ended is None or moment < self.ended)


@dataclass(frozen=True)
class WeekDue:
    """The end of a time in weeks: the day itself, and the day the law moves it to."""

    nominal: date
    adjusted: date


@dataclass(frozen=True)
class Reading:
    """What a clock shows at one moment. `used`, `total` and `left` are in the same days.

    These days are working days for a limit in working days, else calendar days.
    """

    received_on: date
    # The last day on which the promise is kept, the pauses so far taken out.
    due_on: date
    # The midnight that ends that day, in UTC: at this very moment it is too late.
    due_at: datetime
    # Days counted up to the stop or the reading, pauses not counted.
    used: int
    total: int
    # Days that remain; below zero it is how far over the promise is.
    left: int
    paused: bool
    # Calendar days in pauses, whatever the unit.
    paused_days: int
    # True: stopped in time. False: stopped late, or late now. None: still running in time.
    kept: bool | None


def due_day(received: date, working_days: int, calendar: Calendar) -> date:
    """Give the last day on which the promise is still kept.

    The day of receipt does not count: day one is the next working day.
    Unit: whole working days, at least one; raises BadLimit below that.
    Raises UnknownYear when the calendar does not reach the answer.
    Law: Saturdays and the three eves stand as holidays, lag (1930:173) 2 §.
    """
    _at_least_one(working_days, Unit.WORKING_DAYS)
    day = received
    for _ in range(working_days):
        day = calendar.next_working_day(day)
    return day


def weeks_due(received: date, weeks: int, calendar: Calendar) -> WeekDue:
    """Give the end of a time in weeks that is set by law.

    Nominal is the same day of the week, that many weeks later: lag (1930:173) 1 §. If that
    is a Sunday, another public holiday, a Saturday, Midsummer Eve, Christmas Eve or New
    Year's Eve, adjusted is the next day that is none of them: 2 §. Days on which only this
    municipality is closed move nothing.
    Unit: whole weeks, at least one; raises BadLimit below that.
    Raises UnknownYear when the calendar does not reach the answer.
    """
    _at_least_one(weeks, Unit.WEEKS)
    nominal = received + timedelta(weeks=weeks)
    adjusted = nominal
    while calendar.is_free_by_law(adjusted):
        adjusted += timedelta(days=1)
    return WeekDue(nominal, adjusted)


def read(
    limit: Limit,
    received_at: datetime,
    pauses: Sequence[Pause],
    calendar: Calendar,
    at: datetime,
    stopped_at: datetime | None = None,
) -> Reading:
    """Read the clock of a promise at a moment, by the rules at the top of this module.

    `stopped_at` is when the promise was answered; the clock shows no time after it, and a
    pause that was running then ends with it. Pauses may come in any order and overlap.
    Raises NaiveMoment when a moment has no offset from UTC, and UnknownYear when the
    calendar does not reach far enough.
    """
    stopped = stopped_at is not None and aware(stopped_at) <= aware(at)
    end = stopped_at if stopped_at is not None and stopped else aware(at)
    days = _Days(limit.unit, calendar)
    received_on, today = local_day(received_at), local_day(end)
    spans = merged(_paused_spans(pauses, received_at, end))
    due_on = _due_on(received_on, limit.total_days, spans, days)
    due_at = end_of_day(due_on)
    used = _used(limit.total_days, received_on, due_on, spans, today=today, days=days)
    return Reading(
        received_on=received_on,
        due_on=due_on,
        due_at=due_at,
        used=used,
        total=limit.total_days,
        left=limit.total_days - used,
        paused=not stopped and any(pause.covers(end) for pause in pauses),
        paused_days=sum(span.days for span in spans),
        kept=_kept(end, due_at, stopped=stopped),
    )


@dataclass(frozen=True)
class _Days:
    """The days that a limit counts: working days, or every day."""

    unit: Unit
    calendar: Calendar

    def between(self, after: date, until: date) -> int:
        if self.unit is Unit.WORKING_DAYS:
            return self.calendar.working_days_between(after, until)
        return max(0, (until - after).days)

    def within(self, span: Span) -> int:
        return self.between(span.after, span.until)

    def later(self, day: date, count: int) -> date:
        if count == 0:
            return day
        if self.unit is Unit.WORKING_DAYS:
            return self.calendar.working_day_after(day, count)
        return day + timedelta(days=count)

    def first_from(self, day: date) -> date:
        if self.unit is Unit.WORKING_DAYS and not self.calendar.is_working_day(day):
            return self.calendar.next_working_day(day)
        return day


def _due_on(received_on: date, total: int, spans: Sequence[Span], days: _Days) -> date:
    due = days.later(received_on, total)
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
    # Only the extra day of rule 6 could take it over the total; that day is not counted.
    return min(counted, total)


def _paused_spans(pauses: Sequence[Pause], received_at: datetime, end: datetime) -> Iterator[Span]:
    """Give each pause as whole days, cut to the time between receipt and end."""
    for pause in pauses:
        began = max(pause.began, received_at)
        ended = end if pause.ended is None else min(pause.ended, end)
        if began < ended:
            yield Span(local_day(began), local_day(ended))


def _kept(end: datetime, due_at: datetime, *, stopped: bool) -> bool | None:
    if end >= due_at:
        return False
    return True if stopped else None


def _at_least_one(amount: int, unit: Unit) -> None:
    if amount < 1:
        raise BadLimit(f"A limit of {amount} {unit}")
