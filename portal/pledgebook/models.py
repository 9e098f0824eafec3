"""Pledges, their versions and scopes, and the tallies of how they were kept, as rows."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pledges.clock import Unit
from pledges.pledge import Measure, Source
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
    case is drawn, since the cases are secret.
    """

    __tablename__ = "pledges"
    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(unique=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    paused_reason: Mapped[str] = mapped_column(default="")
    statistics_only: Mapped[bool] = mapped_column(default=False)
    department: Mapped[Department | None] = relationship(lazy="raise")
    versions: Mapped[list["PledgeVersion"]] = relationship(
        lazy="raise", order_by="PledgeVersion.number.desc()", back_populates="pledge"
    )
    scopes: Mapped[list["PledgeScope"]] = relationship(lazy="raise", back_populates="pledge")


class PledgeVersion(Base):
    """What was decided, as it was decided; a version is superseded, never edited.

    `promise` and `short` mark their measured or dated part with asterisks. `valid_to` is inclusive, None while open.
    `amount` and `unit` are the promised time, both None when the promise is not a time.
    `law` names a legal limit: amount, unit, reference, verified; empty when there is none.
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
    pledge: Mapped[Pledge] = relationship(lazy="raise", back_populates="versions")


class PledgeScope(Base):
    """Which cases fall under a pledge: a service, and within it a category or (empty) every one.

    The scope with the lowest position names a case's main pledge.
    """

    __tablename__ = "pledge_scopes"
    __table_args__ = (
        UniqueConstraint("pledge_id", "service_id", "category"),
        Index(None, "service_id", "category"),
    )
    id: Mapped[Id]
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    service_id: Mapped[int] = mapped_column(ForeignKey("services.id"))
    category: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=1)
    pledge: Mapped[Pledge] = relationship(lazy="raise", back_populates="scopes")
    service: Mapped[Service] = relationship(lazy="raise")


class TallyState(StrEnum):
    """How a clock under a pledge stands: running (also past its day until that is written), paused, late and
    still open, kept, or broken and closed."""

    RUNNING = "running"
    PAUSED = "paused"
    LATE = "late"
    KEPT = "kept"
    BROKEN = "broken"


class Tally(Base):
    """How many clocks stand alike under a pledge version: a cache of the cases' clocks, so that no page counts cases.

    Open clocks (running, paused, late) are grouped by `day`, the day of receipt, and `due`, the promised day;
    `length` is 0. Ended clocks (kept, broken) are grouped by `day`, the first of the month in which it was decided
    whether the pledge was kept, `due` is the same day, and `length` is the counted days the case took.
    """

    __tablename__ = "tallies"
    __table_args__ = (
        UniqueConstraint("pledge_id", "version_id", "state", "day", "due", "length"),
        Index(None, "state", "due"),
    )
    id: Mapped[Id]
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("pledge_versions.id"))
    state: Mapped[TallyState]
    day: Mapped[date]
    due: Mapped[date]
    length: Mapped[int]
    count: Mapped[int]
