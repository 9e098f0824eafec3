"""Which Swedish day a moment belongs to, and the moment when a Swedish day is over."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pledges.errors import NaiveMoment

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")


def local_day(moment: datetime) -> date:
    """Give the day it is in Sweden at a moment. Raises NaiveMoment without an offset."""
    return aware(moment).astimezone(STOCKHOLM).date()


def end_of_day(day: date) -> datetime:
    """Give the moment, in UTC, when a Swedish day is over: the midnight after it.

    The end is exclusive: that moment belongs to the next day. Summer time begins and ends
    between two and three at night, so a Swedish midnight always exists exactly once.
    """
    midnight = datetime.combine(day + timedelta(days=1), time.min, STOCKHOLM)
    return midnight.astimezone(UTC)


def aware(moment: datetime) -> datetime:
    """Give the moment back if it knows its offset from UTC; raises NaiveMoment if not."""
    if moment.utcoffset() is None:
        raise NaiveMoment(f"{moment.isoformat()} has no offset from UTC")
    return moment
