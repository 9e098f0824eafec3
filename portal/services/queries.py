"""What the site asks about services, and about the times that the law sets."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from pledges.law import LegalClock, in_force
from portal.departments.models import Department
from portal.errors import NotFound
from portal.services.models import LegalClockRow, Service, ServiceCategory


def catalogue(db: Session) -> Sequence[Service]:
    """Give every service with its department and categories, by the department's name and then its own."""
    return db.scalars(
        select(Service)
        .join(Service.department)
        .options(joinedload(Service.department), selectinload(Service.categories))
        .order_by(Department.name, Service.name)
    ).all()


def service_by_slug(db: Session, slug: str) -> Service:
    """Give a service with its department, owners and categories. Raises NotFound."""
    found = find_service(db, slug)
    if found is None:
        raise NotFound(f"no service {slug}")
    return found


def find_service(db: Session, slug: str) -> Service | None:
    """Give a service with its department, owners and categories, or None."""
    return (
        db.scalars(
            select(Service)
            .options(
                joinedload(Service.department),
                joinedload(Service.quality_owner),
                joinedload(Service.delivery_owner),
                joinedload(Service.categories).joinedload(ServiceCategory.department),
            )
            .where(Service.slug == slug)
        )
        .unique()
        .one_or_none()
    )


def services_of(db: Session, department_id: int) -> Sequence[Service]:
    """Give the services of a department by name."""
    wanted = select(Service).where(Service.department_id == department_id).order_by(Service.name)
    return db.scalars(wanted).all()


def service_ids(db: Session) -> dict[str, int]:
    """Give the id of every service by its slug."""
    return dict(db.execute(select(Service.slug, Service.id)).all())


def service_categories(db: Session) -> set[tuple[int, str]]:
    """Give every category there is, as the service's id and the category's key."""
    return {
        (service, key) for service, key in db.execute(select(ServiceCategory.service_id, ServiceCategory.key))
    }


def legal_clocks(db: Session) -> tuple[LegalClock, ...]:
    """Give the whole register of legal clocks by title, the periods of each from the oldest to the newest."""
    order = (LegalClockRow.title, LegalClockRow.key, LegalClockRow.valid_from)
    return tuple(map(_legal_clock, db.scalars(select(LegalClockRow).order_by(*order))))


def legal_clock(db: Session, key: str, day: date) -> LegalClock | None:
    """Give the wording of a legal clock that holds for what comes in on a day, None when the register has none."""
    rows = db.scalars(select(LegalClockRow).where(LegalClockRow.key == key))
    return next(iter(in_force(map(_legal_clock, rows), day)), None)


def _legal_clock(row: LegalClockRow) -> LegalClock:
    return LegalClock(
        key=row.key,
        title=row.title,
        reference=row.reference,
        kind=row.kind,
        amount=row.amount,
        unit=row.unit,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        extension=row.extension,
        completion_order=row.completion_order,
        verified_on=row.verified_on,
        verified_by=row.verified_by,
        source=row.source,
        note=row.note,
    )
