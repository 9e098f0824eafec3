"""What the events of a case mean to one of its clocks. Pure: events in, standing out; all that a clock caches is here.

Three kinds of clock: one that promises a day from the receipt (or from when nothing is missing any more), one that
begins only when another promise is broken, and one that promises no day: that the case ends where it first came.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from pledges.calendar import Calendar
from pledges.clock import Limit, Pause, Pausing, Reading, gross, pausing, read
from pledges.pledge import Measure, Promise, Start, Stop
from portal.cases.history import Happening, counts_from, events_of, pauses, stop_of
from portal.cases.rules import VOIDING, EventKind, Outcome
from portal.cases.warning import warn_at
from portal.pledgebook.models import TallyState

# The last day of a clock that promises none, or has not begun: far from every other day, and in every calendar library.
NEVER = date(9999, 1, 1)
NEVER_AT = datetime(9999, 1, 1, tzinfo=UTC)
# What decides a promise to settle a case where it first came.
SETTLES = (Stop.FORWARDED, Stop.CLOSED)


@dataclass(frozen=True)
class ClockStanding:
    """Where one clock of a case stands; the fields are those of CaseClock.

    A clock that has not begun runs without a last day, and is void when nothing can begin it any more.
    """

    state: TallyState
    started_at: datetime
    first_due: date = NEVER
    due_on: date = NEVER
    due_at: datetime = NEVER_AT
    ended_at: datetime | None = None
    length: int = 0
    pausing: Pausing = Pausing.NONE
    warn_at: datetime | None = None


@dataclass(frozen=True)
class Whose:
    """Which clock of a case is meant: the version of the pledge, and the cycle."""

    version_id: int
    cycle: int

    def told_by(self, event: Happening, kind: EventKind) -> bool:
        """Tell whether an event of the kind is about this clock; without a cycle, it was written in the first."""
        about = event.content.get("version"), event.content.get("cycle", 1)
        return event.kind is kind and about == (self.version_id, self.cycle)


def clock_standing(
    promise: Promise, whose: Whose, events: Sequence[Happening], calendar: Calendar
) -> ClockStanding:
    """Give where a clock stands after the events of its case; it sees only those of its own cycle.

    While it is paused, its last day is the one that would hold if the answer came on the day of the question.
    It is late from the moment its breach was written down; until then, whoever reads compares `due_at` with the time.
    Once it has ended, only an excuse changes it.
    """
    own = events_of(events, whose.cycle)
    end = next((event for event in own if _ends(promise, whose, event)), None)
    seen = own if end is None else own[: own.index(end) + 1]
    excused_at = next((event.at for event in events if whose.told_by(event, EventKind.EXCUSED)), None)
    course = _Course(seen, end, excused_at)
    if promise.start is Start.BREACHED:
        return _after_a_breach(promise, whose, course, calendar)
    if promise.limit is None:
        return _without_day(course)
    began = counts_from(seen)
    if promise.start is Start.COMPLETE:
        began = _complete(promise, promise.limit, began, seen, calendar)
    return _timed(promise, promise.limit, whose, _Span(seen[0].at, began), course, calendar)


def _ends(promise: Promise, whose: Whose, event: Happening) -> bool:
    stop = stop_of(event)
    stops = stop in SETTLES if promise.measure is Measure.FIRST_CONTACT else promise.stops_at(stop)
    return stops or whose.told_by(event, EventKind.EXCUSED)


@dataclass(frozen=True)
class _Course:
    """The events that a clock has seen, oldest first; what ended it, if anything; when it was excused, if ever."""

    seen: Sequence[Happening]
    end: Happening | None
    excused_at: datetime | None

    @property
    def ended_at(self) -> datetime | None:
        """When it ended: by an event of its own cycle, which an excuse may come after."""
        return self.excused_at if self.end is None else self.end.at

    def state(self, kept: TallyState, *, in_time: bool) -> TallyState:
        """Give how it ended; `kept` is what holds when nothing took the promise out of the count."""
        if self.excused_at is not None:
            return TallyState.EXCUSED
        return TallyState.VOID if self.end is not None and _voids(self.end, in_time=in_time) else kept


def _voids(end: Happening, *, in_time: bool) -> bool:
    """Tell whether the end of a case takes its promises back: it doubles another, or the citizen took it back.

    A promise that was late already stays broken; but the one it was merged into carries on from the earlier receipt.
    """
    if end.kind is not EventKind.CLOSED or Outcome(end.content["outcome"]) not in VOIDING:
        return False
    return in_time or bool(end.content.get("merged"))


def _without_day(course: _Course) -> ClockStanding:
    began = counts_from(course.seen)
    if course.ended_at is None:
        return ClockStanding(TallyState.RUNNING, began)
    handed_over = course.end is not None and stop_of(course.end) == Stop.FORWARDED
    kept = TallyState.BROKEN if handed_over else TallyState.KEPT
    return ClockStanding(course.state(kept, in_time=True), began, ended_at=course.ended_at)


def _after_a_breach(promise: Promise, whose: Whose, course: _Course, calendar: Calendar) -> ClockStanding:
    """Give a clock that begins when another promise of the same cycle is broken; one that never begins is void."""
    broken = next((event for event in course.seen if _breaks_another(event, whose)), None)
    if promise.limit is None or broken is None:
        began = course.seen[0].at
        if course.ended_at is None:
            return ClockStanding(TallyState.RUNNING, began)
        return ClockStanding(TallyState.VOID, began, ended_at=course.ended_at)
    passed = broken.content.get("due_at")
    began = datetime.fromisoformat(passed) if passed else broken.at
    return _timed(promise, promise.limit, whose, _Span(began, began), course, calendar)


def _breaks_another(event: Happening, whose: Whose) -> bool:
    return event.kind is EventKind.BREACHED and event.content["version"] != whose.version_id


def _complete(
    promise: Promise, limit: Limit, began: datetime, seen: Sequence[Happening], calendar: Calendar
) -> datetime:
    """Give when the last of what was asked for came. A question asked too late begins nothing anew."""
    times = pauses(seen, promise.pause_policy)
    asked: datetime | None = None
    for event in seen:
        if event.kind is EventKind.ASKED and asked is None:
            asked = event.at
        elif event.kind is EventKind.SUPPLEMENTED and asked is not None:
            if asked < read(limit, began, times, calendar, asked).due_at:
                began = event.at
            asked = None
    return began


@dataclass(frozen=True)
class _Span:
    """When a clock began at first, and when it began anew or was found to have begun earlier."""

    first: datetime
    began: datetime


def _timed(
    promise: Promise, limit: Limit, whose: Whose, span: _Span, course: _Course, calendar: Calendar
) -> ClockStanding:
    times = pauses(course.seen, promise.pause_policy)
    at = course.ended_at or _moment(course.seen, times, span.began)
    reading = read(limit, span.began, times, calendar, at, course.ended_at)
    breached = any(whose.told_by(event, EventKind.BREACHED) for event in course.seen)
    in_time = reading.kept is not False and not breached
    if course.ended_at is not None:
        state = course.state(TallyState.KEPT if in_time else TallyState.BROKEN, in_time=in_time)
    else:
        state = _open_state(reading, breached=breached)
    counts = state in (TallyState.KEPT, TallyState.BROKEN)
    warned = any(whose.told_by(event, EventKind.WARNED) for event in course.seen)
    # Without pauses and with one beginning, which is the rule, one reading says it all.
    plain = reading if not times else gross(limit, span.began, calendar, span.began)
    first = plain if span.first == span.began else gross(limit, span.first, calendar, span.first)
    return ClockStanding(
        state=state,
        started_at=span.began,
        first_due=first.due_on,
        due_on=reading.due_on,
        due_at=reading.due_at,
        ended_at=course.ended_at,
        length=reading.used if counts else 0,
        pausing=pausing(limit, span.began, times, calendar, at) if counts and times else Pausing.NONE,
        warn_at=warn_at(span.began, plain.due_at, reading.due_at, calendar)
        if state is TallyState.RUNNING and not warned
        else None,
    )


def _moment(seen: Sequence[Happening], times: Sequence[Pause], began: datetime) -> datetime:
    """Give the moment at which an open clock is read: when the pause that still lasts began, else the last event's."""
    lasting = (pause.began for pause in times if pause.ended is None)
    return max(began, min(lasting, default=max(event.at for event in seen)))


def _open_state(reading: Reading, *, breached: bool) -> TallyState:
    if breached:
        return TallyState.LATE
    return TallyState.PAUSED if reading.paused else TallyState.RUNNING
