from datetime import UTC, date, datetime, time

import pytest

from portal.departments import rules
from portal.departments.rules import Interval, UnusualDay, open_now, spans, week_of
from portal.i18n import HARD_SPACE, language

OFFICE = week_of(
    [(day, time(8), time(12)) for day in range(5)] + [(day, time(13), time(16, 30)) for day in range(5)]
)
NO_WEEK = week_of([])


def said(
    at: datetime, week: rules.Week = OFFICE, unusual: tuple[UnusualDay, ...] = (), tongue: str = "sv"
) -> str:
    return language(tongue).say(open_now(week, unusual, at)).replace(HARD_SPACE, " ")


# November 2026 in Sweden is one hour ahead of UTC; 20 November is a Friday.
@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 20, 6, 59, tzinfo=UTC), "Stängt nu. Öppnar i dag kl. 8."),
        (datetime(2026, 11, 20, 7, 0, tzinfo=UTC), "Öppet nu till kl. 12. Öppnar igen kl. 13."),
        (datetime(2026, 11, 20, 11, 0, tzinfo=UTC), "Stängt nu. Öppnar i dag kl. 13."),
        (datetime(2026, 11, 20, 12, 0, tzinfo=UTC), "Öppet i dag till kl. 16.30."),
        (datetime(2026, 11, 20, 15, 29, tzinfo=UTC), "Öppet i dag till kl. 16.30."),
        (datetime(2026, 11, 20, 15, 30, tzinfo=UTC), "Stängt nu. Öppnar måndag kl. 8."),
        (datetime(2026, 11, 22, 12, 0, tzinfo=UTC), "Stängt nu. Öppnar i morgon kl. 8."),
        (datetime(2026, 7, 3, 13, 0, tzinfo=UTC), "Öppet i dag till kl. 16.30."),
    ],
)
def test_an_ordinary_week_says_until_when_and_from_when(at, expected):
    assert said(at) == expected


def test_a_public_holiday_and_christmas_eve_are_closed():
    # Thursday 24 to Saturday 26 December are free, and so is the Sunday after.
    assert said(datetime(2026, 12, 24, 9, 0, tzinfo=UTC)) == "Stängt nu. Öppnar måndag kl. 8."


def test_a_day_decided_for_goes_before_the_holiday():
    open_anyway = UnusualDay(date(2026, 12, 24), (Interval(time(9), time(11)),), "Julöppet")
    assert (
        said(datetime(2026, 12, 24, 9, 0, tzinfo=UTC), unusual=(open_anyway,)) == "Öppet i dag till kl. 11."
    )


def test_a_closed_day_is_passed_over():
    closed = (UnusualDay(date(2026, 11, 23), ()), UnusualDay(date(2026, 11, 20), ()))
    assert said(datetime(2026, 11, 20, 9, 0, tzinfo=UTC), unusual=closed) == "Stängt nu. Öppnar tisdag kl. 8."


def test_more_than_six_days_away_is_named_by_date():
    only_fridays = week_of([(4, time(10), time(12))])
    noon = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert said(noon, only_fridays) == "Stängt nu. Öppnar fredag 27 november kl. 10."
    assert said(noon, only_fridays, tongue="en") == "Closed now. Opens on Friday 27 November at 10:00."


def test_round_the_clock_and_never():
    always = week_of([(day, time(0), time(0)) for day in range(7)])
    assert said(datetime(2026, 11, 20, 2, 0, tzinfo=UTC), always) == "Öppet dygnet runt."
    assert said(datetime(2026, 11, 20, 2, 0, tzinfo=UTC), NO_WEEK) == "Ingen fast öppettid."


def test_midnight_ends_the_day():
    late = week_of([(4, time(18), time(0))])
    assert said(datetime(2026, 11, 20, 22, 59, tzinfo=UTC), late) == "Öppet i dag till midnatt."
    assert spans(late.days[4], language("sv")) == "18–24"


def test_english_hours_have_their_minutes():
    assert said(datetime(2026, 11, 20, 12, 0, tzinfo=UTC), tongue="en") == "Open today until 16:30."
    assert spans(OFFICE.days[0], language("en")) == "8:00–12:00, 13:00–16:30"
    assert spans((), language("en")) == ""
