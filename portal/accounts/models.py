"""Staff, their grants, their sessions and the attempts to sign in, as rows."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.rules import Role
from portal.db import Base, Id


class Staff(Base):
    """Somebody who works here. `demo` marks an invented person, made by `portal demo`."""

    __tablename__ = "staff"
    id: Mapped[Id]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str]
    password_set_at: Mapped[datetime]
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    grants: Mapped[list["StaffGrant"]] = relationship(lazy="raise", cascade="all, delete-orphan")


class StaffGrant(Base):
    """A role that somebody has in a department, or in every one."""

    __tablename__ = "staff_grants"
    __table_args__ = (UniqueConstraint("staff_id", "role", "department_id"),)
    id: Mapped[Id]
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    role: Mapped[Role]
    department_id: Mapped[int | None] = mapped_column(index=True)


class StaffSession(Base):
    """One signed-in browser; only a hash of its token is kept. Ended by `revoked_at`, by idling or by age."""

    __tablename__ = "staff_sessions"
    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    staff: Mapped[Staff] = relationship(lazy="raise")


class SignInAttempt(Base):
    """A failed attempt; `who` is a keyed hash of the address typed, so that the table holds no addresses."""

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "who", "at"),)
    id: Mapped[Id]
    who: Mapped[str]
    at: Mapped[datetime]
