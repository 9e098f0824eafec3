"""A municipality's calendar: working days and opening hours, in one frozen revision."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from pledges import holidays
from pledges.errors import BadCalendar, CalendarFault, UnknownYear
from pledges.local_time import aware, end_of_day
from pledges.open_time import OpenTime, as_moment, as_number, open_time
from pledges.opening import OFFICE_HOURS, Interval, OpeningHours

_ONE_DAY: Final = timedelta(days=1)


class _Table(NamedTuple):
    """Every working day in order, and how many of them have passed by the end of each day."""

    working_days: tuple[date, ...]
    passed: tuple[int, ...]


@dataclass(frozen=True)
class Calendar:
    """The working days and opening hours of the years `first_year` to `last_year`, both included.

    A working day is a day that is not free by law (see `holidays`) and on which this
    municipality has not decided to be closed: the days in `closed`, and the exceptions of
    `hours` without any hours. A half day is a working day. On days free by law nothing is
    open, whatever the week says, unless an exception opens it; Saturdays and Sundays that
    are not free for another reason follow the week.

    A revision is never edited: a changed calendar gets a new number, and a running case
    keeps its own. Raises BadCalendar for years in the wrong order or outside the law, and
    for a day that is both closed and given hours.
    """

    revision: int
    first_year: int
    last_year: int
    closed: frozenset[date]
    hours: OpeningHours = OFFICE_HOURS

    def __post_init__(self) -> None:
        """Refuse years in the wrong order or outside the law, and a day of two minds."""
        known = holidays.FIRST_YEAR <= self.first_year <= self.last_year < holidays.LAST_YEAR
        if not known:
            raise BadCalendar(CalendarFault.YEARS, self.first_year, self.last_year)
        of_two_minds = sorted(self.closed & self.hours.opened)
        if of_two_minds:
            raise BadCalendar(CalendarFault.CLOSED_AND_OPEN, *of_two_minds)

    def is_working_day(self, day: date) -> bool:
        """Say whether people are at work on a day. Raises UnknownYear outside the years."""
        position = self._position(day)
        return self._table.passed[position + 1] > self._table.passed[position]

    def is_free_by_law(self, day: date) -> bool:
        """Say whether the law makes a day free, whatever the municipality has decided.

        Law: lag (1989:253); lag (1930:173) 2 §. Raises UnknownYear outside the years.
        """
        self._position(day)
        return holidays.is_free_by_law(day)

    def next_working_day(self, day: date) -> date:
        """Give the first working day after a day, never the day itself.

        Raises UnknownYear when the day or the answer lies outside the years.
        """
        return self.working_day_after(day, 1)

    def working_day_after(self, day: date, count: int) -> date:
        """Give the working day that is number `count` after a day; `count` is at least one.

        Raises UnknownYear when the day or the answer lies outside the years.
        """
        table = self._table
        number = table.passed[self._position(day) + 1] + count
        if number > len(table.working_days):
            raise UnknownYear(f"Working day {count} after {day}: known up to {self.last_year}")
        return table.working_days[number - 1]

    def working_days_between(self, after: date, until: date) -> int:
        """Count the working days later than `after`, up to and including `until`.

        Zero when `until` is not later than `after`. Raises UnknownYear outside the years.
        """
        passed = self._table.passed
        first, last = self._position(after), self._position(until)
        return max(0, passed[last + 1] - passed[first + 1])

    def hours_on(self, day: date) -> tuple[Interval, ...]:
        """Give the opening hours of a day, earliest first; () when it is closed.

        Raises UnknownYear outside the years.
        """
        self._position(day)
        return _hours_of(day, self.closed, self.hours, self._exceptions)

    def is_open(self, moment: datetime) -> bool:
        """Say whether it is open at a moment; the minute of closing is not.

        Raises NaiveMoment without an offset from UTC, UnknownYear outside the years.
        """
        return self.open_time.is_open(as_number(aware(moment)))

    def next_opening(self, moment: datetime) -> datetime:
        """Give the moment itself when it is open, else when it opens next, in UTC.

        Raises NaiveMoment without an offset from UTC, UnknownYear outside the years and
        when nothing opens any more in them.
        """
        if self.is_open(moment):
            return moment
        return as_moment(self.open_time.next_opening(as_number(moment)))

    @cached_property
    def open_time(self) -> OpenTime:
        """The opening hours of all the years as one line."""
        return _open_time(self.first_year, self.last_year, self.closed, self.hours)

    def _position(self, day: date) -> int:
        if not self.first_year <= day.year <= self.last_year:
            years = f"{self.first_year} to {self.last_year}"
            raise UnknownYear(f"{day} in a calendar for {years}")
        return day.toordinal() - self._first_ordinal

    @cached_property
    def _first_ordinal(self) -> int:
        return date(self.first_year, 1, 1).toordinal()

    @cached_property
    def _exceptions(self) -> Mapping[date, tuple[Interval, ...]]:
        return self.hours.by_day

    @cached_property
    def _table(self) -> _Table:
        return _table(self.first_year, self.last_year, self.closed | self.hours.closed)


@lru_cache(maxsize=64)
def swedish_calendar(
    revision: int = 1,
    first_year: int = 2000,
    last_year: int = 2060,
    closed: frozenset[date] = frozenset(),
    hours: OpeningHours = OFFICE_HOURS,
) -> Calendar:
    """Give the calendar that the law draws, less the days a municipality adds as closed.

    Raises BadCalendar when the years are in the wrong order or earlier than 1990, and when
    a day is both closed and given hours.
    """
    return Calendar(revision, first_year, last_year, closed, hours)


@lru_cache(maxsize=16)
def _table(first_year: int, last_year: int, closed: frozenset[date]) -> _Table:
    """Walk the years once, so that every later question is a look-up."""
    working_days: list[date] = []
    # `passed` starts with the zero of the day before the first, so that no day is special.
    passed = [0]
    for day in _days(first_year, last_year):
        if day not in closed and not holidays.is_free_by_law(day):
            working_days.append(day)
        passed.append(len(working_days))
    return _Table(tuple(working_days), tuple(passed))


@lru_cache(maxsize=16)
def _open_time(first_year: int, last_year: int, closed: frozenset[date], hours: OpeningHours) -> OpenTime:
    exceptions = hours.by_day
    days = ((day, _hours_of(day, closed, hours, exceptions)) for day in _days(first_year, last_year))
    return open_time(end_of_day(date(first_year - 1, 12, 31)), end_of_day(date(last_year, 12, 31)), days)


def _hours_of(
    day: date,
    closed: frozenset[date],
    hours: OpeningHours,
    exceptions: Mapping[date, tuple[Interval, ...]],
) -> tuple[Interval, ...]:
    if day in exceptions:
        return exceptions[day]
    if day in closed or day in holidays.holidays(day.year):
        return ()
    week = next((season.week for season in hours.seasons if season.holds(day)), None)
    return week.days[day.weekday()] if week is not None else ()


def _days(first_year: int, last_year: int) -> Iterator[date]:
    day, last = date(first_year, 1, 1), date(last_year, 12, 31)
    while day <= last:
        yield day
        day += _ONE_DAY
