"""Which cases a pledge is for: on a day, and changed as a whole, at once or from a day."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, or_, select
from sqlalchemy.orm import Session

from portal.pledgebook.models import Pledge, PledgeScope, PledgeVersion

ONE_DAY = timedelta(days=1)


def scopes_on(pledge: Pledge, day: date) -> tuple[PledgeScope, ...]:
    """Give where a pledge, loaded with its scopes, holds on a day, the main place first."""
    found = (scope for scope in pledge.scopes if is_held_on(scope, day))
    return tuple(sorted(found, key=lambda scope: (scope.position, scope.id)))


def is_held_on(scope: PledgeScope, day: date) -> bool:
    """Tell whether a scope holds on a day; both its first and its last day count."""
    has_begun = scope.valid_from is None or scope.valid_from <= day
    return has_begun and (scope.valid_to is None or scope.valid_to >= day)


def day_of(version: PledgeVersion, today: date) -> date:
    """Give the day whose scopes are a version's: today, or its first or last day when it does not hold today."""
    last = today if version.valid_to is None else min(today, version.valid_to)
    return max(last, version.valid_from)


def held_on(day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Give the same condition as `is_held_on`, to ask the database with."""
    has_begun = or_(PledgeScope.valid_from.is_(None), PledgeScope.valid_from <= day)
    return has_begun & or_(PledgeScope.valid_to.is_(None), PledgeScope.valid_to >= day)


def first_day_left(today: date) -> ColumnElement[date]:
    """Give the same day as `day_of`, to ask the database with, of versions that have not ended."""
    return case((PledgeVersion.valid_from > today, PledgeVersion.valid_from), else_=today)


def replace_scopes(db: Session, pledge: Pledge, scopes: Iterable[tuple[int, str, int]]) -> None:
    """Let a pledge hold for these services, categories and positions, and for no others; the pledge must have its id.

    Scopes that end on a day stay as they are; what is new holds from the day after them, or since ever.
    """
    wanted = {(service, category): position for service, category, position in scopes}
    rows = db.scalars(select(PledgeScope).where(PledgeScope.pledge_id == pledge.id)).all()
    ends = [row.valid_to for row in rows if row.valid_to is not None]
    for row in rows:
        if row.valid_to is not None:
            continue
        position = wanted.pop((row.service_id, row.category), None)
        if position is None:
            db.delete(row)
        else:
            row.position = position
    _add(db, pledge, wanted, max(ends) + ONE_DAY if ends else None)


def hold_from(db: Session, pledge: Pledge, scopes: Iterable[tuple[int, str, int]], first: date) -> None:
    """Let a pledge hold for these and no others from a day, and for those before until the day before.

    What was to begin on that day or later never does. The pledge must have its id.
    """
    for row in db.scalars(select(PledgeScope).where(PledgeScope.pledge_id == pledge.id)).all():
        if row.valid_from is not None and row.valid_from >= first:
            db.delete(row)
        elif row.valid_to is None or row.valid_to >= first:
            row.valid_to = first - ONE_DAY
    db.flush()
    _add(db, pledge, {(service, category): position for service, category, position in scopes}, first)


def _add(db: Session, pledge: Pledge, places: dict[tuple[int, str], int], first: date | None) -> None:
    db.add_all(
        PledgeScope(
            pledge_id=pledge.id, service_id=service, category=category, position=position, valid_from=first
        )
        for (service, category), position in places.items()
    )
