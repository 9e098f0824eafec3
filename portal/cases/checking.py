"""Recomputing every cache of the cases from their events, to show that nothing has drifted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases.clocks import keys_of, next_due, standing_of
from portal.cases.history import standing
from portal.cases.models import Case
from portal.cases.queries import every_case
from portal.pledgebook.actions import TallyKey
from portal.pledgebook.queries import every_tally

CACHED = ("state", "step", "department_id", "officer_id", "outcome", "closed_at")
CLOCK_CACHED = ("state", "due_on", "due_at", "ended_at", "length", "pausing")


def differences(db: Session, at: datetime) -> Iterable[str]:
    """Give one line for each cached value that is not what the events say: of cases, clocks and tallies."""
    counted: Counter[TallyKey] = Counter()
    for case in every_case(db):
        yield from _of_case(db, case)
        counted.update(key for clock in case.clocks for key in keys_of(clock))
    yield from _of_tallies(db, counted)


def _of_case(db: Session, case: Case) -> Iterator[str]:
    now = standing(case.events)
    for name in CACHED:
        yield from _compare(f"{case.reference} {name}", getattr(case, name), getattr(now, name))
    yield from _compare(f"{case.reference} due_at", case.due_at, next_due(case.clocks))
    for clock in case.clocks:
        facts = standing_of(db, clock, case.events)
        for name in CLOCK_CACHED:
            yield from _compare(
                f"{case.reference} clock {clock.id} {name}", getattr(clock, name), getattr(facts, name)
            )


def _of_tallies(db: Session, counted: Counter[TallyKey]) -> Iterator[str]:
    kept = {
        TallyKey(
            row.pledge_id, row.version_id, row.grain, row.state, row.day, row.due, row.length, row.pausing
        ): row.count
        for row in every_tally(db)
    }
    for key in sorted(kept.keys() | counted.keys()):
        yield from _compare(f"tally {key}", kept.get(key, 0), counted[key])


def _compare(what: str, cached: object, facts: object) -> Iterator[str]:
    if cached != facts:
        yield f"{what}: {cached} is kept, the facts say {facts}"
