from datetime import date
from decimal import Decimal

import pytest

from pledges.fulfilment import Verdict
from portal.i18n import language
from portal.pledgebook.figures.series import PeriodFigure
from portal.pledgebook.models import TargetUnit
from portal.pledgebook.span import Span, chart_of, first_day, rows_of, span_asked
from portal.pledgebook.wording import Wording
from tests.builders import a_pledge

TODAY = date(2026, 11, 20)
Q3, Q4 = (date(2026, 7, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 12, 31))


def figure(kept: int, broken: int, days=Q4) -> PeriodFigure:
    ratio = Decimal(kept * 1000 // (kept + broken)) / 1000
    return PeriodFigure(
        days[0], days[1], kept=kept, broken=broken, late_now=0, kept_ratio=ratio, suppressed=False
    )


@pytest.mark.parametrize(
    ("word", "span"),
    [
        ("", Span.MONTHS),
        ("kvartal", Span.QUARTERS),
        ("ar", Span.YEARS),
        ("90dagar", Span.NINETY),
        ("x", Span.MONTHS),
    ],
)
def test_an_unknown_span_shows_the_twelve_months(word, span):
    assert span_asked(word) is span


@pytest.mark.parametrize(
    ("span", "first"),
    [(Span.QUARTERS, date(2024, 12, 1)), (Span.YEARS, date(2023, 5, 2)), (Span.NINETY, date(2025, 12, 1))],
)
def test_a_span_reaches_so_far_back_but_not_before_the_pledge(db, span, first):
    assert first_day(span, [a_pledge(db, valid_from=date(2023, 5, 2))], TODAY) == first


def test_a_new_pledge_begins_when_it_began(db):
    version = a_pledge(db, valid_from=date(2026, 10, 15))
    assert first_day(Span.QUARTERS, [version], TODAY) == date(2026, 10, 15)


def test_periods_are_named_judged_and_drawn_alike(db):
    version = a_pledge(db)
    found = [PeriodFigure(*Q3), figure(9, 1)]
    rows = rows_of(found, Span.QUARTERS, version, language("sv"))
    assert [(row.label, row.brief, row.verdict) for row in rows] == [
        ("Kvartal 3, 2026", "kv 3 2026", Verdict.TOO_FEW),
        ("Kvartal 4, 2026", "kv 4 2026", Verdict.HELD),
    ]
    chart = chart_of(rows, Span.QUARTERS, Wording(language("sv")))
    assert chart is not None
    shapes = chart.drawings[0][1].shapes
    assert [sum(shape.css == css for shape in shapes) for css in ("g-held", "g-broken")] == [9, 1]


def test_nothing_is_drawn_when_nothing_may_be_shown(db):
    rows = rows_of([PeriodFigure(*Q3)], Span.QUARTERS, a_pledge(db), language("sv"))
    assert chart_of(rows, Span.QUARTERS, Wording(language("sv"))) is None


def test_a_value_is_judged_against_its_target(db):
    version = a_pledge(db, target=Decimal("12.0"), target_unit=TargetUnit.PERSONS_AT_MOST)
    found = [PeriodFigure(*Q4, value=Decimal("12.5"), suppressed=False)]
    assert rows_of(found, Span.YEARS, version, language("sv"))[0].verdict is Verdict.NEAR
