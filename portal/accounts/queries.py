"""Questions about staff, their sessions and failed attempts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import SignInAttempt, Staff, StaffSession
from portal.accounts.rules import FAILURES_COUNT_FOR, LONGEST_SESSION, lasts


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
