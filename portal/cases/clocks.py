"""A case's clocks: started when it opens, brought up to date after every event, ended once and for all."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from pledges.pledge import Start
from portal.calendars.queries import calendar, number_for
from portal.cases.history import events_of
from portal.cases.intake import SYSTEM
from portal.cases.models import Case, CaseClock, CaseEvent
from portal.cases.reckoning import NEVER, ClockStanding, Whose, clock_standing
from portal.cases.rules import EventKind
from portal.cases.tallying import NOWHERE, keys_of
from portal.pledgebook.actions import Changes, add_tallies, changes
from portal.pledgebook.models import TallyState
from portal.pledgebook.promises import InForce, promise_of

ENDED = frozenset({TallyState.KEPT, TallyState.BROKEN, TallyState.EXCUSED, TallyState.VOID})


def start_clocks(db: Session, case: Case, promises: Sequence[InForce]) -> None:
    """Start one clock of the case's present cycle for each promise, under the calendar in force when the cycle began.

    The case must have its opening event, and the event that opened it again.
    """
    number = number_for(db, case.department_id, events_of(case.events, case.cycle)[0].at)
    found: Changes = Changes()
    for promise in promises:
        clock = CaseClock(
            version_id=promise.version.id,
            version=promise.version,
            calendar=number,
            position=promise.position,
            cycle=case.cycle,
        )
        _set(clock, standing_of(db, clock, case.events))
        case.clocks.append(clock)
        found.update(changes(NOWHERE, keys_of(clock)))
    add_tallies(db, found)
    note_next_due(case)


def settle(db: Session, case: Case, at: datetime) -> None:
    """Bring every open clock up to date with the case's events, and write down what became of it."""
    add_tallies(db, settled(db, case, at))


def settled(db: Session, case: Case, at: datetime) -> Changes:
    """Bring every open clock up to date and give what that changes in the tallies, which the caller must add."""
    found: Changes = Changes()
    for clock in _in_order(case.clocks):
        if clock.state not in ENDED:
            found.update(_settle_one(db, case, clock, at))
    note_next_due(case)
    return found


def _in_order(clocks: Iterable[CaseClock]) -> Sequence[CaseClock]:
    """Give those last that another's breach begins: they must see what has just been written of the others."""
    return sorted(clocks, key=lambda clock: clock.version.starts_at is Start.BREACHED)


def _settle_one(db: Session, case: Case, clock: CaseClock, at: datetime) -> Changes:
    before, was = keys_of(clock), clock.state
    _set(clock, standing_of(db, clock, case.events))
    if clock.due_on == NEVER:
        return changes(before, keys_of(clock))  # it promises no day: the case's own events tell how it went
    if clock.state is TallyState.KEPT:
        _write_verdict(case, clock, EventKind.KEPT, at)
    elif clock.state is TallyState.BROKEN and was is not TallyState.LATE:
        _write_verdict(case, clock, EventKind.BREACHED, at)
    return changes(before, keys_of(clock))


def _write_verdict(case: Case, clock: CaseClock, kind: EventKind, at: datetime) -> CaseEvent:
    """Write down, once, that a promise of a day was kept or broken."""
    event = CaseEvent(
        kind=kind,
        at=at,
        recorded_at=at,
        actor_kind=SYSTEM.kind,
        actor_id=None,
        content={
            "version": clock.version_id,
            "cycle": clock.cycle,
            "due": clock.due_on.isoformat(),
            "due_at": clock.due_at.isoformat(),
            "length": clock.length,
        },
    )
    case.events.append(event)
    return event


def write_breach(db: Session, case: Case, clock: CaseClock, at: datetime) -> tuple[CaseEvent, Changes]:
    """Write down that a clock's last moment has passed while the case is open, and begin what its breach begins.

    Gives the event, and what changes in the tallies, which the caller must add.
    """
    before = keys_of(clock)
    event = _write_verdict(case, clock, EventKind.BREACHED, at)
    _set(clock, standing_of(db, clock, case.events))
    found = changes(before, keys_of(clock))
    found.update(settled(db, case, at))
    return event, found


def resettle(db: Session, case: Case, clock: CaseClock) -> None:
    """Bring one clock up to date that may have ended already: when it has just been excused."""
    before = keys_of(clock)
    _set(clock, standing_of(db, clock, case.events))
    add_tallies(db, changes(before, keys_of(clock)))
    note_next_due(case)


def standing_of(db: Session, clock: CaseClock, events: Sequence[CaseEvent]) -> ClockStanding:
    """Recompute a clock from the facts frozen on it and its case's events."""
    whose = Whose(clock.version_id, clock.cycle)
    return clock_standing(promise_of(clock.version), whose, events, calendar(db, clock.calendar))


def run_out(case: Case, at: datetime) -> Sequence[CaseClock]:
    """Give the clocks whose last moment has passed, though nobody has written that down yet."""
    return [clock for clock in case.clocks if clock.state is TallyState.RUNNING and clock.due_at <= at]


def next_due(clocks: Iterable[CaseClock | ClockStanding]) -> datetime | None:
    """Give the nearest end of a clock that runs or is late; None when none promises a day, is paused or has ended."""
    running = (TallyState.RUNNING, TallyState.LATE)
    ends = (clock.due_at for clock in clocks if clock.state in running and clock.due_on != NEVER)
    return min(ends, default=None)


def note_next_due(case: Case) -> None:
    """Keep the case's own copy of its nearest promised moment."""
    case.due_at = next_due(case.clocks)


def _set(clock: CaseClock, standing: ClockStanding) -> None:
    clock.state, clock.started_at = standing.state, standing.started_at
    clock.first_due, clock.due_on, clock.due_at = standing.first_due, standing.due_on, standing.due_at
    clock.ended_at, clock.length, clock.pausing = standing.ended_at, standing.length, standing.pausing
    clock.warn_at = standing.warn_at
