"""The one way from tallies to published figures by period.

What may be shown is decided over the whole of a pledge's history and never over what was asked for: otherwise two
questions could be subtracted from each other. See docs/data.md for every rule.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from pledges.fulfilment import FEWEST_SHOWN, middle, percent, percentile, without_pauses
from pledges.limit import Unit
from portal.pledgebook.figures.counting import Alike, Placed, Sum, placed, sums
from portal.pledgebook.figures.periods import PeriodKind, Stretch, stretches
from portal.pledgebook.figures.windows import windows_of, windows_shown
from portal.pledgebook.figures.withholding import History, history_of
from portal.pledgebook.models import Grain, PledgeVersion, Tally

NINE_OF_TEN = 90


@dataclass(frozen=True)
class PeriodFigure:
    """What is published of one period; both days are in it. Every number is None when it is `suppressed`.

    `running` are those that began in the period and still run. `kept_ratio`, `paused_share` and `ratio_without_pauses`
    are parts of one with three decimals, cut and never rounded up. `median` and `p90` are in the promise's own unit.
    `value` is for a reported promise whose target is no percentage, such as an index. Suppressed and `empty`, there was
    nothing to show: no outcome, or no report.
    """

    first: date
    last: date
    started: int | None = None
    kept: int | None = None
    broken: int | None = None
    running: int | None = None
    late_now: int | None = None
    excused: int | None = None
    contested: int | None = None
    kept_ratio: Decimal | None = None
    median: int | None = None
    p90: int | None = None
    paused_share: Decimal | None = None
    kept_without_pauses: int | None = None
    ratio_without_pauses: Decimal | None = None
    value: Decimal | None = None
    suppressed: bool = True
    empty: bool = False

    @property
    def outcomes(self) -> int | None:
        """The denominator: kept, broken and late now together."""
        if self.kept is None or self.broken is None or self.late_now is None:
            return None
        return self.kept + self.broken + self.late_now

    @property
    def percent(self) -> Decimal | None:
        """How often the promise was kept, in percent with one decimal."""
        return None if self.kept_ratio is None else self.kept_ratio * 100


def series(
    db: Session, versions: Sequence[PledgeVersion], kind: PeriodKind, first: date, last: date, today: date
) -> tuple[PeriodFigure, ...]:
    """Give the figures of versions of one pledge together, each case under its own, for the periods asked for.

    The periods are those that hold a day from `first` to `last`, both included, and have begun; oldest first. A period
    without any case is there as well. Two statements, three for ninety days.
    """
    return next(iter(series_by_pledge(db, versions, kind, first, last, today).values()), ())


def series_by_pledge(
    db: Session, versions: Sequence[PledgeVersion], kind: PeriodKind, first: date, last: date, today: date
) -> Mapping[int, tuple[PeriodFigure, ...]]:
    """Give the figures of many pledges by pledge id, as `series` does, in as few statements."""
    if not versions:
        return {}
    tallies = _Tallies.read(db, [version.id for version in versions], kind, today)
    grouped: defaultdict[int, list[PledgeVersion]] = defaultdict(list)
    for version in versions:
        grouped[version.pledge_id].append(version)
    wanted = stretches(kind, first, last, today)
    return {
        pledge_id: _figures(tallies.of(same), same, kind, wanted, today)
        for pledge_id, same in grouped.items()
    }


@dataclass(frozen=True)
class _Tallies:
    """What the series are made of: what has ended by month, what is open, and (for ninety days) what ended by day."""

    months: tuple[Placed, ...]
    days: tuple[Placed, ...]
    open: tuple[Placed, ...]

    @classmethod
    def read(cls, db: Session, ids: Sequence[int], kind: PeriodKind, today: date) -> "_Tallies":
        days: Iterable[Alike] = ()
        if kind is PeriodKind.ROLLING90:
            days = _alike(db, _ended(Grain.DAY, ids))
        return cls(
            months=tuple(placed(each, today) for each in _alike(db, _ended(Grain.MONTH, ids))),
            days=tuple(placed(each, today) for each in days),
            open=tuple(placed(each, today) for each in _alike(db, _open(ids))),
        )

    def of(self, versions: Sequence[PledgeVersion]) -> "_Tallies":
        """Give those of some versions."""
        ids = {version.id for version in versions}
        kept = (tuple(p for p in part if p.version_id in ids) for part in (self.months, self.days, self.open))
        return _Tallies(*kept)


def _ended(grain: Grain, ids: Sequence[int]) -> Select[*tuple[object, ...]]:
    columns = (Tally.version_id, Tally.state, Tally.pausing, Tally.day, Tally.length)
    return (
        select(*columns, func.sum(Tally.count).label("number"), Tally.day.label("due"))
        .where(Tally.grain == grain, Tally.version_id.in_(ids), Tally.count != 0)
        .group_by(*columns)
    )


def _open(ids: Sequence[int]) -> Select[*tuple[object, ...]]:
    columns = (Tally.version_id, Tally.state, Tally.pausing, Tally.day, Tally.due)
    return (
        select(*columns, func.sum(Tally.count).label("number"), func.min(Tally.length).label("length"))
        .where(Tally.grain == Grain.OPEN, Tally.version_id.in_(ids), Tally.count != 0)
        .group_by(*columns)
    )


def _alike(db: Session, statement: Select[*tuple[object, ...]]) -> Iterator[Alike]:
    for row in db.execute(statement):
        yield _row(row)


def _row(row: Row[*tuple[object, ...]]) -> Alike:
    return Alike(
        version_id=row.version_id,
        state=row.state,
        pausing=row.pausing,
        day=row.day,
        due=row.due,
        length=row.length,
        count=int(row.number),
    )


def _figures(
    tallies: _Tallies,
    versions: Sequence[PledgeVersion],
    kind: PeriodKind,
    wanted: Sequence[Stretch],
    today: date,
) -> tuple[PeriodFigure, ...]:
    units = {version.id: version.unit for version in versions}
    began = min(version.valid_from for version in versions)
    history = history_of((*tallies.months, *tallies.open), began, today)
    if kind is PeriodKind.ROLLING90:
        clocks = (*tallies.days, *tallies.open)
        shown = _windows(history, clocks, units, today)
    else:
        clocks = (*tallies.months, *tallies.open)
        shown = frozenset(period for period in wanted if history.shows(kind, period))
    return tuple(
        figure_of(period, counted)
        if period in shown and _may_show(counted)
        else hidden(period, empty=not counted.count.outcomes)
        for period, counted in zip(wanted, sums(clocks, wanted, units), strict=True)
    )


def _windows(
    history: History, clocks: Sequence[Placed], units: Mapping[int, Unit | None], today: date
) -> frozenset[Stretch]:
    windows = windows_of(history, today)
    counted = zip(windows, sums(clocks, windows, units), strict=True)
    return windows_shown(
        history, windows, [each for each, found in counted if _may_show(found)], clocks, today
    )


def _may_show(counted: Sum) -> bool:
    return counted.count.outcomes >= FEWEST_SHOWN and not counted.mixed


def hidden(period: Stretch, *, empty: bool) -> PeriodFigure:
    """Give a period of which nothing may be shown, or (when `empty`) of which there is nothing."""
    return PeriodFigure(period.first, period.last, empty=empty)


def figure_of(period: Stretch, counted: Sum) -> PeriodFigure:
    """Give what is published of a period that may be shown."""
    count, outcomes = counted.count, counted.count.outcomes
    unpaused = without_pauses(count, counted.decisive).kept
    enough = sum(counted.lengths.values()) >= FEWEST_SHOWN
    return PeriodFigure(
        first=period.first,
        last=period.last,
        started=counted.started,
        kept=count.kept,
        broken=count.broken,
        running=count.running,
        late_now=count.late_now,
        excused=count.excused,
        contested=counted.contested,
        kept_ratio=ratio(count.kept, outcomes),
        median=middle(counted.lengths) if enough else None,
        p90=percentile(counted.lengths, NINE_OF_TEN) if enough else None,
        paused_share=ratio(counted.paused, outcomes),
        kept_without_pauses=unpaused,
        ratio_without_pauses=ratio(unpaused, outcomes),
        suppressed=False,
    )


def ratio(part: int, whole: int) -> Decimal | None:
    """Give a part of one with three decimals, cut and never rounded up; None of nothing."""
    return percent(Fraction(part, whole)).scaleb(-2) if whole else None
