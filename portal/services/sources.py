"""Services: as things to be found by a search, and as a part of their department's page."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.feature import SearchEntry
from portal.services.queries import catalogue, services_of


def search_entries(db: Session, at: datetime) -> Iterator[SearchEntry]:
    """Give every service."""
    for row in catalogue(db):
        text = " ".join(
            (row.summary, *(f"{category.name}." for category in row.categories), *row.contains, *row.needs)
        )
        yield SearchEntry("service", row.slug, row.name, text, f"/e-tjanster/{row.slug}", row.department.name)


def department_section(db: Session, department_id: int, at: datetime) -> Mapping[str, Any]:
    """Give what a department does."""
    return {"services": services_of(db, department_id)}
