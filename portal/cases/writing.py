"""Writing down what happens to a case, as an event."""

from datetime import datetime
from typing import Any

from portal.cases.intake import Who
from portal.cases.models import Case, CaseEvent
from portal.cases.rules import EventKind, State
from portal.errors import Conflict


def must_be_open(case: Case) -> None:
    """Raise Conflict when the case is closed."""
    if case.state is State.CLOSED:
        raise Conflict(f"{case.reference} is closed")


def record(
    case: Case,
    kind: EventKind,
    who: Who,
    content: dict[str, Any],
    at: datetime,
    recorded_at: datetime | None = None,
    *,
    public: bool = True,
) -> CaseEvent:
    """Add an event to a case; it is written down at `at` unless `recorded_at` says otherwise."""
    event = CaseEvent(
        kind=kind,
        at=at,
        recorded_at=recorded_at or at,
        actor_kind=who.kind,
        actor_id=who.id,
        actor_name=who.name,
        public=public,
        content=content,
    )
    case.events.append(event)
    return event


def was_received(case: Case, token: str) -> bool:
    """Tell whether what was sent under a token is in the case already."""
    return bool(token) and any(event.content.get("token") == token for event in case.events)


def sent_under(token: str) -> dict[str, str]:
    """Give what an event keeps of the token that something was sent under; nothing without one."""
    return {"token": token} if token else {}


def written_at(case: Case, kind: EventKind, at: datetime) -> list[CaseEvent]:
    """Give the events of a kind that were written down in the change that is made at a moment."""
    return [event for event in case.events if event.kind is kind and event.recorded_at == at]
