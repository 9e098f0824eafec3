"""Questions about staff, their sessions and failed attempts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import SignInAttempt, Staff, StaffGrant, StaffSession
from portal.accounts.rules import ALLOWED, FAILURES_COUNT_FOR, LONGEST_SESSION, Deed, lasts


def plain_address(email: str) -> str:
    """Give an address as it is kept and compared: without spaces around it, in small letters."""
    return email.strip().casefold()


def staff_by_email(db: Session, email: str) -> Staff | None:
    """Give the person who may sign in with the address, if there is one."""
    return db.scalar(select(Staff).where(Staff.email == plain_address(email), Staff.active))


def session_by_token(db: Session, token_hash: str, at: datetime) -> StaffSession | None:
    """Give the session that the token opens, with its person and their grants, if it still lasts."""
    session = db.scalar(
        select(StaffSession)
        .join(StaffSession.staff)
        .where(StaffSession.token_hash == token_hash, StaffSession.revoked_at.is_(None), Staff.active)
        .options(joinedload(StaffSession.staff).joinedload(Staff.grants))
    )
    return session if session is not None and lasts(session.began_at, session.seen_at, at) else None


def open_sessions(db: Session, staff_id: int, at: datetime) -> list[StaffSession]:
    """Give the sessions of a person that still last, the last used first."""
    found = db.scalars(
        select(StaffSession)
        .where(
            StaffSession.staff_id == staff_id,
            StaffSession.revoked_at.is_(None),
            StaffSession.began_at > at - LONGEST_SESSION,
        )
        .order_by(StaffSession.seen_at.desc(), StaffSession.id.desc())
    )
    return [session for session in found if lasts(session.began_at, session.seen_at, at)]


def recent_failures(db: Session, who: str, at: datetime) -> Sequence[datetime]:
    """Give the moments of the failed attempts that still count for an address."""
    return db.scalars(
        select(SignInAttempt.at).where(SignInAttempt.who == who, SignInAttempt.at > at - FAILURES_COUNT_FOR)
    ).all()


def trusted_in(db: Session, deed: Deed, department_id: int | None) -> Sequence[Staff]:
    """Give those who may do a deed by a role in the department itself, by name.

    Where it has nobody, and for what belongs to the whole municipality (None), those who may do it everywhere.
    """
    return _trusted(db, deed, department_id) or _trusted(db, deed, None)


def _trusted(db: Session, deed: Deed, department_id: int | None) -> Sequence[Staff]:
    place = StaffGrant.department_id
    here = place.is_(None) if department_id is None else place == department_id
    granted = select(StaffGrant.staff_id).where(StaffGrant.role.in_(ALLOWED[deed]), here)
    wanted = select(Staff).where(Staff.active, Staff.id.in_(granted)).order_by(Staff.name, Staff.id)
    return db.scalars(wanted).all()
