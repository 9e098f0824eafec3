"""Writing down what happens to a case, and bringing all that is kept of it up to date. Every deed goes through here."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.cases.clocks import settled
from portal.cases.history import standing
from portal.cases.intake import Who
from portal.cases.models import Case, CaseEvent
from portal.cases.rules import EventKind, State
from portal.errors import Conflict
from portal.pledgebook.actions import Changes, add_tallies


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


def note_standing(case: Case) -> None:
    """Write the case's own caches from its events."""
    now = standing(case.events)
    case.state, case.step, case.outcome = now.state, now.step, now.outcome
    case.department_id, case.officer_id, case.closed_at = now.department_id, now.officer_id, now.closed_at
    case.cycle = now.cycle


def bring_up_to_date(db: Session, *cases: Case, at: datetime) -> None:
    """Write the caches of cases from their events, then those of their clocks. Gives the new events their ids."""
    found: Changes = Changes()
    for case in cases:
        note_standing(case)
        found.update(settled(db, case, at))
    add_tallies(db, found)
    db.flush()
