"""What the site asks about pledges and how they were kept. Every figure is read from the tallies, never from cases."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from pledges.fulfilment import Count
from pledges.pledge import Measure, Source
from portal.errors import NotFound
from portal.pledgebook.figures.outcomes import (
    MONTHS_SHOWN,
    PLACES,
    Outcome,
    counted,
    month_after,
    month_of,
    outcome_of,
    period_of,
)
from portal.pledgebook.figures.reported import Reported, is_reported, reported_of
from portal.pledgebook.models import Grain, Pledge, PledgeScope, PledgeVersion, Tally
from portal.pledgebook.promises import CLOCKED, InForce
from portal.pledgebook.scopes import first_day_left, held_on
from portal.services.models import Service


def pledges_with_outcome(db: Session, today: date) -> list[Outcome]:
    """Give every pledge in the version in force, or else in the one to come, with its outcome. Three statements."""
    return _outcomes(db, today, None)


def pledges_of_department(db: Session, department_id: int, today: date) -> list[Outcome]:
    """Give what a department promises, and what the whole municipality does, with its outcome. Three statements."""
    return _outcomes(db, today, or_(Pledge.department_id == department_id, Pledge.department_id.is_(None)))


def _outcomes(db: Session, today: date, wanted: ColumnElement[bool] | None) -> list[Outcome]:
    versions = _versions(db, today, wanted)
    counts = _counts(db, [version for version, _ in versions], today)
    reported = _reported(db, [version for version, _ in versions], today)
    return [
        outcome_of(
            version.pledge,
            version,
            counts[version.id],
            period_of(version, today),
            has_scope=has_scope,
            today=today,
            reported=reported.get(version.id),
        )
        for version, has_scope in versions
    ]


def _reported(db: Session, versions: Sequence[PledgeVersion], today: date) -> Mapping[int, Reported]:
    """Give what was reported of the versions that no case shows, over the latest twelve months."""
    wanted = [version.id for version in versions if is_reported(version) and not version.pledge.paused_reason]
    last = month_of(today)
    return reported_of(db, wanted, month_after(last, 1 - MONTHS_SHOWN), last) if wanted else {}


def _versions(
    db: Session, today: date, wanted: ColumnElement[bool] | None
) -> list[tuple[PledgeVersion, bool]]:
    """Give for each pledge the earliest version that has not ended, and whether any case can fall under it."""
    has_scope = exists().where(PledgeScope.pledge_id == Pledge.id, held_on(first_day_left(today)))
    statement = (
        select(PledgeVersion, has_scope)
        .join(PledgeVersion.pledge)
        .options(contains_eager(PledgeVersion.pledge).joinedload(Pledge.department))
        .where(or_(PledgeVersion.valid_to.is_(None), PledgeVersion.valid_to >= today))
        .order_by(Pledge.id, PledgeVersion.number.desc())
    )
    found = db.execute(statement if wanted is None else statement.where(wanted))
    earliest = {version.pledge_id: (version, has) for version, has in found}
    return list(earliest.values())


def _counts(db: Session, versions: Sequence[PledgeVersion], today: date) -> dict[int, Count]:
    """Give the count of each version over its own period; open clocks count whenever they began."""
    overdue = Tally.due < today
    since = {version.id: period_of(version, today).first for version in versions}
    earliest = min(since.values(), default=today)
    recent = and_(Tally.grain == Grain.MONTH, Tally.state.in_(PLACES), Tally.day >= earliest)
    rows = db.execute(
        select(Tally.version_id, Tally.state, overdue, func.sum(Tally.count))
        .where(Tally.version_id.in_(since), or_(Tally.grain == Grain.OPEN, recent))
        .group_by(Tally.version_id, Tally.state, overdue)
    )
    counts: defaultdict[int, Count] = defaultdict(Count)
    for version_id, state, late, number in rows:
        counts[version_id] += counted(state, overdue=bool(late), number=int(number))
    return counts


def _valid_on(day: date) -> ColumnElement[bool]:
    """Give the condition that a version is in force on a day; both its first and its last day count."""
    return (PledgeVersion.valid_from <= day) & or_(
        PledgeVersion.valid_to.is_(None), PledgeVersion.valid_to >= day
    )


def in_force(db: Session, service_id: int, category: str, day: date) -> tuple[InForce, ...]:
    """Give the promises that a case of the service and category received on `day` falls under, main one first.

    One that promises no time, to settle the case where it first comes, is last. A scope without category holds for every category. Paused pledges start no clock.
    """
    found = db.execute(
        select(PledgeVersion, PledgeScope.position)
        .join(PledgeVersion.pledge)
        .join(PledgeScope, PledgeScope.pledge_id == Pledge.id)
        .options(contains_eager(PledgeVersion.pledge))
        .where(
            PledgeScope.service_id == service_id,
            PledgeScope.category.in_({"", category}),
            held_on(day),
            Pledge.paused_reason == "",
            PledgeVersion.source == Source.CASES,
            PledgeVersion.measure.in_(CLOCKED),
            or_(PledgeVersion.amount.is_not(None), PledgeVersion.measure == Measure.FIRST_CONTACT),
            _valid_on(day),
        )
        .order_by(
            PledgeVersion.amount.is_(None),
            PledgeScope.category == "",
            PledgeScope.position,
            PledgeVersion.id,
        )
    )
    unique = {version.id: InForce(version, place) for place, (version, _) in enumerate(found, 1)}
    return tuple(unique.values())


def pledge_by_slug(db: Session, slug: str) -> Pledge:
    """Give a pledge with its department, all its versions, and the services and categories it holds for.

    Raises NotFound.
    """
    scopes = selectinload(Pledge.scopes).joinedload(PledgeScope.service)
    found = (
        db.scalars(
            select(Pledge)
            .options(joinedload(Pledge.department), joinedload(Pledge.versions))
            .options(scopes.joinedload(Service.categories), scopes.joinedload(Service.department))
            .where(Pledge.slug == slug)
        )
        .unique()
        .one_or_none()
    )
    if found is None:
        raise NotFound(f"no pledge {slug}")
    return found


def outcome_so_far(db: Session, version: PledgeVersion, today: date) -> Outcome:
    """Give how a version that cases fall under, loaded with its pledge, has been kept. One statement."""
    count = _counts(db, [version], today)[version.id]
    return outcome_of(version.pledge, version, count, period_of(version, today), has_scope=True, today=today)


def pledges_with_versions(db: Session) -> Sequence[Pledge]:
    """Give every pledge with all its versions. Two statements."""
    return db.scalars(select(Pledge).options(selectinload(Pledge.versions)).order_by(Pledge.id)).all()


def pledges_to_print(db: Session, department_id: int | None) -> Sequence[Pledge]:
    """Give the pledges of a department, or all of them, with everything that is written about each."""
    scopes = selectinload(Pledge.scopes).joinedload(PledgeScope.service)
    statement = select(Pledge).options(
        joinedload(Pledge.department),
        selectinload(Pledge.versions),
        scopes.selectinload(Service.categories),
        scopes.joinedload(Service.department),
    )
    if department_id is not None:
        statement = statement.where(Pledge.department_id == department_id)
    return db.scalars(statement.order_by(Pledge.id)).all()
