"""Drafts, as rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Id


class Draft(Base):
    """What somebody has filled in so far. The browser holds the token, the row only its hash.

    `case_id` is set once, when the draft is submitted; after that every resubmission lands on the same case.
    """

    __tablename__ = "drafts"
    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(unique=True)
    form: Mapped[str]
    version: Mapped[int]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    began_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
