"""Cases, their events, clocks and files, as rows. Events are the truth; all else can be recomputed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.pause import Pausing
from portal.accounts.models import Staff
from portal.cases.rules import ActorKind, Channel, EventKind, Outcome, State
from portal.db import Base, Id
from portal.departments.models import Department
from portal.files.models import StoredFile
from portal.pledgebook.models import Pledge, PledgeVersion, TallyState
from portal.services.models import Service


class Case(Base):
    """A matter somebody brought to the municipality.

    `submission` is unique for each thing submitted, so that a double click makes one case.
    `nonce` is what the secret key is derived from; a new nonce makes every old link useless.
    `answers` are the citizen's own (label, text) rows as they were shown before submitting.
    `state`, `step`, `due_at`, `outcome`, `department_id`, `officer_id` and `closed_at` are caches of the events.
    `due_at` is the nearest end of an open clock, None when none runs. `cycle` is 1 until the case is opened again.
    A case that says that a pledge was not kept has that `pledge_id`, and in `about` the reference it names, if any.
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
    cycle: Mapped[int] = mapped_column(default=1)
    pledge_id: Mapped[int | None] = mapped_column(ForeignKey("pledges.id"), index=True)
    about: Mapped[str] = mapped_column(default="")
    pledge: Mapped[Pledge | None] = relationship(lazy="raise")
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
    follow_ups: Mapped[list["FollowUp"]] = relationship(
        lazy="raise", order_by="FollowUp.due_on, FollowUp.id", back_populates="case"
    )
    legal_times: Mapped[list["LegalTime"]] = relationship(
        lazy="raise", order_by="LegalTime.id", back_populates="case", cascade="all, delete-orphan"
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

    A case that is opened again gets new clocks of the next `cycle`; what became of the first stands. `started_at`,
    `due_on`, `due_at`, `state`, `ended_at`, `length` and `pausing` are caches of the events. `due_on` is the last day
    on which the promise is kept, `due_at` the moment after which it is broken, `first_due` the day that was promised
    at first; `length` is the counted units, 0 until the clock ends. At `warn_at` the officer is warned; None when that
    is done or no longer needed.
    """

    __tablename__ = "case_clocks"
    __table_args__ = (
        UniqueConstraint("case_id", "version_id", "cycle"),
        Index(None, "state", "due_at"),
        Index(None, "warn_at"),
    )
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
    cycle: Mapped[int] = mapped_column(default=1)
    first_due: Mapped[date]
    pausing: Mapped[Pausing] = mapped_column(default=Pausing.NONE)
    warn_at: Mapped[datetime | None]
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


class FollowUp(Base):
    """What staff must do because a promise to somebody was broken; made by the breach, once for each kind of `pledges.compensation`.

    `due_on` is the last day to do it. Done when `done_at` is set; `result` holds what was decided, such as a new day.
    """

    __tablename__ = "follow_ups"
    __table_args__ = (
        UniqueConstraint("case_id", "version_id", "cycle", "kind"),
        Index(None, "department_id", "done_at", "due_on"),
    )
    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("pledge_versions.id"))
    cycle: Mapped[int] = mapped_column(default=1)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    kind: Mapped[str]
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    case: Mapped[Case] = relationship(lazy="raise", back_populates="follow_ups")
    version: Mapped[PledgeVersion] = relationship(lazy="raise")


class LegalTime(Base):
    """A time that the law sets for a case, by the key of its legal clock; a cache of the case's events.

    `nominal_on` is the last day by the calendar, `adjusted_on` the day the law moves it to. At `warn_at` the officer
    is told that it is near; None when that is done or no longer needed.
    """

    __tablename__ = "legal_times"
    __table_args__ = (UniqueConstraint("case_id", "key"), Index(None, "warn_at"))
    id: Mapped[Id]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    key: Mapped[str]
    nominal_on: Mapped[date]
    adjusted_on: Mapped[date]
    ended_on: Mapped[date | None]
    warn_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship(lazy="raise", back_populates="legal_times")
