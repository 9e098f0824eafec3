"""What the site asks about pledges and how they were kept. Every figure is read from the tallies, never from cases."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from pledges.calendar import Calendar
from pledges.fulfilment import Count
from pledges.local_time import end_of_day
from pledges.pledge import Source
from portal.errors import NotFound
from portal.pledgebook.calendars import calendar, calendars_at, number_for
from portal.pledgebook.detail import Detail, detail_of
from portal.pledgebook.models import Grain, Pledge, PledgeScope, PledgeVersion, Tally, TallyState
from portal.pledgebook.outcomes import (
    Outcome,
    Period,
    counted,
    has_ended,
    last_period_of,
    outcome_of,
    period_of,
    total,
    version_on,
    whole_period_of,
)
from portal.pledgebook.promises import CLOCKED, InForce
from portal.services.models import Service

OPEN = (TallyState.RUNNING, TallyState.PAUSED, TallyState.LATE)
OUTCOMES = (TallyState.KEPT, TallyState.BROKEN)


def pledges_with_outcome(db: Session, today: date) -> list[Outcome]:
    """Give every pledge in the version in force, or else in the one to come, with its outcome. Two statements."""
    return _outcomes(db, today, None)


def pledges_of_department(db: Session, department_id: int, today: date) -> list[Outcome]:
    """Give the pledges of one department with their outcome. Two statements."""
    return _outcomes(db, today, Pledge.department_id == department_id)


def _outcomes(db: Session, today: date, wanted: ColumnElement[bool] | None) -> list[Outcome]:
    versions = _versions(db, today, wanted)
    counts = _counts(db, [version for version, _ in versions], today)
    return [
        outcome_of(
            version.pledge,
            version,
            counts[version.id],
            period_of(version, today),
            has_scope=has_scope,
            today=today,
        )
        for version, has_scope in versions
    ]


def _versions(
    db: Session, today: date, wanted: ColumnElement[bool] | None
) -> list[tuple[PledgeVersion, bool]]:
    """Give for each pledge the earliest version that has not ended, and whether any case can fall under it."""
    has_scope = exists().where(PledgeScope.pledge_id == Pledge.id)
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
    rows = db.execute(
        select(Tally.version_id, Tally.state, overdue, func.sum(Tally.count))
        .where(Tally.version_id.in_(since), or_(Tally.grain == Grain.OPEN, _by_month(Tally.day >= earliest)))
        .group_by(Tally.version_id, Tally.state, overdue)
    )
    counts: defaultdict[int, Count] = defaultdict(Count)
    for version_id, state, late, number in rows:
        counts[version_id] += counted(state, bool(late), int(number))
    return counts


def _by_month(within: ColumnElement[bool]) -> ColumnElement[bool]:
    """Give the condition that a tally counts outcomes by month, and the month is within what is asked for."""
    return and_(Tally.grain == Grain.MONTH, Tally.state.in_(OUTCOMES), within)


def _valid_on(day: date) -> ColumnElement[bool]:
    """Give the condition that a version is in force on a day; both its first and its last day count."""
    return (PledgeVersion.valid_from <= day) & or_(
        PledgeVersion.valid_to.is_(None), PledgeVersion.valid_to >= day
    )


def in_force(db: Session, service_id: int, category: str, day: date) -> tuple[InForce, ...]:
    """Give the timed promises that a case of the service and category received on `day` falls under, main one first.

    A scope without category holds for every category. Paused pledges start no clock.
    """
    found = db.execute(
        select(PledgeVersion, PledgeScope.position)
        .join(PledgeVersion.pledge)
        .join(PledgeScope, PledgeScope.pledge_id == Pledge.id)
        .options(contains_eager(PledgeVersion.pledge))
        .where(
            PledgeScope.service_id == service_id,
            PledgeScope.category.in_({"", category}),
            Pledge.paused_reason == "",
            PledgeVersion.source == Source.CASES,
            PledgeVersion.measure.in_(CLOCKED),
            PledgeVersion.amount.is_not(None),
            _valid_on(day),
        )
        .order_by(PledgeScope.category == "", PledgeScope.position, PledgeVersion.id)
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


def tallies_of(db: Session, version: PledgeVersion, period: Period) -> Sequence[Tally]:
    """Give the tallies of a version: all that is open, and what ended within the period."""
    ended = _by_month(Tally.day.between(period.first, period.last))
    return db.scalars(
        select(Tally)
        .where(Tally.version_id == version.id, Tally.count > 0, or_(Tally.grain == Grain.OPEN, ended))
        .order_by(Tally.day, Tally.length)
    ).all()


def count_of_tallies(tallies: Sequence[Tally], today: date) -> Count:
    """Give tallies as one count."""
    return total(counted(tally.state, tally.due < today, tally.count) for tally in tallies)


def outcome_so_far(db: Session, version: PledgeVersion, today: date) -> Outcome:
    """Give how a version that cases fall under, loaded with its pledge, has been kept. One statement."""
    period = period_of(version, today)
    count = count_of_tallies(tallies_of(db, version, period), today)
    return outcome_of(version.pledge, version, count, period, has_scope=True, today=today)


def every_tally(db: Session) -> Sequence[Tally]:
    """Give every tally there is, for recomputing."""
    return db.scalars(select(Tally)).all()


@dataclass(frozen=True)
class Sight:
    """One version of a pledge seen closely."""

    outcome: Outcome
    detail: Detail | None


def sight_of(db: Session, pledge: Pledge, version: PledgeVersion, today: date) -> Sight:
    """Give a version's outcome and the lengths of its cases over its latest twelve months. At most three statements."""
    ended = has_ended(version, today)
    found = tallies_of(db, version, whole_period_of(version, today) if ended else period_of(version, today))
    days = calendar(db, number_for(db, pledge.department_id, end_of_day(today)))
    return _sight(pledge, version, found, days, today)


def _sight(
    pledge: Pledge, version: PledgeVersion, found: Sequence[Tally], days: Calendar, today: date
) -> Sight:
    ended = has_ended(version, today)
    period = last_period_of(version, found) if ended else period_of(version, today)
    tallies = [tally for tally in found if tally.state in OPEN or period.holds(tally.day)]
    count = count_of_tallies(tallies, today)
    outcome = outcome_of(pledge, version, count, period, has_scope=bool(pledge.scopes), today=today)
    return Sight(outcome, detail_of(version, tallies, period, days, today))


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


def sights_of(db: Session, pledges: Sequence[Pledge], today: date) -> list[Sight]:
    """Give each pledge in its version of today, those that hold no more left out. Three statements for them all."""
    versions = {pledge: version_on(pledge, today) for pledge in pledges}
    still = {pledge: version for pledge, version in versions.items() if not has_ended(version, today)}
    found: defaultdict[int, list[Tally]] = defaultdict(list)
    wanted = select(Tally).where(Tally.version_id.in_([v.id for v in still.values()]), Tally.count > 0)
    for tally in db.scalars(wanted.order_by(Tally.day, Tally.length)):
        found[tally.version_id].append(tally)
    days = calendars_at(db, end_of_day(today))
    return [
        _sight(pledge, version, found[version.id], days[pledge.department_id], today)
        for pledge, version in still.items()
    ]
