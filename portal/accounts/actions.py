"""What changes staff, their sessions and the count of failed attempts."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from portal.accounts.models import SignInAttempt, Staff, StaffGrant, StaffSession
from portal.accounts.passwords import hash_password
from portal.accounts.queries import plain_address, recent_failures
from portal.accounts.rules import (
    FAILURES_COUNT_FOR,
    LONGEST_SESSION,
    SEEN_EVERY,
    SHORTEST_PASSWORD,
    Grant,
    may_try_again_at,
)
from portal.errors import Conflict, NotFound, TooManyAttempts
from portal.settings import Settings

SESSIONS_ARE_KEPT_FOR = timedelta(days=30)


class Closed(TooManyAttempts):
    """Too many attempts for one address; `until` is when the next may be made."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"closed until {until.isoformat()}")
        self.until = until


def add_staff(  # noqa: PLR0913  a person has this many parts
    db: Session,
    email: str,
    name: str,
    title: str,
    phone: str,
    password: str,
    grants: Iterable[Grant],
    at: datetime,
    demo: bool = False,
) -> Staff:
    """Give a new member of staff, who may sign in at once.

    Raises Conflict when somebody has the address already, or when the password has fewer than 12 signs.
    """
    address = plain_address(email)
    if len(password) < SHORTEST_PASSWORD:
        raise Conflict(f"a password needs at least {SHORTEST_PASSWORD} signs")
    if db.scalar(select(Staff.id).where(Staff.email == address)) is not None:
        raise Conflict(f"somebody already has the address {address}")
    staff = Staff(
        email=address,
        name=name,
        title=title,
        phone=phone,
        password_hash=hash_password(password),
        password_set_at=at,
        demo=demo,
        grants=[StaffGrant(role=grant.role, department_id=grant.department_id) for grant in set(grants)],
    )
    db.add(staff)
    db.flush()
    return staff


def token_hash(token: str) -> str:
    """Give what is kept of a session's token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def who_tried(email: str, secret_key: str) -> str:
    """Give a keyed hash of an address, so that attempts can be counted without keeping addresses."""
    return hmac.new(
        secret_key.encode(), f"sign-in:{plain_address(email)}".encode(), hashlib.sha256
    ).hexdigest()


def count_attempt(db: Session, who: str, at: datetime) -> None:
    """Count an attempt as failed before the password is judged; `sign_in` takes the count away again.

    Counting first closes the door also on many attempts made at the same moment.
    Raises Closed when five failures within fifteen minutes stand already; nothing is counted then.
    """
    if db.get_bind().dialect.name == "postgresql":
        db.execute(select(func.pg_advisory_xact_lock(int(who[:15], 16))))
    again = may_try_again_at(recent_failures(db, who, at), at)
    if again is not None:
        raise Closed(again)
    db.add(SignInAttempt(who=who, at=at))
    db.flush()


def clear_attempts(db: Session, who: str) -> None:
    """Forget the failed attempts for an address, because the right password has been given."""
    db.execute(delete(SignInAttempt).where(SignInAttempt.who == who))


def sign_in(db: Session, staff_id: int, who: str, renewed_hash: str, at: datetime) -> str:
    """Open a session for somebody whose password was judged right, and give its token, which is not kept.

    A `renewed_hash` replaces a hash that was made when passwords cost less; empty leaves it.
    Raises NotFound when the person is gone by now.
    """
    staff = db.scalar(select(Staff).where(Staff.id == staff_id, Staff.active).with_for_update())
    if staff is None:
        raise NotFound(f"no active staff {staff_id}")
    staff.password_hash = renewed_hash or staff.password_hash
    clear_attempts(db, who)
    token = secrets.token_urlsafe(32)
    db.add(StaffSession(token_hash=token_hash(token), staff_id=staff.id, began_at=at, seen_at=at))
    db.flush()
    return token


def sign_out(db: Session, token: str, at: datetime) -> None:
    """End the session of the token; one that has ended already, or never was, stays as it is."""
    db.execute(
        update(StaffSession)
        .where(StaffSession.token_hash == token_hash(token), StaffSession.revoked_at.is_(None))
        .values(revoked_at=at)
    )


def end_session(db: Session, staff_id: int, session_id: int, at: datetime) -> None:
    """End one of a person's own sessions. Raises NotFound when it is not theirs."""
    session = db.scalar(
        select(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.staff_id == staff_id)
        .with_for_update()
    )
    if session is None:
        raise NotFound(f"no session {session_id} of staff {staff_id}")
    session.revoked_at = session.revoked_at or at


def mark_seen(db: Session, session_id: int, at: datetime) -> None:
    """Note that a session was used, at most once a minute."""
    db.execute(
        update(StaffSession)
        .where(StaffSession.id == session_id, StaffSession.seen_at <= at - SEEN_EVERY)
        .values(seen_at=at)
    )


def change_password(db: Session, staff_id: int, new_hash: str, own_token: str, at: datetime) -> None:
    """Give somebody a new password, already hashed, and end every session of theirs but the one of `own_token`."""
    staff = db.scalar(select(Staff).where(Staff.id == staff_id).with_for_update())
    if staff is None:
        raise NotFound(f"no staff {staff_id}")
    staff.password_hash, staff.password_set_at = new_hash, at
    db.execute(
        update(StaffSession)
        .where(
            StaffSession.staff_id == staff_id,
            StaffSession.token_hash != token_hash(own_token),
            StaffSession.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )


def forget_old(db: Session, settings: Settings, at: datetime) -> int:
    """Erase attempts that no longer count and sessions that ended a month ago; give how many rows went."""
    attempts = delete(SignInAttempt).where(SignInAttempt.at <= at - FAILURES_COUNT_FOR)
    last_day = at - SESSIONS_ARE_KEPT_FOR
    sessions = delete(StaffSession).where(
        or_(StaffSession.revoked_at <= last_day, StaffSession.began_at <= last_day - LONGEST_SESSION)
    )
    return len(db.scalars(attempts.returning(SignInAttempt.id)).all()) + len(
        db.scalars(sessions.returning(StaffSession.id)).all()
    )
