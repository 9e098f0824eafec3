"""Figures by period: where each clock is counted, what is hidden, on both engines."""

from datetime import date
from decimal import Decimal

import pytest

from pledges.pause import Pausing
from portal.pledgebook.figures.periods import PeriodKind, stretches
from portal.pledgebook.figures.series import series
from portal.pledgebook.models import PledgeVersion
from tests.builders import a_pledge
from tests.portal.statistics.counted import ended, still_open

TODAY = date(2026, 11, 20)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def months(db, *versions, first=date(2026, 1, 1), kind=PeriodKind.MONTH):
    found = series(db, versions, kind, first, TODAY, TODAY)
    return {figure.first: figure for figure in found}


def test_a_month_is_counted_with_one_denominator(db):
    version = a_pledge(db)
    ended(db, version, "kept", date(2026, 10, 5), 8)
    ended(db, version, "broken", date(2026, 10, 9), 1, length=14)
    ended(db, version, "excused", date(2026, 10, 9), 2, length=0)
    ended(db, version, "void", date(2026, 10, 9), 3, length=0)
    ended(db, version, "started", date(2026, 10, 1), 14, length=0)
    ended(db, version, "contested", date(2026, 10, 1), 1, length=0)
    still_open(db, version, "running", date(2026, 10, 30), date(2026, 12, 1), 4)
    still_open(db, version, "late", date(2026, 9, 30), date(2026, 10, 14), 1)
    figure = months(db, version)[OCTOBER]
    assert (figure.kept, figure.broken, figure.late_now, figure.outcomes) == (8, 1, 1, 10)
    assert (figure.running, figure.excused, figure.started, figure.contested) == (4, 2, 14, 1)
    assert figure.kept_ratio == Decimal("0.800")


def test_an_open_clock_past_its_day_is_late_in_the_month_of_that_day(db):
    version = a_pledge(db)
    for month in (OCTOBER, NOVEMBER):
        ended(db, version, "kept", month, 6)
    still_open(db, version, "running", date(2026, 10, 1), date(2026, 10, 31), 1)
    found = months(db, version)
    assert (found[OCTOBER].late_now, found[NOVEMBER].late_now) == (1, 0)
    assert found[OCTOBER].running == 0


def test_what_pauses_meant_is_told_beside_the_figure(db):
    version = a_pledge(db)
    ended(db, version, "kept", OCTOBER, 5)
    ended(db, version, "kept", OCTOBER, 2, pausing=Pausing.DECISIVE)
    ended(db, version, "kept", OCTOBER, 1, pausing=Pausing.HARMLESS)
    figure = months(db, version)[OCTOBER]
    assert figure.kept_ratio == 1
    assert (figure.kept_without_pauses, figure.ratio_without_pauses) == (6, Decimal("0.750"))
    assert figure.paused_share == Decimal("0.375")


def test_median_and_nine_of_ten_are_lengths_that_cases_had(db):
    version = a_pledge(db)
    for length in range(1, 11):
        ended(db, version, "kept" if length < 10 else "broken", OCTOBER, 1, length=length)
    figure = months(db, version)[OCTOBER]
    assert (figure.median, figure.p90) == (5, 9)


def test_a_month_with_fewer_than_five_hides_the_smallest_other_too(db):
    version = a_pledge(db)
    for month, count in ((8, 20), (9, 6), (10, 3), (11, 9)):
        ended(db, version, "kept", date(2026, month, 1), count)
    found = months(db, version)
    shown = {first.month for first, figure in found.items() if not figure.suppressed}
    assert shown == {8, 11}
    assert found[OCTOBER].started is None and found[OCTOBER].running is None


def test_what_is_hidden_does_not_depend_on_what_is_asked_for(db):
    version = a_pledge(db)
    for month, count in ((8, 20), (9, 6), (10, 3), (11, 9)):
        ended(db, version, "kept", date(2026, month, 1), count)
    whole = months(db, version)
    part = months(db, version, first=date(2026, 9, 1))
    assert part == {first: figure for first, figure in whole.items() if first >= date(2026, 9, 1)}


def test_a_quarter_that_would_tell_a_hidden_month_is_hidden(db):
    version = a_pledge(db)
    for month, count in ((4, 30), (5, 30), (6, 30), (7, 8), (8, 9), (9, 2), (10, 7), (11, 3)):
        ended(db, version, "kept", date(2026, month, 1), count)
    by_month = months(db, version)
    assert {first.month for first, f in by_month.items() if not f.suppressed and f.kept} == {
        4,
        5,
        6,
        7,
        8,
        10,
    }
    quarters = months(db, version, kind=PeriodKind.QUARTER)
    assert quarters[date(2026, 4, 1)].kept == 90
    assert quarters[date(2026, 7, 1)].suppressed


def test_a_quarter_with_enough_is_shown_when_its_months_are_few(db):
    version = a_pledge(db)
    for month in range(1, 12):
        ended(db, version, "kept", date(2026, month, 1), 3)
    assert all(figure.suppressed for figure in months(db, version).values())
    quarters = months(db, version, kind=PeriodKind.QUARTER)
    assert [figure.kept for figure in quarters.values()] == [9, 9, 9, 6]
    assert months(db, version, kind=PeriodKind.YEAR)[date(2026, 1, 1)].kept == 33


def test_a_month_of_two_versions_is_hidden_when_one_has_few(db):
    old = a_pledge(db, valid_from=date(2026, 1, 1), valid_to=date(2026, 9, 30))
    new = next_version(db, old, valid_from=date(2026, 10, 1))
    ended(db, old, "kept", OCTOBER, 2)
    ended(db, new, "kept", OCTOBER, 20)
    for month in (date(2026, 8, 1), date(2026, 9, 1)):
        ended(db, old, "kept", month, 9)
    found = months(db, old, new)
    assert found[OCTOBER].suppressed
    assert found[date(2026, 9, 1)].kept == 9


def test_lengths_in_different_units_are_never_mixed(db):
    old = a_pledge(db, valid_from=date(2026, 1, 1), valid_to=date(2026, 9, 30))
    new = next_version(db, old, valid_from=date(2026, 10, 1), amount=2, unit="weeks")
    ended(db, old, "kept", OCTOBER, 6)
    ended(db, new, "kept", OCTOBER, 6)
    figure = months(db, old, new)[OCTOBER]
    assert (figure.kept, figure.median) == (12, None)


def test_ninety_days_count_days_and_end_with_each_month(db):
    version = a_pledge(db)
    ended(db, version, "kept", date(2026, 8, 2), 6)
    ended(db, version, "kept", date(2026, 8, 3), 7)
    ended(db, version, "kept", date(2026, 10, 31), 8)
    found = series(db, [version], PeriodKind.ROLLING90, OCTOBER, OCTOBER, TODAY)
    assert [(figure.first, figure.last, figure.kept) for figure in found] == [
        (date(2026, 8, 3), date(2026, 10, 31), 15)
    ]


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        (PeriodKind.MONTH, [date(2026, 10, 1), date(2026, 11, 1)]),
        (PeriodKind.QUARTER, [date(2026, 10, 1)]),
        (PeriodKind.YEAR, [date(2026, 1, 1)]),
        (PeriodKind.ROLLING90, [date(2026, 8, 3), date(2026, 8, 23)]),
    ],
)
def test_periods_hold_the_days_asked_for_and_none_is_to_come(kind, begins):
    found = stretches(kind, date(2026, 10, 15), date(2030, 1, 1), TODAY)
    assert [period.first for period in found] == begins


def next_version(db, old: PledgeVersion, **changes) -> PledgeVersion:
    columns = {c.key: getattr(old, c.key) for c in PledgeVersion.__table__.columns if c.key != "id"}
    new = PledgeVersion(**{**columns, "number": old.number + 1, "valid_to": None, **changes})
    db.add(new)
    db.flush()
    return new
