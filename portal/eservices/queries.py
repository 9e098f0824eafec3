"""What the e-services ask the database. Every query names what it loads."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.departments.models import Department
from portal.eservices.models import Draft
from portal.pledgebook.figures.outcomes import Outcome
from portal.pledgebook.models import PledgeScope
from portal.pledgebook.queries import in_force, outcome_so_far, pledges_with_outcome
from portal.pledgebook.scopes import day_of, is_held_on

AT_A_TIME = 200


def hash_of(token: str) -> str:
    """Give what the database keeps of a draft's token."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def find_draft(db: Session, token: str, form: str, at: datetime) -> Draft | None:
    """Give the draft that the token opens, submitted or not; None when it has expired or is not of this form."""
    return db.scalar(
        select(Draft).where(Draft.token_hash == hash_of(token), Draft.form == form, Draft.expires_at > at)
    )


def draft_to_change(db: Session, token: str, form: str, at: datetime) -> Draft | None:
    """Give the same as find_draft, locked, so that two clicks at once come one after the other."""
    return db.scalar(
        select(Draft)
        .where(Draft.token_hash == hash_of(token), Draft.form == form, Draft.expires_at > at)
        .with_for_update()
    )


def expired_drafts(db: Session, at: datetime) -> Sequence[Draft]:
    """Give some of the drafts whose time is out, locked."""
    statement = select(Draft).where(Draft.expires_at <= at).order_by(Draft.expires_at).limit(AT_A_TIME)
    return db.scalars(statement.with_for_update(skip_locked=True)).all()


def main_pledge(db: Session, service_id: int, category: str, today: date) -> Outcome | None:
    """Give the first promise that a case sent today would fall under, with how it has been kept; two statements."""
    promises = in_force(db, service_id, category, today)
    return outcome_so_far(db, promises[0].version, today) if promises else None


def pledges_of_service(db: Session, service_id: int, today: date) -> list[Outcome]:
    """Give every pledge that the service stands under, with how it has been kept, in the order of its scopes."""
    wanted = select(PledgeScope).where(PledgeScope.service_id == service_id)
    scopes = db.scalars(wanted.order_by(PledgeScope.position, PledgeScope.id)).all()
    if not scopes:
        return []
    outcomes = {outcome.pledge.id: outcome for outcome in pledges_with_outcome(db, today)}
    days = {pledge: day_of(outcome.version, today) for pledge, outcome in outcomes.items()}
    held = [one for one in scopes if one.pledge_id in days and is_held_on(one, days[one.pledge_id])]
    return [outcomes[pledge] for pledge in dict.fromkeys(one.pledge_id for one in held)]


def emergency_phones(db: Session, slugs: Collection[str]) -> dict[str, Department]:
    """Give the departments of the slugs that have an emergency phone."""
    if not slugs:
        return {}
    found = db.scalars(select(Department).where(Department.slug.in_(slugs), Department.emergency_phone != ""))
    return {department.slug: department for department in found}
