"""A pledge as drawings: the dot field and the months, with their words in the reader's language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pledges.clock import Unit
from portal.drawings.cases import Axis, FieldTexts, Mark, MarkKind
from portal.drawings.field import dot_field
from portal.drawings.months import MonthRow, MonthTexts, months
from portal.drawings.shapes import Chart
from portal.drawings.verdicts import MonthVerdict
from portal.pledgebook.figures.by_month import Month
from portal.pledgebook.figures.detail import Detail
from portal.pledgebook.figures.outcomes import Outcome
from portal.pledgebook.wording import Wording


@dataclass(frozen=True)
class Pictures:
    """The two large drawings of a pledge; `months` is None when no month has enough cases to be shown."""

    field: Chart
    months: Chart | None


def pictures_of(outcome: Outcome, detail: Detail | None, words: Wording) -> Pictures | None:
    """Give the drawings of a pledge; None when no number, or no single case, may be shown."""
    if detail is None or outcome.share is None or outcome.pledge.statistics_only:
        return None
    return Pictures(field_of(outcome, detail, words), months_of(detail.months, words))


def field_of(outcome: Outcome, detail: Detail, words: Wording) -> Chart:
    """Give every case as a mark at the number of days it took."""
    law = detail.law.days if detail.law else None
    return dot_field(
        marks_of(detail),
        promise=detail.limit.total,
        law=law,
        axis=Axis.WEEKS if detail.limit.unit is Unit.WEEKS else Axis.DAYS,
        median=detail.lengths.median,
        texts=_texts(outcome, detail, words),
    )


def marks_of(detail: Detail) -> Iterator[Mark]:
    """Give the cases by length and kind."""
    lengths = detail.lengths
    kinds = {
        MarkKind.KEPT: lengths.kept,
        MarkKind.RUNNING: lengths.running,
        MarkKind.BROKEN: lengths.broken,
        MarkKind.LATE: lengths.late,
    }
    for kind, counts in kinds.items():
        for length, count in sorted(counts.items()):
            yield Mark(length, kind, count)


def _texts(outcome: Outcome, detail: Detail, words: Wording) -> FieldTexts:
    limit, lengths = detail.limit, detail.lengths
    has_law = detail.law is not None and detail.law.days is not None
    return FieldTexts(
        title=words.field_title(outcome, detail),
        description=words.findings(outcome, detail),
        promise=words.our_limit(detail),
        kept=words.in_time(outcome.figure),
        after=words.language.gettext("Efter löftet"),
        broken=words.not_in_time(outcome),
        zero=words.axis_begins(limit.unit),
        axis=words.axis(limit.unit),
        over=partial(words.more_than, unit=limit.unit),
        law=words.law_limit(detail) if has_law else "",
        law_note=words.over_law(detail.over_law) if has_law else "",
        median=words.median(detail),
        longest=words.longest(lengths.longest_broken, limit.unit) if lengths.longest_broken else "",
    )


def months_of(shown: Sequence[Month], words: Wording) -> Chart | None:
    """Give the months side by side, each with its cases on both sides of the line; None when none may be shown."""
    if all(month.share is None for month in shown):
        return None
    texts = month_texts(words.language.gettext("Utfall månad för månad"), words.months(shown), words)
    return months([_month_row(month, words) for month in shown], texts)


def month_texts(title: str, description: str, words: Wording) -> MonthTexts:
    """Give the words of a drawing with the periods side by side."""
    language = words.language
    return MonthTexts(
        title=title,
        description=description,
        kept=language.gettext("hölls"),
        broken=language.gettext("hölls inte"),
        near=language.gettext("nära"),
        not_kept=language.gettext("hölls inte"),
        too_few=language.gettext("för få"),
        not_measured=language.gettext("mäts inte"),
        cases=words.cases,
    )


def _month_row(month: Month, words: Wording) -> MonthRow:
    kept, outcomes = month.figure.kept or 0, month.figure.outcomes or 0
    return MonthRow(
        label=words.language.short_month(month.month),
        kept=kept,
        broken=outcomes - kept,
        shown="" if month.share is None else words.language.percent(month.share),
        verdict=MonthVerdict(month.figure.verdict.value),
    )
