"""Opening hours as they are kept and as they are typed: "08.00-12.00, 13.00-16.30"; nothing is "stängt"."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from pledges.errors import BadCalendar, CalendarFault
from pledges.opening import MINUTES_A_DAY, DayException, Interval, OpeningHours, Season, Week

CLOSED = ("", "-", "stängt")
SPAN = re.compile(r"([0-9]{1,2})(?:[.:]([0-9]{2}))?\s*[-–—]\s*([0-9]{1,2})(?:[.:]([0-9]{2}))?")
SEPARATOR = re.compile(r"\s*(?:,|;|\boch\b)\s*")


class UnreadableHours(ValueError):
    """A text is not opening hours at all; `args` holds the part that could not be read."""


def hours_of(content: Mapping[str, Any]) -> OpeningHours:
    """Give opening hours from what `content_of` wrote. Raises BadCalendar for what no calendar can be."""
    return OpeningHours(
        tuple(
            Season(_day(season["first"]), _maybe_day(season["last"]), week_of(season["week"]))
            for season in content["seasons"]
        ),
        tuple(
            DayException(_day(each["day"]), intervals_of(each["open"]), each["reason"])
            for each in content["exceptions"]
        ),
    )


def content_of(hours: OpeningHours) -> dict[str, Any]:
    """Give opening hours as JSON: seasons with seven days of text each, and exceptions by their day."""
    return {
        "seasons": [
            {
                "first": season.first.isoformat(),
                "last": season.last.isoformat() if season.last else None,
                "week": [written(intervals) for intervals in season.week.days],
            }
            for season in hours.seasons
        ],
        "exceptions": [
            {"day": each.day.isoformat(), "open": written(each.open), "reason": each.reason}
            for each in hours.exceptions
        ],
    }


def written(intervals: Sequence[Interval]) -> str:
    """Give hours as they are typed; nothing when closed."""
    return ", ".join(map(str, intervals))


def week_of(texts: Sequence[str]) -> Week:
    """Give the week of seven texts, Monday first. Raises UnreadableHours or BadCalendar."""
    return Week(tuple(map(intervals_of, texts)))


def intervals_of(text: str) -> tuple[Interval, ...]:
    """Give the hours of a text, in order; () for an empty one, a dash or "stängt".

    Hours are written 8, 8.00 or 08:00; 24 is the end of the day. Raises UnreadableHours with the part that is none,
    BadCalendar for hours that no day has, that close before they open, or that overlap.
    """
    if text.strip().lower() in CLOSED:
        return ()
    intervals = tuple(sorted(_interval(part) for part in SEPARATOR.split(text.strip())))
    for one, two in pairwise(intervals):
        if two.opens < one.closes:
            raise BadCalendar(CalendarFault.OVERLAPPING_HOURS, one, two)
    return intervals


def _interval(part: str) -> Interval:
    match = SPAN.fullmatch(part)
    if match is None:
        raise UnreadableHours(part)
    opens_hour, opens_minute, closes_hour, closes_minute = (int(number or 0) for number in match.groups())
    if opens_minute >= 60 or closes_minute >= 60:
        raise UnreadableHours(part)
    opens, closes = opens_hour * 60 + opens_minute, closes_hour * 60 + closes_minute
    if max(opens, closes) > MINUTES_A_DAY:
        raise UnreadableHours(part)
    return Interval(opens, closes)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _maybe_day(text: str | None) -> date | None:
    return _day(text) if text else None
