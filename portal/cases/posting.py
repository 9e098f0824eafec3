"""The letters about a case on their way to the outbox: once for each event and reader, and only to who can be reached."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.accounts.models import Staff
from portal.cases.models import Case, CaseEvent
from portal.outbox.actions import post
from portal.outbox.letter import Letter


def tell_citizen(
    db: Session, case: Case, letter: Letter, at: datetime, event: CaseEvent | None = None
) -> None:
    """Post a letter to the citizen about an event, by default the opening; nothing without an address."""
    _post(db, case, letter, "citizen", event or case.events[0], at)


def tell_department(
    db: Session, case: Case, letter: Letter, at: datetime, event: CaseEvent | None = None
) -> None:
    """Post a letter to the department about an event, by default the opening; nothing without an address."""
    _post(db, case, letter, "department", event or case.events[0], at)


def tell_person(
    db: Session, case: Case, letter: Letter, person: Staff, at: datetime, event: CaseEvent
) -> None:
    """Post a letter to one of the staff about an event."""
    _post(db, case, letter, f"staff:{person.id}", event, at)


def tell_officer(db: Session, case: Case, letter: Letter, at: datetime, event: CaseEvent) -> None:
    """Post a letter about an event to who has the case, or to the department while nobody has."""
    if officer_to_tell(case) is None:
        tell_department(db, case, letter, at, event)
    else:
        _post(db, case, letter, "officer", event, at)


def officer_to_tell(case: Case) -> Staff | None:
    """Give who has the case, if they still work here."""
    return case.officer if case.officer is not None and case.officer.active else None


def _post(db: Session, case: Case, letter: Letter, reader: str, about: CaseEvent, at: datetime) -> None:
    if letter.to:
        post(db, letter, f"case:{case.id}:{about.id}:{reader}", case.reference, at)
