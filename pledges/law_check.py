"""Whether a promise is looser than the law: a pledge may be stricter, never the other way.

A promise of 20 working days and a law of four weeks look alike until Christmas comes. So the
two are not compared as numbers: every day on which a case could come in, over years that
begin on every day of the week and take in leap years, is tried.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from pledges.calendar import Calendar
from pledges.clock import read
from pledges.due import nominal_day
from pledges.errors import UnknownYear
from pledges.limit import Limit, Unit
from pledges.local_time import STOCKHOLM, end_of_day, local_day
from pledges.wording import N_

# From 2026 on, nine years are enough for one to begin on each day of the week, and for two leap years.
_FIRST_TRIED: Final = 2026
_YEARS_TRIED: Final = 9
_ONE_DAY: Final = timedelta(days=1)
_HOUR: Final = timedelta(hours=1)
_TICK: Final = timedelta(microseconds=1)

_End = Callable[[datetime], datetime]

_BY_DAY: Final = N_(
    "Ett ärende som kommer %(received)s får enligt löftet vänta till %(ours)s, men lagens gräns är %(law)s."
)
_BY_HOUR: Final = N_(
    "Ett ärende som kommer %(received)s %(received_time)s får enligt löftet vänta till %(ours)s %(ours_time)s,"
    " men lagens gräns är %(law)s %(law_time)s."
)


@dataclass(frozen=True)
class Looser:
    """A day on which a case would be promised its answer later than the law allows.

    `received_at` is when it comes in; `our_end` and `law_end` are the moments at which the
    promise and the law are broken. `message` and `values` say it in a sentence.
    """

    received_at: datetime
    our_end: datetime
    law_end: datetime

    @property
    def received_on(self) -> date:
        """The day on which the case comes in."""
        return local_day(self.received_at)

    @property
    def our_day(self) -> date:
        """The last day of the promise."""
        return local_day(self.our_end - _TICK)

    @property
    def law_day(self) -> date:
        """The last day by the law, as the calendar has it: its move to a weekday is left out."""
        return local_day(self.law_end - _TICK)

    @property
    def message(self) -> str:
        """The reason as a Swedish msgid; with times of day only when the days are the same."""
        return _BY_HOUR if self.our_day == self.law_day else _BY_DAY

    @property
    def values(self) -> Mapping[str, date | time]:
        """What the message names."""
        return {
            "received": self.received_on,
            "ours": self.our_day,
            "law": self.law_day,
            "received_time": _wall_time(self.received_at),
            "ours_time": _wall_time(self.our_end),
            "law_time": _wall_time(self.law_end),
        }


@lru_cache(maxsize=256)
def never_looser(ours: Limit, law: Limit, calendar: Calendar) -> Looser | None:
    """Give the first case whose promised time would end after the law's, or None if there is none.

    The law's end is the nominal one, by lag (1930:173) 1 §: whether 2 § moves it for an
    authority is open to argument, and a promise is no place for that. Both times are counted
    from the same receipt and without pauses, at every hour of the day where hours matter.
    Nine years from 2026 are tried, or the calendar's own first nine; days from which the
    calendar does not reach an answer are passed over.
    """
    if ours.unit is law.unit and ours.amount <= law.amount and ours.unit is not Unit.SAME_DAY:
        return None
    ours_end, law_end = _ends(ours, calendar), _ends(law, calendar)
    for day in _days(calendar):
        try:
            found = _looser_on(day, ours_end, law_end)
        except UnknownYear:
            return None
        if found is not None:
            return found
    return None


def _looser_on(day: date, ours_end: _End, law_end: _End) -> Looser | None:
    """Look at a day: whoever comes later never gets an answer promised sooner.

    So when the last of the day is still promised within what the law gives the first, no hour
    of it needs to be tried.
    """
    first, last = _midnight_after(day - _ONE_DAY), _midnight_after(day) - _TICK
    if ours_end(last) <= law_end(first):
        return None
    every_hour = (first + timedelta(hours=hour) for hour in range(int((last - first) / _HOUR) + 1))
    tried = (Looser(moment, ours_end(moment), law_end(moment)) for moment in (*every_hour, last))
    return next((found for found in tried if found.our_end > found.law_end), None)


def _days(calendar: Calendar) -> Iterator[date]:
    inside = calendar.first_year <= _FIRST_TRIED <= calendar.last_year
    first = _FIRST_TRIED if inside else calendar.first_year
    day, last = date(first, 1, 1), date(min(first + _YEARS_TRIED - 1, calendar.last_year), 12, 31)
    while day <= last:
        yield day
        day += _ONE_DAY


def _ends(limit: Limit, calendar: Calendar) -> _End:
    """Give what tells when a limit ends for a receipt: the moment from which it is too late."""
    if limit.unit.in_hours or limit.unit is Unit.SAME_DAY:
        return lambda moment: read(limit, moment, (), calendar, moment).due_at
    return lambda moment: _midnight_after(nominal_day(local_day(moment), limit, calendar))


@lru_cache(maxsize=8192)
def _midnight_after(day: date) -> datetime:
    return end_of_day(day)


def _wall_time(moment: datetime) -> time:
    local = moment.astimezone(STOCKHOLM)
    return time(local.hour, local.minute)
