"""Reading in and writing out the knowledge bank, in the shape of its JSON file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.departments.content import Entry, listed
from portal.departments.queries import department_ids
from portal.faq.models import Answer, Visibility
from portal.faq.queries import all_answers


def import_answers(db: Session, values: Any, at: datetime) -> int:
    """Bring a parsed list of answers in, by `id`; gives how many. Raises ContentError, naming entry and key.

    The departments must exist. Answers that the list leaves out stay as they are.
    """
    known = {row.slug: row for row in db.scalars(select(Answer))}
    departments = department_ids(db)
    count = 0
    for entry in listed(values, "answer", "id"):
        slug = entry.slug("id")
        row = known.get(slug) or Answer(slug=slug)
        _fill(row, entry, departments)
        entry.finish()
        db.add(row)
        count += 1
    db.flush()
    return count


def _fill(row: Answer, entry: Entry, departments: Mapping[str, int]) -> None:
    row.department_id = entry.known("verksamhet", departments)
    row.question = entry.text("question")
    row.answer = entry.text("answer")
    row.audience = entry.texts("audience")
    row.rosa_level = entry.whole("rosa_level", 1, 6)
    row.visibility = entry.choice("visibility", Visibility)
    row.review_by = entry.optional_day("review_by")
    row.related_service = entry.text("related_service", "")


def export_answers(db: Session) -> list[dict[str, Any]]:
    """Give every answer, internal ones too, in the shape that `import_answers` reads."""
    return [_exported(row) for row in all_answers(db)]


def _exported(row: Answer) -> dict[str, Any]:
    exported: dict[str, Any] = {
        "id": row.slug,
        "verksamhet": row.department.slug,
        "question": row.question,
        "answer": row.answer,
        "audience": row.audience,
        "rosa_level": row.rosa_level,
        "visibility": row.visibility.value,
    }
    if row.review_by:
        exported["review_by"] = row.review_by.isoformat()
    if row.related_service:
        exported["related_service"] = row.related_service
    return exported
