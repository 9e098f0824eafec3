"""Reading in the service catalogue. What exists already is brought up to date, by slug."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.departments.content import Entry, entries
from portal.departments.queries import department_ids
from portal.services.models import Secrecy, Service, ServiceCategory, ServiceKind

PREFIX = re.compile(r"[A-Z]{3}")
FIRST_STEP, LAST_STEP = "received", "closed"


def import_services(db: Session, values: Mapping[str, Any], at: datetime) -> int:
    """Bring the services of a parsed file in; gives how many. Raises ContentError, naming entry and key.

    The departments must exist. Categories are matched by key; one that is left out disappears.
    """
    known = {row.slug: row for row in db.scalars(select(Service).options(selectinload(Service.categories)))}
    departments = department_ids(db)
    count = 0
    for entry in entries(values, "service"):
        slug = entry.slug()
        row = known.get(slug) or Service(slug=slug, categories=[])
        _fill(row, entry, departments)
        _fill_categories(row, entry, departments)
        entry.finish()
        db.add(row)
        count += 1
    db.flush()
    return count


def _fill(row: Service, entry: Entry, departments: Mapping[str, int]) -> None:
    row.name = entry.text("name")
    row.department_id = entry.known("department", departments)
    row.quality_owner_id = entry.known("quality_owner", departments)
    row.delivery_owner_id = entry.known("delivery_owner", departments)
    row.summary = entry.text("summary")
    row.contains = entry.texts("contains")
    row.needs = entry.texts("needs")
    row.channels = entry.text("channels", "")
    row.rosa_level = entry.whole("rosa_level", 1, 6)
    row.kind = entry.choice("kind", ServiceKind)
    row.secrecy = entry.choice("secrecy", Secrecy)
    row.prefix = entry.text("prefix")
    row.e_service = entry.text("e_service", "")
    row.steps = _steps(entry)
    if not PREFIX.fullmatch(row.prefix):
        raise entry.wrong("prefix", "must be three capital letters")


def _steps(entry: Entry) -> list[dict[str, Any]]:
    steps = []
    for part in entry.parts("steps"):
        steps.append({"key": part.text("key"), "name": part.text("name"), "explains": part.text("explains")})
        part.finish()
    keys = [step["key"] for step in steps]
    if keys[:1] != [FIRST_STEP] or keys[-1:] != [LAST_STEP] or len(set(keys)) != len(keys) or len(keys) == 1:
        raise entry.wrong("steps", f"must begin with {FIRST_STEP}, end with {LAST_STEP} and repeat no key")
    return steps


def _fill_categories(row: Service, entry: Entry, departments: Mapping[str, int]) -> None:
    known = {category.key: category for category in row.categories}
    wanted = []
    for part in entry.parts("category"):
        key = part.slug("key")
        category = known.get(key) or ServiceCategory(key=key)
        category.name = part.text("name")
        category.department_id = part.known("department", departments)
        part.finish()
        wanted.append(category)
    if len({category.key for category in wanted}) != len(wanted):
        raise entry.wrong("category", "has the same key twice")
    row.categories = wanted
