"""Reading what has been counted of pledges, to see them closely. Sums of tallies, never cases."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from pledges.calendar import Calendar
from pledges.law import LegalClock
from pledges.local_time import end_of_day
from pledges.pause import Pausing
from portal.calendars.queries import calendar, calendars_at, number_for
from portal.pledgebook.figures.counting import Alike
from portal.pledgebook.figures.outcomes import Period, has_ended, last_period_of, period_of, version_on
from portal.pledgebook.figures.reported import Reported, is_reported, reported_of
from portal.pledgebook.figures.sight import Sight, Tallied, decided_months, sight_from
from portal.pledgebook.models import Grain, Pledge, PledgeVersion, Tally, TallyState
from portal.services.queries import legal_clocks

ENDS = (TallyState.KEPT, TallyState.BROKEN)
Wanted = Sequence[tuple[Pledge, PledgeVersion]]
Counts = Select[*tuple[object, ...]]


def sight_of(db: Session, pledge: Pledge, version: PledgeVersion, today: date) -> Sight:
    """Give a version's outcome and the lengths of its cases over its latest twelve months.

    The pledge comes with its versions and scopes. At most seven statements, however many cases there are.
    """
    days = calendar(db, number_for(db, pledge.department_id, end_of_day(today)))
    (sight,) = _sights(db, [(pledge, version)], {pledge.department_id: days}, today)
    return sight


def sights_of(db: Session, pledges: Sequence[Pledge], today: date) -> list[Sight]:
    """Give each pledge in its version of today, those that hold no more left out. At most seven statements for them all."""
    current = [(pledge, version_on(pledge, today)) for pledge in pledges]
    still = [(pledge, version) for pledge, version in current if not has_ended(version, today)]
    return _sights(db, still, calendars_at(db, end_of_day(today)), today)


def _sights(
    db: Session, wanted: Wanted, calendars: Mapping[int | None, Calendar], today: date
) -> list[Sight]:
    ids = [version.id for pledge, _ in wanted for version in pledge.versions]
    open_clocks, months = _by_version(db, _open(ids)), _by_version(db, _months(ids))
    periods = {version.id: _period(version, months[version.id], today) for _, version in wanted}
    lengths = _by_version(db, _lengths(periods)) if periods else {}
    reported, register = _reported(db, wanted, periods), _register(db, wanted)
    sights = []
    for pledge, version in wanted:
        found = Tallied(
            open=[clocks for each in pledge.versions for clocks in open_clocks[each.id]],
            months=[clocks for each in pledge.versions for clocks in months[each.id]],
            lengths=lengths[version.id],
        )
        days, told = calendars[pledge.department_id], reported.get(version.id)
        period = periods[version.id]
        sights.append(
            sight_from(pledge, version, found, period, days, today, register=register, reported=told)
        )
    return sights


def _register(db: Session, wanted: Wanted) -> Sequence[LegalClock]:
    """Give the legal clocks, when a promise names one. One statement, or none."""
    return legal_clocks(db) if any(version.law.get("key") for _, version in wanted) else ()


def _period(version: PledgeVersion, months: Sequence[Alike], today: date) -> Period:
    if has_ended(version, today):
        return last_period_of(version, decided_months(months, version.id))
    return period_of(version, today)


def _open(ids: Sequence[int]) -> Counts:
    """Give what is open, whenever it began."""
    columns = (Tally.version_id, Tally.state, Tally.pausing, Tally.day, Tally.due, Tally.length)
    return (
        select(*columns, func.sum(Tally.count).label("number"))
        .where(Tally.grain == Grain.OPEN, Tally.version_id.in_(ids), Tally.count != 0)
        .group_by(*columns)
    )


def _months(ids: Sequence[int]) -> Counts:
    """Give everything else by month, whatever time it took."""
    columns = (Tally.version_id, Tally.state, Tally.pausing, Tally.day)
    return (
        select(
            *columns,
            Tally.day.label("due"),
            literal(0).label("length"),
            func.sum(Tally.count).label("number"),
        )
        .where(Tally.grain == Grain.MONTH, Tally.version_id.in_(ids), Tally.count != 0)
        .group_by(*columns)
    )


def _lengths(periods: Mapping[int, Period]) -> Counts:
    """Give what ended in each version's own period by the time it took."""
    columns = (Tally.version_id, Tally.state, Tally.length)
    own = (
        and_(Tally.version_id == version_id, Tally.day.between(period.first, period.last))
        for version_id, period in periods.items()
    )
    day = func.min(Tally.day)
    return (
        select(
            *columns,
            day.label("day"),
            day.label("due"),
            literal(Pausing.NONE, Tally.pausing.type).label("pausing"),
            func.sum(Tally.count).label("number"),
        )
        .where(Tally.grain == Grain.MONTH, Tally.state.in_(ENDS), Tally.count != 0, or_(*own))
        .group_by(*columns)
    )


def _by_version(db: Session, statement: Counts) -> defaultdict[int, list[Alike]]:
    found: defaultdict[int, list[Alike]] = defaultdict(list)
    for row in db.execute(statement):
        found[row.version_id].append(
            Alike(
                version_id=row.version_id,
                state=row.state,
                pausing=row.pausing,
                day=row.day,
                due=row.due,
                length=row.length,
                count=int(row.number),
            )
        )
    return found


def _reported(db: Session, wanted: Wanted, periods: Mapping[int, Period]) -> Mapping[int, Reported]:
    """Give what was reported of the versions that no case shows, each within its own period."""
    own = [version.id for pledge, version in wanted if is_reported(version) and not pledge.paused_reason]
    if not own:
        return {}
    first = min(periods[version_id].first for version_id in own)
    found = reported_of(db, own, first, max(periods[version_id].last for version_id in own))
    within = {
        version_id: tuple(month for month in reported.months if periods[version_id].holds(month.month))
        for version_id, reported in found.items()
    }
    return {version_id: Reported(months) for version_id, months in within.items() if months}
