"""Cases, their events, clocks and files, as rows. Events are the truth; all else can be recomputed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Staff
from portal.cases.rules import ActorKind, Channel, EventKind, Outcome, State
from portal.db import Base, Id
from portal.departments.models import Department
from portal.files.models import StoredFile
from portal.pledgebook.models import PledgeVersion, TallyState
from portal.services.models import Service


class Case(Base):
    """A matter somebody brought to the municipality.

    `submission` is unique for each thing submitted, so that a double click makes one case.
    `nonce` is what the secret key is derived from; a new nonce makes every old link useless.
    `answers` are the citizen's own (label, text) rows as they were shown before submitting.
    `state`, `step`, `due_at`, `outcome`, `department_id`, `officer_id` and `closed_at` are caches of the events.
    `due_at` is the nearest end of an open clock, None when none runs.
    """

    __tablename__ = "cases"
    __table_args__ = (
        Index(None, "department_id", "state", "due_at"),
        Index(None, "officer_id", "state", "due_at"),
    )
    id: Mapped[Id]
    reference: Mapped[str] = mapped_column(unique=True)
    submission: Mapped[str] = mapped_column(unique=True)
    nonce: Mapped[str]
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"), index=True)
    category: Mapped[str] = mapped_column(default="")
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    answers: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    channel: Mapped[Channel]
    language: Mapped[str] = mapped_column(default="sv")
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime]
    registered_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(default=State.RECEIVED)
    step: Mapped[str] = mapped_column(default="received")
    outcome: Mapped[Outcome | None]
    due_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    service: Mapped[Service] = relationship(lazy="raise")
    department: Mapped[Department] = relationship(lazy="raise")
    officer: Mapped[Staff | None] = relationship(lazy="raise")
    events: Mapped[list["CaseEvent"]] = relationship(
        lazy="raise", order_by="CaseEvent.id", back_populates="case"
    )
    clocks: Mapped[list["CaseClock"]] = relationship(
        lazy="raise", order_by="CaseClock.position, CaseClock.id", back_populates="case"
    )
    files: Mapped[list["CaseFile"]] = relationship(
        lazy="raise", order_by="CaseFile.id", back_populates="case"
    )


class CaseEvent(Base):
    """What happened to a case and when; rows are added, never changed.

    `at` is when it happened, `recorded_at` when it was written down. What is not `public` only staff may read.
    `content` holds what the kind needs: text, items, step, outcome, from and to (department ids), reason, version.
    """

    __tablename__ = "case_events"
    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    kind: Mapped[EventKind]
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    actor_kind: Mapped[ActorKind]
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(default="")
    public: Mapped[bool] = mapped_column(default=True)
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    case: Mapped[Case] = relationship(lazy="raise", back_populates="events")


class CaseClock(Base):
    """One promised time of a case, under the pledge version and calendar revision in force when it was received.

    `due_on`, `due_at`, `state`, `ended_at` and `length` are caches of the events. `due_on` is the last day on which
    the promise is kept, `due_at` the moment that day ends; `length` is the counted days, 0 until the clock ends.
    """

    __tablename__ = "case_clocks"
    __table_args__ = (UniqueConstraint("case_id", "version_id"), Index(None, "state", "due_at"))
    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("pledge_versions.id"), index=True)
    calendar: Mapped[int]
    position: Mapped[int]
    started_at: Mapped[datetime]
    due_on: Mapped[date]
    due_at: Mapped[datetime]
    state: Mapped[TallyState] = mapped_column(default=TallyState.RUNNING)
    ended_at: Mapped[datetime | None]
    length: Mapped[int] = mapped_column(default=0)
    case: Mapped[Case] = relationship(lazy="raise", back_populates="clocks")
    version: Mapped[PledgeVersion] = relationship(lazy="raise")


class CaseFile(Base):
    """A file in a case, and who put it there."""

    __tablename__ = "case_files"
    __table_args__ = (UniqueConstraint("case_id", "file_id"),)
    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_files.id"))
    from_citizen: Mapped[bool] = mapped_column(default=True)
    case: Mapped[Case] = relationship(lazy="raise", back_populates="files")
    file: Mapped[StoredFile] = relationship(lazy="raise")
