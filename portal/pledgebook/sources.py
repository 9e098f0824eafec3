"""Pledges: as things to be found by a search, and as a part of their department's page."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.clock import local_day
from portal.feature import SearchEntry
from portal.i18n import without_marks
from portal.pledgebook.queries import pledges_of_department, pledges_with_outcome


def search_entries(db: Session, at: datetime) -> Iterator[SearchEntry]:
    """Give every pledge, in the version in force or the one to come."""
    for outcome in pledges_with_outcome(db, local_day(at)):
        version, department = outcome.version, outcome.pledge.department
        text = " ".join(
            (without_marks(version.promise), *version.content, version.applies_to, *version.duties)
        )
        name = department.name if department else ""
        yield SearchEntry(
            "pledge",
            outcome.pledge.slug,
            without_marks(version.short),
            text,
            f"/loften/{outcome.pledge.slug}",
            name,
        )


def department_section(db: Session, department_id: int, at: datetime) -> Mapping[str, Any]:
    """Give what a department promises, and how it has gone."""
    return {"outcomes": pledges_of_department(db, department_id, local_day(at))}
