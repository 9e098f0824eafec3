"""Warnings to staff before a time runs out: of a promise, and of the law. Sent once, and only when people are at work."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.calendars.queries import calendar
from portal.cases import amends_messages as messages
from portal.cases.access import Access
from portal.cases.clocks import resettle
from portal.cases.intake import SYSTEM
from portal.cases.legal.times import calendar_number, settle_legal_times, title_of
from portal.cases.models import Case, CaseClock, LegalTime
from portal.cases.pending import clocks_to_warn_about, legal_times_to_warn_about
from portal.cases.posting import tell_officer
from portal.cases.rules import EventKind
from portal.cases.writing import record


def warn_of_promises(db: Session, access: Access, at: datetime) -> int:
    """Warn of every promise that 80 per cent of the time has gone for; gives how many. When it is closed, it waits."""
    count = 0
    for clock in clocks_to_warn_about(db, at):
        if calendar(db, clock.calendar).is_open(at):
            _warn(db, clock, access, at)
            count += 1
    return count


def _warn(db: Session, clock: CaseClock, access: Access, at: datetime) -> None:
    case = clock.case
    content = {"version": clock.version_id, "cycle": clock.cycle, "due": clock.due_on.isoformat()}
    event = record(case, EventKind.WARNED, SYSTEM, content, at, public=False)
    db.flush()
    resettle(db, case, clock)
    tell_officer(db, case, messages.warned(case, clock, access), at, event)


def warn_of_law(db: Session, access: Access, at: datetime) -> int:
    """Warn of every time set by law that is near its end; gives how many. When it is closed, it waits."""
    found = [time for time in legal_times_to_warn_about(db, at) if _is_open(db, time.case, at)]
    for time in found:
        _warn_of_law(db, time, access, at)
    return len(found)


def _warn_of_law(db: Session, time: LegalTime, access: Access, at: datetime) -> None:
    case = time.case
    content = {"law": time.key, "due": time.nominal_on.isoformat()}
    event = record(case, EventKind.WARNED, SYSTEM, content, at, public=False)
    db.flush()
    letter = messages.law_is_near(case, title_of(db, case, time.key), time.nominal_on, access)
    settle_legal_times(db, case)
    tell_officer(db, case, letter, at, event)


def _is_open(db: Session, case: Case, at: datetime) -> bool:
    return calendar(db, calendar_number(case)).is_open(at)
