"""The calendars under which promises are timed; a published revision never changes."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from pledges.calendar import Calendar, swedish_calendar
from pledges.opening import OpeningHours
from portal.calendars.models import CalendarRevision
from portal.calendars.opening import hours_of
from portal.departments.models import Department
from portal.errors import NotFound

LAW = 1
FIRST_YEAR, LAST_YEAR = 2000, 2060
READ = "calendars"

# An organisation or a department, or neither: the whole municipality.
Place = tuple[int | None, int | None]


def calendar(db: Session, number: int) -> Calendar:
    """Give a published revision; number 1 is the Swedish year by law, with ordinary office hours.

    One statement for each revision in a session, none for the law's. Raises NotFound.
    """
    if number == LAW:
        return swedish_calendar()
    read: dict[int, Calendar] = db.info.setdefault(READ, {})
    if number not in read:
        read[number] = calendar_of(number, _published_hours(db, number))
    return read[number]


def number_for(db: Session, department_id: int | None, at: datetime) -> int:
    """Give the revision that times what a department receives at `at`. One statement.

    The latest one published at or before `at`: of the department, else of its organisation, else of the whole
    municipality (also for what belongs to no department), else the law's own year.
    """
    revision = CalendarRevision
    of_none = revision.department_id.is_(None)
    places: list[ColumnElement[bool]] = [of_none & revision.organisation_id.is_(None)]
    if department_id is not None:
        own = select(Department.organisation_id).where(Department.id == department_id).scalar_subquery()
        places += [revision.department_id == department_id, of_none & (revision.organisation_id == own)]
    found = db.scalar(
        select(revision.number)
        .where(revision.published_at <= at, or_(*places))
        .order_by(
            of_none,
            revision.organisation_id.is_(None),
            revision.published_at.desc(),
            revision.number.desc(),
        )
        .limit(1)
    )
    return LAW if found is None else found


def calendars_at(db: Session, at: datetime) -> Mapping[int | None, Calendar]:
    """Give the calendar of every department at `at`, as `number_for` finds it, under None that of what has no department.

    Two statements, however many departments there are.
    """
    latest = {(row.organisation_id, row.department_id): row for row in _published(db, at)}
    found: dict[int | None, Calendar] = {None: _first(latest, (None, None))}
    for department_id, organisation_id in db.execute(select(Department.id, Department.organisation_id)):
        places = ((None, department_id), (organisation_id, None), (None, None))
        found[department_id] = _first(latest, *places)
    return found


def calendar_of(number: int, hours: Mapping[str, Any]) -> Calendar:
    """Give the calendar of the hours that `opening` wrote; a process builds the same content once."""
    return _calendar(number, json.dumps(hours, sort_keys=True))


def calendar_with(number: int, hours: OpeningHours) -> Calendar:
    """Give the calendar of opening hours that need not be published."""
    return Calendar(number, FIRST_YEAR, LAST_YEAR, frozenset(), hours)


@lru_cache(maxsize=256)
def _calendar(number: int, content: str) -> Calendar:
    return calendar_with(number, hours_of(json.loads(content)))


def _published(db: Session, at: datetime) -> Sequence[CalendarRevision]:
    """Give the published revisions that are the latest of their place at `at`."""
    revision = CalendarRevision
    order = (revision.published_at.desc(), revision.number.desc())
    place = (revision.organisation_id, revision.department_id)
    ranked = (
        select(revision.id, func.row_number().over(partition_by=place, order_by=order).label("place"))
        .where(revision.published_at <= at)
        .subquery()
    )
    return db.scalars(
        select(revision).join(ranked, ranked.c.id == revision.id).where(ranked.c.place == 1)
    ).all()


def _first(latest: Mapping[Place, CalendarRevision], *places: Place) -> Calendar:
    for place in places:
        if place in latest:
            return calendar_of(latest[place].number, latest[place].hours)
    return swedish_calendar()


def _published_hours(db: Session, number: int) -> Mapping[str, Any]:
    wanted = select(CalendarRevision.hours).where(
        CalendarRevision.number == number, CalendarRevision.published_at.is_not(None)
    )
    found: Mapping[str, Any] | None = db.scalar(wanted)
    if found is None:
        raise NotFound(f"no published calendar {number}")
    return found
