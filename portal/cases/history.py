"""What a case's events add up to. Pure: events in, standing out; every cached value is one of these."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from pledges.calendar import Calendar
from pledges.clock import Pause, PauseReason, Pausing, Reading, pausing, read
from pledges.pledge import Promise, Stop
from portal.cases.rules import EventKind, Outcome, State
from portal.pledgebook.models import TallyState


class Happening(Protocol):
    """What is needed of an event: its kind, its moment, what it tells, and who did it."""

    @property
    def kind(self) -> EventKind: ...
    @property
    def at(self) -> datetime: ...
    @property
    def content(self) -> Mapping[str, Any]: ...
    @property
    def actor_id(self) -> int | None: ...


@dataclass(frozen=True)
class Standing:
    """Where a case stands after its events. `step` is the last step that is done."""

    state: State = State.RECEIVED
    step: str = "received"
    department_id: int = 0
    officer_id: int | None = None
    outcome: Outcome | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class ClockStanding:
    """Where one clock of a case stands; the fields are those of CaseClock."""

    state: TallyState
    due_on: date
    due_at: datetime
    ended_at: datetime | None
    length: int
    pausing: Pausing = Pausing.NONE


def standing(events: Iterable[Happening]) -> Standing:
    """Fold the events, oldest first, into where the case stands."""
    now = Standing()
    for event in events:
        now = _after(now, event)
    return now


def _after(now: Standing, event: Happening) -> Standing:
    change = _CHANGES.get(event.kind)
    return replace(now, **change(now, event)) if change is not None else now


def _busy(now: Standing) -> State:
    return now.state if now.state is State.WAITING else State.ACTIVE


# What each kind of event changes; a kind that is not here changes nothing of where the case stands.
_CHANGES: Mapping[EventKind, Callable[[Standing, Happening], dict[str, Any]]] = {
    EventKind.OPENED: lambda now, event: {"department_id": event.content["department"]},
    EventKind.ASSIGNED: lambda now, event: {
        "state": _busy(now),
        "officer_id": event.content["officer"],
        "step": event.content.get("step") or now.step,
    },
    EventKind.ADVANCED: lambda now, event: {"state": _busy(now), "step": event.content["step"]},
    EventKind.ANSWERED: lambda now, event: {"state": _busy(now)},
    EventKind.HOLDING_ANSWER: lambda now, event: {"state": _busy(now)},
    EventKind.ASKED: lambda now, event: {"state": State.WAITING},
    EventKind.SUPPLEMENTED: lambda now, event: {"state": State.ACTIVE},
    EventKind.HANDED_OVER: lambda now, event: {"department_id": event.content["to"], "officer_id": None},
    EventKind.CLOSED: lambda now, event: {
        "state": State.CLOSED,
        "step": "closed",
        "outcome": Outcome(event.content["outcome"]),
        "closed_at": event.at,
    },
}


def pauses(events: Sequence[Happening]) -> tuple[Pause, ...]:
    """Give the times when the case waited for the citizen: from a question to its answer, or to the end of the case."""
    found: list[Pause] = []
    began: datetime | None = None
    for event in events:
        if event.kind is EventKind.ASKED and began is None:
            began = event.at
        elif event.kind in (EventKind.SUPPLEMENTED, EventKind.CLOSED) and began is not None:
            found.append(Pause(began, event.at, PauseReason.QUESTION))
            began = None
    if began is not None:
        found.append(Pause(began, None, PauseReason.QUESTION))
    return tuple(found)


def stop_of(event: Happening) -> str:
    """Give what an event is to a clock: one of `pledges.pledge.Stop`, or its own kind when it stops none."""
    if event.kind is EventKind.ADVANCED and event.content.get("remedied"):
        return Stop.REMEDIED
    if event.kind is EventKind.HANDED_OVER:
        return Stop.FORWARDED
    return event.kind.value


def clock_standing(
    promise: Promise, started_at: datetime, events: Sequence[Happening], calendar: Calendar, version_id: int
) -> ClockStanding:
    """Give where a clock stands after the events.

    While it is paused, its last day is the one that would hold if the answer came on the day of the question.
    It is late from the moment its breach was written down; until then, whoever reads compares `due_at` with the time.
    """
    stopped_at = next((event.at for event in events if promise.stops_at(stop_of(event))), None)
    times = pauses(events)
    reading = _reading(promise, started_at, times, calendar, _moment(events, times, stopped_at), stopped_at)
    breached = any(
        event.kind is EventKind.BREACHED and event.content.get("version") == version_id for event in events
    )
    return ClockStanding(
        state=_state(reading, stopped=stopped_at is not None, breached=breached),
        due_on=reading.due_on,
        due_at=reading.due_at,
        ended_at=stopped_at,
        length=reading.used if stopped_at is not None else 0,
        pausing=_pausing(promise, started_at, times, calendar, stopped_at),
    )


def _pausing(
    promise: Promise,
    started_at: datetime,
    times: tuple[Pause, ...],
    calendar: Calendar,
    stopped_at: datetime | None,
) -> Pausing:
    if promise.limit is None or stopped_at is None:
        return Pausing.NONE
    return pausing(promise.limit, started_at, times, calendar, stopped_at)


def _reading(
    promise: Promise,
    started_at: datetime,
    times: tuple[Pause, ...],
    calendar: Calendar,
    at: datetime,
    stopped_at: datetime | None,
) -> Reading:
    if promise.limit is None:
        raise ValueError("a promise without a time has no clock")
    return read(promise.limit, started_at, times, calendar, at, stopped_at)


def _moment(events: Sequence[Happening], times: tuple[Pause, ...], stopped_at: datetime | None) -> datetime:
    if stopped_at is not None:
        return stopped_at
    if times and times[-1].ended is None:
        return times[-1].began
    return max(event.at for event in events)


def _state(reading: Reading, *, stopped: bool, breached: bool) -> TallyState:
    if stopped:
        return TallyState.KEPT if reading.kept else TallyState.BROKEN
    if breached:
        return TallyState.LATE
    return TallyState.PAUSED if reading.paused else TallyState.RUNNING
