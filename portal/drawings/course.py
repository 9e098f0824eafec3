"""The course of one case in time: which stretch is behind it, which waits, and where its days stand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

MARGIN: Final = 14.0
# Past the line time is drawn on a scale of its own when it would press the promise together.
_LEAST_PROMISE: Final = 0.5
_CLEAR: Final = 36.0
_FINE: Final = 11.0
_MOST_DAYS: Final = 31

Pause = tuple[date, date | None]


class Stretch(StrEnum):
    """What a stretch of the line is; the value is its class in site.css."""

    PAST = "g-past"
    UNCOUNTED = "g-wk"
    FUTURE = "g-future"
    PAUSE = "g-pause"
    OVER = "g-over"


@dataclass(frozen=True)
class LineEvent:
    """Something with a day of its own on the line: a booked visit, a question to the citizen."""

    day: date
    words: str
    shown_day: str


def all_but(uncounted: frozenset[date]) -> Callable[[date], bool]:
    """Give what tells that every day counts but these."""
    return lambda day: day not in uncounted


@dataclass(frozen=True)
class CaseLine:
    """What the promise line is drawn from; every moment is a whole day.

    `counted` tells whether a day counts towards the promise. A pause is its first day and the day
    it ended, None while it lasts; then the promised day depends on the citizen, and its line is
    dashed. `stopped` is the day of the answer and `kept` its verdict, None while the case is open.
    Raises ValueError when today or the promised day comes before the day of receipt.
    """

    received: date
    today: date
    due: date
    counted: Callable[[date], bool]
    pauses: Sequence[Pause] = ()
    stopped: date | None = None
    events: Sequence[LineEvent] = ()
    kept: bool | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a day that comes before the case."""
        if self.due < self.received or (self.stopped or self.today) < self.received:
            raise ValueError("neither the promised day nor today comes before the case was received")

    @property
    def now(self) -> date:
        """The day the case has come to: the day it was answered, or today."""
        return self.stopped or self.today

    @property
    def is_paused(self) -> bool:
        """Whether it waits for the citizen today."""
        return self.stopped is None and any(end is None for _, end in self.pauses)

    @property
    def is_late(self) -> bool:
        """Whether the case has come further than its promised day; a paused case never has."""
        return self.now > self.due and not self.is_paused

    def pauses_on(self, day: date) -> bool:
        """Whether the time from this day to the next is not counted because of a pause."""
        return any(begin <= day < (end or self.now) for begin, end in self.pauses)


@dataclass(frozen=True)
class Course:
    """Days as x in a frame of `width`. Before the line a day is a day; beyond it the rest is fitted in."""

    case: CaseLine
    width: float

    @property
    def last(self) -> date:
        """The last day drawn."""
        return max(self.case.due, self.case.now, *(event.day for event in self.case.events), self.case.due)

    @property
    def promised(self) -> int:
        """Calendar days from received to promised; a promise for the same day is drawn as one."""
        return max(1, (self.case.due - self.case.received).days)

    @property
    def line(self) -> float:
        """The x of the promised day."""
        room = self.width - 2 * MARGIN
        beyond = (self.last - self.case.due).days
        if not beyond:
            return self.width - MARGIN
        share = max(_LEAST_PROMISE, self.promised / (self.promised + beyond))
        return round(MARGIN + min(share * room, room - _CLEAR), 2)

    @property
    def per_day(self) -> float:
        """The width of a day before the line."""
        return (self.line - MARGIN) / self.promised

    @property
    def is_fine(self) -> bool:
        """Whether there is room to draw each day for itself."""
        return self.promised <= _MOST_DAYS and self.per_day >= _FINE

    def x(self, day: date) -> float:
        """Give the x of a day; a day before the case stands at its beginning."""
        if day > self.case.due:
            share = (day - self.case.due).days / (self.last - self.case.due).days
            return round(self.line + share * (self.width - MARGIN - self.line), 2)
        if day == self.case.due == self.case.received:
            return round((MARGIN + self.line) / 2, 2)
        return round(MARGIN + max(0, (day - self.case.received).days) * self.per_day, 2)

    @property
    def now(self) -> float:
        """The x of the case itself, kept clear of the line unless its day is the promised one."""
        x = self.x(self.case.now)
        if self.case.now < self.case.due:
            return max(MARGIN, min(x, self.line - 18))
        if self.case.now > self.case.due:
            return max(x, self.line + 20)
        return x

    def stretches(self) -> Iterator[tuple[Stretch, float, float]]:
        """Give the line's stretches in order, neighbours of one kind joined."""
        cuts: list[tuple[Stretch, float, float]] = []
        for kind, begin, end in self._days():
            if cuts and cuts[-1][0] is kind and kind is not Stretch.UNCOUNTED:
                cuts[-1] = (kind, cuts[-1][1], end)
                continue
            cuts.append((kind, begin, end))
        yield from cuts

    def _days(self) -> Iterator[tuple[Stretch, float, float]]:
        if self.case.due == self.case.received == self.last:
            yield Stretch.PAST, MARGIN, self.now
            yield Stretch.FUTURE, self.now, self.line
            return
        days = [self.case.received + timedelta(n) for n in range((self.last - self.case.received).days + 1)]
        for day, after in pairwise(days):
            yield self._kind(day, after), self._edge(day), self._edge(after)

    def _edge(self, day: date) -> float:
        if day == self.case.received:
            return MARGIN
        return self.now if day == self.case.now else self.x(day)

    def _kind(self, day: date, after: date) -> Stretch:
        if self.case.pauses_on(day):
            return Stretch.PAUSE
        if day >= self.case.due:
            return Stretch.OVER if day < self.case.now else Stretch.FUTURE
        if self.is_fine and not (self.case.counted(day) and self.case.counted(after)):
            return Stretch.UNCOUNTED
        return Stretch.PAST if day < self.case.now else Stretch.FUTURE

    def days_with_dots(self) -> Iterator[date]:
        """Give the counted days between the ends that get a dot, where there is room for them."""
        for number in range(1, self.promised if self.is_fine else 0):
            day = self.case.received + timedelta(number)
            if day != self.case.now and self.case.counted(day) and not self.case.pauses_on(day):
                yield day
