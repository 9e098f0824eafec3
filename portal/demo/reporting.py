"""The figures that the demo's verksamheter have reported, month after month, judged as a row of a file is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import Staff
from portal.clock import STOCKHOLM, local_day
from portal.errors import ContentError
from portal.pledgebook.figures.outcomes import month_after, month_of
from portal.pledgebook.figures.reported import is_share
from portal.pledgebook.models import Pledge
from portal.statistics.actions import record
from portal.statistics.judging import Column, Figure, judge
from portal.statistics.queries import reported_pledges

MONTHS = 12
# A month is reported when it has been over for some days, and a mistake is found some weeks later.
REPORTED_AFTER, CORRECTED_AFTER = timedelta(days=4), timedelta(days=23)
AT = time(9, 15)


@dataclass(frozen=True)
class Report:
    """What somebody writes about one month at a moment: the columns of a file, and the key of the row."""

    pledge: Pledge
    written: Mapping[Column, str]
    key: str
    at: datetime


def report_figures(db: Session, content: Mapping[str, Any], reporter: Staff, at: datetime) -> int:
    """Report the past twelve months of each pledge in the content, and give how many figures there were.

    A month that is not over, or in which the pledge was not in force, has none; nor has an empty row. What would be
    reported or corrected at `at` or later has not happened. Raises ContentError for a figure that nobody could report.
    """
    pledges = {pledge.slug: pledge for pledge in reported_pledges(db, None)}
    by_moment: defaultdict[datetime, dict[str, Figure]] = defaultdict(dict)
    for told in content["pledge"]:
        for report in _reports(pledges[told["slug"]], told, local_day(at)):
            if report.at < at:
                by_moment[report.at][report.key] = _judged(report)
    return sum(record(db, by_moment[moment], reporter.id, moment) for moment in sorted(by_moment))


def _reports(pledge: Pledge, told: Mapping[str, Any], today: date) -> Iterator[Report]:
    begins = min(month_of(version.valid_from) for version in pledge.versions)
    corrected = {change["month"]: change for change in told.get("corrected", ())}
    for back in range(MONTHS, 0, -1):
        month = month_after(month_of(today), -back)
        row = told["months"][month.month - 1]
        if not row or month < begins:
            continue
        change, over = corrected.get(month.month), month_after(month, 1)
        yield _report(pledge, told, month, change["first"] if change else row, over + REPORTED_AFTER)
        if change:
            yield _report(pledge, told, month, row, over + CORRECTED_AFTER, change["note"])


def _report(
    pledge: Pledge, told: Mapping[str, Any], month: date, row: Sequence[float], day: date, note: str = ""
) -> Report:
    first = Column.KEPT if is_share(pledge.versions[0]) else Column.VALUE
    written = {
        Column.MONTH: f"{month:%Y-%m}",
        first: str(row[0]),
        Column.OUTCOMES: str(row[1]),
        Column.SOURCE: told["source"],
        Column.VOUCHED_BY: told["vouched_by"],
        Column.NOTE: note,
    }
    at = datetime.combine(day, AT, STOCKHOLM)
    return Report(pledge, written, f"demo:{pledge.slug}:{month:%Y-%m}:{day:%Y-%m-%d}", at)


def _judged(report: Report) -> Figure:
    found = judge(report.written, report.pledge, {}, local_day(report.at))
    if isinstance(found, Figure):
        return found
    wrong = "; ".join(f"{problem.column}: {problem.text.message}" for problem in found)
    raise ContentError(f"{report.pledge.slug} {report.written[Column.MONTH]}: {wrong}")
