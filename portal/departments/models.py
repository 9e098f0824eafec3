"""Organisations, departments (verksamheter) and their opening hours, as rows."""

from datetime import date, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Id


class OrganisationKind(StrEnum):
    """What an organisation is to the municipality."""

    MUNICIPALITY = "municipality"
    COMPANY = "company"
    PARTNER = "partner"


class Organisation(Base):
    """The municipality, one of its companies, or a partner whose calls the switchboard takes."""

    __tablename__ = "organisations"
    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[OrganisationKind]
    number: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")


class Department(Base):
    """A verksamhet: a part of an organisation that serves the public and answers for its pledges."""

    __tablename__ = "departments"
    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    board: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    visit: Mapped[str] = mapped_column(default="")
    liaison: Mapped[dict[str, Any]] = mapped_column(default=dict)
    emergency_phone: Mapped[str] = mapped_column(default="")
    emergency_hours: Mapped[str] = mapped_column(default="")
    duty_phone: Mapped[str] = mapped_column(default="")
    duty_hours: Mapped[str] = mapped_column(default="")
    organisation: Mapped[Organisation] = relationship(lazy="raise")
    hours: Mapped[list["OpeningHours"]] = relationship(
        lazy="raise", order_by="OpeningHours.weekday, OpeningHours.opens", cascade="all, delete-orphan"
    )


class OpeningHours(Base):
    """One interval of an ordinary week. Weekday 0 is Monday; `closes` is exclusive."""

    __tablename__ = "opening_hours"
    id: Mapped[Id]
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), index=True)
    weekday: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]


class OpeningException(Base):
    """A day that is not as others: closed when `opens` is empty. Without department it holds for all."""

    __tablename__ = "opening_exceptions"
    __table_args__ = (Index(None, "department_id", "day"),)
    id: Mapped[Id]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    day: Mapped[date]
    opens: Mapped[time | None]
    closes: Mapped[time | None]
    note: Mapped[str] = mapped_column(default="")
