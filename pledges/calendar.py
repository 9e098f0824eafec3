"""A municipality's calendar: which days are working days, in one frozen revision."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from pledges import holidays
from pledges.errors import BadCalendar, UnknownYear

_ONE_DAY: Final = timedelta(days=1)


class _Table(NamedTuple):
    """Every working day in order, and how many of them have passed by the end of each day."""

    working_days: tuple[date, ...]
    passed: tuple[int, ...]


@dataclass(frozen=True)
class Calendar:
    """The working days of the years from `first_year` to `last_year`, both included.

    A working day is a day that is not free by law (see `holidays`) and not among `closed`,
    the days on which this municipality has decided to be closed as well. A revision is
    never edited: a changed calendar gets a new number, and a running case keeps its own.
    """

    revision: int
    first_year: int
    last_year: int
    closed: frozenset[date]

    def __post_init__(self) -> None:
        """Refuse years in the wrong order or outside the law; raises BadCalendar."""
        known = holidays.FIRST_YEAR <= self.first_year <= self.last_year < holidays.LAST_YEAR
        if not known:
            raise BadCalendar(f"A calendar for {self.first_year} to {self.last_year}")

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

    def _position(self, day: date) -> int:
        if not self.first_year <= day.year <= self.last_year:
            years = f"{self.first_year} to {self.last_year}"
            raise UnknownYear(f"{day} in a calendar for {years}")
        return day.toordinal() - self._first_ordinal

    @cached_property
    def _first_ordinal(self) -> int:
        return date(self.first_year, 1, 1).toordinal()

    @cached_property
    def _table(self) -> _Table:
        return _table(self.first_year, self.last_year, self.closed)


@lru_cache(maxsize=64)
def swedish_calendar(
    revision: int = 1,
    first_year: int = 2000,
    last_year: int = 2060,
    closed: frozenset[date] = frozenset(),
) -> Calendar:
    """Give the calendar that the law draws, less the days a municipality adds as closed.

    Raises BadCalendar when the years are in the wrong order or earlier than 1990.
    """
    return Calendar(revision, first_year, last_year, closed)


@lru_cache(maxsize=16)
def _table(first_year: int, last_year: int, closed: frozenset[date]) -> _Table:
    """Walk the years once, so that every later question is a look-up."""
    working_days: list[date] = []
    # `passed` starts with the zero of the day before the first, so that no day is special.
    passed = [0]
    day = date(first_year, 1, 1)
    while day.year <= last_year:
        if day not in closed and not holidays.is_free_by_law(day):
            working_days.append(day)
        passed.append(len(working_days))
        day += _ONE_DAY
    return _Table(tuple(working_days), tuple(passed))
