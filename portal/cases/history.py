"""What a case's events add up to. Pure: events in, standing out; every cached value of a case is one of these."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from pledges.clock import Pause, PausePolicy, PauseReason, allowed
from pledges.pledge import Stop
from portal.cases.rules import EventKind, Outcome, State


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


Event = TypeVar("Event", bound=Happening)


@dataclass(frozen=True)
class Standing:
    """Where a case stands after its events. `step` is the last step that is done, `reached` the last before the end."""

    state: State = State.RECEIVED
    step: str = "received"
    department_id: int = 0
    officer_id: int | None = None
    outcome: Outcome | None = None
    closed_at: datetime | None = None
    cycle: int = 1
    reached: str = "received"


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


def _at_step(step: str) -> dict[str, str]:
    return {"step": step, "reached": step}


# What each kind of event changes; a kind that is not here changes nothing of where the case stands.
_CHANGES: Mapping[EventKind, Callable[[Standing, Happening], dict[str, Any]]] = {
    EventKind.OPENED: lambda now, event: {"department_id": event.content["department"]},
    EventKind.ASSIGNED: lambda now, event: {
        "state": _busy(now),
        "officer_id": event.content["officer"],
        **_at_step(event.content.get("step") or now.step),
    },
    EventKind.ADVANCED: lambda now, event: {"state": _busy(now), **_at_step(event.content["step"])},
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
    EventKind.REOPENED: lambda now, event: {
        "state": State.ACTIVE,
        "step": now.reached,
        "outcome": None,
        "closed_at": None,
        "cycle": now.cycle + 1,
    },
}


def events_of(events: Sequence[Event], cycle: int) -> Sequence[Event]:
    """Give the events of one cycle: the first begins when the case opens, each other when it is opened again."""
    starts = [0, *(place for place, event in enumerate(events) if event.kind is EventKind.REOPENED)]
    return events[starts[cycle - 1] : starts[cycle] if cycle < len(starts) else None]


def counts_from(events: Sequence[Happening]) -> datetime:
    """Give the moment from which a cycle counts: when it began, or the earlier receipt of a case merged into this one."""
    absorbed = (
        datetime.fromisoformat(event.content["received_at"])
        for event in events
        if event.kind is EventKind.ABSORBED
    )
    return min((events[0].at, *absorbed))


# What begins a pause, what ends it, and its reason; the end of the case ends every pause.
_PAUSES: Mapping[EventKind, tuple[EventKind, PauseReason]] = {
    EventKind.ASKED: (EventKind.SUPPLEMENTED, PauseReason.QUESTION),
}


def pauses(
    events: Sequence[Happening], policy: PausePolicy = PausePolicy.QUESTION_OR_LAW
) -> tuple[Pause, ...]:
    """Give the times in one cycle when the case stood still for a reason that the policy allows, in their order."""
    found = (pause for begins in _PAUSES for pause in _pauses_by(events, begins))
    return allowed(sorted(found, key=lambda pause: pause.began), policy)


def _pauses_by(events: Sequence[Happening], begins: EventKind) -> Iterator[Pause]:
    ends, reason = _PAUSES[begins]
    began: datetime | None = None
    for event in events:
        if event.kind is begins and began is None:
            began = event.at
        elif event.kind in (ends, EventKind.CLOSED) and began is not None:
            yield Pause(began, event.at, reason)
            began = None
    if began is not None:
        yield Pause(began, None, reason)


def stop_of(event: Happening) -> str:
    """Give what an event is to a clock: one of `pledges.pledge.Stop`, or its own kind when it stops none."""
    if event.kind is EventKind.ADVANCED and event.content.get("remedied"):
        return Stop.REMEDIED
    if event.kind is EventKind.HANDED_OVER:
        return Stop.FORWARDED
    return event.kind.value
