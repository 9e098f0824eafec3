"""Promises whose last moment has passed: found, written down once, and told to whom they concern."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases.access import Access
from portal.cases.amends import begin
from portal.cases.clocks import run_out, write_breach
from portal.cases.models import Case, CaseClock, CaseEvent
from portal.cases.queries import clocks_run_out
from portal.pledgebook.actions import Changes, add_tallies

Broken = tuple[Case, CaseEvent]


def write_breaches(db: Session, access: Access, at: datetime) -> int:
    """Write down every promise whose last moment has passed, and tell whom it concerns. Gives how many.

    Some at a time, until none is left: the cost is that of what ran out, however many cases are open.
    """
    found, count = Changes(), 0
    while late := clocks_run_out(db, at):
        broken = [_write(db, clock.case, clock, found, at) for clock in late]
        db.flush()
        _tell(db, broken, access, at)
        count += len(broken)
    add_tallies(db, found)
    return count


def breach(db: Session, clock: CaseClock, access: Access, at: datetime) -> None:
    """Write down that a clock's last moment has passed, and tell the citizen and the department."""
    found = Changes()
    broken = _write(db, clock.case, clock, found, at)
    add_tallies(db, found)
    db.flush()
    _tell(db, [broken], access, at)


def admit_late(db: Session, case: Case, access: Access, at: datetime, *, admit: bool = True) -> None:
    """Write down the promises of a case that were broken before we knew of them, and tell whom it concerns.

    So it is when a case is registered long after it was received, and when it is merged with one that was received
    earlier. Without `admit` the citizen and the department are told by other letters: the receipt, and that a case came.
    """
    found = Changes()
    broken: list[Broken] = []
    while late := run_out(case, at):
        broken += [_write(db, case, clock, found, at) for clock in late]
    add_tallies(db, found)
    db.flush()
    _tell(db, broken, access, at, admit=admit)


def _write(db: Session, case: Case, clock: CaseClock, found: Changes, at: datetime) -> Broken:
    event, more = write_breach(db, case, clock, at)
    found.update(more)
    return case, event


def _tell(db: Session, broken: Iterable[Broken], access: Access, at: datetime, *, admit: bool = True) -> None:
    for case, event in broken:
        begin(db, case, event, access, at, admit=admit)
