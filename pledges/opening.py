"""When a municipality is open: hours of the week by season, and days that differ.

Minutes are counted on the wall clock of the local day, from 0 to 1440, and every interval
is half-open: it holds its first minute and not its last.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from pledges.errors import BadCalendar, CalendarFault

MINUTES_A_DAY: Final = 24 * 60
DAYS_A_WEEK: Final = 7
_FRIDAY: Final = 4


@dataclass(frozen=True, order=True)
class Interval:
    """The minutes of a local day from `opens`, up to but not `closes`.

    Raises BadCalendar when they lie outside 0 to 1440, or when it does not close later
    than it opens.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        """Refuse minutes that no day has, and an interval without any."""
        if not (0 <= self.opens <= MINUTES_A_DAY and 0 <= self.closes <= MINUTES_A_DAY):
            raise BadCalendar(CalendarFault.OUTSIDE_THE_DAY, self)
        if self.closes <= self.opens:
            raise BadCalendar(CalendarFault.CLOSES_BEFORE_IT_OPENS, self)

    def __str__(self) -> str:
        """Give the hours as they are written on a door: 08.00-16.30."""
        return f"{_wall_clock(self.opens)}-{_wall_clock(self.closes)}"

    def holds(self, minute: int) -> bool:
        """Say whether a minute of the day lies in the interval."""
        return self.opens <= minute < self.closes


@dataclass(frozen=True)
class Week:
    """The opening hours of each day of the week, Monday first; () on a day that is closed.

    Raises BadCalendar unless there are seven days, each with hours in order that do not
    overlap. Hours that touch are allowed.
    """

    days: tuple[tuple[Interval, ...], ...]

    def __post_init__(self) -> None:
        """Refuse a week of another length, and hours that overlap."""
        if len(self.days) != DAYS_A_WEEK:
            raise BadCalendar(CalendarFault.NOT_SEVEN_DAYS, len(self.days))
        for number, hours in enumerate(self.days):
            _refuse_overlaps(hours, number)

    @classmethod
    def on_weekdays(cls, *hours: Interval) -> "Week":
        """Give the week with the same hours from Monday to Friday and none at the weekend."""
        return cls(tuple(hours if number <= _FRIDAY else () for number in range(DAYS_A_WEEK)))


@dataclass(frozen=True)
class Season:
    """The week that holds from `first` to `last`, both included; without `last` for good.

    Raises BadCalendar when it ends before it begins.
    """

    first: date
    last: date | None
    week: Week

    def __post_init__(self) -> None:
        """Refuse a season that ends before it begins."""
        if self.last is not None and self.last < self.first:
            raise BadCalendar(CalendarFault.SEASON_ENDS_BEFORE_IT_BEGINS, self.first, self.last)

    def holds(self, day: date) -> bool:
        """Say whether a day lies in the season."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class DayException:
    """A day with hours of its own; closed when there are none. `reason` is for whoever reads.

    Raises BadCalendar when the hours are out of order or overlap.
    """

    day: date
    open: tuple[Interval, ...]
    reason: str

    def __post_init__(self) -> None:
        """Refuse hours that overlap."""
        _refuse_overlaps(self.open, self.day)


@dataclass(frozen=True)
class OpeningHours:
    """Seasons with their weeks, and the days that differ from them.

    A day in no season and without exception is not open. Raises BadCalendar when two
    seasons overlap or two exceptions name one day.
    """

    seasons: tuple[Season, ...]
    exceptions: tuple[DayException, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a day for which two things are said."""
        for one, two in pairwise(sorted(self.seasons, key=_first_day)):
            if one.last is None or two.first <= one.last:
                raise BadCalendar(CalendarFault.OVERLAPPING_SEASONS, one.first, two.first)
        for here, there in pairwise(sorted(exception.day for exception in self.exceptions)):
            if here == there:
                raise BadCalendar(CalendarFault.TWO_EXCEPTIONS, here)

    @property
    def by_day(self) -> dict[date, tuple[Interval, ...]]:
        """The hours of every exception by its day."""
        return {exception.day: exception.open for exception in self.exceptions}

    @property
    def closed(self) -> frozenset[date]:
        """The days that an exception closes altogether."""
        return frozenset(exception.day for exception in self.exceptions if not exception.open)

    @property
    def opened(self) -> frozenset[date]:
        """The days to which an exception gives hours of their own."""
        return frozenset(exception.day for exception in self.exceptions if exception.open)


def layered(own: OpeningHours, parent: OpeningHours) -> OpeningHours:
    """Give the hours of a part that inherits from the whole it belongs to.

    On days that no season of its own holds, the seasons of the parent do. The parent's
    exceptions hold too, save for the days about which the part says something itself.
    """
    gaps = tuple(_gaps(sorted(own.seasons, key=_first_day)))
    inherited = (part for season in parent.seasons for part in _cut(season, gaps))
    named = {exception.day for exception in own.exceptions}
    exceptions = (*own.exceptions, *(each for each in parent.exceptions if each.day not in named))
    return OpeningHours(
        seasons=tuple(sorted((*own.seasons, *inherited), key=_first_day)),
        exceptions=tuple(sorted(exceptions, key=lambda exception: exception.day)),
    )


def _first_day(season: Season) -> date:
    return season.first


def _gaps(seasons: Sequence[Season]) -> Iterator[tuple[date, date | None]]:
    """Give the days that no season holds, as first and last day; seasons in order."""
    start = date.min
    for season in seasons:
        if start < season.first:
            yield start, season.first - timedelta(days=1)
        if season.last is None or season.last == date.max:
            return
        start = season.last + timedelta(days=1)
    yield start, None


def _cut(season: Season, gaps: Iterable[tuple[date, date | None]]) -> Iterator[Season]:
    """Give the parts of a season that lie in the gaps."""
    for start, end in gaps:
        first = max(season.first, start)
        last = min((day for day in (season.last, end) if day is not None), default=None)
        if last is None or first <= last:
            yield Season(first, last, season.week)


def _refuse_overlaps(hours: Sequence[Interval], where: date | int) -> None:
    for one, two in pairwise(hours):
        if two.opens < one.closes:
            raise BadCalendar(CalendarFault.OVERLAPPING_HOURS, one, two, where=where)


def _wall_clock(minute: int) -> str:
    return f"{minute // 60:02}.{minute % 60:02}"


# The hours most municipalities keep; a municipality with others says so in its calendar.
OFFICE_HOURS: Final = OpeningHours(
    (Season(date.min, None, Week.on_weekdays(Interval(8 * 60, 16 * 60 + 30))),)
)
