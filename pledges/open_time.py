"""Open time as a line of its own, on which any two moments are a look-up apart.

Moments are whole microseconds since 1970 in UTC, lengths whole microseconds: everything is
exact, and nothing depends on how many hours a day had.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from typing import Final, Protocol

from pledges.errors import UnknownYear
from pledges.local_time import parts_of_day
from pledges.opening import Interval
from pledges.spans import joined

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_MINUTE: Final = timedelta(minutes=1) // _TICK
HOUR: Final = 60 * _MINUTE

Opened = tuple[int, int]


class Line(Protocol):
    """Time of one kind, such as open time, measured along the time that passes."""

    def passed(self, moment: int) -> int:
        """Give how much of it has passed at a moment, since some fixed beginning."""
        ...

    def moment(self, passed: int) -> int:
        """Give the first moment at which so much of it has passed."""
        ...


class WallTime:
    """The time that simply passes, open or not."""

    def passed(self, moment: int) -> int:
        """Give the moment itself."""
        return moment

    def moment(self, passed: int) -> int:
        """Give the moment itself."""
        return passed


@dataclass(frozen=True)
class OpenTime:
    """The opening hours from one midnight to another, as half-open runs in order.

    `before` says how much open time lies before each run, and after the last one.
    """

    first: int
    last: int
    opens: tuple[int, ...]
    closes: tuple[int, ...]
    before: tuple[int, ...]

    def passed(self, moment: int) -> int:
        """Give the open time from the beginning up to a moment.

        Raises UnknownYear when the moment lies outside what the hours cover.
        """
        position = self._run(moment)
        if position < 0:
            return 0
        return self.before[position] + min(moment, self.closes[position]) - self.opens[position]

    def moment(self, passed: int) -> int:
        """Give the first moment at which so much open time has passed; more than none.

        Raises UnknownYear when there is not so much.
        """
        position = bisect_left(self.before, passed) - 1
        if position >= len(self.opens):
            raise UnknownYear(f"{passed // HOUR} open hours: known up to {as_moment(self.last)}")
        return self.opens[position] + passed - self.before[position]

    def is_open(self, moment: int) -> bool:
        """Say whether a moment lies in a run. Raises UnknownYear outside what they cover."""
        position = self._run(moment)
        return position >= 0 and moment < self.closes[position]

    def next_opening(self, moment: int) -> int:
        """Give the moment itself when it is open, else the first one after it that is.

        Raises UnknownYear when nothing opens any more.
        """
        if self.is_open(moment):
            return moment
        following = self._run(moment) + 1
        if following >= len(self.opens):
            raise UnknownYear(f"Open after {as_moment(moment)}: known up to {as_moment(self.last)}")
        return self.opens[following]

    def _run(self, moment: int) -> int:
        """Give the number of the last run that began at the moment or before; -1 if none."""
        if not self.first <= moment < self.last:
            known = f"{as_moment(self.first)} to {as_moment(self.last)}"
            raise UnknownYear(f"{as_moment(moment)} in opening hours for {known}")
        return bisect_right(self.opens, moment) - 1


def open_time(first: datetime, last: datetime, days: Iterable[tuple[date, Iterable[Interval]]]) -> OpenTime:
    """Give the open time of days with their hours, in order, from `first` up to `last`.

    A moment is open when the wall clock shows a minute within the hours of its day. So an
    hour that is skipped is never open, and one that comes twice is open twice.
    """
    runs = joined(run for day, hours in days for run in _runs(day, hours))
    lengths = (closes - opens for opens, closes in runs)
    return OpenTime(
        first=as_number(first),
        last=as_number(last),
        opens=tuple(opens for opens, _ in runs),
        closes=tuple(closes for _, closes in runs),
        before=tuple(accumulate(lengths, initial=0)),
    )


def as_number(moment: datetime) -> int:
    """Give an aware moment as microseconds since 1970."""
    return (moment - _EPOCH) // _TICK


def as_moment(number: int) -> datetime:
    """Give microseconds since 1970 as a moment in UTC. Raises UnknownYear beyond year 9999."""
    try:
        return _EPOCH + timedelta(microseconds=number)
    except OverflowError as error:
        raise UnknownYear(f"{number // HOUR} hours after 1970") from error


def _runs(day: date, hours: Iterable[Interval]) -> Iterator[Opened]:
    intervals = tuple(hours)
    if not intervals:
        return
    for part in parts_of_day(day):
        # Where minute zero of the wall clock would have been, counted back from this part.
        zero = as_number(part.begins) - part.first * _MINUTE
        for interval in intervals:
            opens, closes = max(interval.opens, part.first), min(interval.closes, part.last)
            if opens < closes:
                yield zero + opens * _MINUTE, zero + closes * _MINUTE
