"""What is measured beside the cases: how drafts would have gone, and whether the site answers, as rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Base, Id


class Shadow(Base):
    """How a promise that nobody has decided would have gone on past and present cases.

    `subject` names what was measured, such as a draft's id, and `digest` the promise and scopes it was measured with:
    another promise makes another digest, so an old figure is never shown for new words.
    """

    __tablename__ = "shadows"
    id: Mapped[Id]
    subject: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str]
    measured_at: Mapped[datetime]
    since: Mapped[date]
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ProbeDay(Base):
    """How the site answered its own probe on one day: the minutes tried, those answered, those planned to be down."""

    __tablename__ = "probe_days"
    id: Mapped[Id]
    day: Mapped[date] = mapped_column(unique=True)
    tried: Mapped[int] = mapped_column(default=0)
    answered: Mapped[int] = mapped_column(default=0)
    planned: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime]


class PlannedStop(Base):
    """A time when the site is down as announced beforehand; half-open. Not counted against a promise to be open."""

    __tablename__ = "planned_stops"
    id: Mapped[Id]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(default="")
    announced_at: Mapped[datetime]
