"""Questions and answers: as things to be found by a search, and as a part of their department's page."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.faq.queries import public_answers_of, public_topics
from portal.feature import SearchEntry


def search_entries(db: Session, at: datetime) -> Iterator[SearchEntry]:
    """Give every public question with its answer."""
    for topic in public_topics(db):
        for row in topic.answers:
            yield SearchEntry(
                "faq", row.slug, row.question, row.answer, f"/fragor/{row.slug}", topic.department.name
            )


def department_section(db: Session, department_id: int, at: datetime) -> Mapping[str, Any]:
    """Give what people ask a department."""
    return {"answers": public_answers_of(db, department_id)}
