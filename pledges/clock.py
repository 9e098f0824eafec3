"""The clock of a promise: when it was received, how it was paused, when it must be kept.

The rules, all in whole Swedish days (Europe/Stockholm):

1. The day of receipt is day 0. Nothing is shifted because something came in late in the
   evening or on a Sunday: day 1 is the next day that the limit counts.
2. The promise is kept until the end of its last day, that is, before the midnight after.
3. A pause from day P to day R takes the days later than P, up to and including R, out of
   the count. A question and its answer on one day therefore change nothing.
4. Overlapping pauses take a day out once.
5. While a pause runs, nothing becomes late: the last day moves along with today. A pause
   that begins when the last day is already over does not make a late case timely again.
6. If a pause began on the last day itself and ends on a day off, the next working day is
   the last. Otherwise the case would be late the moment the clock starts again.
7. A promise in weeks ends on the nominal day, whatever day of the week that is. The move
   to the next weekday in lag (1930:173) 2 § is for time set by law: see `law_due`.
8. What happens later than the moment of reading is not known yet and not counted.

A promise in months follows the rules for weeks; it ends on the day with the same number,
or on the last of a month without it, lag (1930:173) 1 §. One for the same day counts
working days: what came before its hour on a working day has that day as its last,
everything else the next working day.

The rules for hours, in time that passes (UTC), whatever the wall clock shows:

9. The time begins at the very moment of receipt. Working hours are the time during which
   the calendar is open; clock hours are all time. An hour is 60 minutes in every night,
   also in those when summer time begins or ends.
10. The promise is kept before the moment when the whole time has been used. If that is the
    minute of closing, an answer later that evening is late: the time was used up.
11. A pause takes the time from its beginning up to its end out of the count, to the
    microsecond; what was closed anyway is not taken out. Overlaps are taken out once.
12. While a pause runs, nothing becomes late: the last moment moves along with now. A pause
    that begins at the last moment or after it does not make a late case timely again.
13. The hours used are begun hours: the first is 1 from the start. So a promise is kept when
    no more hours were begun than promised, and only then.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from pledges.calendar import Calendar
from pledges.day_count import count_days
from pledges.due import LawDue, due_day, law_due
from pledges.hour_count import count_hours
from pledges.limit import Limit, Unit
from pledges.local_time import aware, local_day
from pledges.pause import Pause, PausePolicy, PauseReason, Pausing, allowed
from pledges.reading import Reading
from pledges.spans import Span, merged

__all__ = [
    "LawDue",
    "Limit",
    "Pause",
    "PausePolicy",
    "PauseReason",
    "Pausing",
    "Reading",
    "Unit",
    "allowed",
    "due_day",
    "gross",
    "law_due",
    "pausing",
    "read",
]


def read(
    limit: Limit,
    received_at: datetime,
    pauses: Sequence[Pause],
    calendar: Calendar,
    at: datetime,
    stopped_at: datetime | None = None,
) -> Reading:
    """Read the clock of a promise at a moment, by the rules at the top of this module.

    `stopped_at` is when the promise was answered; the clock shows no time after it, and a
    pause that was running then ends with it. Pauses may come in any order and overlap; all
    of them are taken out, so leave out what the promise's policy does not allow.
    Raises NaiveMoment when a moment has no offset from UTC, and UnknownYear when the
    calendar does not reach far enough.
    """
    stopped = stopped_at is not None and aware(stopped_at) <= aware(at)
    end = stopped_at if stopped_at is not None and stopped else aware(at)
    received_on = local_day(received_at)
    spans = merged(_paused_spans(pauses, received_at, end))
    if limit.unit.in_hours:
        counted = count_hours(limit, received_at, end, pauses, calendar)
    else:
        counted = count_days(limit, received_at, end, spans, calendar)
    return Reading(
        received_on=received_on,
        due_on=counted.due_on,
        due_at=counted.due_at,
        used=counted.used,
        total=limit.total,
        left=limit.total - counted.used,
        paused=not stopped and any(pause.covers(end) for pause in pauses),
        paused_days=sum(span.days for span in spans),
        kept=_kept(end, counted.due_at, stopped=stopped),
    )


def gross(
    limit: Limit,
    received_at: datetime,
    calendar: Calendar,
    at: datetime,
    stopped_at: datetime | None = None,
) -> Reading:
    """Read the same clock as if it had never been paused; see `read`."""
    return read(limit, received_at, (), calendar, at, stopped_at)


def pausing(
    limit: Limit,
    received_at: datetime,
    pauses: Sequence[Pause],
    calendar: Calendar,
    stopped_at: datetime,
) -> Pausing:
    """Say what pauses meant to a clock that stopped at a moment, or that is read at it.

    None: they took nothing out, as when a question was answered the same day. Decisive:
    they took something out, and without them the promise would have been broken though
    with them it was kept. Harmless: it would have ended the same way without them.
    Raises as `read` does, unless there is no pause to look at.
    """
    if not pauses:
        return Pausing.NONE
    with_pauses = read(limit, received_at, pauses, calendar, stopped_at, stopped_at)
    without = gross(limit, received_at, calendar, stopped_at, stopped_at)
    if (with_pauses.due_at, with_pauses.used) == (without.due_at, without.used):
        return Pausing.NONE
    decisive = with_pauses.kept and not without.kept
    return Pausing.DECISIVE if decisive else Pausing.HARMLESS


def _paused_spans(pauses: Sequence[Pause], received_at: datetime, end: datetime) -> Iterator[Span]:
    """Give each pause as whole days, cut to the time between receipt and end."""
    for pause in pauses:
        part = pause.within(received_at, end)
        if part is not None:
            yield Span(local_day(part[0]), local_day(part[1]))


def _kept(end: datetime, due_at: datetime, *, stopped: bool) -> bool | None:
    if end >= due_at:
        return False
    return True if stopped else None
