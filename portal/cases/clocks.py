"""A case's clocks: started when it opens, and brought up to date after every event."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases.history import ClockStanding, clock_standing
from portal.cases.intake import SYSTEM
from portal.cases.models import Case, CaseClock, CaseEvent
from portal.cases.rules import EventKind
from portal.clock import local_day
from portal.pledgebook.actions import OPEN, Changes, TallyKey, add_tallies, by_month_and_day, changes
from portal.pledgebook.calendars import calendar, number_for
from portal.pledgebook.models import Grain, TallyState
from portal.pledgebook.promises import InForce, promise_of

ENDED = frozenset({TallyState.KEPT, TallyState.BROKEN, TallyState.EXCUSED, TallyState.VOID})
NOWHERE: frozenset[TallyKey] = frozenset()


def start_clocks(db: Session, case: Case, promises: Sequence[InForce]) -> None:
    """Start one clock for each promise, under the calendar in force; the case must have its opening event."""
    number = number_for(db, case.department_id, case.received_at)
    found: Changes = Changes()
    for promise in promises:
        clock = CaseClock(
            version_id=promise.version.id,
            version=promise.version,
            calendar=number,
            position=promise.position,
            started_at=case.received_at,
            ended_at=None,
            length=0,
        )
        _set(clock, standing_of(db, clock, case.events))
        clock.first_due = clock.due_on
        case.clocks.append(clock)
        found.update(changes(NOWHERE, keys_of(clock)))
    add_tallies(db, found)
    note_next_due(case)


def settle(db: Session, case: Case, at: datetime) -> None:
    """Bring every open clock up to date with the case's events, and write down what became of it."""
    found: Changes = Changes()
    for clock in case.clocks:
        if clock.state not in ENDED:
            found.update(_settle_one(db, case, clock, at))
    add_tallies(db, found)
    note_next_due(case)


def _settle_one(db: Session, case: Case, clock: CaseClock, at: datetime) -> Changes:
    before, was = keys_of(clock), clock.state
    _set(clock, standing_of(db, clock, case.events))
    if clock.state is TallyState.KEPT:
        write_verdict(case, clock, EventKind.KEPT, at)
    elif clock.state is TallyState.BROKEN and was is not TallyState.LATE:
        write_verdict(case, clock, EventKind.BREACHED, at)
    return changes(before, keys_of(clock))


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
    before = keys_of(clock)
    write_verdict(case, clock, EventKind.BREACHED, at)
    _set(clock, standing_of(db, clock, case.events))
    add_tallies(db, changes(before, keys_of(clock)))
    note_next_due(case)


def standing_of(db: Session, clock: CaseClock, events: Sequence[CaseEvent]) -> ClockStanding:
    """Recompute a clock from the facts frozen on it and the case's events."""
    promise = promise_of(clock.version)
    return clock_standing(promise, clock.started_at, events, calendar(db, clock.calendar), clock.version_id)


def keys_of(clock: CaseClock) -> frozenset[TallyKey]:
    """Give everything that a clock, loaded with its version, is counted under; see Tally."""
    pledge, version = clock.version.pledge_id, clock.version.id
    began = local_day(clock.started_at)
    started = by_month_and_day(pledge, version, TallyState.STARTED, began)
    if clock.state in OPEN or clock.ended_at is None:
        return started | {TallyKey(pledge, version, Grain.OPEN, clock.state, began, clock.due_on)}
    day = min(local_day(clock.ended_at), clock.due_on)
    return started | by_month_and_day(pledge, version, clock.state, day, clock.length, clock.pausing)


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
    clock.pausing = standing.pausing
