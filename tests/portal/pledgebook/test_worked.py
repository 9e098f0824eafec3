"""The examples of the page about how we count, held against dates counted by hand in the almanac."""

from datetime import UTC, date, datetime

import pytest

from pledges.calendar import Calendar, swedish_calendar
from pledges.opening import Interval, OpeningHours, Season, Week
from portal.pledgebook.worked import examples, law_example

MIDSUMMER_THURSDAY = date(2026, 6, 18)


def due(calendar: Calendar, year: int = 2026) -> dict[str, date]:
    return {example.title: example.reading.due_on for example in examples(year, calendar)}


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        # Friday 6 March 2026, two working days: Monday, Tuesday.
        ("Över en helg", date(2026, 3, 10)),
        ("Sent en söndag", date(2026, 3, 10)),
        # Midsummer Eve is Friday 19 June 2026: Thursday 18, Monday 22.
        ("Över midsommar", date(2026, 6, 22)),
        # From Tuesday 22 December: Wednesday 23, Monday 28, Tuesday 29.
        ("Över jul", date(2026, 12, 29)),
        ("En fråga som får svar samma dag", date(2026, 3, 16)),
        ("En fråga som får svar efter helgen", date(2026, 3, 17)),
        # Asked Tuesday, answered Friday, all in all: three working days.
        ("Två frågor som går in i varandra", date(2026, 3, 19)),
        # Easter Monday 2026 is 6 April.
        ("Fyra veckor som slutar på en helgdag", date(2026, 4, 6)),
        ("En månad från den 31 januari", date(2026, 2, 28)),
        ("Åtta arbetstimmar", date(2026, 3, 9)),
        ("24 timmar över natten till sommartid", date(2026, 3, 29)),
        ("Samma dag, före klockslaget", date(2026, 3, 6)),
        ("Samma dag, efter klockslaget", date(2026, 3, 9)),
    ],
)
def test_each_example_gives_the_day_counted_by_hand(title, expected):
    assert due(swedish_calendar())[title] == expected


def test_hours_end_at_a_moment():
    found = {example.title: example.reading.due_at for example in examples(2026, swedish_calendar())}
    # One and a half hours on Friday from 15 to 16.30, six and a half on Monday from 8.
    assert found["Åtta arbetstimmar"] == datetime(2026, 3, 9, 13, 30, tzinfo=UTC)
    # From 12 on Saturday: the clock shows 13 on Sunday, since the night had 23 hours.
    assert found["24 timmar över natten till sommartid"] == datetime(2026, 3, 29, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize("year", range(2024, 2041))
def test_the_examples_hold_every_year(year):
    calendar = swedish_calendar()
    assert len(examples(year, calendar)) == 13
    assert all(
        example.reading.due_on > example.received_at.date() or "Samma" in example.title
        for example in examples(year, calendar)
    )
    law = law_example(year, calendar)
    assert (law.law - law.ours).days == 1


def test_a_day_on_which_we_have_closed_is_told_and_counted():
    closed = Calendar(2, 2000, 2060, frozenset({MIDSUMMER_THURSDAY}))
    example = next(one for one in examples(2026, closed) if one.title == "Över midsommar")
    assert (example.reading.due_on, example.closed) == (date(2026, 6, 23), (MIDSUMMER_THURSDAY,))


def test_a_calendar_that_is_never_open_has_no_example_in_working_hours():
    never = OpeningHours((Season(date.min, date(2001, 1, 1), Week.on_weekdays(Interval(480, 960))),))
    assert "Åtta arbetstimmar" not in due(Calendar(3, 2000, 2060, frozenset(), never))
