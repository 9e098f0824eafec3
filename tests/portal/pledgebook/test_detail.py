from datetime import date

import pytest

from pledges.calendar import swedish_calendar
from pledges.clock import Limit, Unit
from portal.pledgebook.detail import legal_limit, lengths_of, months_of
from portal.pledgebook.models import PledgeVersion, Tally, TallyState
from portal.pledgebook.outcomes import Period
from tests.builders import a_pledge

TODAY = date(2026, 11, 20)
TEN_DAYS = Limit(10, Unit.WORKING_DAYS)
FOUR_WEEKS = Limit(4, Unit.WEEKS)


def tally(state: str, count: int, day: date, due: date | None = None, length: int = 0) -> Tally:
    return Tally(state=TallyState(state), count=count, day=day, due=due or day, length=length)


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
    found = lengths_of([tally(state, 1, received, due)], limit, swedish_calendar(), TODAY)
    assert {"running": dict(found.running), "late": dict(found.late)} == {
        "running": {},
        "late": {},
        **expected,
    }


def test_ended_cases_stand_at_their_length_and_half_of_them_give_the_median():
    rows = [tally("kept", 3, TODAY, length=2), tally("broken", 2, TODAY, length=12)]
    found = lengths_of(rows, TEN_DAYS, swedish_calendar(), TODAY)
    assert (dict(found.kept), dict(found.broken), found.median, found.longest_broken) == (
        {2: 3},
        {12: 2},
        2,
        12,
    )


def test_a_median_of_fewer_than_five_is_not_told():
    assert lengths_of([tally("kept", 4, TODAY, length=2)], TEN_DAYS, swedish_calendar(), TODAY).median is None


def test_a_late_case_belongs_to_the_month_after_its_promised_day(db):
    version: PledgeVersion = a_pledge(db)
    rows = [
        tally("late", 5, date(2026, 10, 1), date(2026, 10, 31)),
        tally("kept", 6, date(2026, 10, 1), length=3),
        tally("running", 9, date(2026, 11, 10), date(2026, 11, 24)),
    ]
    found = list(months_of(version, rows, Period(date(2026, 10, 1), date(2026, 11, 1)), TODAY))
    assert [(month.month.month, month.outcomes, str(month.share)) for month in found] == [
        (10, 6, "100.0"),
        (11, 5, "0.0"),
    ]


def test_a_month_with_fewer_than_five_is_not_told(db):
    rows = [tally("kept", 4, date(2026, 11, 1), length=3)]
    found = list(months_of(a_pledge(db), rows, Period(date(2026, 11, 1), date(2026, 11, 1)), TODAY))
    assert (found[0].outcomes, found[0].share) == (None, None)


@pytest.mark.parametrize(
    ("law", "limit", "days"),
    [
        ({"amount": 10, "unit": "weeks"}, FOUR_WEEKS, 70),
        ({"amount": 30, "unit": "calendar_days"}, FOUR_WEEKS, 30),
        ({"amount": 4, "unit": "months"}, FOUR_WEEKS, None),
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
