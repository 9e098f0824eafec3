"""A case's clocks: started when it opens, and brought up to date after every event."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases.history import ClockStanding, clock_standing, month_of_verdict
from portal.cases.intake import SYSTEM
from portal.cases.models import Case, CaseClock, CaseEvent
from portal.cases.rules import EventKind
from portal.clock import local_day
from portal.pledgebook.actions import OPEN, TallyKey, move_tally
from portal.pledgebook.calendars import LATEST, calendar
from portal.pledgebook.models import TallyState
from portal.pledgebook.promises import InForce, promise_of

ENDED = frozenset({TallyState.KEPT, TallyState.BROKEN})


def start_clocks(db: Session, case: Case, promises: Sequence[InForce]) -> None:
    """Start one clock for each promise, under the newest calendar; the case must have its opening event."""
    for promise in promises:
        clock = CaseClock(
            version_id=promise.version.id,
            version=promise.version,
            calendar=LATEST,
            position=promise.position,
            started_at=case.received_at,
            ended_at=None,
            length=0,
        )
        _set(clock, standing_of(clock, case.events))
        case.clocks.append(clock)
        move_tally(db, None, tally_key(clock))
    note_next_due(case)


def settle(db: Session, case: Case, at: datetime) -> None:
    """Bring every open clock up to date with the case's events, and write down what became of it."""
    for clock in case.clocks:
        if clock.state not in ENDED:
            _settle_one(db, case, clock, at)
    note_next_due(case)


def _settle_one(db: Session, case: Case, clock: CaseClock, at: datetime) -> None:
    before, was = tally_key(clock), clock.state
    _set(clock, standing_of(clock, case.events))
    move_tally(db, before, tally_key(clock))
    if clock.state is TallyState.KEPT:
        write_verdict(case, clock, EventKind.KEPT, at)
    elif clock.state is TallyState.BROKEN and was is not TallyState.LATE:
        write_verdict(case, clock, EventKind.BREACHED, at)


def write_verdict(case: Case, clock: CaseClock, kind: EventKind, at: datetime) -> None:
    """Write down, once, that a promise was kept or broken."""
    case.events.append(
        CaseEvent(
            kind=kind,
            at=at,
            recorded_at=at,
            actor_kind=SYSTEM.kind,
            actor_id=None,
            content={"version": clock.version_id, "due": clock.due_on.isoformat(), "length": clock.length},
        )
    )


def write_breach(db: Session, case: Case, clock: CaseClock, at: datetime) -> None:
    """Write down that a clock's last day has passed while the case is open."""
    before = tally_key(clock)
    write_verdict(case, clock, EventKind.BREACHED, at)
    _set(clock, standing_of(clock, case.events))
    move_tally(db, before, tally_key(clock))
    note_next_due(case)


def standing_of(clock: CaseClock, events: Sequence[CaseEvent]) -> ClockStanding:
    """Recompute a clock from the facts frozen on it and the case's events."""
    promise = promise_of(clock.version)
    return clock_standing(promise, clock.started_at, events, calendar(clock.calendar), clock.version_id)


def tally_key(clock: CaseClock) -> TallyKey:
    """Give where a clock, loaded with its version, is counted; see Tally."""
    if clock.state in OPEN:
        day, due = local_day(clock.started_at), clock.due_on
    else:
        standing = ClockStanding(clock.state, clock.due_on, clock.due_at, clock.ended_at, clock.length)
        day = due = month_of_verdict(standing)
    return TallyKey(clock.version.pledge_id, clock.version.id, clock.state, day, due, clock.length)


def next_due(clocks: Sequence[CaseClock]) -> datetime | None:
    """Give the nearest end of a clock that runs or is late; None when every one is paused or ended."""
    running = (TallyState.RUNNING, TallyState.LATE)
    return min((clock.due_at for clock in clocks if clock.state in running), default=None)


def note_next_due(case: Case) -> None:
    """Keep the case's own copy of its nearest promised moment."""
    case.due_at = next_due(case.clocks)


def _set(clock: CaseClock, standing: ClockStanding) -> None:
    clock.state = standing.state
    clock.due_on, clock.due_at = standing.due_on, standing.due_at
    clock.ended_at, clock.length = standing.ended_at, standing.length
