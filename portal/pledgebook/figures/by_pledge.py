"""Every pledge's published figures by period, whether counted from cases or reported."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from pledges.fulfilment import FEWEST_SHOWN, Count
from portal.pledgebook.figures.outcomes import month_of
from portal.pledgebook.figures.periods import PeriodKind, Stretch, stretches
from portal.pledgebook.figures.reported import Reported, ReportedMonth, is_reported, mean, reported_of
from portal.pledgebook.figures.series import PeriodFigure, hidden, ratio, series_by_pledge
from portal.pledgebook.figures.withholding import History, history_by_month
from portal.pledgebook.models import PledgeVersion


def figures_by_pledge(
    db: Session, versions: Sequence[PledgeVersion], kind: PeriodKind, first: date, last: date, today: date
) -> Mapping[int, tuple[PeriodFigure, ...]]:
    """Give the figures of pledges, by pledge id, for the periods that hold a day from `first` to `last`.

    A pledge is taken as the latest of its versions given is: counted from cases, or reported by month. What is reported
    has no ninety days, since nobody knows its days. Three statements, four for ninety days.
    """
    counted, reported = _apart(versions)
    figures = dict(series_by_pledge(db, counted, kind, first, last, today))
    ids = [version.id for version in reported]
    found = reported_of(db, ids, date.min, month_of(today)) if ids else {}
    wanted = () if kind is PeriodKind.ROLLING90 else stretches(kind, first, last, today)
    for pledge_id, same in _by_pledge(reported).items():
        months = [month for version in same if version.id in found for month in found[version.id].months]
        figures[pledge_id] = reported_figures(months, kind, wanted)
    return figures


def _apart(versions: Sequence[PledgeVersion]) -> tuple[list[PledgeVersion], list[PledgeVersion]]:
    counted: list[PledgeVersion] = []
    reported: list[PledgeVersion] = []
    for same in _by_pledge(versions).values():
        latest = max(same, key=lambda version: version.number)
        kept = [version for version in same if is_reported(version) == is_reported(latest)]
        (reported if is_reported(latest) else counted).extend(kept)
    return counted, reported


def _by_pledge(versions: Sequence[PledgeVersion]) -> Mapping[int, list[PledgeVersion]]:
    grouped: defaultdict[int, list[PledgeVersion]] = defaultdict(list)
    for version in versions:
        grouped[version.pledge_id].append(version)
    return grouped


def reported_figures(
    months: Sequence[ReportedMonth], kind: PeriodKind, wanted: Sequence[Stretch]
) -> tuple[PeriodFigure, ...]:
    """Give what is published of reported months: nothing of fewer than five outcomes, or without a report.

    A value is shown unless it is said to be taken from fewer than five.
    """
    counts: dict[date, Count] = {}
    for month in sorted(months, key=lambda one: one.month):
        counts[month.month] = counts.get(month.month, Count()) + month.count
    history = history_by_month(counts)
    return tuple(
        _period(period, [month for month in months if period.holds(month.month)], kind, history)
        for period in wanted
    )


def _period(
    period: Stretch, months: Sequence[ReportedMonth], kind: PeriodKind, history: History
) -> PeriodFigure:
    valued = Reported(tuple(month for month in months if month.value is not None))
    if valued.months:
        return _valued(period, valued)
    count = sum((month.count for month in months), Count())
    if count.outcomes < FEWEST_SHOWN or not history.shows(kind, period):
        return hidden(period, empty=not count.outcomes)
    return PeriodFigure(
        first=period.first,
        last=period.last,
        kept=count.kept,
        broken=count.broken,
        late_now=0,
        kept_ratio=ratio(count.kept, count.outcomes),
        suppressed=False,
    )


def _valued(period: Stretch, reported: Reported) -> PeriodFigure:
    few = any(month.outcomes is not None and month.outcomes < FEWEST_SHOWN for month in reported.months)
    if few:
        return hidden(period, empty=False)
    return PeriodFigure(period.first, period.last, value=mean(reported.months), suppressed=False)
