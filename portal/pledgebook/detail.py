"""One version of a pledge seen closely: how long the cases took, month by month, and against the law."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pledges.calendar import Calendar
from pledges.clock import Limit, Unit
from pledges.fulfilment import FEWEST_SHOWN, Count, Figure, figure, middle, percent
from portal.pledgebook.models import PledgeVersion, Tally, TallyState
from portal.pledgebook.outcomes import Period, counted, month_of, total
from portal.pledgebook.promises import promise_of

DAYS_A_WEEK = 7
# Which of the law's units count the same days as ours, and how many of them one is.
CALENDAR_DAYS: Mapping[str, int] = {"calendar_days": 1, "weeks": DAYS_A_WEEK}


@dataclass(frozen=True)
class Lengths:
    """How many cases took, or have so far taken, each number of counted days."""

    kept: Mapping[int, int]
    broken: Mapping[int, int]
    late: Mapping[int, int]
    running: Mapping[int, int]

    @property
    def ended(self) -> Mapping[int, int]:
        """The cases that have ended, in time or not."""
        return Counter(self.kept) + Counter(self.broken)

    @property
    def median(self) -> int | None:
        """The days within which half of the ended cases were done; None when fewer than five have ended."""
        return middle(self.ended) if sum(self.ended.values()) >= FEWEST_SHOWN else None

    @property
    def longest(self) -> int:
        """The most days any case took, or has taken so far."""
        return max((*self.kept, *self.broken, *self.late, *self.running), default=0)

    @property
    def longest_broken(self) -> int:
        """The most days that an ended case over the limit took; 0 when there is none."""
        return max(self.broken, default=0)


@dataclass(frozen=True)
class Month:
    """What was decided in a month: promises kept, and not kept (late now included)."""

    month: date
    count: Count
    figure: Figure

    @property
    def outcomes(self) -> int | None:
        """How many cases were decided; None when they are too few to be shown."""
        return self.figure.outcomes

    @property
    def share(self) -> Decimal | None:
        """How often the promise was kept, in percent with one decimal; None when it must not be shown."""
        return None if self.figure.share is None else percent(self.figure.share)


@dataclass(frozen=True)
class LegalLimit:
    """The law's own limit, in its own unit and (when it counts the same days as the promise) in days."""

    amount: int
    unit: str
    days: int | None


@dataclass(frozen=True)
class Detail:
    """Everything that is drawn about one version."""

    limit: Limit
    lengths: Lengths
    months: tuple[Month, ...]
    law: LegalLimit | None
    over_law: int = field(default=0)


def detail_of(
    version: PledgeVersion, tallies: Sequence[Tally], period: Period, calendar: Calendar, today: date
) -> Detail | None:
    """Give what is drawn about a version; None when it promises no time."""
    limit = promise_of(version).limit
    if limit is None:
        return None
    lengths = lengths_of(tallies, limit, calendar, today)
    law = legal_limit(version.law, limit)
    over = sum(number for days, number in lengths.ended.items() if law and law.days and days > law.days)
    return Detail(
        limit=limit,
        lengths=lengths,
        months=tuple(months_of(version, tallies, period, today)),
        law=law,
        over_law=over,
    )


def lengths_of(tallies: Iterable[Tally], limit: Limit, calendar: Calendar, today: date) -> Lengths:
    """Sort the cases by how they stand and by counted days, working days or calendar days as the limit counts."""
    kept, broken, late, running = Counter[int](), Counter[int](), Counter[int](), Counter[int]()
    for tally in tallies:
        if tally.state is TallyState.KEPT:
            kept[tally.length] += tally.count
        elif tally.state is TallyState.BROKEN:
            broken[tally.length] += tally.count
        elif counted(tally.state, tally.due < today, 1).late_now:
            late[_used(tally, limit, calendar, today)] += tally.count
        else:
            running[min(_used(tally, limit, calendar, today), limit.total)] += tally.count
    return Lengths(kept, broken, late, running)


def _used(tally: Tally, limit: Limit, calendar: Calendar, today: date) -> int:
    """Give the days an open case has used: pauses have moved its promised day, so they are not counted twice."""
    left = _days(today, tally.due, limit.unit, calendar)
    over = _days(tally.due, today, limit.unit, calendar)
    return max(0, limit.total - left) + over


def _days(after: date, until: date, unit: Unit, calendar: Calendar) -> int:
    if unit is Unit.WORKING_DAYS:
        return calendar.working_days_between(after, until)
    return max(0, (until - after).days)


def months_of(
    version: PledgeVersion, tallies: Sequence[Tally], period: Period, today: date
) -> Iterable[Month]:
    """Give each month of the period with what was decided in it.

    A case that is late now was decided the day after its promised day, as it will be when it ends.
    """
    target = promise_of(version).target
    by_month: dict[date, Count] = {month: Count() for month in period.months()}
    for tally in tallies:
        month = _decided_in(tally, today)
        if month in by_month:
            by_month[month] += counted(tally.state, tally.due < today, tally.count)
    for month, count in by_month.items():
        yield Month(month, count, figure(count, target))


def _decided_in(tally: Tally, today: date) -> date | None:
    if tally.state in (TallyState.KEPT, TallyState.BROKEN):
        return tally.day
    is_late = total([counted(tally.state, tally.due < today, 1)]).late_now
    return month_of(tally.due + timedelta(days=1)) if is_late else None


def legal_limit(law: Mapping[str, Any], limit: Limit) -> LegalLimit | None:
    """Give the law's limit, if it has one that somebody has verified against the law itself."""
    if not law.get("verified") or "amount" not in law:
        return None
    amount, unit = law["amount"], law["unit"]
    if limit.unit is Unit.WORKING_DAYS:
        return LegalLimit(amount, unit, amount if unit == Unit.WORKING_DAYS else None)
    days = CALENDAR_DAYS.get(unit)
    return LegalLimit(amount, unit, amount * days if days else None)
