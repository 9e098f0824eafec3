"""The promises of a case as they stand at one moment. Pure: rows in, frozen values out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pledges.calendar import Calendar
from pledges.clock import Pause, Reading, Unit, read
from pledges.pledge import Measure, Start
from portal.cases.due_words import brief_last_day, near_day
from portal.cases.history import events_of, pauses
from portal.cases.models import Case, CaseClock
from portal.cases.shown import shown
from portal.clock import local_day
from portal.i18n import N_, Language
from portal.pledgebook.models import TallyState
from portal.pledgebook.promises import promise_of

Calendars = Callable[[int], Calendar]


class Stand(StrEnum):
    """How a promise stands; the words of the status vocabulary."""

    HELD = "held"
    BROKEN = "broken"
    LATE = "late"
    RUNNING = "running"
    WAITING = "waiting"


ONE_HOUR = timedelta(hours=1)
ENDED = frozenset({Stand.HELD, Stand.BROKEN})


@dataclass(frozen=True)
class Stretch:
    """Days in a row when the time stood still: later than `after`, up to and including `until`, None while it lasts."""

    after: date
    until: date | None


@dataclass(frozen=True)
class Promised:
    """One promise of a case, as it stands on the day `seen_on`. `used`, `total` and `apart` are counted in its `pace`.

    While the case waits for the citizen, `due_on` is the day that would hold if the answer came today.
    `apart` is how far from `due_on` it ended (or, when late, how far it has come), never below zero.
    """

    version_id: int
    slug: str
    short: str
    remedy: tuple[str, ...]
    measure: Measure
    unit: Unit
    stand: Stand
    since: str
    received_on: date
    due_on: date
    due_at: datetime
    seen_on: date
    ended_on: date | None
    used: int
    total: int
    apart: int
    paused_days: int
    pauses: tuple[Stretch, ...]
    uncounted: tuple[date, ...]

    @property
    def pace(self) -> int:
        """What it is counted in, as a place among the words: working days, days, hours."""
        return 2 if self.unit.in_hours else 0 if self.unit.in_working_days else 1

    def due(self, tongue: Language) -> str:
        """Give the end of the promise in words: "tisdag 24 november", in hours "i dag kl. 14.30"."""
        return near_day(self.due_on, self.due_at, self.unit, self.seen_on, tongue)

    def brief_due(self, tongue: Language) -> str:
        """Give the end of the promise where room is short: "24 nov", in hours "24 nov kl. 14.30"."""
        return brief_last_day(self.due_on, self.due_at, self.unit, tongue)

    @property
    def is_open(self) -> bool:
        """Tell whether it is still to be decided how it ends, or what it costs us."""
        return self.stand not in ENDED


def promised(case: Case, at: datetime, calendars: Calendars) -> tuple[Promised, ...]:
    """Give the promises of the case's present cycle at a moment, the main one first. `calendars` gives a calendar by its revision."""
    events = events_of(case.events, case.cycle)
    return tuple(
        _promised(clock, pauses(events, clock.version.pause_policy), at, calendars(clock.calendar))
        for clock in shown(case)
    )


def foremost(promises: tuple[Promised, ...]) -> Promised | None:
    """Give the promise that a page is about: the first that is open, else the main one."""
    return next((promise for promise in promises if promise.is_open), promises[0] if promises else None)


def _promised(clock: CaseClock, times: tuple[Pause, ...], at: datetime, calendar: Calendar) -> Promised:
    limit = promise_of(clock.version).limit
    if limit is None:
        raise ValueError("a promise without a time has no clock")
    reading = read(limit, clock.started_at, times, calendar, at, clock.ended_at)
    stand = _stand(clock, reading)
    end = local_day(clock.ended_at or at)
    return Promised(
        version_id=clock.version_id,
        slug=clock.version.pledge.slug,
        short=clock.version.short,
        remedy=tuple(clock.version.remedy),
        measure=clock.version.measure,
        unit=limit.unit,
        stand=stand,
        since=_since(clock),
        received_on=reading.received_on,
        due_on=reading.due_on,
        due_at=reading.due_at,
        seen_on=local_day(at),
        ended_on=end if clock.ended_at is not None else None,
        used=_used(reading, end, limit.unit),
        total=_total(reading, limit.unit),
        apart=_apart(clock.ended_at or at, reading, limit.unit, calendar),
        paused_days=reading.paused_days,
        pauses=_stretches(clock, times, reading.received_on, end),
        uncounted=_uncounted(reading, end, limit.unit, calendar),
    )


def _stand(clock: CaseClock, reading: Reading) -> Stand:
    if clock.state is TallyState.KEPT:
        return Stand.HELD
    if clock.state is TallyState.BROKEN:
        return Stand.BROKEN
    if clock.state is TallyState.LATE or reading.kept is False:
        return Stand.LATE
    return Stand.WAITING if reading.paused else Stand.RUNNING


def _since(clock: CaseClock) -> str:
    """Give what happened on the day from which the time is counted."""
    if clock.version.starts_at is Start.BREACHED:
        return N_("Löftet bröts")
    if clock.version.starts_at is Start.COMPLETE and clock.first_due < clock.due_on and clock.cycle == 1:
        return N_("Räknat från")
    return N_("Öppnat igen") if clock.cycle > 1 else N_("Mottaget")


def _used(reading: Reading, end: date, unit: Unit) -> int:
    """A month has no one length, so its days are counted as they are."""
    if unit is not Unit.MONTHS:
        return reading.used
    return max(0, (end - reading.received_on).days - reading.paused_days)


def _total(reading: Reading, unit: Unit) -> int:
    if unit is not Unit.MONTHS:
        return reading.total
    return (reading.due_on - reading.received_on).days - reading.paused_days


def _apart(ended: datetime, reading: Reading, unit: Unit, calendar: Calendar) -> int:
    """Give how far the end is from the last moment, in what the promise counts; hours are whole ones that pass."""
    if unit.in_hours:
        return int(abs(ended - reading.due_at) / ONE_HOUR)
    end, due_on = local_day(ended), reading.due_on
    first, last = min(end, due_on), max(end, due_on)
    if unit.in_working_days:
        return calendar.working_days_between(first, last)
    return (last - first).days


def _stretches(
    clock: CaseClock, times: tuple[Pause, ...], received_on: date, end: date
) -> tuple[Stretch, ...]:
    """Give the pauses as whole days within the time of the clock; a pause within one day takes none."""
    found = []
    for pause in times:
        after = max(local_day(pause.began), received_on)
        if pause.ended is None and clock.ended_at is None:
            found.append(Stretch(after, None))
            continue
        until = min(local_day(pause.ended), end) if pause.ended is not None else end
        if after < until:
            found.append(Stretch(after, until))
    return tuple(found)


def _uncounted(reading: Reading, end: date, unit: Unit, calendar: Calendar) -> tuple[date, ...]:
    """Give the days between receipt and the last day drawn that are not working days, when only those count."""
    if not unit.in_working_days:
        return ()
    length = (max(reading.due_on, end) - reading.received_on).days
    days = (reading.received_on + timedelta(days=step) for step in range(1, length + 1))
    return tuple(day for day in days if not calendar.is_working_day(day))
