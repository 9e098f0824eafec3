"""The periods that figures are published for: months, quarters, years, and ninety days on end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.pledgebook.figures.outcomes import month_after, month_of

ROLLING_DAYS = 90


class PeriodKind(StrEnum):
    """How long the periods of a series are."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ROLLING90 = "rolling90"


MONTHS_IN = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.YEAR: 12}


@dataclass(frozen=True, order=True)
class Stretch:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Tell whether a day is one of them."""
        return self.first <= day <= self.last


def stretches(kind: PeriodKind, first: date, last: date, today: date) -> tuple[Stretch, ...]:
    """Give the periods that hold a day between `first` and `last`, both included, oldest first.

    Months, quarters and years are whole, the one of today too. Ninety days end with each month, or with today in
    this one. None begins after today.
    """
    upto = min(last, today)
    if kind is PeriodKind.ROLLING90:
        return tuple(_rolling(first, upto, today))
    return tuple(_whole(MONTHS_IN[kind], first, upto))


def last_day_of(month: date) -> date:
    """Give the last day of a month named by its first."""
    return month_after(month, 1) - timedelta(days=1)


def _whole(months: int, first: date, last: date) -> Iterator[Stretch]:
    begins = first.replace(month=(first.month - 1) // months * months + 1, day=1)
    while begins <= last:
        after = month_after(begins, months)
        yield Stretch(begins, after - timedelta(days=1))
        begins = after


def _rolling(first: date, last: date, today: date) -> Iterator[Stretch]:
    month = month_of(first)
    while month <= last:
        ends = min(last_day_of(month), today)
        yield Stretch(ends - timedelta(days=ROLLING_DAYS - 1), ends)
        month = month_after(month, 1)
