"""Ninety days on end beside months, quarters and years: nothing small can be worked out by subtraction."""

from datetime import date, timedelta
from itertools import product
from random import Random

import pytest

from portal.pledgebook.figures.periods import PeriodKind
from portal.pledgebook.figures.series import series
from portal.pledgebook.models import PledgeVersion
from tests.builders import a_pledge
from tests.portal.statistics.counted import ended

TODAY, FIRST = date(2026, 11, 20), date(2026, 1, 1)


def shown(db, version, kind, first=FIRST):
    """What anybody can read, by first day and the day after the last: outcomes of what is shown, 0 of what is empty."""
    figures = series(db, [version], kind, first, TODAY, TODAY)
    return {
        (figure.first, min(figure.last, TODAY) + timedelta(days=1)): figure.outcomes or 0
        for figure in figures
        if figure.empty or not figure.suppressed
    }


def worked_out(db, version):
    """Every stretch that can be found by adding and subtracting what is shown, whatever its length."""
    known = {stretch: number for kind in PeriodKind for stretch, number in shown(db, version, kind).items()}
    ends = {end for stretch in known for end in stretch}
    signed = dict(known) | {(last, first): -number for (first, last), number in known.items()}
    for middle, first, last in product(sorted(ends), ends, ends):
        if first != last and (first, middle) in signed and (middle, last) in signed:
            signed.setdefault((first, last), signed[first, middle] + signed[middle, last])
    return {stretch: number for stretch, number in signed.items() if stretch[0] < stretch[1]}


@pytest.mark.parametrize(("seed", "most"), [(1, 1), (2, 2), (3, 3), (4, 6), (5, 12), (6, 30)])
def test_nothing_small_can_be_worked_out(db, seed, most):
    version, dice = a_pledge(db, valid_from=FIRST), Random(seed)
    day = FIRST
    while day <= TODAY:
        ended(db, version, "kept", day, dice.randint(1, most))
        day += timedelta(days=dice.choice([1, 3, 9, 30 // most + 1]))
    few = {stretch: number for stretch, number in worked_out(db, version).items() if 0 < number < 5}
    assert few == {}


def test_days_left_of_a_shown_month_must_not_be_few(db):
    version = a_pledge(db, valid_from=FIRST)
    for month in range(7, 12):
        ended(db, version, "kept", date(2026, month, 15), 20)
    assert (date(2026, 8, 3), date(2026, 11, 1)) in shown(db, version, PeriodKind.ROLLING90)
    ended(db, version, "broken", date(2026, 8, 1), 3)
    assert (date(2026, 8, 3), date(2026, 11, 1)) not in shown(db, version, PeriodKind.ROLLING90)


def test_two_windows_do_not_tell_of_the_days_between_them(db):
    version = a_pledge(db, valid_from=FIRST)
    for month in range(5, 12):
        for day, number in ((1, 9), (2, 3), (15, 9)):
            ended(db, version, "kept", date(2026, month, day), number)
    windows = shown(db, version, PeriodKind.ROLLING90)
    assert windows
    assert all(not 0 < number < 5 for number in worked_out(db, version).values())


def test_a_window_shown_does_not_depend_on_what_is_asked_for(db):
    version: PledgeVersion = a_pledge(db, valid_from=FIRST)
    for month in range(1, 12):
        for day in (1, 3, 20):
            ended(db, version, "kept", date(2026, month, day), 2 + month % 4)
    whole = shown(db, version, PeriodKind.ROLLING90)
    part = shown(db, version, PeriodKind.ROLLING90, first=date(2026, 10, 1))
    assert part == {stretch: number for stretch, number in whole.items() if stretch[1] > date(2026, 10, 2)}
