"""Reading in organisations and departments. What exists already is brought up to date, by slug."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.departments import queries
from portal.departments.content import Entry, entries
from portal.departments.models import Department, OpeningHours, Organisation, OrganisationKind

LIAISON = ("name", "role", "phone", "email")


def import_organisations(db: Session, values: Mapping[str, Any], at: datetime) -> int:
    """Bring the organisations of a parsed file in; gives how many. Raises ContentError, naming entry and key."""
    known = {row.slug: row for row in db.scalars(select(Organisation))}
    count = 0
    for entry in entries(values, "organisation"):
        slug = entry.slug()
        row = known.get(slug) or Organisation(slug=slug)
        _fill_organisation(row, entry)
        entry.finish()
        db.add(row)
        count += 1
    db.flush()
    return count


def _fill_organisation(row: Organisation, entry: Entry) -> None:
    row.name = entry.text("name")
    row.kind = entry.choice("kind", OrganisationKind)
    row.number = entry.text("number", "")
    row.phone = entry.text("phone", "")
    row.email = entry.text("email", "")
    row.website = entry.text("website", "")
    row.about = entry.text("about", "")
    entry.passed_over("number_is_fictional")


def import_departments(db: Session, values: Mapping[str, Any], at: datetime) -> int:
    """Bring the departments of a parsed file in; gives how many. Raises ContentError, naming entry and key.

    The organisations must exist. Opening hours are replaced as a whole.
    """
    known = {row.slug: row for row in db.scalars(select(Department).options(selectinload(Department.hours)))}
    organisations = queries.organisation_ids(db)
    count = 0
    for entry in entries(values, "department"):
        slug = entry.slug()
        row = known.get(slug) or Department(slug=slug)
        row.organisation_id = entry.known("organisation", organisations)
        _fill_department(row, entry)
        entry.finish()
        db.add(row)
        count += 1
    db.flush()
    return count


def _fill_department(row: Department, entry: Entry) -> None:
    row.name = entry.text("name")
    row.summary = entry.text("summary")
    row.about = entry.text("about", "")
    row.board = entry.text("board", "")
    row.phone = entry.text("phone", "")
    row.email = entry.text("email", "")
    row.visit = entry.text("visit", "")
    row.liaison = _liaison(entry)
    row.emergency_phone = entry.text("emergency_phone", "")
    row.emergency_hours = entry.text("emergency_hours", "")
    row.duty_phone = entry.text("duty_phone", "")
    row.duty_hours = entry.text("duty_hours", "")
    row.hours = _hours(entry)


def _liaison(entry: Entry) -> dict[str, Any]:
    liaison = entry.table("liaison")
    if any(key not in LIAISON or not isinstance(value, str) for key, value in liaison.items()):
        raise entry.wrong("liaison", f"may hold only the texts {', '.join(LIAISON)}")
    return liaison


def _hours(entry: Entry) -> list[OpeningHours]:
    rows: list[OpeningHours] = []
    for part in entry.parts("hours"):
        opens, closes = part.hour("opens"), part.hour("closes")
        if closes <= opens and closes.isoformat() != "00:00:00":
            raise part.wrong("closes", "must be later than opens")
        rows.extend(OpeningHours(weekday=day, opens=opens, closes=closes) for day in part.weekdays("days"))
        part.finish()
    return sorted(rows, key=lambda row: (row.weekday, row.opens))
