"""The spans of time that a reader may choose for a pledge's figures, and how each is said and drawn. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from pledges.fulfilment import Count, Verdict, figure, value_figure
from portal.drawings.months import MonthRow, months
from portal.drawings.shapes import Chart
from portal.drawings.verdicts import MonthVerdict
from portal.i18n import N_, Language, Text
from portal.pledgebook.drawn import month_texts
from portal.pledgebook.figures.outcomes import BETTER, month_after, month_of
from portal.pledgebook.figures.periods import PeriodKind
from portal.pledgebook.figures.series import PeriodFigure
from portal.pledgebook.models import PledgeVersion
from portal.pledgebook.promises import promise_of
from portal.pledgebook.wording import Wording

MONTHS_A_QUARTER: Final = 3
QUARTERS_SHOWN, WINDOWS_SHOWN = 8, 12


class Span(StrEnum):
    """A choice, by its word in the address."""

    MONTHS = "12man"
    QUARTERS = "kvartal"
    YEARS = "ar"
    NINETY = "90dagar"


@dataclass(frozen=True)
class SpanWords:
    """What a span is called in the choice, over its figures, and in the table; msgids."""

    name: str
    title: str
    period: str
    kind: PeriodKind


SPANS: Final[Mapping[Span, SpanWords]] = MappingProxyType(
    {
        Span.MONTHS: SpanWords(N_("Tolv månader"), N_("Månad för månad"), N_("Månad"), PeriodKind.MONTH),
        Span.QUARTERS: SpanWords(N_("Kvartal"), N_("Kvartal för kvartal"), N_("Kvartal"), PeriodKind.QUARTER),
        Span.YEARS: SpanWords(N_("År"), N_("År för år"), N_("År"), PeriodKind.YEAR),
        Span.NINETY: SpanWords(
            N_("90 dagar"), N_("90 dagar i taget"), N_("90 dagar till och med"), PeriodKind.ROLLING90
        ),
    }
)


@dataclass(frozen=True)
class Row:
    """One period with its figure. `label` says which it is, `brief` where room is short."""

    label: str
    brief: str
    figure: PeriodFigure
    verdict: Verdict


def span_asked(word: str) -> Span:
    """Give the span of an address; the twelve months when it names none that there is."""
    return Span(word) if word in set(Span) else Span.MONTHS


def first_day(span: Span, versions: Sequence[PledgeVersion], today: date) -> date:
    """Give the day from which a span is shown: so many quarters or windows back, or since the pledge began."""
    began, this = min(version.valid_from for version in versions), month_of(today)
    if span is Span.YEARS:
        return min(began, today)
    back = QUARTERS_SHOWN * MONTHS_A_QUARTER if span is Span.QUARTERS else WINDOWS_SHOWN
    return max(month_after(this, 1 - back), min(began, this))


def rows_of(
    figures: Sequence[PeriodFigure], span: Span, version: PledgeVersion, language: Language
) -> tuple[Row, ...]:
    """Give the figures with what each period is called and what its figure says of the target."""
    return tuple(
        Row(
            label=_label(one, span, language, brief=False),
            brief=_label(one, span, language, brief=True),
            figure=one,
            verdict=_verdict(one, version),
        )
        for one in figures
    )


def _label(period: PeriodFigure, span: Span, language: Language, *, brief: bool) -> str:
    if span is Span.YEARS:
        return str(period.first.year)
    if span is Span.QUARTERS:
        number = (period.first.month - 1) // MONTHS_A_QUARTER + 1
        text = N_("kv %(number)s %(year)s") if brief else N_("Kvartal %(number)s, %(year)s")
        return language.say(Text(text, {"number": str(number), "year": str(period.first.year)}))
    return language.brief_day(period.last) if brief else language.full_day(period.last)


def _verdict(period: PeriodFigure, version: PledgeVersion) -> Verdict:
    if period.value is not None:
        return value_figure(period.value, version.target, better=BETTER[version.target_unit])
    if period.kept is None or period.outcomes is None:
        return Verdict.TOO_FEW
    count = Count(kept=period.kept, broken=period.outcomes - period.kept)
    return figure(count, promise_of(version).target).verdict


def chart_of(rows: Sequence[Row], span: Span, words: Wording) -> Chart | None:
    """Give the periods side by side; None when no share may be shown."""
    if all(row.figure.outcomes is None for row in rows):
        return None
    title = words.language.gettext(SPANS[span].title)
    return months([_drawn(row, words) for row in rows], month_texts(title, _finding(rows, words), words))


def _drawn(row: Row, words: Wording) -> MonthRow:
    kept, outcomes, share = row.figure.kept or 0, row.figure.outcomes or 0, row.figure.percent
    return MonthRow(
        label=row.brief,
        kept=kept,
        broken=outcomes - kept,
        shown="" if share is None else words.language.percent(share),
        verdict=MonthVerdict(row.verdict.value),
    )


def _finding(rows: Sequence[Row], words: Wording) -> str:
    """Give what the drawing shows in words: how many periods reached the target."""
    shown = [row for row in rows if row.figure.outcomes is not None]
    reached = sum(row.verdict is Verdict.HELD for row in shown)
    text = words.language.ngettext(
        "Målet nåddes i %(reached)s av %(count)s period.",
        "Målet nåddes i %(reached)s av %(count)s perioder.",
        len(shown),
    )
    return text % {"reached": words.language.number(reached), "count": words.language.number(len(shown))}
