"""Figures that no case shows: reported by somebody or read in, with their source and who vouches for them.

Rows are only added; the latest of a month holds, and the ones before show what was corrected.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from pledges.fulfilment import Count
from pledges.pledge import Source
from portal.pledgebook.models import PledgeVersion, ReportedFigure, TargetUnit

ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True)
class ReportedMonth:
    """What holds for one month: `kept` of `outcomes`, or a `value` (then `outcomes` is how many it was taken from)."""

    version_id: int
    month: date
    kept: int | None
    outcomes: int | None
    value: Decimal | None
    source: str
    vouched_by: str
    note: str
    recorded_at: datetime
    corrected: bool

    @property
    def count(self) -> Count:
        """The month as a count; nothing when it is a value."""
        if self.kept is None or self.outcomes is None:
            return Count()
        return Count(kept=self.kept, broken=self.outcomes - self.kept)


@dataclass(frozen=True)
class Reported:
    """What has been reported of one version over a period, oldest month first; at least one month."""

    months: tuple[ReportedMonth, ...]

    @property
    def count(self) -> Count:
        """All months together, for a percentage."""
        return sum((month.count for month in self.months), Count())

    @property
    def value(self) -> Decimal | None:
        """The mean of the months' values with one decimal, cut; each weighs as many answers as it was taken from."""
        return mean(self.months)

    @property
    def latest(self) -> ReportedMonth:
        """The last month, which names the source and who vouches now."""
        return self.months[-1]


def reported_of(db: Session, version_ids: Iterable[int], first: date, last: date) -> Mapping[int, Reported]:
    """Give what holds for the months from `first` to `last`, both included, by version. One statement.

    A version of which nothing was reported is not there.
    """
    found: defaultdict[int, list[ReportedMonth]] = defaultdict(list)
    for row, number in db.execute(_current(version_ids, first, last)):
        found[row.version_id].append(_month(row, corrected=number > 1))
    return {version_id: Reported(tuple(months)) for version_id, months in found.items()}


def _current(version_ids: Iterable[int], first: date, last: date) -> Select[ReportedFigure, int]:
    latest = (
        select(func.max(ReportedFigure.id).label("id"), func.count().label("number"))
        .where(ReportedFigure.version_id.in_(list(version_ids)), ReportedFigure.month.between(first, last))
        .group_by(ReportedFigure.version_id, ReportedFigure.month)
        .subquery()
    )
    return (
        select(ReportedFigure, latest.c.number)
        .join(latest, latest.c.id == ReportedFigure.id)
        .order_by(ReportedFigure.month)
    )


def _month(row: ReportedFigure, *, corrected: bool) -> ReportedMonth:
    return ReportedMonth(
        version_id=row.version_id,
        month=row.month,
        kept=row.kept,
        outcomes=row.outcomes,
        value=row.value,
        source=row.source,
        vouched_by=row.vouched_by,
        note=row.note,
        recorded_at=row.recorded_at,
        corrected=corrected,
    )


def is_reported(version: PledgeVersion) -> bool:
    """Tell whether a version's figures are reported, by somebody or by the portal, and not counted from cases."""
    return version.source is not Source.CASES


def is_share(version: PledgeVersion) -> bool:
    """Tell whether a version's target is a percentage, so that its figures are kept of outcomes."""
    return version.target_unit is TargetUnit.PERCENT


def mean(months: Sequence[ReportedMonth]) -> Decimal | None:
    """Give the mean of the values, weighed by answers when every month tells how many; one decimal, cut."""
    valued = [(month.value, month.outcomes) for month in months if month.value is not None]
    if not valued:
        return None
    weighed = all(number for _, number in valued)
    parts = [(value, number if weighed and number else 1) for value, number in valued]
    total = sum((value * number for value, number in parts), Decimal())
    return (total / sum(number for _, number in parts)).quantize(ONE_DECIMAL, ROUND_FLOOR)
