"""Bringing all that is kept of a case up to date with what was just written down. Every deed goes through here."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases import amends
from portal.cases.access import Access
from portal.cases.clocks import settled
from portal.cases.history import standing
from portal.cases.legal.times import settle_legal_times
from portal.cases.models import Case
from portal.cases.rules import EventKind
from portal.cases.writing import written_at
from portal.pledgebook.actions import Changes, add_tallies


def note_standing(case: Case) -> None:
    """Write the case's own caches from its events."""
    now = standing(case.events)
    case.state, case.step, case.outcome = now.state, now.step, now.outcome
    case.department_id, case.officer_id, case.closed_at = now.department_id, now.officer_id, now.closed_at
    case.cycle = now.cycle


def bring_up_to_date(db: Session, *cases: Case, at: datetime, access: Access | None = None) -> None:
    """Write the caches of cases from their events, then those of their clocks. Gives the new events their ids.

    A promise that turns out to be broken begins its follow-up work; with `access`, whom it concerns is told as well.
    """
    found: Changes = Changes()
    for case in cases:
        note_standing(case)
        found.update(settled(db, case, at))
        settle_legal_times(db, case)
    add_tallies(db, found)
    db.flush()
    for case in cases:
        for event in written_at(case, EventKind.BREACHED, at):
            amends.begin(db, case, event, access, at)
