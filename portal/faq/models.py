"""Questions and answers, as rows."""

from datetime import date
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.db import Base, Id
from portal.departments.models import Department


class Visibility(StrEnum):
    """Who may read an answer."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Answer(Base):
    """A question as people ask it and the answer, in restricted markdown. `related_service` is a service's slug."""

    __tablename__ = "answers"
    __table_args__ = (Index(None, "visibility", "department_id"),)
    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(unique=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    question: Mapped[str]
    answer: Mapped[str]
    audience: Mapped[list[str]] = mapped_column(default=list)
    rosa_level: Mapped[int]
    visibility: Mapped[Visibility]
    review_by: Mapped[date | None]
    related_service: Mapped[str] = mapped_column(default="")
    department: Mapped[Department] = relationship(lazy="raise")
