"""Is it open? Decided from the ordinary week, the days that are not as others, and the public holidays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pledges.holidays import holidays
from portal.clock import local
from portal.i18n import N_, Language, Text

DAYS_AHEAD = 21
DAYS_BY_NAME = 7

OPEN_TODAY = N_("Öppet i dag till kl. %(time)s.")
OPEN_UNTIL_BREAK = N_("Öppet nu till kl. %(time)s. Öppnar igen kl. %(again)s.")
OPEN_TO_MIDNIGHT = N_("Öppet i dag till midnatt.")
ALWAYS_OPEN = N_("Öppet dygnet runt.")
OPENS_TODAY = N_("Stängt nu. Öppnar i dag kl. %(time)s.")
OPENS_TOMORROW = N_("Stängt nu. Öppnar i morgon kl. %(time)s.")
OPENS_ON = (
    N_("Stängt nu. Öppnar måndag kl. %(time)s."),
    N_("Stängt nu. Öppnar tisdag kl. %(time)s."),
    N_("Stängt nu. Öppnar onsdag kl. %(time)s."),
    N_("Stängt nu. Öppnar torsdag kl. %(time)s."),
    N_("Stängt nu. Öppnar fredag kl. %(time)s."),
    N_("Stängt nu. Öppnar lördag kl. %(time)s."),
    N_("Stängt nu. Öppnar söndag kl. %(time)s."),
)
OPENS_LATER = N_("Stängt nu. Öppnar %(day)s kl. %(time)s.")
NO_HOURS = N_("Ingen fast öppettid.")
WEEKDAYS = (
    N_("Måndag"),
    N_("Tisdag"),
    N_("Onsdag"),
    N_("Torsdag"),
    N_("Fredag"),
    N_("Lördag"),
    N_("Söndag"),
)


@dataclass(frozen=True, order=True)
class Interval:
    """Open from `opens`, up to but not `closes`, by a clock on the wall. Midnight as `closes` ends the day."""

    opens: time
    closes: time

    def covers(self, wall: time) -> bool:
        """Tell whether it is open at a time of the day."""
        return self.opens <= wall and (wall < self.closes or self.closes == time.min)


@dataclass(frozen=True)
class Week:
    """The ordinary week: the intervals of each weekday, Monday first, in order."""

    days: tuple[tuple[Interval, ...], ...]


@dataclass(frozen=True)
class UnusualDay:
    """A day that is not as others: its intervals (none: closed) and why."""

    day: date
    intervals: tuple[Interval, ...]
    note: str = ""


def week_of(intervals: Sequence[tuple[int, time, time]]) -> Week:
    """Give the week from rows of weekday (Monday 0), opens and closes."""
    return Week(
        tuple(
            tuple(
                sorted(Interval(opens, closes) for weekday, opens, closes in intervals if weekday == number)
            )
            for number in range(7)
        )
    )


def intervals_on(day: date, week: Week, unusual: Sequence[UnusualDay]) -> tuple[Interval, ...]:
    """Give when it is open on a day: as decided for that day, else closed on a holiday, else as every week.

    The holidays, and the three eves on a level with them, are those of lag (1989:253) and lag (1930:173) 2 §.
    """
    for exception in unusual:
        if exception.day == day:
            return exception.intervals
    return () if day in holidays(day.year) else week.days[day.weekday()]


def open_now(week: Week, unusual: Sequence[UnusualDay], at: datetime) -> Text:
    """Say whether it is open at a moment, until when, or when it opens next."""
    wall = local(at)
    today = intervals_on(wall.date(), week, unusual)
    for place, interval in enumerate(today):
        if interval.covers(wall.time()):
            return _open(interval, today[place + 1 :])
    later = [interval for interval in today if interval.opens > wall.time()]
    if later:
        return Text(OPENS_TODAY, {"time": later[0].opens})
    return _next_opening(wall.date(), week, unusual)


def spans(intervals: Sequence[Interval], tongue: Language) -> str:
    """Give the hours of a day as figures, "8–12, 13–16.30"; empty when closed."""
    return ", ".join(tongue.span(interval.opens, interval.closes) for interval in intervals)


def _open(interval: Interval, rest: Sequence[Interval]) -> Text:
    if interval == Interval(time.min, time.min):
        return Text(ALWAYS_OPEN)
    if interval.closes == time.min:
        return Text(OPEN_TO_MIDNIGHT)
    if rest:
        return Text(OPEN_UNTIL_BREAK, {"time": interval.closes, "again": rest[0].opens})
    return Text(OPEN_TODAY, {"time": interval.closes})


def _next_opening(today: date, week: Week, unusual: Sequence[UnusualDay]) -> Text:
    for ahead in range(1, DAYS_AHEAD):
        day = today + timedelta(days=ahead)
        intervals = intervals_on(day, week, unusual)
        if intervals:
            return _opens(day, ahead, intervals[0].opens)
    return Text(NO_HOURS)


def _opens(day: date, ahead: int, at: time) -> Text:
    if ahead == 1:
        return Text(OPENS_TOMORROW, {"time": at})
    if ahead < DAYS_BY_NAME:
        return Text(OPENS_ON[day.weekday()], {"time": at})
    return Text(OPENS_LATER, {"day": day, "time": at})
