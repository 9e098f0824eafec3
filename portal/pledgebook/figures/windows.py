"""Which ninety days on end may be shown beside the months, quarters and years, so that no few can be worked out. Pure.

A period that is shown tells how many outcomes lie between two boundaries. Two of them that share a boundary tell what
lies between the others too, so what can be worked out is every stretch whose two ends hang together through periods that
are shown. Windows are taken oldest first, over the whole history, and one that would tell of one to four outcomes anywhere
is left out.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from pledges.fulfilment import FEWEST_SHOWN
from portal.pledgebook.figures.counting import Placed
from portal.pledgebook.figures.outcomes import MONTHS_SHOWN, month_after, month_of
from portal.pledgebook.figures.periods import PeriodKind, Stretch, stretches
from portal.pledgebook.figures.withholding import History

WHOLE = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)


def windows_of(history: History, today: date) -> tuple[Stretch, ...]:
    """Give every ninety days there is a figure for, from the first month of the history to today; oldest first."""
    return stretches(PeriodKind.ROLLING90, min(history.outcomes, default=today), today, today)


def windows_shown(
    history: History,
    windows: Sequence[Stretch],
    may: Iterable[Stretch],
    clocks: Iterable[Placed],
    today: date,
) -> frozenset[Stretch]:
    """Give those of the `windows` that may be shown: of `may`, the ones that let no one to four outcomes be worked out.

    `clocks` are placed by the day and reach over the whole history, as the windows do: what is shown must not depend on
    what was asked for.
    """
    allowed = frozenset(may)
    told = (*_told(history, today), *windows)
    known = _Known.over(told, clocks, today)
    for period in told:
        if period not in windows or not known.outcomes(period):
            known.join(period)
    return frozenset(window for window in windows if window in allowed and known.learn(window))


def _told(history: History, today: date) -> Iterator[Stretch]:
    """Give the months, quarters and years that tell a number (none at all is one) and the latest months together."""
    first = min(history.outcomes, default=today)
    for kind in WHOLE:
        for period in stretches(kind, first, today, today):
            total = sum(number for month, number in history.outcomes.items() if period.holds(month))
            if not total or (total >= FEWEST_SHOWN and history.shows(kind, period)):
                yield period
    yield Stretch(month_after(month_of(today), 1 - MONTHS_SHOWN), today)


@dataclass
class _Known:
    """What can be worked out. `before` gives the outcomes before each boundary, by day number and in order.

    Boundaries of one `group` hang together: what lies between two of them is known.
    """

    before: Mapping[int, int]
    group: dict[int, int]
    today: date

    @classmethod
    def over(cls, periods: Iterable[Stretch], clocks: Iterable[Placed], today: date) -> "_Known":
        ended = sorted((clock.on.toordinal(), clock.count) for clock in clocks if clock.is_outcome)
        days = [day for day, _ in ended]
        sums = [0, *accumulate(count for _, count in ended)]
        bounds = sorted({bound for period in periods for bound in _bounds(period, today)})
        before = {bound: sums[bisect_left(days, bound)] for bound in bounds}
        return cls(before, {bound: bound for bound in bounds}, today)

    def outcomes(self, period: Stretch) -> int:
        """Give how many outcomes a period holds."""
        first, after = _bounds(period, self.today)
        return self.before[after] - self.before[first]

    def join(self, period: Stretch) -> None:
        """Take in that a period is shown."""
        self.group = self._joined(period)

    def learn(self, period: Stretch) -> bool:
        """Take in that a period is shown, and tell so, unless it would tell of one to four outcomes."""
        first, after = _bounds(period, self.today)
        if self.group[first] != self.group[after]:
            joined = self._joined(period)
            if any(self._tells(joined, place) for place in range(len(joined))):
                return False
            self.group = joined
        return True

    def _joined(self, period: Stretch) -> dict[int, int]:
        first, after = (self.group[bound] for bound in _bounds(period, self.today))
        return {bound: first if group == after else group for bound, group in self.group.items()}

    def _tells(self, group: Mapping[int, int], place: int) -> bool:
        """Tell whether a known stretch from a boundary holds few, also when what is known inside it is taken away."""
        bounds = list(group)
        start, few = bounds[place], {0}
        by_group: dict[int, set[int]] = {}
        for last, bound in zip(bounds[place:], bounds[place + 1 :], strict=False):
            more = self.before[bound] - self.before[last]
            few = {number + more for number in few if number + more < FEWEST_SHOWN}
            if group[bound] != group[start]:
                few |= by_group.get(group[bound], set())
                by_group[group[bound]] = few
            elif any(few):
                return True
            if not few and not any(by_group.values()):
                return False
        return False


def _bounds(period: Stretch, today: date) -> tuple[int, int]:
    """Give the first day and the day after the last as numbers; nothing has ended after today."""
    return period.first.toordinal(), min(period.last, today).toordinal() + 1
