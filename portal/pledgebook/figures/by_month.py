"""The months of one version of a pledge, and which of them may be shown. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pledges.fulfilment import Count, Figure, percent, published
from portal.pledgebook.figures.counting import Alike, Placed, placed, sums
from portal.pledgebook.figures.outcomes import Period
from portal.pledgebook.figures.periods import PeriodKind, Stretch, last_day_of, stretches
from portal.pledgebook.figures.reported import ReportedMonth
from portal.pledgebook.figures.withholding import History, history_by_month, history_of
from portal.pledgebook.models import PledgeVersion
from portal.pledgebook.promises import promise_of


@dataclass(frozen=True)
class Month:
    """What was decided in a month: promises kept, and not kept (late now included)."""

    month: date
    count: Count
    figure: Figure

    @property
    def outcomes(self) -> int | None:
        """How many cases were decided; None when they must not be shown."""
        return self.figure.outcomes

    @property
    def share(self) -> Decimal | None:
        """How often the promise was kept, in percent with one decimal; None when it must not be shown."""
        return None if self.figure.share is None else percent(self.figure.share)


def months_of(
    version: PledgeVersion, clocks: Iterable[Alike], period: Period, today: date
) -> tuple[Month, ...]:
    """Give each month of the period with what was decided in it under a version.

    `clocks` are those of all versions of the pledge: a month hidden in what can be downloaded of the whole pledge is
    hidden here too. A case that is late now counts in the month of its promised day, as it will when it ends.
    """
    standing = [placed(each, today) for each in clocks]
    history = history_of(standing, min(version.valid_from, today), today)
    own = [clock for clock in standing if clock.version_id == version.id]
    return _months(version, _counts(own, period), history)


def reported_months(version: PledgeVersion, months: Sequence[ReportedMonth]) -> tuple[Month, ...]:
    """Give the months that were reported as kept of outcomes."""
    counts = {month.month: month.count for month in months}
    return _months(version, counts, history_by_month(counts))


def _counts(clocks: Sequence[Placed], period: Period) -> dict[date, Count]:
    last = last_day_of(period.last)
    months: Sequence[Stretch] = stretches(PeriodKind.MONTH, period.first, last, last)
    found = sums(clocks, months, {clock.version_id: None for clock in clocks})
    return {month.first: counted.count for month, counted in zip(months, found, strict=True)}


def _months(version: PledgeVersion, counts: dict[date, Count], history: History) -> tuple[Month, ...]:
    told = [Count() if month in history.hidden else count for month, count in counts.items()]
    figures = published(told, promise_of(version).target)
    return tuple(
        Month(month, count, shown) for (month, count), shown in zip(counts.items(), figures, strict=True)
    )
