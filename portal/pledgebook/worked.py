"""Worked examples with real dates, for the page about how we count. Every answer is computed by the rules themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from pledges.calendar import Calendar
from pledges.clock import Limit, Pause, PauseReason, Reading, Unit, law_due, read
from pledges.errors import UnknownYear
from pledges.holidays import holidays
from pledges.local_time import STOCKHOLM
from portal.i18n import N_

TWO_WORKING_DAYS: Final = Limit(2, Unit.WORKING_DAYS)
FRIDAY, SUNDAY = 4, 6


@dataclass(frozen=True)
class Example:
    """A promise, when a case came, the questions asked in it and answered, and when it must be done.

    `closed` are the days on the way that are working days by law, but on which we have closed.
    """

    title: str
    limit: Limit
    received_at: datetime
    pauses: tuple[Pause, ...]
    reading: Reading
    why: str
    closed: tuple[date, ...]


@dataclass(frozen=True)
class LawExample:
    """A time set by law that ends on a holiday, beside the same time promised by us: the law's is moved, ours is not."""

    limit: Limit
    received: date
    ours: date
    law: date


@dataclass(frozen=True)
class _Draft:
    title: str
    limit: Limit
    received_at: datetime
    why: str
    pauses: tuple[Pause, ...] = ()


def examples(year: int, calendar: Calendar) -> list[Example]:
    """Give the examples of a year under a calendar. One that the calendar cannot answer is left out.

    That is an example in opening hours under a calendar that is never open.
    """
    return [example for draft in _drafts(year) if (example := _worked(draft, calendar)) is not None]


def law_example(year: int, calendar: Calendar) -> LawExample:
    """Give four weeks that end on Easter Monday, as a promise and as a time set by law."""
    limit, monday = Limit(4, Unit.WEEKS), _named(year, "Annandag påsk")
    received = monday - timedelta(days=limit.total)
    due = law_due(received, limit, calendar)
    return LawExample(limit, received, due.nominal, due.adjusted)


def _worked(draft: _Draft, calendar: Calendar) -> Example | None:
    ends = [pause.ended for pause in draft.pauses if pause.ended is not None]
    at = max([draft.received_at, *ends])
    try:
        reading = read(draft.limit, draft.received_at, draft.pauses, calendar, at)
    except UnknownYear:
        return None
    closed = tuple(_closed(reading, calendar))
    return Example(draft.title, draft.limit, draft.received_at, draft.pauses, reading, draft.why, closed)


def _closed(reading: Reading, calendar: Calendar) -> Iterator[date]:
    days = range((reading.due_on - reading.received_on).days + 1)
    for day in (reading.received_on + timedelta(days=number) for number in days):
        if not calendar.is_working_day(day) and not calendar.is_free_by_law(day):
            yield day


def _drafts(year: int) -> Iterator[_Draft]:
    for part in (_days, _holidays, _pauses, _long, _hours):
        yield from part(year)


def _days(year: int) -> Iterator[_Draft]:
    friday = _first(year, 3, FRIDAY)
    yield _Draft(
        N_("Över en helg"),
        TWO_WORKING_DAYS,
        _at(friday, 10),
        N_("Dagen då ärendet kom räknas inte, och inte lördag och söndag. Måndag är dag ett."),
    )
    yield _Draft(
        N_("Sent en söndag"),
        TWO_WORKING_DAYS,
        _at(friday + timedelta(days=2), 23),
        N_("Söndagen är dagen då det kom, hur sent det än är. Måndag är dag ett."),
    )


def _holidays(year: int) -> Iterator[_Draft]:
    midsummer, christmas = _named(year, "Midsommarafton"), date(year, 12, 24)
    yield _Draft(
        N_("Över midsommar"),
        TWO_WORKING_DAYS,
        _at(midsummer - timedelta(days=2), 14),
        N_("Torsdag är dag ett. Midsommarafton räknas inte, så måndag är dag två."),
    )
    yield _Draft(
        N_("Över jul"),
        Limit(3, Unit.WORKING_DAYS),
        _at(christmas - timedelta(days=2), 9),
        N_("Julafton, juldagen och annandag jul räknas inte, och inte lördag och söndag."),
    )


def _pauses(year: int) -> Iterator[_Draft]:
    monday = _first(year, 3, FRIDAY) + timedelta(days=3)
    friday = monday + timedelta(days=4)
    five = Limit(5, Unit.WORKING_DAYS)
    yield _Draft(
        N_("En fråga som får svar samma dag"),
        five,
        _at(monday, 9),
        N_("Frågan och svaret kom samma dag. Då ändras ingenting."),
        (_question(_at(monday + timedelta(days=1), 9), _at(monday + timedelta(days=1), 15)),),
    )
    yield _Draft(
        N_("En fråga som får svar efter helgen"),
        five,
        _at(monday, 9),
        N_("Dagarna efter frågan till och med svaret räknas inte. Av dem är bara måndagen en arbetsdag."),
        (_question(_at(friday, 9), _at(friday + timedelta(days=3), 15)),),
    )
    yield _Draft(
        N_("Två frågor som går in i varandra"),
        five,
        _at(monday, 9),
        N_("En dag som ligger i båda frågorna dras av en enda gång."),
        (
            _question(_at(monday + timedelta(days=1), 9), _at(monday + timedelta(days=3), 9)),
            _question(_at(monday + timedelta(days=2), 9), _at(friday, 9)),
        ),
    )


def _long(year: int) -> Iterator[_Draft]:
    easter_monday = _named(year, "Annandag påsk")
    yield _Draft(
        N_("Fyra veckor som slutar på en helgdag"),
        Limit(4, Unit.WEEKS),
        _at(easter_monday - timedelta(weeks=4), 11),
        N_("Samma veckodag, fyra veckor senare. Ett löfte i veckor flyttas inte fram för att dagen är röd."),
    )
    yield _Draft(
        N_("En månad från den 31 januari"),
        Limit(1, Unit.MONTHS),
        _at(date(year, 1, 31), 11),
        N_("Den dagen finns inte i februari. Då gäller månadens sista dag."),
    )


def _hours(year: int) -> Iterator[_Draft]:
    friday = _first(year, 3, FRIDAY)
    jump = date(year, 3, 31)
    jump -= timedelta(days=(jump.weekday() - SUNDAY) % 7)
    yield _Draft(
        N_("Åtta arbetstimmar"),
        Limit(8, Unit.WORKING_HOURS),
        _at(friday, 15),
        N_("Bara timmar då vi har öppet räknas. Löftet är hållet om det är klart före klockslaget."),
    )
    yield _Draft(
        N_("24 timmar över natten till sommartid"),
        Limit(24, Unit.CLOCK_HOURS),
        _at(jump - timedelta(days=1), 12),
        N_("Alla timmar räknas. Natten är en timme kortare, så klockan hinner visa en timme mer."),
    )
    yield _Draft(
        N_("Samma dag, före klockslaget"),
        Limit(16, Unit.SAME_DAY),
        _at(friday, 15, 30),
        N_("Det kom en arbetsdag före kl. 16. Då gäller den dagen."),
    )
    yield _Draft(
        N_("Samma dag, efter klockslaget"),
        Limit(16, Unit.SAME_DAY),
        _at(friday, 16, 10),
        N_("Det kom efter kl. 16. Då gäller nästa arbetsdag."),
    )


def _question(asked: datetime, answered: datetime) -> Pause:
    return Pause(asked, answered, PauseReason.QUESTION)


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), STOCKHOLM)


def _first(year: int, month: int, weekday: int) -> date:
    """Give the first such weekday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7)


def _named(year: int, name: str) -> date:
    """Give the day of a year's named holiday."""
    return next(day for day, holiday in holidays(year).items() if holiday.name == name)


__all__ = ["Example", "LawExample", "examples", "law_example"]
