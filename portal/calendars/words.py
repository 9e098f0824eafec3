"""A calendar in words: its weeks, its unusual days, and what becomes of a case that comes on a certain day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pledges.calendar import Calendar
from pledges.clock import Limit, Unit, read
from pledges.errors import UnknownYear
from pledges.holidays import Suggestion, short_days
from pledges.opening import MINUTES_A_DAY, DayException, Interval, OpeningHours, Week
from portal.calendars.draft import CLOSED_WORD, DayRow
from portal.calendars.opening import written
from portal.clock import STOCKHOLM
from portal.departments.hours import hours_in_words
from portal.departments.rules import Interval as WallInterval
from portal.departments.rules import spans
from portal.i18n import N_, Language, Text

ONE_DAY = timedelta(days=1)
FRIDAY = 4
MOST_EXAMPLES = 3
NOON = 12 * 60
AFTERNOON = time(15)
DAYS_AHEAD = 400
# What the examples promise; the words are said before the day, or the day and the hour.
PROMISED: tuple[tuple[Limit, str], ...] = (
    (Limit(2, Unit.WORKING_DAYS), N_("Två arbetsdagar")),
    (Limit(4, Unit.WORKING_HOURS), N_("Fyra arbetstimmar")),
)
BEFORE_CLOSED = N_("Stängt %(day)s: %(reason)s.")
ON_SHORT = N_("Den dagen är det öppet kl. %(hours)s: %(reason)s.")
ON_FRIDAY = N_("En vanlig fredag.")


@dataclass(frozen=True)
class Opening:
    """One interval of a weekday by the clock on the wall, for `hours_in_words`."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class SeasonWords:
    """A season: its days, None where it has no beginning or no end, and its week in few sentences."""

    first: date | None
    last: date | None
    week: tuple[Text, ...]


@dataclass(frozen=True)
class UnusualWords:
    """A day that is not as others: its hours as figures, empty when closed, and why."""

    day: date
    hours: str
    reason: str


@dataclass(frozen=True)
class Answer:
    """What a promise of an example ends with, under the calendar and, when it differs, under the one in force now.

    `due_at` is the last moment when hours are promised, else None.
    """

    promised: str
    due_on: date
    due_at: datetime | None
    now_on: date | None
    now_at: datetime | None


@dataclass(frozen=True)
class Example:
    """A case that comes at a moment, why the moment was chosen, and what the promises then end with."""

    received_at: datetime
    why: Text
    answers: tuple[Answer, ...]


def seasons_in_words(hours: OpeningHours, tongue: Language) -> tuple[SeasonWords, ...]:
    """Give the seasons in words, in order."""
    return tuple(
        SeasonWords(
            None if season.first == date.min else season.first,
            season.last,
            week_in_words(season.week, tongue),
        )
        for season in hours.seasons
    )


def week_in_words(week: Week, tongue: Language) -> tuple[Text, ...]:
    """Give a week as few sentences; closed days are not told."""
    openings = [
        Opening(weekday, wall(interval.opens), wall(interval.closes))
        for weekday, intervals in enumerate(week.days)
        for interval in intervals
    ]
    return hours_in_words(openings, tongue)


def unusual_in_words(days: Iterable[DayException], tongue: Language) -> tuple[UnusualWords, ...]:
    """Give the days that are not as others, in order."""
    return tuple(UnusualWords(each.day, figures(each.open, tongue), each.reason) for each in days)


def figures(intervals: Sequence[Interval], tongue: Language) -> str:
    """Give hours as figures, "8–12, 13–16.30"; empty when closed."""
    return spans([WallInterval(wall(each.opens), wall(each.closes)) for each in intervals], tongue)


def wall(minute: int) -> time:
    """Give a minute of the day by the clock on the wall; the end of the day is midnight."""
    return time(minute % MINUTES_A_DAY // 60, minute % 60)


def suggestions(years: Iterable[int], hours: OpeningHours, today: date) -> tuple[DayRow, ...]:
    """Give the days from today on that many close early or altogether and about which nothing is said yet.

    Half days are offered with the hours of that day up to noon. Only a suggestion: nobody has decided it.
    """
    known = {each.day for each in hours.exceptions}
    found = (short for year in years for short in short_days(year))
    return tuple(
        DayRow(short.day.isoformat(), _suggested(short.day, short.suggestion, hours), short.name)
        for short in found
        if short.day >= today and short.day not in known
    )


def _suggested(day: date, suggestion: Suggestion, hours: OpeningHours) -> str:
    if suggestion is Suggestion.CLOSED:
        return CLOSED_WORD
    week = next((season.week for season in hours.seasons if season.holds(day)), None)
    morning = [
        Interval(each.opens, min(each.closes, NOON))
        for each in (week.days[day.weekday()] if week else ())
        if each.opens < NOON
    ]
    return written(morning) or CLOSED_WORD


def examples(
    days: Calendar, current: Calendar, own: OpeningHours, today: date, tongue: Language
) -> tuple[Example, ...]:
    """Give two or three cases that come under a calendar: about its next unusual days, and a plain Friday.

    What a calendar cannot answer, as hours under one that is never open, is left out.
    """
    moments = list(_moments(days, own, today, tongue))[:MOST_EXAMPLES]
    found = (Example(moment, why, tuple(_answers(moment, days, current))) for moment, why in moments)
    return tuple(example for example in found if example.answers)


def _moments(
    days: Calendar, own: OpeningHours, today: date, tongue: Language
) -> Iterator[tuple[datetime, Text]]:
    ahead = [
        each
        for each in own.exceptions
        if today < each.day <= today + timedelta(days=DAYS_AHEAD) and not days.is_free_by_law(each.day)
    ]
    for each in [each for each in ahead if not each.open][:1]:
        yield (
            _afternoon(_working_day_before(each.day, days)),
            Text(BEFORE_CLOSED, {"day": each.day, "reason": each.reason}),
        )
    for each in [each for each in ahead if each.open][:1]:
        words = {"hours": figures(each.open, tongue), "reason": each.reason}
        yield _afternoon(each.day), Text(ON_SHORT, words)
    yield _afternoon(_plain_friday(today, days, own)), Text(ON_FRIDAY)


def _answers(received: datetime, days: Calendar, current: Calendar) -> Iterator[Answer]:
    for limit, words in PROMISED:
        try:
            new, old = (read(limit, received, (), calendar, received) for calendar in (days, current))
        except UnknownYear:
            continue
        differs = new.due_at != old.due_at
        in_hours = limit.unit.in_hours
        yield Answer(
            words,
            new.due_on,
            new.due_at if in_hours else None,
            old.due_on if differs else None,
            old.due_at if differs and in_hours else None,
        )


def _afternoon(day: date) -> datetime:
    return datetime.combine(day, AFTERNOON, STOCKHOLM)


def _working_day_before(day: date, days: Calendar) -> date:
    before = day - ONE_DAY
    while not days.is_working_day(before):
        before -= ONE_DAY
    return before


def _plain_friday(today: date, days: Calendar, own: OpeningHours) -> date:
    """Give the next Friday on which people are at work and of which nothing is said."""
    named = {each.day for each in own.exceptions}
    day = today + timedelta(days=(FRIDAY - today.weekday()) % 7 or 7)
    while not days.is_working_day(day) or day in named:
        day += timedelta(days=7)
    return day
