"""Departments as things to be found by a search."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from portal.departments.queries import all_departments
from portal.feature import SearchEntry


def search_entries(db: Session, at: datetime) -> Iterator[SearchEntry]:
    """Give every department."""
    for row in all_departments(db):
        text = " ".join((row.summary, row.about, row.board, row.visit))
        yield SearchEntry("department", row.slug, row.name, text, f"/verksamheter/{row.slug}", row.name)
