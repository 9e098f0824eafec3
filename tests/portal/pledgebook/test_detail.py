from datetime import date

import pytest

from pledges.calendar import swedish_calendar
from pledges.clock import Limit, Unit
from pledges.pause import Pausing
from portal.pledgebook.figures.counting import Alike
from portal.pledgebook.figures.detail import legal_limit, lengths_of
from portal.pledgebook.models import TallyState

TODAY = date(2026, 11, 20)
TEN_DAYS = Limit(10, Unit.WORKING_DAYS)
FOUR_WEEKS = Limit(4, Unit.WEEKS)


def clocks(state: str, count: int, day: date, due: date | None = None, length: int = 0) -> Alike:
    return Alike(1, TallyState(state), Pausing.NONE, day, due or day, length, count)


@pytest.mark.parametrize(
    ("limit", "state", "received", "due", "expected"),
    [
        # Received Tuesday 10 November, ten working days: eight of them have passed on Friday 20 November.
        (TEN_DAYS, "running", date(2026, 11, 10), date(2026, 11, 24), {"running": {8: 1}}),
        # A pause of three working days moved the promised day: it is not counted.
        (TEN_DAYS, "running", date(2026, 11, 10), date(2026, 11, 27), {"running": {5: 1}}),
        (TEN_DAYS, "paused", date(2026, 11, 10), date(2026, 11, 27), {"running": {5: 1}}),
        # Past its day on Wednesday 18 November, two working days ago.
        (TEN_DAYS, "late", date(2026, 11, 4), date(2026, 11, 18), {"late": {12: 1}}),
        (TEN_DAYS, "running", date(2026, 11, 4), date(2026, 11, 18), {"late": {12: 1}}),
        (FOUR_WEEKS, "running", date(2026, 11, 1), date(2026, 11, 29), {"running": {19: 1}}),
        (FOUR_WEEKS, "running", TODAY, date(2026, 12, 18), {"running": {0: 1}}),
    ],
)
def test_an_open_case_stands_at_the_days_it_has_used(limit, state, received, due, expected):
    found = lengths_of([clocks(state, 1, received, due)], limit, swedish_calendar(), TODAY)
    assert {"running": dict(found.running), "late": dict(found.late)} == {
        "running": {},
        "late": {},
        **expected,
    }


def test_ended_cases_stand_at_their_length_and_half_of_them_give_the_median():
    rows = [clocks("kept", 3, TODAY, length=2), clocks("broken", 2, TODAY, length=12)]
    found = lengths_of(rows, TEN_DAYS, swedish_calendar(), TODAY)
    assert (dict(found.kept), dict(found.broken), found.median, found.longest_broken) == (
        {2: 3},
        {12: 2},
        2,
        12,
    )


def test_a_median_of_fewer_than_five_is_not_told():
    assert (
        lengths_of([clocks("kept", 4, TODAY, length=2)], TEN_DAYS, swedish_calendar(), TODAY).median is None
    )


def test_nine_of_ten_are_told_beside_the_half():
    rows = [
        clocks("kept", 5, TODAY, length=2),
        clocks("kept", 4, TODAY, length=6),
        clocks("broken", 1, TODAY, length=40),
    ]
    found = lengths_of(rows, TEN_DAYS, swedish_calendar(), TODAY)
    assert (found.median, found.nine_of_ten) == (2, 6)


@pytest.mark.parametrize(
    ("limit", "state", "began", "due", "expected"),
    [
        # Eight working hours from Thursday: the hours of that day are not known, those of Friday are not over.
        (Limit(8, Unit.WORKING_HOURS), "running", date(2026, 11, 19), TODAY, {"running": {0: 1}}),
        # Broken on Wednesday: the open hours of Thursday have passed since.
        (Limit(8, Unit.WORKING_HOURS), "late", date(2026, 11, 17), date(2026, 11, 18), {"late": {16: 1}}),
        (Limit(24, Unit.CLOCK_HOURS), "running", date(2026, 11, 18), TODAY, {"running": {24: 1}}),
        (Limit(16, Unit.SAME_DAY), "running", TODAY, TODAY, {"running": {1: 1}}),
        (Limit(16, Unit.SAME_DAY), "running", date(2026, 11, 19), date(2026, 11, 19), {"late": {2: 1}}),
        (Limit(1, Unit.MONTHS), "running", date(2026, 11, 10), date(2026, 12, 10), {"running": {10: 1}}),
    ],
)
def test_hours_months_and_the_same_day_are_drawn_in_their_own_units(limit, state, began, due, expected):
    found = lengths_of([clocks(state, 1, began, due)], limit, swedish_calendar(), TODAY)
    assert {"running": dict(found.running), "late": dict(found.late)} == {
        "running": {},
        "late": {},
        **expected,
    }


@pytest.mark.parametrize(
    ("law", "limit", "days"),
    [
        ({"amount": 10, "unit": "weeks"}, FOUR_WEEKS, 70),
        ({"amount": 30, "unit": "calendar_days"}, FOUR_WEEKS, 30),
        ({"amount": 4, "unit": "months"}, FOUR_WEEKS, 120),
        ({"amount": 24, "unit": "clock_hours"}, FOUR_WEEKS, None),
        ({"amount": 10, "unit": "weeks"}, TEN_DAYS, None),
        ({"amount": 15, "unit": "working_days"}, TEN_DAYS, 15),
    ],
)
def test_the_laws_line_is_drawn_only_where_it_counts_the_same_days(law, limit, days):
    found = legal_limit({**law, "verified": True, "reference": "PBL"}, limit)
    assert found is not None
    assert found.days == days


@pytest.mark.parametrize("law", [{}, {"amount": 10, "unit": "weeks", "verified": False}, {"verified": True}])
def test_a_law_that_nobody_has_verified_gives_no_limit(law):
    assert legal_limit(law, FOUR_WEEKS) is None


def test_nothing_is_counted_against_a_law_in_months():
    found = legal_limit({"amount": 4, "unit": "months", "verified": True}, FOUR_WEEKS)
    assert found is not None
    assert found.about
