"""Which periods may be shown, so that none that is hidden can be worked out from those around it. Pure.

Months are decided first, over the whole history. A quarter or a year is their sum: it is hidden as well when what is
hidden inside it could be found by subtracting what is shown. Ninety days on end are decided after that, in windows.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from pledges.fulfilment import FEWEST_SHOWN, Count, published
from pledges.pledge import Target
from portal.pledgebook.figures.counting import Placed, sums
from portal.pledgebook.figures.outcomes import MONTHS_SHOWN
from portal.pledgebook.figures.periods import PeriodKind, Stretch, stretches

# What is hidden depends on how many outcomes there are, never on how good they are.
_ANY: Final = Target(Decimal(100))


@dataclass(frozen=True)
class History:
    """Every month of a pledge by its first day, with its outcomes, and those that are hidden."""

    outcomes: Mapping[date, int]
    hidden: frozenset[date]

    def shows(self, kind: PeriodKind, period: Stretch) -> bool:
        """Tell whether a month, a quarter or a year may be shown as far as the months tell."""
        if kind is PeriodKind.MONTH:
            return period.first not in self.hidden
        inside = self._hidden_in(period)
        if kind is PeriodKind.YEAR:
            # What is hidden in a quarter that is shown is known as a sum, so it hides nothing here.
            inside = [month for month in inside if not self._in_shown_quarter(month)]
        return not could_be_found([self.outcomes[month] for month in inside])

    def _hidden_in(self, period: Stretch) -> list[date]:
        return [month for month in sorted(self.hidden) if period.holds(month)]

    def _in_shown_quarter(self, month: date) -> bool:
        (quarter,) = stretches(PeriodKind.QUARTER, month, month, month)
        total = sum(number for each, number in self.outcomes.items() if quarter.holds(each))
        return total >= FEWEST_SHOWN and self.shows(PeriodKind.QUARTER, quarter)


def history_of(clocks: Sequence[Placed], began: date, today: date) -> History:
    """Give the months of a pledge from its first outcome, or the day it `began`, to today."""
    first = min((began, *(clock.on for clock in clocks if clock.is_outcome)))
    months = stretches(PeriodKind.MONTH, first, today, today)
    counted = sums(clocks, months, {clock.version_id: None for clock in clocks})
    mixed = {month.first for month, found in zip(months, counted, strict=True) if found.mixed}
    return history_by_month(
        {month.first: found.count for month, found in zip(months, counted, strict=True)}, mixed
    )


def history_by_month(counts: Mapping[date, Count], mixed: Iterable[date] = ()) -> History:
    """Give the history of months in order; those `mixed` are hidden for what they would tell of a version."""
    unshown = frozenset(mixed)
    months = tuple(counts)
    told = [Count() if month in unshown else counts[month] for month in months]
    hidden = set(unshown)
    # The latest twelve months stand as a total on the pledge's own page, and all months do in a download.
    for first in {0, max(0, len(months) - MONTHS_SHOWN)}:
        figures = zip(months[first:], published(told[first:], _ANY), strict=True)
        hidden.update(month for month, figure in figures if figure.outcomes is None)
    return History({month: count.outcomes for month, count in counts.items()}, frozenset(hidden))


def could_be_found(hidden: Sequence[int]) -> bool:
    """Tell whether outcomes that are hidden, given by month, would show when their sum is known."""
    return 0 < sum(hidden) < FEWEST_SHOWN or sum(1 for number in hidden if number) == 1
