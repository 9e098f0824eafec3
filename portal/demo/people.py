"""The demo's staff, found again by their addresses."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.accounts.models import Staff
from portal.accounts.rules import Actor


def demo_person(db: Session, email: str) -> Staff:
    """Give somebody invented, with grants. Raises NoResultFound when nobody has the address."""
    return db.scalars(select(Staff).where(Staff.email == email).options(selectinload(Staff.grants))).one()


def acting_as(person: Staff) -> Actor:
    """Give a person as the one who is signed in, for what is done in their own name."""
    return Actor(person.id, person.name, person.title, person.email, frozenset())
