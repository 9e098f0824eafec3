"""The calendars under which promises are timed; a revision, once used by a case, never changes."""

from functools import cache

from pledges.calendar import Calendar, swedish_calendar

LATEST = 1


@cache
def calendar(revision: int = LATEST) -> Calendar:
    """Give a revision of the calendar. Revision 1 is the Swedish year by law, without local closing days."""
    return swedish_calendar(revision=revision)
