"""What the site asks about services."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.departments.models import Department
from portal.errors import NotFound
from portal.services.models import Service, ServiceCategory


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
