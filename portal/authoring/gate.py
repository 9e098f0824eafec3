"""The door to the pledges that are written: who may read, write and decide in a department, or for all of them."""

from portal.accounts.gate import signed_in
from portal.accounts.rules import Actor, Deed, may, may_in
from portal.errors import Forbidden


def require_in(deed: Deed, department_id: int | None) -> Actor:
    """Give the one who is signed in and may do the deed with what belongs to a department, or (None) to the whole.

    Raises SignInNeeded, or Forbidden.
    """
    actor = signed_in()
    if not may_in(actor, deed, department_id):
        raise Forbidden(f"staff {actor.id} may not {deed} in {department_id}")
    return actor


def require_reading(department_id: int | None) -> Actor:
    """Give the one who is signed in and may read what is written for a department.

    What is written for the whole municipality may be read by everybody who writes for any part of it.
    Raises SignInNeeded, or Forbidden.
    """
    actor = signed_in()
    is_shared = department_id is None and may(actor, Deed.WRITE_PLEDGE)
    if not is_shared and not may_in(actor, Deed.WRITE_PLEDGE, department_id):
        raise Forbidden(f"staff {actor.id} may not read pledges of {department_id}")
    return actor
