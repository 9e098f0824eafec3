"""Services, their categories, and the times that the law sets, as rows."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.law import ClockKind
from pledges.limit import Unit
from portal.db import Base, Id
from portal.departments.models import Department
from portal.services.rules import EntryKind


class ServiceKind(StrEnum):
    """What a service does: tells, does something, or listens."""

    INFORMATION = "information"
    TRANSACTION = "transaction"
    DIALOGUE = "dialogue"


class Secrecy(StrEnum):
    """Whether cases of the service may be shown, must be looked through first, or never exist in public."""

    OPEN = "open"
    NEEDS_CHECK = "needs_check"
    SECRET = "secret"  # noqa: S105  a class of secrecy


class Service(Base):
    """A service as a resident meets it. `steps` are the steps a citizen sees: key, name, explains.

    The quality owner answers for what is done, the delivery owner does it.
    """

    __tablename__ = "services"
    __table_args__ = (CheckConstraint("rosa_level between 1 and 6", "rosa_level"),)
    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(unique=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), index=True)
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    contains: Mapped[list[str]] = mapped_column(default=list)
    needs: Mapped[list[str]] = mapped_column(default=list)
    channels: Mapped[str] = mapped_column(default="")
    rosa_level: Mapped[int]
    kind: Mapped[ServiceKind]
    secrecy: Mapped[Secrecy] = mapped_column(default=Secrecy.OPEN)
    prefix: Mapped[str]
    e_service: Mapped[str] = mapped_column(default="")
    steps: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    quality_owner_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    delivery_owner_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    department: Mapped[Department] = relationship(foreign_keys=[department_id], lazy="raise")
    quality_owner: Mapped[Department] = relationship(foreign_keys=[quality_owner_id], lazy="raise")
    delivery_owner: Mapped[Department] = relationship(foreign_keys=[delivery_owner_id], lazy="raise")
    categories: Mapped[list["ServiceCategory"]] = relationship(
        lazy="raise", order_by="ServiceCategory.id", cascade="all, delete-orphan"
    )


class ServiceCategory(Base):
    """A kind of matter within a service, and the department that takes care of it."""

    __tablename__ = "service_categories"
    __table_args__ = (UniqueConstraint("service_id", "key"),)
    id: Mapped[Id]
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    key: Mapped[str]
    name: Mapped[str]
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    department: Mapped[Department] = relationship(lazy="raise")


class LegalClockRow(Base):
    """One period of a legal clock in the register; the value and what its columns mean is `pledges.law.LegalClock`.

    The periods of one key never overlap. `valid_to` is inclusive, None while open. `entries` are what staff have
    written about it, the oldest first.
    """

    __tablename__ = "legal_clocks"
    __table_args__ = (UniqueConstraint("key", "valid_from"),)
    id: Mapped[Id]
    key: Mapped[str]
    title: Mapped[str]
    reference: Mapped[str]
    kind: Mapped[ClockKind]
    amount: Mapped[int | None]
    unit: Mapped[Unit | None]
    extension: Mapped[int | None]
    completion_order: Mapped[int | None]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    entries: Mapped[list["LegalClockEntry"]] = relationship(lazy="raise", order_by="LegalClockEntry.id")


class LegalClockEntry(Base):
    """One thing that was written about a wording in the register; never changed, so that nothing happens in silence.

    `day` is the first day of what was added, the last of what ended, and the day on which a lawyer compared it with
    the law; None for what was withdrawn. `said` is who compared it, or why that was withdrawn. `signed` is who wrote
    it down, empty when it was read in from a file.
    """

    __tablename__ = "legal_clock_entries"
    id: Mapped[Id]
    clock_id: Mapped[int] = mapped_column(ForeignKey("legal_clocks.id"), index=True)
    kind: Mapped[EntryKind]
    day: Mapped[date | None]
    said: Mapped[str] = mapped_column(default="")
    signed: Mapped[str] = mapped_column(default="")
    written_at: Mapped[datetime]
