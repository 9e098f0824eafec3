"""What the site asks about services, and about the times that the law sets."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
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
    return tuple(map(legal_clock_of, db.scalars(select(LegalClockRow).order_by(*order))))


def legal_clock(db: Session, key: str, day: date) -> LegalClock | None:
    """Give the wording of a legal clock that holds for what comes in on a day, None when the register has none."""
    rows = db.scalars(select(LegalClockRow).where(LegalClockRow.key == key))
    return next(iter(in_force(map(legal_clock_of, rows), day)), None)


def wordings_of(db: Session, key: str) -> Sequence[LegalClockRow]:
    """Give every wording of a legal clock with its entries, the newest first. Two statements. Raises NotFound."""
    wanted = (
        select(LegalClockRow).options(selectinload(LegalClockRow.entries)).where(LegalClockRow.key == key)
    )
    found = db.scalars(wanted.order_by(LegalClockRow.valid_from.desc())).all()
    if not found:
        raise NotFound(f"no legal clock {key}")
    return found


def wording(db: Session, key: str, wording_id: int) -> LegalClockRow:
    """Give one wording of a legal clock. Raises NotFound."""
    return _one_wording(db, select(LegalClockRow), key, wording_id)


def wording_to_change(db: Session, key: str, wording_id: int) -> LegalClockRow:
    """Give one wording of a legal clock, held against other changes until this one is over. Raises NotFound."""
    return _one_wording(db, select(LegalClockRow).with_for_update(), key, wording_id)


def latest_wording_to_change(db: Session, key: str) -> LegalClockRow:
    """Give the newest wording of a legal clock, held against other changes until this one is over. Raises NotFound."""
    return wording_to_change(db, key, wordings_of(db, key)[0].id)


def _one_wording(db: Session, wanted: Select[LegalClockRow], key: str, wording_id: int) -> LegalClockRow:
    own = wanted.where(LegalClockRow.id == wording_id, LegalClockRow.key == key)
    found = db.scalars(own.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound(f"no wording {wording_id} of legal clock {key}")
    return found


def legal_clock_of(row: LegalClockRow) -> LegalClock:
    """Give a wording as the value that everything is reckoned with."""
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
