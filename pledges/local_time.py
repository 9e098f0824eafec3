"""Which Swedish day a moment belongs to, and the moments that a Swedish day is made of."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from pledges.errors import NaiveMoment

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_ORDINARY: Final = timedelta(days=1)
_MINUTES_A_DAY: Final = _ORDINARY // _MINUTE


class Part(NamedTuple):
    """The minutes `first` up to but not `last` on the wall clock of a day, from `begins` in UTC.

    A day is one part, save the two a year when the wall clock jumps: then it is two.
    """

    first: int
    last: int
    begins: datetime


def local_day(moment: datetime) -> date:
    """Give the day it is in Sweden at a moment. Raises NaiveMoment without an offset."""
    return aware(moment).astimezone(STOCKHOLM).date()


def local_minute(moment: datetime) -> int:
    """Give the minute of the day, 0 to 1439, that the wall clock shows in Sweden at a moment.

    Raises NaiveMoment without an offset.
    """
    local = aware(moment).astimezone(STOCKHOLM)
    return local.hour * 60 + local.minute


def end_of_day(day: date) -> datetime:
    """Give the moment, in UTC, when a Swedish day is over: the midnight after it.

    The end is exclusive: that moment belongs to the next day. Summer time begins and ends
    between two and three at night, so a Swedish midnight always exists exactly once.
    """
    return _midnight(day + timedelta(days=1))


def parts_of_day(day: date) -> Iterator[Part]:
    """Give a day as the wall clock shows it: every minute once, when summer time begins or ends too.

    The hour that is skipped in March is in neither part; the one that comes twice in
    October is in both.
    """
    begins, ends = _midnight(day), end_of_day(day)
    if ends - begins == _ORDINARY:
        yield Part(0, _MINUTES_A_DAY, begins)
        return
    change = begins + _HOUR
    while _offset(change) == _offset(begins):
        change += _HOUR
    yield Part(0, (change - begins) // _MINUTE, begins)
    yield Part(_MINUTES_A_DAY - (ends - change) // _MINUTE, _MINUTES_A_DAY, change)


def aware(moment: datetime) -> datetime:
    """Give the moment back if it knows its offset from UTC; raises NaiveMoment if not."""
    if moment.utcoffset() is None:
        raise NaiveMoment(f"{moment.isoformat()} has no offset from UTC")
    return moment


def _midnight(day: date) -> datetime:
    """Give the moment, in UTC, when a Swedish day begins."""
    return datetime.combine(day, time.min, STOCKHOLM).astimezone(UTC)


def _offset(moment: datetime) -> timedelta | None:
    return moment.astimezone(STOCKHOLM).utcoffset()
