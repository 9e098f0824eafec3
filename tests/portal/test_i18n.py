from datetime import date, time
from decimal import Decimal

import pytest

from portal.i18n import HARD_SPACE, LANGUAGES, Language, Text, language

SWEDISH, ENGLISH = language("sv"), language("en")


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [("94.4", "94,4 %", "94.4%"), ("95.0", "95 %", "95%"), ("100", "100 %", "100%"), ("0", "0 %", "0%")],
)
def test_a_share_is_written_as_each_language_writes_it(value, swedish, english):
    assert SWEDISH.percent(Decimal(value)) == swedish.replace(" ", HARD_SPACE)
    assert ENGLISH.percent(Decimal(value)) == english


@pytest.mark.parametrize(
    ("opens", "closes", "swedish", "english"),
    [
        (time(8), time(16), "8–16", "8:00–16:00"),
        (time(7, 30), time(12, 5), "7.30–12.05", "7:30–12:05"),
        (time(0), time(0), "0–24", "0:00–24:00"),
    ],
)
def test_hours_are_written_as_each_language_writes_them(opens, closes, swedish, english):
    assert (SWEDISH.span(opens, closes), ENGLISH.span(opens, closes)) == (swedish, english)


@pytest.mark.parametrize(
    ("number", "swedish", "english"),
    [
        (0, "noll", "zero"),
        (1, "en", "one"),
        (12, "tolv", "twelve"),
        (13, "13", "13"),
        (2104, "2 104", "2,104"),
    ],
)
def test_numbers_are_words_up_to_twelve(number, swedish, english):
    assert SWEDISH.count_word(number) == swedish.replace(" ", HARD_SPACE)
    assert ENGLISH.count_word(number) == english


def test_one_of_something_neuter_has_a_word_of_its_own():
    assert SWEDISH.count_word(1, neuter=True) == "ett"
    assert SWEDISH.count_word(2, neuter=True) == "två"
    assert ENGLISH.count_word(1, neuter=True) == "one"


@pytest.mark.parametrize("tongue", [language(code) for code in LANGUAGES], ids=lambda tongue: tongue.code)
def test_a_text_writes_its_times_and_days_in_the_language_it_is_said_in(tongue: Language):
    values: dict[str, str | time | date] = {"day": date(2026, 11, 27), "time": time(7, 30), "word": "x"}
    said = tongue.say(Text("%(day)s %(time)s %(word)s", values))
    assert said == f"{tongue.day(date(2026, 11, 27))} {tongue.clock(time(7, 30))} x"
