"""A promise may be stricter than the law, never looser: tried day by day."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledges.calendar import swedish_calendar
from pledges.due import law_due, nominal_day
from pledges.law_check import never_looser
from pledges.limit import Limit, Unit

CALENDAR = swedish_calendar()
DAY_UNITS = (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.WEEKS, Unit.MONTHS)


def limit(text: str) -> Limit:
    amount, unit = text.split()
    return Limit(int(amount), Unit(unit))


# Four weeks are 28 days; over Christmas, Easter or Epiphany that is as few as 14 working days.
@pytest.mark.parametrize(
    ("ours", "law"),
    [
        ("10 weeks", "10 weeks"),
        ("9 weeks", "10 weeks"),
        ("14 working_days", "4 weeks"),
        ("70 calendar_days", "10 weeks"),
        ("28 calendar_days", "1 months"),  # February has 28 days
        ("4 weeks", "1 months"),
        ("3 months", "4 months"),
        ("48 clock_hours", "4 weeks"),
        ("16 working_hours", "4 weeks"),
        ("12 same_day", "2 weeks"),
        ("24 clock_hours", "24 clock_hours"),
        ("8 clock_hours", "1 calendar_days"),
    ],
)
def test_a_promise_as_strict_as_the_law_passes(ours: str, law: str) -> None:
    assert never_looser(limit(ours), limit(law), CALENDAR) is None


@pytest.mark.parametrize(
    ("ours", "law", "received", "our_day", "law_day"),
    [
        ("11 weeks", "10 weeks", "2026-01-01", "2026-03-19", "2026-03-12"),
        ("20 working_days", "4 weeks", "2026-01-01", "2026-01-30", "2026-01-29"),  # Epiphany is not counted
        ("18 working_days", "4 weeks", "2026-12-03", "2027-01-04", "2026-12-31"),
        ("15 working_days", "4 weeks", "2030-12-09", "2031-01-07", "2031-01-06"),
        ("29 calendar_days", "1 months", "2026-01-31", "2026-03-01", "2026-02-28"),
        # The night to 29 March 2026 is an hour shorter: what came late on the 1st reaches the 30th.
        ("672 clock_hours", "4 weeks", "2026-03-01", "2026-03-30", "2026-03-29"),
        ("9 working_hours", "1 working_days", "2026-01-01", "2026-01-05", "2026-01-02"),
    ],
)
def test_a_looser_promise_is_refused_with_the_first_case_that_shows_it(
    ours: str, law: str, received: str, our_day: str, law_day: str
) -> None:
    found = never_looser(limit(ours), limit(law), CALENDAR)
    assert found is not None
    shown = (found.received_on, found.our_day, found.law_day)
    assert tuple(map(date.isoformat, shown)) == (received, our_day, law_day)


def test_the_laws_own_move_to_a_weekday_gives_us_no_more_time() -> None:
    # 4 weeks from 27 November 2026 end on Christmas Day; 2 § may move that, a promise may not lean on it.
    assert law_due(date(2026, 11, 27), limit("4 weeks"), CALENDAR).adjusted == date(2026, 12, 28)
    assert never_looser(limit("31 calendar_days"), limit("4 weeks"), CALENDAR) is not None


def test_a_day_the_municipality_is_closed_makes_a_promise_in_working_days_looser() -> None:
    closed = frozenset(date(2026, 12, 1) + timedelta(days=n) for n in range(10))
    calendar = swedish_calendar(2, closed=closed)
    assert never_looser(limit("14 working_days"), limit("4 weeks"), calendar) is not None


def test_the_reason_is_a_sentence_about_one_case() -> None:
    found = never_looser(limit("18 working_days"), limit("4 weeks"), CALENDAR)
    assert found.message % found.values == (
        "Ett ärende som kommer 2026-12-03 får enligt löftet vänta till 2027-01-04,"
        " men lagens gräns är 2026-12-31."
    )


def test_within_one_day_the_reason_names_the_hour() -> None:
    found = never_looser(limit("25 clock_hours"), limit("24 clock_hours"), CALENDAR)
    assert (found.our_day, found.law_day) == (date(2026, 1, 2), date(2026, 1, 1))
    found = never_looser(limit("2 clock_hours"), limit("1 clock_hours"), CALENDAR)
    assert found.values["ours_time"] == time(2)
    assert found.message % found.values == (
        "Ett ärende som kommer 2026-01-01 00:00:00 får enligt löftet vänta till 2026-01-01 02:00:00,"
        " men lagens gräns är 2026-01-01 01:00:00."
    )


def test_a_calendar_of_other_years_is_tried_in_its_own() -> None:
    calendar = swedish_calendar(first_year=2010, last_year=2012)
    found = never_looser(limit("2 weeks"), limit("1 weeks"), calendar)
    assert found.received_on == date(2010, 1, 1)
    assert never_looser(limit("1 weeks"), limit("2 weeks"), calendar) is None


LIMITS = st.builds(Limit, st.integers(1, 40), st.sampled_from(DAY_UNITS))


@settings(max_examples=60, deadline=None)
@given(LIMITS, LIMITS)
def test_it_agrees_with_trying_every_day_one_by_one(ours: Limit, law: Limit) -> None:
    first = date(2026, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(2035, 1, 1) - first).days))
    looser = (d for d in days if nominal_day(d, ours, CALENDAR) > law_due(d, law, CALENDAR).nominal)
    found = never_looser(ours, law, CALENDAR)
    assert (found.received_on if found else None) == next(looser, None)
