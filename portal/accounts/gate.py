"""The door to the staff's pages: who has come, and whether they may do what they are about to do."""

from flask import g, request

from portal.accounts.actions import token_hash
from portal.accounts.models import StaffSession
from portal.accounts.queries import session_by_token
from portal.accounts.rules import SEEN_EVERY, Actor, Deed, Grant, may, may_in
from portal.clock import now
from portal.errors import Forbidden, SignInNeeded
from portal.web.portal import reader

COOKIE = "portal_staff"


def who_is_here() -> Actor | None:
    """Give the one who is signed in, or None. Asks the database once in a request."""
    if "actor" not in g:
        g.actor = _find()
    actor: Actor | None = g.actor
    return actor


def signed_in() -> Actor:
    """Give the one who is signed in. Raises SignInNeeded when nobody is, or the session has ended."""
    actor = who_is_here()
    if actor is None:
        raise SignInNeeded("nobody is signed in")
    return actor


def require(deed: Deed, department_id: int | None = None) -> Actor:
    """Give the one who is signed in and may do the deed, in the department or, without one, in any.

    Raises SignInNeeded when nobody is signed in, Forbidden when the one who is may not.
    """
    actor = signed_in()
    if not may(actor, deed, department_id):
        raise Forbidden(f"staff {actor.id} may not {deed}")
    return actor


def require_in(deed: Deed, department_id: int | None) -> Actor:
    """Give the one who is signed in and may do the deed with what belongs to a department; see `may_in`.

    Raises SignInNeeded when nobody is signed in, Forbidden when the one who is may not.
    """
    actor = signed_in()
    if not may_in(actor, deed, department_id):
        raise Forbidden(f"staff {actor.id} may not {deed} there")
    return actor


def own_token() -> str:
    """Give the token this browser came with; empty when it came with none."""
    return request.cookies.get(COOKIE, "")


def _find() -> Actor | None:
    token, at = own_token(), now()
    session = session_by_token(reader(), token_hash(token), at) if token else None
    if session is None:
        return None
    if session.seen_at <= at - SEEN_EVERY:
        g.session_to_mark = session.id
    return _actor(session)


def _actor(session: StaffSession) -> Actor:
    staff = session.staff
    return Actor(
        id=staff.id,
        name=staff.name,
        title=staff.title,
        email=staff.email,
        grants=frozenset(Grant(grant.role, grant.department_id) for grant in staff.grants),
    )
