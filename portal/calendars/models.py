"""Calendars as rows: one for each revision that somebody wrote."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Id
from portal.departments.models import Department, Organisation


class CalendarRevision(Base):
    """The opening hours and closed days that promises are timed by, as somebody published them.

    Number 1 is the law's own year and has no row; the first row has number 2. A revision without organisation and
    department holds for the whole municipality; a department without one of its own goes by its organisation's. What is
    published is frozen: a change is a new revision. `content` is what was written, `hours` what holds when what is
    inherited has been put in; both as `calendars.opening` reads and writes them.
    """

    __tablename__ = "calendar_revisions"
    id: Mapped[Id]
    number: Mapped[int] = mapped_column(unique=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    name: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    hours: Mapped[dict[str, Any]] = mapped_column(default=dict)
    written_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str] = mapped_column(default="")
    organisation: Mapped[Organisation | None] = relationship(lazy="raise")
    department: Mapped[Department | None] = relationship(lazy="raise")
