"""Pledges, their versions and scopes, and the tallies of how they were kept, as rows."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.clock import Unit
from pledges.pause import PausePolicy, Pausing
from pledges.pledge import Measure, Source, Start
from portal.accounts.models import Staff
from portal.db import Base, Id
from portal.departments.models import Department
from portal.services.models import Service


class TargetUnit(StrEnum):
    """What the target of a pledge is a number of; only percentages are counted from cases."""

    PERCENT = "percent"
    PERSONS_AT_MOST = "persons_at_most"
    INDEX = "index"


class Pledge(Base):
    """A pledge by its name in addresses. Without department it is made by the whole municipality.

    A paused pledge is not measured while `paused_reason` says why. Of a pledge that is `statistics_only` no single
    case is drawn, since the cases are secret. `life_situations` are the keys of `pledgebook.life`. `keeper` is who
    is reminded when the pledge must be looked at again.
    """

    __tablename__ = "pledges"
    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(unique=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    paused_reason: Mapped[str] = mapped_column(default="")
    statistics_only: Mapped[bool] = mapped_column(default=False)
    life_situations: Mapped[list[str]] = mapped_column(default=list)
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    reminded_on: Mapped[date | None]
    department: Mapped[Department | None] = relationship(lazy="raise")
    keeper: Mapped[Staff | None] = relationship(lazy="raise")
    versions: Mapped[list["PledgeVersion"]] = relationship(
        lazy="raise", order_by="PledgeVersion.number.desc()", back_populates="pledge"
    )
    scopes: Mapped[list["PledgeScope"]] = relationship(lazy="raise", back_populates="pledge")


class PledgeVersion(Base):
    """What was decided, as it was decided; a version is superseded, never edited.

    `promise` and `short` mark their measured or dated part with asterisks. `valid_to` is inclusive, None while open.
    `amount` and `unit` are the promised time, both None when the promise is not a time.
    `law` names a legal limit: amount, unit, reference, verified, and the `key` of its legal clock when it has one;
    empty when there is none. `compensation` holds what follows when it is broken: kind, and what the kind needs.
    A version that was taken back has `withdrawn_reason`; `valid_to` is then its last day.
    """

    __tablename__ = "pledge_versions"
    __table_args__ = (UniqueConstraint("pledge_id", "number"),)
    id: Mapped[Id]
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    number: Mapped[int]
    promise: Mapped[str]
    short: Mapped[str]
    content: Mapped[list[str]] = mapped_column(default=list)
    applies_to: Mapped[str] = mapped_column(default="")
    not_applies: Mapped[list[str]] = mapped_column(default=list)
    duties: Mapped[list[str]] = mapped_column(default=list)
    remedy: Mapped[list[str]] = mapped_column(default=list)
    measure: Mapped[Measure]
    measured_as: Mapped[str] = mapped_column(default="")
    source: Mapped[Source]
    amount: Mapped[int | None]
    unit: Mapped[Unit | None]
    target: Mapped[Decimal] = mapped_column(Numeric(4, 1))
    target_unit: Mapped[TargetUnit] = mapped_column(default=TargetUnit.PERCENT)
    holding_answer: Mapped[bool] = mapped_column(default=False)
    owner: Mapped[str] = mapped_column(default="")
    decided_by: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date]
    paragraph: Mapped[str] = mapped_column(default="")
    registry_number: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    review_by: Mapped[date | None]
    law: Mapped[dict[str, Any]] = mapped_column(default=dict)
    starts_at: Mapped[Start] = mapped_column(default=Start.RECEIVED)
    pause_policy: Mapped[PausePolicy] = mapped_column(default=PausePolicy.QUESTION_OR_LAW)
    compensation: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    published_at: Mapped[datetime | None]
    withdrawn_reason: Mapped[str] = mapped_column(default="")
    pledge: Mapped[Pledge] = relationship(lazy="raise", back_populates="versions")


class PledgeScope(Base):
    """Which cases fall under a pledge: a service, and within it a category or (empty) every one.

    The scope with the lowest position names a case's main pledge. It holds for cases received from `valid_from` to
    `valid_to`, both inclusive, None while open: a version that holds elsewhere ends the scopes of the one before.
    """

    __tablename__ = "pledge_scopes"
    __table_args__ = (
        UniqueConstraint("pledge_id", "service_id", "category", "valid_from"),
        Index(None, "service_id", "category"),
    )
    id: Mapped[Id]
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    category: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=1)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    pledge: Mapped[Pledge] = relationship(lazy="raise", back_populates="scopes")
    service: Mapped[Service] = relationship(lazy="raise")


class TallyState(StrEnum):
    """How a clock under a pledge stands, and three things that are counted beside it.

    Open: running (also past its day until that is written), paused, late and still open. Ended: kept, broken and
    closed, excused for a logged reason, void because the case is a double or was taken back. Beside: a clock that
    started, an outcome that somebody contests.
    """

    RUNNING = "running"
    PAUSED = "paused"
    LATE = "late"
    KEPT = "kept"
    BROKEN = "broken"
    EXCUSED = "excused"
    VOID = "void"
    STARTED = "started"
    CONTESTED = "contested"


class Grain(StrEnum):
    """How closely a tally is counted: what is open, and everything else by month and again by day."""

    OPEN = "open"
    MONTH = "month"
    DAY = "day"


class Tally(Base):
    """How many clocks stand alike under a pledge version: a cache of the cases' clocks, so that no page counts cases.

    Open clocks (grain open) are grouped by `day`, the day on which the clock began, and `due`, the promised day;
    `length` is 0. All else stands twice: by month, `day` being its first, and by day. The day of a clock kept is the
    day it was stopped, of one broken its last promised day, of one started the day it began; `due` is the same day.
    `length` is the counted units that a kept or broken case took, 0 for all others. `pausing` says what pauses have
    meant to it.
    """

    __tablename__ = "tallies"
    __table_args__ = (
        UniqueConstraint("version_id", "grain", "state", "day", "due", "length", "pausing"),
        Index(None, "grain", "day"),
    )
    id: Mapped[Id]
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("pledge_versions.id"))
    grain: Mapped[Grain]
    state: Mapped[TallyState]
    day: Mapped[date]
    due: Mapped[date]
    length: Mapped[int] = mapped_column(default=0)
    pausing: Mapped[Pausing] = mapped_column(default=Pausing.NONE)
    count: Mapped[int]


class ReportedFigure(Base):
    """A figure for one month that no case shows: reported or read in, with its source and who vouches for it.

    Of a percentage, `kept` of `outcomes`; of an index or a number of persons, `value`. Rows are added, never changed:
    the latest for a month holds, and the ones before show what was corrected. `key` is unique for what was read in.
    """

    __tablename__ = "reported_figures"
    __table_args__ = (Index(None, "version_id", "month"),)
    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(ForeignKey("pledge_versions.id"))
    month: Mapped[date]
    kept: Mapped[int | None]
    outcomes: Mapped[int | None]
    value: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    source: Mapped[str]
    vouched_by: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    recorded_at: Mapped[datetime]
    key: Mapped[str] = mapped_column(unique=True)


class MonthNote(Base):
    """Why a month went as it did, in words, signed and dated; rows are added, and the latest is shown."""

    __tablename__ = "month_notes"
    __table_args__ = (Index(None, "pledge_id", "month"),)
    id: Mapped[Id]
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    month: Mapped[date]
    text: Mapped[str]
    signed: Mapped[str]
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    written_at: Mapped[datetime]
