"""The letters about a case on their way to the outbox: once for each event and reader, and only to who can be reached."""

from datetime import datetime

from sqlalchemy.orm import Session

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


def _post(db: Session, case: Case, letter: Letter, reader: str, about: CaseEvent, at: datetime) -> None:
    if letter.to:
        post(db, letter, f"case:{case.id}:{about.id}:{reader}", case.reference, at)
