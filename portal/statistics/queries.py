"""What the statistics ask about cases, pledges with reported figures, and the portal's own probe."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from pledges.pledge import Source
from portal.cases.models import Case, CaseClock, CaseEvent
from portal.cases.rules import EventKind
from portal.errors import NotFound
from portal.pledgebook.figures.reported import reported_of
from portal.pledgebook.models import Pledge, PledgeVersion, ReportedFigure
from portal.statistics.models import PlannedStop, ProbeDay, Shadow

AT_A_TIME = 500


@dataclass(frozen=True)
class Scope:
    """Which cases a promise is measured on: a service, and within it a category or (empty) every one."""

    service_id: int
    category: str = ""


@dataclass(frozen=True)
class PastEvent:
    """What happened to a case, without the row it came from."""

    kind: EventKind
    at: datetime
    content: Mapping[str, Any]
    actor_id: int | None


@dataclass(frozen=True)
class PastCase:
    """A case as far as a clock needs it. `calendar` is its own, None when no clock ever ran in it."""

    reference: str
    calendar: int | None
    events: tuple[PastEvent, ...]


def _under(scopes: Iterable[Scope]) -> ColumnElement[bool]:
    conditions = [
        and_(Case.service_id == scope.service_id, Case.category == scope.category)
        if scope.category
        else Case.service_id == scope.service_id
        for scope in scopes
    ]
    return or_(false(), *conditions)


def how_many_cases(db: Session, scopes: Sequence[Scope], since: datetime) -> int:
    """Give how many cases have been received under the scopes since a moment, that one included."""
    return db.scalar(select(func.count()).where(_under(scopes), Case.received_at >= since)) or 0


def past_cases(db: Session, scopes: Sequence[Scope], since: datetime, most: int) -> Iterator[PastCase]:
    """Give the cases received under the scopes since a moment, the latest first and at most so many.

    A batch at a time and without rows, so that a session holds no more after than before.
    """
    found = db.execute(
        select(Case.id, Case.reference)
        .where(_under(scopes), Case.received_at >= since)
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(most)
    ).all()
    for start in range(0, len(found), AT_A_TIME):
        batch = found[start : start + AT_A_TIME]
        ids = [row.id for row in batch]
        events, calendars = _events(db, ids), _calendars(db, ids)
        for row in batch:
            yield PastCase(row.reference, calendars.get(row.id), tuple(events[row.id]))


def _events(db: Session, case_ids: Sequence[int]) -> Mapping[int, list[PastEvent]]:
    found: defaultdict[int, list[PastEvent]] = defaultdict(list)
    columns = (CaseEvent.case_id, CaseEvent.kind, CaseEvent.at, CaseEvent.content, CaseEvent.actor_id)
    for row in db.execute(select(*columns).where(CaseEvent.case_id.in_(case_ids)).order_by(CaseEvent.id)):
        found[row.case_id].append(PastEvent(row.kind, row.at, row.content, row.actor_id))
    return found


def _calendars(db: Session, case_ids: Sequence[int]) -> Mapping[int, int]:
    number = func.min(CaseClock.calendar)
    wanted = select(CaseClock.case_id, number).where(CaseClock.case_id.in_(case_ids))
    return dict(db.execute(wanted.group_by(CaseClock.case_id)).all())


def shadow_of(db: Session, subject: str) -> Shadow | None:
    """Give the measurement kept for a subject."""
    return db.scalar(select(Shadow).where(Shadow.subject == subject))


def all_pledges(db: Session) -> Sequence[Pledge]:
    """Give every pledge with department and versions, those of the whole municipality first. Two statements."""
    return db.scalars(
        select(Pledge)
        .options(joinedload(Pledge.department), selectinload(Pledge.versions))
        .order_by(Pledge.department_id.is_not(None), Pledge.department_id, Pledge.id)
    ).all()


def reported_pledges(db: Session, departments: frozenset[int] | None) -> Sequence[Pledge]:
    """Give the pledges whose figures are reported, in some departments or (None) everywhere, with versions.

    What belongs to the whole municipality is given only to those who reach everywhere. Two statements.
    """
    statement = (
        select(Pledge)
        .options(joinedload(Pledge.department), selectinload(Pledge.versions))
        .where(Pledge.versions.any(PledgeVersion.source != Source.CASES))
        .order_by(Pledge.department_id.is_not(None), Pledge.department_id, Pledge.id)
    )
    if departments is not None:
        statement = statement.where(Pledge.department_id.in_(departments))
    return db.scalars(statement).all()


def reported_pledge(db: Session, slug: str) -> Pledge:
    """Give a pledge whose figures are reported, with department and versions. Raises NotFound."""
    found = db.scalar(
        select(Pledge)
        .options(joinedload(Pledge.department), selectinload(Pledge.versions))
        .where(Pledge.slug == slug, Pledge.versions.any(PledgeVersion.source != Source.CASES))
    )
    if found is None:
        raise NotFound(f"no pledge {slug} with reported figures")
    return found


def figures_of_versions(db: Session, version_ids: Sequence[int]) -> Sequence[ReportedFigure]:
    """Give every row reported of versions, corrected ones too: the latest month first, in it the latest row first."""
    return db.scalars(
        select(ReportedFigure)
        .where(ReportedFigure.version_id.in_(version_ids))
        .order_by(ReportedFigure.month.desc(), ReportedFigure.id.desc())
    ).all()


def known_keys(db: Session, keys: Sequence[str]) -> frozenset[str]:
    """Give those of the keys that something has been recorded under."""
    return frozenset(db.scalars(select(ReportedFigure.key).where(ReportedFigure.key.in_(keys))))


def versions_by_source(db: Session, source: Source, first: date, last: date) -> Sequence[PledgeVersion]:
    """Give the versions with a source that were in force on some day from `first` to `last`, not paused."""
    return db.scalars(
        select(PledgeVersion)
        .join(PledgeVersion.pledge)
        .options(contains_eager(PledgeVersion.pledge))
        .where(
            Pledge.paused_reason == "",
            PledgeVersion.source == source,
            PledgeVersion.valid_from <= last,
            or_(PledgeVersion.valid_to.is_(None), PledgeVersion.valid_to >= first),
        )
        .order_by(PledgeVersion.id)
    ).all()


def without_figure(db: Session, versions: Sequence[PledgeVersion], month: date) -> Sequence[PledgeVersion]:
    """Give those of the versions of which nothing has been reported for a month. At most one statement."""
    found = reported_of(db, [version.id for version in versions], month, month) if versions else {}
    return [version for version in versions if version.id not in found]


def probe_day(db: Session, day: date) -> ProbeDay | None:
    """Give the probe's count of a day, locked for a change."""
    return db.scalar(select(ProbeDay).where(ProbeDay.day == day).with_for_update())


def has_been_probed(db: Session) -> bool:
    """Tell whether the site has ever answered its probe."""
    return db.scalar(select(ProbeDay.id).limit(1)) is not None


def probe_days(db: Session, first: date, last: date) -> Sequence[ProbeDay]:
    """Give the probe's counts from `first` to `last`, both included."""
    return db.scalars(select(ProbeDay).where(ProbeDay.day.between(first, last)).order_by(ProbeDay.day)).all()


def is_planned(db: Session, at: datetime) -> bool:
    """Tell whether the site is down at a moment as announced beforehand."""
    planned = select(PlannedStop.id).where(
        PlannedStop.began_at <= at,
        PlannedStop.ended_at > at,
        PlannedStop.announced_at <= PlannedStop.began_at,
    )
    return db.scalar(planned.limit(1)) is not None


def planned_stops(db: Session, since: datetime) -> Sequence[PlannedStop]:
    """Give the announced stops that end after a moment, the next one first."""
    wanted = select(PlannedStop).where(PlannedStop.ended_at > since).order_by(PlannedStop.began_at)
    return db.scalars(wanted).all()


def stop_of(db: Session, stop_id: int) -> PlannedStop:
    """Give an announced stop, locked for a change. Raises NotFound."""
    found = db.scalar(select(PlannedStop).where(PlannedStop.id == stop_id).with_for_update())
    if found is None:
        raise NotFound(f"no announced stop {stop_id}")
    return found


def figures_in_force(
    db: Session, versions: Sequence[int], months: Sequence[date]
) -> Mapping[tuple[int, date], int]:
    """Give the id of the row that holds, the latest one, by version and month, of those that have any."""
    found = db.execute(
        select(ReportedFigure.version_id, ReportedFigure.month, func.max(ReportedFigure.id))
        .where(ReportedFigure.version_id.in_(versions), ReportedFigure.month.in_(months))
        .group_by(ReportedFigure.version_id, ReportedFigure.month)
    )
    return {(version_id, month): row_id for version_id, month, row_id in found}
