"""Swedish public holidays, and the days that the law puts on a level with them.

Two laws together decide which days are free:

* lag (1989:253) om allmänna helgdagar names the public holidays. Every Sunday is one too.
* lag (1930:173) om beräkning av lagstadgad tid, 2 §, puts Saturdays and three eves
  (Midsummer Eve, Christmas Eve, New Year's Eve) on a level with them.

Saturdays and Sundays are no entries here, only the days that have a name of their own;
`is_free_by_law` answers for all of them. Maundy Thursday, Walpurgis Night, the eves of
Epiphany and All Saints and bridging days stand in neither law: they are ordinary working
days, and a municipality that closes on them says so in its own calendar. `short_days`
only lists them, so that whoever draws a calendar forgets none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from pledges.errors import UnknownYear
from pledges.wording import N_

HOLIDAYS_LAW: Final = "lag (1989:253)"
EQUAL_DAYS_LAW: Final = "lag (1930:173) 2 §"

# The holidays law is from 1989; earlier years followed other rules that nobody needs here.
FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 9999

# From 2005 the National Day is free and Whit Monday no longer is.
_NATIONAL_DAY_SINCE: Final = 2005

_FRIDAY: Final = 4
_SATURDAY: Final = 5


@dataclass(frozen=True)
class Holiday:
    """A day with a name that is free by law; `name` is a Swedish msgid."""

    day: date
    name: str
    law: str


class Suggestion(StrEnum):
    """What a municipality may want to do with a working day that many take off."""

    HALF_DAY = "half_day"
    CLOSED = "closed"


@dataclass(frozen=True)
class ShortDay:
    """A working day that many municipalities shorten; `name` is a Swedish msgid."""

    day: date
    name: str
    suggestion: Suggestion


@lru_cache(maxsize=256)
def holidays(year: int) -> Mapping[date, Holiday]:
    """Give the named free days of a year by their date, in the order of the year.

    Two can fall on one date (Ascension Day on 1 May in 2008): then the one with a fixed
    date gives its name, since the day is free either way.
    Raises UnknownYear before 1990, when the law did not yet apply.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnknownYear(f"The holidays of {year}: known for {FIRST_YEAR} to {LAST_YEAR}")
    named = {holiday.day: holiday for holiday in (*_movable(year), *_fixed(year))}
    return MappingProxyType(dict(sorted(named.items())))


def is_free_by_law(day: date) -> bool:
    """Say whether a day is a Saturday, a Sunday, a public holiday or one of the three eves.

    Law: lag (1989:253); lag (1930:173) 2 §. Raises UnknownYear before 1990.
    """
    return day.weekday() >= _SATURDAY or day in holidays(day.year)


def short_days(year: int) -> tuple[ShortDay, ...]:
    """Give the working days that a municipality may want to close early or altogether.

    A suggestion, in the order of the year, and never law: until somebody puts a day in the
    municipality's own calendar it is a working day like any other. Eves are suggested as
    half days. A bridging day, alone between two free days, is suggested as closed, unless it
    is an eve too: a closed day makes every promise longer, so the lesser change goes first.
    Raises UnknownYear before 1990.
    """
    eves = {eve.day: eve for eve in _eves(year) if not is_free_by_law(eve.day)}
    bridges = {day: ShortDay(day, N_("Klämdag"), Suggestion.CLOSED) for day in _bridging_days(year)}
    return tuple(short for _, short in sorted({**bridges, **eves}.items()))


def easter_day(year: int) -> date:
    """Give Easter Day: the Sunday after the ecclesiastical full moon on or after 21 March.

    Follows the Gregorian computus: the moon's age from the 19-year cycle, corrected for
    the leap years that centuries leave out and for the drift of the moon.
    """
    century = year // 100
    dropped_leap_days = century - century // 4
    lunar_drift = (8 * century + 13) // 25
    # Days from 21 March to the full moon.
    moon = (19 * (year % 19) + dropped_leap_days - lunar_drift + 15) % 30
    # The church's moon is never later than 18 April, and not twice the same in one cycle.
    if moon == 29 or (moon == 28 and year % 19 > 10):
        moon -= 1
    full_moon = date(year, 3, 21) + timedelta(days=moon)
    return full_moon + timedelta(days=7 - (full_moon.weekday() + 1) % 7)


def _fixed(year: int) -> Iterator[Holiday]:
    yield Holiday(date(year, 1, 1), N_("Nyårsdagen"), HOLIDAYS_LAW)
    yield Holiday(date(year, 1, 6), N_("Trettondedag jul"), HOLIDAYS_LAW)
    yield Holiday(date(year, 5, 1), N_("Första maj"), HOLIDAYS_LAW)
    if year >= _NATIONAL_DAY_SINCE:
        yield Holiday(date(year, 6, 6), N_("Nationaldagen"), HOLIDAYS_LAW)
    yield Holiday(date(year, 12, 24), N_("Julafton"), EQUAL_DAYS_LAW)
    yield Holiday(date(year, 12, 25), N_("Juldagen"), HOLIDAYS_LAW)
    yield Holiday(date(year, 12, 26), N_("Annandag jul"), HOLIDAYS_LAW)
    yield Holiday(date(year, 12, 31), N_("Nyårsafton"), EQUAL_DAYS_LAW)


def _movable(year: int) -> Iterator[Holiday]:
    easter = easter_day(year)
    midsummer_eve = _first_weekday_from(date(year, 6, 19), _FRIDAY)
    all_saints = _first_weekday_from(date(year, 10, 31), _SATURDAY)
    yield Holiday(easter - timedelta(days=2), N_("Långfredagen"), HOLIDAYS_LAW)
    yield Holiday(easter, N_("Påskdagen"), HOLIDAYS_LAW)
    yield Holiday(easter + timedelta(days=1), N_("Annandag påsk"), HOLIDAYS_LAW)
    yield Holiday(easter + timedelta(days=39), N_("Kristi himmelsfärdsdag"), HOLIDAYS_LAW)
    yield Holiday(easter + timedelta(days=49), N_("Pingstdagen"), HOLIDAYS_LAW)
    if year < _NATIONAL_DAY_SINCE:
        yield Holiday(easter + timedelta(days=50), N_("Annandag pingst"), HOLIDAYS_LAW)
    yield Holiday(midsummer_eve, N_("Midsommarafton"), EQUAL_DAYS_LAW)
    yield Holiday(midsummer_eve + timedelta(days=1), N_("Midsommardagen"), HOLIDAYS_LAW)
    yield Holiday(all_saints, N_("Alla helgons dag"), HOLIDAYS_LAW)


def _eves(year: int) -> Iterator[ShortDay]:
    easter = easter_day(year)
    midsummer_eve = _first_weekday_from(date(year, 6, 19), _FRIDAY)
    all_saints = _first_weekday_from(date(year, 10, 31), _SATURDAY)
    for day, name in (
        (date(year, 1, 5), N_("Trettondagsafton")),
        (easter - timedelta(days=3), N_("Skärtorsdagen")),
        (easter + timedelta(days=38), N_("Dagen före Kristi himmelsfärdsdag")),
        (date(year, 4, 30), N_("Valborgsmässoafton")),
        (midsummer_eve - timedelta(days=1), N_("Dagen före midsommarafton")),
        (all_saints - timedelta(days=1), N_("Allhelgonaafton")),
        (date(year, 12, 23), N_("Dagen före julafton")),
        (date(year, 12, 30), N_("Dagen före nyårsafton")),
    ):
        yield ShortDay(day, name, Suggestion.HALF_DAY)


def _bridging_days(year: int) -> Iterator[date]:
    """Give the working days that are alone between two free ones, the turn of the year included."""
    one_day = timedelta(days=1)
    # Only a day beside one with a name of its own can be alone: weekends are five days apart.
    # New Year's Day of the next year is preceded by an eve, so no year needs another's days.
    beside = {day + step for day in holidays(year) for step in (-one_day, one_day)}
    for day in sorted(beside):
        alone = is_free_by_law(day - one_day) and is_free_by_law(day + one_day)
        if alone and day.year == year and not is_free_by_law(day):
            yield day


def _first_weekday_from(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)
