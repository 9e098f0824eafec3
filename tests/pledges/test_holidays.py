"""The named free days, against the law's own list and an independent package."""

from datetime import date, timedelta

import pytest
from holidays.countries.sweden import Sweden

from pledges.errors import UnknownYear
from pledges.holidays import Suggestion, easter_day, holidays, is_free_by_law, short_days

# The years before 2005 had Whit Monday and no National Day.
YEARS = range(2000, 2061)


def swedish(year: int) -> Sweden:
    return Sweden(categories=("public", "de_facto"), language="sv", years=year)


@pytest.mark.parametrize("year", YEARS)
def test_the_days_are_those_of_an_independent_package(year: int) -> None:
    assert set(holidays(year)) == set(swedish(year))


@pytest.mark.parametrize("year", range(2020, 2041))
def test_the_names_are_those_of_an_independent_package(year: int) -> None:
    theirs = {day: set(names.split("; ")) for day, names in swedish(year).items()}
    ours = {day: holiday.name for day, holiday in holidays(year).items()}
    assert [day for day in ours if ours[day] not in theirs[day]] == []


def test_easter_is_right_until_the_year_2100() -> None:
    theirs = Sweden(language="sv", years=range(1990, 2101), expand=False)
    assert [easter_day(year) for year in range(1990, 2101)] == sorted(theirs.get_named("Påskdagen"))


# Weekdays that are free in 2026 and 2027: lag (1989:253) and lag (1930:173) 2 §, written out.
@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2026, "01-01 01-06 04-03 04-06 05-01 05-14 06-19 12-24 12-25 12-31"),
        (2027, "01-01 01-06 03-26 03-29 05-06 06-25 12-24 12-31"),
    ],
)
def test_the_free_weekdays_of_a_year_written_out(year: int, expected: str) -> None:
    weekdays = [f"{day:%m-%d}" for day in holidays(year) if day.weekday() < 5]
    assert " ".join(weekdays) == expected


@pytest.mark.parametrize("year", YEARS)
def test_the_days_come_in_the_order_of_the_year_and_know_their_date(year: int) -> None:
    found = holidays(year)
    assert list(found) == sorted(found)
    assert all(holiday.day == day for day, holiday in found.items())


def test_the_three_eves_name_the_law_on_computing_time() -> None:
    eves = [h.name for h in holidays(2026).values() if h.law == "lag (1930:173) 2 §"]
    assert eves == ["Midsommarafton", "Julafton", "Nyårsafton"]


def test_whit_monday_gave_way_to_the_national_day_in_2005() -> None:
    assert holidays(2004)[date(2004, 5, 31)].name == "Annandag pingst"
    assert date(2004, 6, 6) not in holidays(2004)
    assert holidays(2005)[date(2005, 6, 6)].name == "Nationaldagen"
    assert date(2005, 5, 16) not in holidays(2005)


def test_a_date_with_two_names_gives_the_fixed_one() -> None:
    # Ascension Day fell on 1 May in 2008.
    assert holidays(2008)[date(2008, 5, 1)].name == "Första maj"


# In neither law: Epiphany Eve, Maundy Thursday, Walpurgis Night, All Saints' Eve, a bridging day.
@pytest.mark.parametrize("day", ["2026-01-05", "2026-04-02", "2026-04-30", "2026-10-30", "2026-05-15"])
def test_days_many_take_off_are_not_free_by_law(day: str) -> None:
    assert not is_free_by_law(date.fromisoformat(day))


def test_saturdays_and_sundays_are_free_by_law() -> None:
    monday = date(2026, 11, 23)
    week = [monday + timedelta(days=n) for n in range(7)]
    assert [is_free_by_law(day) for day in week] == [False] * 5 + [True] * 2


def test_years_before_the_law_are_unknown() -> None:
    with pytest.raises(UnknownYear):
        holidays(1989)


def test_nobody_can_change_the_days_of_a_year() -> None:
    with pytest.raises(TypeError):
        holidays(2026)[date(2026, 2, 2)] = holidays(2026)[date(2026, 1, 1)]  # type: ignore[index]


# By law free all day, or the day before a Saturday that few offices notice: no suggestions of ours.
NOT_SUGGESTED = ("Midsommarafton", "Julafton", "Nyårsafton", "Dag före Pingstafton")


def half_days_elsewhere(year: int) -> set[date]:
    theirs = Sweden(categories=("bank",), language="sv", years=year, expand=False)
    return {
        day
        for day, names in theirs.items()
        if not is_free_by_law(day) and any(not name.startswith(NOT_SUGGESTED) for name in names.split("; "))
    }


@pytest.mark.parametrize("year", range(2005, 2041))
def test_the_suggested_half_days_are_those_of_an_independent_package(year: int) -> None:
    ours = {short.day for short in short_days(year) if short.suggestion is Suggestion.HALF_DAY}
    assert ours == half_days_elsewhere(year)


def test_the_short_days_of_a_year_written_out() -> None:
    assert [f"{short.day:%m-%d} {short.name}" for short in short_days(2026)] == [
        "01-02 Klämdag",
        "01-05 Trettondagsafton",
        "04-02 Skärtorsdagen",
        "04-30 Valborgsmässoafton",
        "05-13 Dagen före Kristi himmelsfärdsdag",
        "05-15 Klämdag",
        "06-18 Dagen före midsommarafton",
        "10-30 Allhelgonaafton",
        "12-23 Dagen före julafton",
        "12-30 Dagen före nyårsafton",
    ]


@pytest.mark.parametrize("year", YEARS)
def test_a_bridging_day_is_alone_between_two_free_days(year: int) -> None:
    first, one = date(year, 1, 1), timedelta(days=1)
    days = [first + n * one for n in range((date(year + 1, 1, 1) - first).days)]
    alone = {d for d in days if not is_free_by_law(d) and is_free_by_law(d - one) and is_free_by_law(d + one)}
    suggested = short_days(year)
    assert {short.day for short in suggested if short.suggestion is Suggestion.CLOSED} <= alone
    assert alone <= {short.day for short in suggested}


@pytest.mark.parametrize("year", YEARS)
def test_what_is_suggested_is_a_working_day_by_law(year: int) -> None:
    assert not any(is_free_by_law(short.day) for short in short_days(year))


def test_an_eve_alone_between_free_days_is_suggested_as_a_half_day() -> None:
    # Epiphany Eve 2026 is a Monday between a Sunday and Epiphany.
    eve = next(short for short in short_days(2026) if short.day == date(2026, 1, 5))
    assert (eve.name, eve.suggestion) == ("Trettondagsafton", Suggestion.HALF_DAY)
