"""Pledges that are being written: drafts and what has happened to them, as rows."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Staff
from portal.authoring.rules import DraftState
from portal.db import Base, Id
from portal.departments.models import Department
from portal.pledgebook.models import Pledge, PledgeVersion


class PledgeDraft(Base):
    """A pledge, or the next version of one, on its way to be decided. Without department: of the whole municipality.

    `content` holds what is to be promised as `authoring.content` reads and writes it; what is typed is kept even while
    it is not yet complete. A published draft names its `version`, which never changes after.
    """

    __tablename__ = "pledge_drafts"
    __table_args__ = (Index(None, "department_id", "state"),)
    id: Mapped[Id]
    pledge_id: Mapped[int | None] = mapped_column(ForeignKey("pledges.id"), index=True)
    version_id: Mapped[int | None] = mapped_column(ForeignKey("pledge_versions.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    slug: Mapped[str] = mapped_column(default="")
    state: Mapped[DraftState] = mapped_column(default=DraftState.WRITING)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    decision: Mapped[dict[str, Any]] = mapped_column(default=dict)
    revision: Mapped[int] = mapped_column(default=1)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    pledge: Mapped[Pledge | None] = relationship(lazy="raise")
    version: Mapped[PledgeVersion | None] = relationship(lazy="raise")
    department: Mapped[Department | None] = relationship(lazy="raise")
    written_by: Mapped[Staff] = relationship(lazy="raise")
    steps: Mapped[list["DraftStep"]] = relationship(
        lazy="raise", order_by="DraftStep.id", back_populates="draft"
    )


class DraftStep(Base):
    """What somebody did with a draft, and what they said of it; rows are added, never changed."""

    __tablename__ = "draft_steps"
    id: Mapped[Id]
    draft_id: Mapped[int] = mapped_column(ForeignKey("pledge_drafts.id"), index=True)
    state: Mapped[DraftState]
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    draft: Mapped[PledgeDraft] = relationship(lazy="raise", back_populates="steps")


class LookKind(StrEnum):
    """What somebody who looked at a pledge in force found: that it stands, or that it is taken back."""

    STANDS = "stands"
    WITHDRAWN = "withdrawn"


class Review(Base):
    """That somebody looked at a pledge in force, what they found, and when it is to be looked at again.

    Rows are added, never changed. `next_on` is None of a pledge that was taken back.
    """

    __tablename__ = "pledge_reviews"
    id: Mapped[Id]
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    kind: Mapped[LookKind] = mapped_column(default=LookKind.STANDS)
    at: Mapped[datetime]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]
