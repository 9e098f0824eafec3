"""The slow and plain way of counting: minute by minute, day by day, with nothing looked up.

Written from the rules alone and from what the wall clock shows, so that it can be wrong
only in ways of its own. The free days come from the package `holidays`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, cached_property
from zoneinfo import ZoneInfo

from holidays.countries.sweden import Sweden

from pledges.clock import Limit, Pause, Unit

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ONE_DAY = timedelta(days=1)
ONE_MINUTE = timedelta(minutes=1)

# Hours of the week by its days (Monday is 0), each as minutes of the day.
Hours = Sequence[tuple[int, int]]


@cache
def free(year: int) -> frozenset[date]:
    """The public holidays of a year and the three eves, without ordinary Saturdays and Sundays."""
    return frozenset(Sweden(categories=("public", "de_facto"), language="sv", years=year))


@dataclass(frozen=True)
class Door:
    """A door with hours of the week and days that differ, and whether it is open at a moment."""

    week: Mapping[int, Hours]
    differing: Mapping[date, Hours]

    def is_open(self, moment: datetime) -> bool:
        """Look at the wall clock."""
        local = moment.astimezone(STOCKHOLM)
        minute = local.hour * 60 + local.minute
        return any(opens <= minute < closes for opens, closes in self._hours(local.date()))

    def _hours(self, day: date) -> Hours:
        if day in self.differing:
            return self.differing[day]
        return () if day in free(day.year) else self.week.get(day.weekday(), ())


@dataclass(frozen=True)
class Minutes:
    """The minutes after a first moment, each counted or not."""

    first: datetime
    counted: bytes

    @classmethod
    def of(cls, first: datetime, days: int, counts: Callable[[datetime], bool]) -> "Minutes":
        """Look at every minute of so many days."""
        moments = (first + ONE_MINUTE * number for number in range(days * 24 * 60))
        return cls(first, bytes(counts(moment) for moment in moments))

    def due(self, received: datetime, minutes: int, pauses: Sequence[Pause], end: datetime) -> datetime:
        """Count forward from receipt until so many minutes have passed; a pause goes on until `end`."""
        place, left = self._place(received), minutes
        paused = self._paused(received, pauses, end)
        while left:
            left -= self.counted[place] and place not in paused
            place += 1
        return self.first + ONE_MINUTE * place

    def used(self, received: datetime, pauses: Sequence[Pause], end: datetime) -> int:
        """Count the minutes from receipt to `end`, one by one."""
        paused = self._paused(received, pauses, end)
        places = range(self._place(received), self._place(end))
        return sum(1 for place in places if self.counted[place] and place not in paused)

    def _paused(self, received: datetime, pauses: Sequence[Pause], end: datetime) -> set[int]:
        return {
            place
            for pause in pauses
            for place in range(
                self._place(max(pause.began, received)),
                self._place(end if pause.ended is None else min(pause.ended, end)),
            )
        }

    def _place(self, moment: datetime) -> int:
        return (moment - self.first) // ONE_MINUTE


@dataclass(frozen=True)
class Days:
    """A count of whole days by rules 1 to 8, one day at a time."""

    limit: Limit
    received_at: datetime
    pauses: Sequence[Pause]
    end: datetime

    @cached_property
    def due(self) -> date:
        """The last day: the one on which the count is full, unless a pause began on it."""
        day, left = self._received, self._needed
        paused = self._paused
        while left:
            day += ONE_DAY
            left -= self._counts(day) and day not in paused
        while day + ONE_DAY in paused:  # rule 5: a pause began on the last day
            while day + ONE_DAY in paused:
                day += ONE_DAY
            if not self._counts(day):  # rule 6
                while not self._counts(day) or day in paused:
                    day += ONE_DAY
        return day

    @property
    def used(self) -> int:
        """The days counted so far."""
        due, today = self.due, _local(self.end)
        if today <= due:
            return min(self._passed(self._received, today), self.limit.total)
        return self.limit.total + self._passed(due, today)

    def _passed(self, after: date, until: date) -> int:
        days = (after + ONE_DAY * number for number in range(1, (until - after).days + 1))
        return sum(1 for day in days if self._counts(day) and day not in self._paused)

    def _counts(self, day: date) -> bool:
        if self.limit.unit in (Unit.WORKING_DAYS, Unit.SAME_DAY):
            return day.weekday() < 5 and day not in free(day.year)
        return True

    @property
    def _received(self) -> date:
        return _local(self.received_at)

    @property
    def _needed(self) -> int:
        local = self.received_at.astimezone(STOCKHOLM)
        if self.limit.unit is Unit.SAME_DAY:
            return 0 if self._counts(local.date()) and local.hour < self.limit.amount else 1
        if self.limit.unit is Unit.MONTHS:
            return (_same_number(local.date(), self.limit.amount) - local.date()).days
        return self.limit.total

    @cached_property
    def _paused(self) -> set[date]:
        found: set[date] = set()
        for pause in self.pauses:
            began = max(pause.began, self.received_at)
            ended = self.end if pause.ended is None else min(pause.ended, self.end)
            if began < ended:
                length = (_local(ended) - _local(began)).days
                found |= {_local(began) + ONE_DAY * number for number in range(1, length + 1)}
        return found


def _local(moment: datetime) -> date:
    return moment.astimezone(STOCKHOLM).date()


def _same_number(day: date, months: int) -> date:
    """Turn the leaves of the calendar, month by month, and look for the number of the day."""
    month = day.replace(day=1)
    for _ in range(months):
        month = (month + timedelta(days=31)).replace(day=1)
    last = (month + timedelta(days=31)).replace(day=1) - ONE_DAY
    return min(month + timedelta(days=day.day - 1), last)


def utc(text: str) -> datetime:
    """Read a Swedish wall clock time, "2026-11-23 14:00", as a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC)
