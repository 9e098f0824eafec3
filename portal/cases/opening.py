"""A case as it comes in: who takes care of it, what it is called, and everything the citizen has told."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases.access import new_nonce
from portal.cases.intake import Intake
from portal.cases.models import Case, CaseFile
from portal.cases.queries import is_reference
from portal.cases.reference import new_reference
from portal.cases.rules import State
from portal.departments.models import Department


def new_case(db: Session, intake: Intake, at: datetime) -> Case:
    """Give a case as it comes in, registered at `at`; it has no events and no clocks yet, and is not in the session."""
    department = _department_of(db, intake)
    return Case(
        reference=intake.reference or _free_reference(db, intake.service.prefix),
        submission=intake.submission,
        nonce=new_nonce(),
        service=intake.service,
        category=intake.category,
        department=department,
        department_id=department.id,
        officer=None,
        title=intake.title,
        description=intake.description,
        place=intake.place,
        pledge_id=intake.pledge_id,
        about=intake.about,
        answers=list(intake.answers),
        channel=intake.channel,
        language=intake.language,
        contact_name=intake.contact_name,
        contact_email=intake.contact_email,
        contact_phone=intake.contact_phone,
        received_at=intake.received_at,
        registered_at=at,
        state=State.RECEIVED,
        cycle=1,
        outcome=None,
        closed_at=None,
        events=[],
        clocks=[],
        follow_ups=[],
        legal_times=[],
        files=[CaseFile(file_id=file_id, from_citizen=True) for file_id in intake.file_ids],
    )


def _department_of(db: Session, intake: Intake) -> Department:
    """Give who has the matter: the department named, else the category's, else the one that delivers the service."""
    if intake.department_id is not None:
        return db.get_one(Department, intake.department_id)
    service = intake.service
    category = next((category for category in service.categories if category.key == intake.category), None)
    return db.get_one(Department, category.department_id if category else service.delivery_owner_id)


def _free_reference(db: Session, prefix: str) -> str:
    while True:
        reference = new_reference(prefix)
        if not is_reference(db, reference):
            return reference
