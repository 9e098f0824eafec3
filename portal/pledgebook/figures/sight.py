"""One version of a pledge seen closely: its outcome, and what must be said beside it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pledges.calendar import Calendar
from pledges.fulfilment import Count, Figure, figure, percent, without_pauses
from pledges.law import LegalClock
from pledges.pause import Pausing
from portal.pledgebook.contest import Contested
from portal.pledgebook.figures.by_month import Month, months_of, reported_months
from portal.pledgebook.figures.counting import Alike
from portal.pledgebook.figures.detail import Detail, detail_of
from portal.pledgebook.figures.outcomes import Outcome, Period, counted, outcome_of, total
from portal.pledgebook.figures.reported import Reported
from portal.pledgebook.law_read import law_today
from portal.pledgebook.models import Pledge, PledgeScope, PledgeVersion, TallyState, TargetUnit
from portal.pledgebook.promises import promise_of
from portal.pledgebook.scopes import day_of, scopes_on

OPEN = frozenset({TallyState.RUNNING, TallyState.PAUSED, TallyState.LATE})


@dataclass(frozen=True)
class Paused:
    """What pauses meant: how many of the outcomes had one, and the figure as it would be without any."""

    number: int
    outcomes: int
    without: Figure

    @property
    def share(self) -> Decimal:
        """How many of the outcomes had a pause, in percent with one decimal."""
        return percent(Fraction(self.number, self.outcomes))

    @property
    def share_without(self) -> Decimal | None:
        """How often the promise would have been kept without pauses, in percent with one decimal."""
        return None if self.without.share is None else percent(self.without.share)


@dataclass(frozen=True)
class Sight:
    """One version of a pledge seen closely, beside the law as the register reads it today.

    `paused` and `contested` are None when no figure may be shown. `scopes` are where it holds, the main place first.
    """

    outcome: Outcome
    detail: Detail | None
    months: tuple[Month, ...]
    paused: Paused | None
    contested: Contested | None
    law: Mapping[str, Any]
    scopes: tuple[PledgeScope, ...]


@dataclass(frozen=True)
class Tallied:
    """What has been counted of a pledge: what is open, what ended by month, and what ended by length.

    Open clocks and months are those of all versions, lengths those of one version in one period.
    """

    open: Sequence[Alike]
    months: Sequence[Alike]
    lengths: Sequence[Alike]

    def of_version(self, version_id: int, period: Period) -> list[Alike]:
        """Give what is open under a version, and what of its months is in a period."""
        own = (*self.open, *(month for month in self.months if period.holds(month.day)))
        return [clocks for clocks in own if clocks.version_id == version_id]


def decided_months(months: Iterable[Alike], version_id: int) -> list[date]:
    """Give the months in which cases under a version were decided."""
    ends = (TallyState.KEPT, TallyState.BROKEN)
    return [month.day for month in months if month.version_id == version_id and month.state in ends]


def sight_from(
    pledge: Pledge,
    version: PledgeVersion,
    found: Tallied,
    period: Period,
    calendar: Calendar,
    today: date,
    *,
    register: Sequence[LegalClock],
    reported: Reported | None = None,
) -> Sight:
    """Give a version seen closely over a period, from what has been counted or reported of it, and the legal clocks."""
    own = found.of_version(version.id, period)
    count = count_of(own, today)
    scopes, law = scopes_on(pledge, day_of(version, today)), law_today(version, register, today)
    outcome = outcome_of(
        pledge, version, count, period, has_scope=bool(scopes), today=today, reported=reported
    )
    if reported is not None:
        is_share = version.target_unit is TargetUnit.PERCENT
        told = reported_months(version, reported.months) if is_share else ()
        return Sight(outcome, None, told, None, None, law, scopes)
    months = months_of(version, (*found.open, *found.months), period, today)
    standing = [clocks for clocks in own if clocks.state in OPEN]
    detail = detail_of(version, (*standing, *found.lengths), months, calendar, today, law=law)
    shown = outcome.share is not None
    paused = _paused(version, own, count, today) if shown else None
    contested = _contested(own, count) if shown else None
    return Sight(outcome, detail, months, paused, contested, law, scopes)


def count_of(clocks: Iterable[Alike], today: date) -> Count:
    """Give clocks as one count."""
    return total(counted(each.state, overdue=each.due < today, number=each.count) for each in clocks)


def _paused(version: PledgeVersion, clocks: Sequence[Alike], count: Count, today: date) -> Paused | None:
    """Give what pauses meant; None when no outcome had one."""
    outcomes = [each for each in clocks if _is_outcome(each, today)]
    number = sum(each.count for each in outcomes if each.pausing is not Pausing.NONE)
    decisive = sum(
        each.count for each in outcomes if each.state is TallyState.KEPT and each.pausing is Pausing.DECISIVE
    )
    if not number:
        return None
    return Paused(number, count.outcomes, figure(without_pauses(count, decisive), promise_of(version).target))


def _is_outcome(clocks: Alike, today: date) -> bool:
    return bool(counted(clocks.state, overdue=clocks.due < today, number=1).outcomes)


def _contested(clocks: Iterable[Alike], count: Count) -> Contested:
    number = sum(each.count for each in clocks if each.state is TallyState.CONTESTED)
    return Contested(number, count.outcomes)
