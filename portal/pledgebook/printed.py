"""Pledges on paper: the values of a printed page, and the figures that lie inside the file."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import groupby

from pledges.compensation import rules_from
from portal.drawings.shapes import Chart, Drawing, Size
from portal.i18n import Text, without_marks
from portal.pdf.manuscript import Enclosure, Manuscript
from portal.pledgebook.drawn import Pictures, months_of, pictures_of
from portal.pledgebook.figures.detail import Detail
from portal.pledgebook.figures.outcomes import Outcome
from portal.pledgebook.figures.sight import Sight
from portal.pledgebook.models import Pledge, PledgeVersion
from portal.pledgebook.terms import compensation_words
from portal.pledgebook.wording import Wording

COLUMNS = ("pledge", "version", "month", "kept", "settled", "share_percent")
DRAWING_SHEET = "print-drawings.css"
# A sheet of paper is as wide as a tablet held upright.
PAPER = Size.MEDIUM


@dataclass(frozen=True)
class PrintedPledge:
    """One version of a pledge, with all that stands on paper about it; no `chart` when no month may be drawn."""

    sight: Sight
    pictures: Pictures | None
    chart: Chart | None
    compensations: tuple[Text, ...]

    @property
    def outcome(self) -> Outcome:
        """How it has gone."""
        return self.sight.outcome

    @property
    def detail(self) -> Detail | None:
        """How long the cases took."""
        return self.sight.detail

    @property
    def pledge(self) -> Pledge:
        """The pledge."""
        return self.outcome.pledge

    @property
    def version(self) -> PledgeVersion:
        """The version that is printed."""
        return self.outcome.version

    @property
    def summary(self) -> str:
        """The pledge in one line, its marks taken off."""
        return without_marks(self.version.short)

    @property
    def field(self) -> Drawing | None:
        """The dot field; None when no single case may be drawn."""
        return self.pictures.field.of(PAPER) if self.pictures else None

    @property
    def months(self) -> Drawing | None:
        """The months, drawn."""
        return self.chart.of(PAPER) if self.chart else None


@dataclass(frozen=True)
class PrintedPart:
    """The pledges of one department, or (without slug) of the whole municipality."""

    slug: str
    name: str
    pledges: tuple[PrintedPledge, ...]


def printed_pledge(sight: Sight, words: Wording) -> PrintedPledge:
    """Give a version of a pledge as it is printed."""
    outcome = sight.outcome
    is_secret = outcome.pledge.statistics_only
    return PrintedPledge(
        sight=sight,
        pictures=pictures_of(outcome, sight.detail, words),
        chart=None if is_secret or outcome.share is None else months_of(sight.months, words),
        compensations=tuple(compensation_words(rule) for rule in rules_from(outcome.version.compensation)),
    )


def printed_parts(sights: Iterable[Sight], words: Wording) -> list[PrintedPart]:
    """Give pledges by department: those of the whole municipality first, then by the department's name."""
    ordered = sorted(
        (printed_pledge(sight, words) for sight in sights), key=lambda one: (*_place(one), one.pledge.id)
    )
    return [PrintedPart(slug, name, tuple(same)) for (name, slug), same in groupby(ordered, key=_place)]


def _place(printed: PrintedPledge) -> tuple[str, str]:
    department = printed.pledge.department
    return (department.name, department.slug) if department else ("", "")


def manuscript_of(
    html: str, address: str, today: date, description: str, pledges: Sequence[PrintedPledge]
) -> Manuscript:
    """Give a printed page as what the press takes; the months of the pledges lie inside as a CSV file."""
    series = Enclosure("manader.csv", description, series_of(pledges))
    return Manuscript(html, address, DRAWING_SHEET, today, (series,))


def series_of(pledges: Iterable[PrintedPledge]) -> str:
    """Give every month of the pledges as CSV. A month with fewer than five settled cases has no numbers."""
    text = StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for printed in pledges:
        for month in printed.sight.months:
            figure = month.figure
            shown = ("", "", "") if month.share is None else (figure.kept, figure.outcomes, month.share)
            rows.writerow(
                (printed.pledge.slug, printed.version.number, f"{month.month:%Y-%m}", *map(str, shown))
            )
    return text.getvalue()
