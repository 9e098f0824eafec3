"""Letters waiting, sent and given up, as rows."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Id


class Delivery(StrEnum):
    """How far a letter has come."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class OutboxLetter(Base):
    """A letter on its way. `about` names what it tells of (a case reference); `key` makes it be written once.

    `due_at` is the next try; `locked_until` keeps two workers from sending the same letter. `attempts` counts the
    tries that have begun, `round` how many times somebody has asked for the letter to be sent again.
    """

    __tablename__ = "outbox_letters"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "state", "id"))
    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    to: Mapped[str]
    content: Mapped[dict[str, Any]]
    about: Mapped[str] = mapped_column(default="", index=True)
    state: Mapped[Delivery] = mapped_column(default=Delivery.WAITING)
    written_at: Mapped[datetime]
    due_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    round: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")
