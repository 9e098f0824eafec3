"""What the site asks about organisations and departments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.departments.models import Department, OpeningException, Organisation, OrganisationKind
from portal.departments.rules import DAYS_AHEAD, Interval, UnusualDay, Week, week_of
from portal.errors import NotFound

SERVICE_CENTER = "kundtjanst"


@dataclass(frozen=True)
class Hours:
    """When a department is open: its ordinary week and the unusual days ahead."""

    week: Week
    unusual: tuple[UnusualDay, ...]


def organisations_with_departments(db: Session) -> list[tuple[Organisation, list[Department]]]:
    """Give the organisations that have departments, the municipality first, each with its departments by name."""
    found = db.scalars(
        select(Department)
        .join(Department.organisation)
        .options(contains_eager(Department.organisation))
        .order_by(Organisation.kind != OrganisationKind.MUNICIPALITY, Organisation.name, Department.name)
    )
    return [(organisation, list(rows)) for organisation, rows in groupby(found, lambda row: row.organisation)]


def partners(db: Session) -> Sequence[Organisation]:
    """Give the organisations whose calls the switchboard takes."""
    wanted = (
        select(Organisation).where(Organisation.kind == OrganisationKind.PARTNER).order_by(Organisation.name)
    )
    return db.scalars(wanted).all()


def organisation_by_slug(db: Session, slug: str) -> tuple[Organisation, Sequence[Department]]:
    """Give an organisation and its departments by name. Raises NotFound."""
    found = db.scalar(select(Organisation).where(Organisation.slug == slug))
    if found is None:
        raise NotFound(f"no organisation {slug}")
    own = select(Department).where(Department.organisation_id == found.id).order_by(Department.name)
    return found, db.scalars(own).all()


def find_department(db: Session, slug: str) -> Department | None:
    """Give a department with its organisation and hours, or None."""
    return (
        db.scalars(
            select(Department)
            .options(joinedload(Department.organisation), joinedload(Department.hours))
            .where(Department.slug == slug)
        )
        .unique()
        .one_or_none()
    )


def department_by_slug(db: Session, slug: str) -> Department:
    """Give a department with its organisation and hours. Raises NotFound."""
    found = find_department(db, slug)
    if found is None:
        raise NotFound(f"no department {slug}")
    return found


def hours_from(db: Session, department: Department, day: date) -> Hours:
    """Give when a department is open; the unusual days are those of the weeks after `day`, `day` included.

    A day decided for the department goes before one decided for all.
    """
    rows = db.scalars(
        select(OpeningException)
        .where(
            or_(OpeningException.department_id == department.id, OpeningException.department_id.is_(None)),
            OpeningException.day.between(day, day + timedelta(days=DAYS_AHEAD)),
        )
        .order_by(OpeningException.day, OpeningException.department_id.is_(None), OpeningException.opens)
    )
    return Hours(
        week_of([(row.weekday, row.opens, row.closes) for row in department.hours]),
        tuple(_unusual(day, list(same)) for day, same in groupby(rows, lambda row: row.day)),
    )


def _unusual(day: date, rows: list[OpeningException]) -> UnusualDay:
    decided = [row for row in rows if row.department_id == rows[0].department_id]
    intervals = tuple(Interval(row.opens, row.closes) for row in decided if row.opens and row.closes)
    return UnusualDay(day, intervals, decided[0].note)


def all_departments(db: Session) -> Sequence[Department]:
    """Give every department by name."""
    return db.scalars(select(Department).order_by(Department.name)).all()


def department_ids(db: Session) -> dict[str, int]:
    """Give the id of every department by its slug."""
    return dict(db.execute(select(Department.slug, Department.id)).all())


def organisation_ids(db: Session) -> dict[str, int]:
    """Give the id of every organisation by its slug."""
    return dict(db.execute(select(Organisation.slug, Organisation.id)).all())
