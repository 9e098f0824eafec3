"""One version of a pledge seen closely: how long the cases took, and how the law's limit stands to that."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from pledges.calendar import Calendar
from pledges.clock import Limit, Unit
from pledges.fulfilment import FEWEST_SHOWN, middle, percentile
from pledges.local_time import end_of_day
from pledges.open_time import as_number
from portal.pledgebook.figures.by_month import Month
from portal.pledgebook.figures.counting import Alike
from portal.pledgebook.figures.outcomes import counted
from portal.pledgebook.models import PledgeVersion, TallyState
from portal.pledgebook.promises import promise_of

NINE_OF_TEN: Final = 90
HOUR: Final = timedelta(hours=1)
# Units that count the same days, so that one can be drawn on the axis of another.
CALENDAR_DAYS: Final = frozenset({Unit.CALENDAR_DAYS, Unit.WEEKS, Unit.MONTHS})


@dataclass(frozen=True)
class Lengths:
    """How many cases took, or have so far taken, each number of the limit's units."""

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
        """The units within which half of the ended cases were done; None when fewer than five have ended."""
        return middle(self.ended) if sum(self.ended.values()) >= FEWEST_SHOWN else None

    @property
    def nine_of_ten(self) -> int | None:
        """The units within which nine of ten ended cases were done; None when fewer than five have ended."""
        return percentile(self.ended, NINE_OF_TEN) if sum(self.ended.values()) >= FEWEST_SHOWN else None

    @property
    def longest_broken(self) -> int:
        """The most units that an ended case over the limit took; 0 when there is none."""
        return max(self.broken, default=0)


@dataclass(frozen=True)
class LegalLimit:
    """The law's own limit, in its own unit; `days` is how far it stands on the promise's axis, None off it.

    A month has no one length, so a limit in months is only `about` so many days: it is drawn, and nothing is counted
    against it.
    """

    amount: int
    unit: str
    days: int | None
    about: bool = False


@dataclass(frozen=True)
class Detail:
    """Everything that is drawn about one version; `over_law` is None when nothing can be counted against the law."""

    limit: Limit
    lengths: Lengths
    months: tuple[Month, ...]
    law: LegalLimit | None
    over_law: int | None = None


def detail_of(
    version: PledgeVersion,
    clocks: Iterable[Alike],
    months: tuple[Month, ...],
    calendar: Calendar,
    today: date,
    *,
    law: Mapping[str, Any],
) -> Detail | None:
    """Give what is drawn about a version; None when it promises no time. `law` is as `law_read` reads it today."""
    limit = promise_of(version).limit
    if limit is None:
        return None
    lengths = lengths_of(clocks, limit, calendar, today)
    legal = legal_limit(law, limit)
    return Detail(limit, lengths, months, legal, _over(lengths, legal))


def _over(lengths: Lengths, law: LegalLimit | None) -> int | None:
    if law is None or law.days is None or law.about:
        return None
    return sum(number for days, number in lengths.ended.items() if days > law.days)


def lengths_of(clocks: Iterable[Alike], limit: Limit, calendar: Calendar, today: date) -> Lengths:
    """Sort the cases by how they stand and by the units they took, or have taken so far."""
    kept, broken, late, running = Counter[int](), Counter[int](), Counter[int](), Counter[int]()
    for each in clocks:
        if each.state is TallyState.KEPT:
            kept[each.length] += each.count
        elif each.state is TallyState.BROKEN:
            broken[each.length] += each.count
        elif counted(each.state, overdue=each.due < today, number=1).late_now:
            late[max(_used(each, limit, calendar, today), limit.total + 1)] += each.count
        else:
            running[min(_used(each, limit, calendar, today), limit.total)] += each.count
    return Lengths(kept, broken, late, running)


def _used(clocks: Alike, limit: Limit, calendar: Calendar, today: date) -> int:
    """Give the units open cases have used: pauses have moved the promised day, so they are not counted twice.

    A tally knows days and no hours. Hours are therefore those of the whole days until this one began, and never more
    than the case can have used.
    """
    if limit.unit.in_hours:
        over = _hours(clocks.due, today, limit.unit, calendar)
        return limit.total + over if today > clocks.due else _hours(clocks.day, today, limit.unit, calendar)
    left = _days(today, clocks.due, limit.unit, calendar)
    over = _days(clocks.due, today, limit.unit, calendar)
    return max(0, limit.total - left) + over


def _days(after: date, until: date, unit: Unit, calendar: Calendar) -> int:
    if unit.in_working_days:
        return calendar.working_days_between(after, until)
    return max(0, (until - after).days)


def _hours(after: date, until: date, unit: Unit, calendar: Calendar) -> int:
    """Give the whole hours between the end of one day and the beginning of another."""
    begins, ends = end_of_day(after), end_of_day(until - timedelta(days=1))
    if ends <= begins:
        return 0
    if unit is Unit.CLOCK_HOURS:
        return (ends - begins) // HOUR
    passed = calendar.open_time.passed(as_number(ends)) - calendar.open_time.passed(as_number(begins))
    return timedelta(microseconds=passed) // HOUR


def legal_limit(law: Mapping[str, Any], limit: Limit) -> LegalLimit | None:
    """Give the law's limit, if it has one that somebody has verified against the law itself."""
    if not law.get("verified") or "amount" not in law:
        return None
    legal = Limit(law["amount"], Unit(law["unit"]))
    same = legal.unit is limit.unit or {legal.unit, limit.unit} <= CALENDAR_DAYS
    about = same and legal.unit is not limit.unit and Unit.MONTHS in (legal.unit, limit.unit)
    return LegalLimit(legal.amount, legal.unit, legal.total if same else None, about)
