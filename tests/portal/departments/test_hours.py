"""A department's week in words."""

from datetime import time

import pytest

from portal.departments.hours import hours_in_words
from portal.departments.models import OpeningHours
from portal.i18n import language

SWEDISH = language("sv")
MORNING, AFTERNOON, WHOLE = (time(8), time(12)), (time(13), time(16, 30)), (time(8), time(16))
NIGHT_AND_DAY = (time(0), time(0))


@pytest.mark.parametrize(
    ("week", "words"),
    [
        ({day: [WHOLE] for day in range(5)}, ["Vardagar kl. 8–16"]),
        ({day: [MORNING, AFTERNOON] for day in range(5)}, ["Vardagar kl. 8–12 och 13–16.30"]),
        (
            {**{day: [WHOLE] for day in range(4)}, 4: [MORNING]},
            ["Måndag–torsdag kl. 8–16", "Fredag kl. 8–12"],
        ),
        ({day: [NIGHT_AND_DAY] for day in range(7)}, ["Alla dagar kl. 0–24"]),
        ({1: [WHOLE], 3: [WHOLE]}, ["Tisdag kl. 8–16", "Torsdag kl. 8–16"]),
        ({}, []),
    ],
)
def test_days_alike_are_told_together(week, words):
    rows = [OpeningHours(weekday=day, opens=o, closes=c) for day, hours in week.items() for o, c in hours]
    assert [SWEDISH.say(row) for row in hours_in_words(rows, SWEDISH)] == words


def test_english_hours_have_their_minutes():
    english = language("en")
    rows = [OpeningHours(weekday=day, opens=o, closes=c) for day in (0, 1) for o, c in (MORNING, AFTERNOON)]
    assert [english.say(row) for row in hours_in_words(rows, english)] == [
        "Monday–Tuesday 8:00–12:00 and 13:00–16:30"
    ]
