"""What the site asks about questions and answers. The public is only ever given what is public."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from portal.departments.models import Department
from portal.errors import NotFound
from portal.faq.models import Answer, Visibility
from portal.services.models import Service

PUBLIC: ColumnElement[bool] = Answer.visibility == Visibility.PUBLIC


@dataclass(frozen=True)
class Topic:
    """The questions of one department."""

    department: Department
    answers: list[Answer]


def public_topics(db: Session) -> list[Topic]:
    """Give every public question, by department and in alphabetical order."""
    found = db.scalars(
        select(Answer)
        .join(Answer.department)
        .options(contains_eager(Answer.department))
        .where(PUBLIC)
        .order_by(Department.name, Answer.question)
    )
    return [Topic(department, list(rows)) for department, rows in groupby(found, lambda row: row.department)]


def public_answer(db: Session, slug: str) -> Answer:
    """Give a public answer with its department. Raises NotFound, for an internal one as for none at all."""
    found = db.scalars(
        select(Answer).options(joinedload(Answer.department)).where(Answer.slug == slug, PUBLIC)
    ).one_or_none()
    if found is None:
        raise NotFound(f"no public answer {slug}")
    return found


def public_answers_of(db: Session, department_id: int) -> Sequence[Answer]:
    """Give the public questions of a department in alphabetical order."""
    wanted = select(Answer).where(Answer.department_id == department_id, PUBLIC).order_by(Answer.question)
    return db.scalars(wanted).all()


def related_service(db: Session, answer: Answer) -> Service | None:
    """Give the service that an answer points at, if there is one by that name."""
    if not answer.related_service:
        return None
    return db.scalars(select(Service).where(Service.slug == answer.related_service)).one_or_none()


def all_answers(db: Session, words: str = "") -> Sequence[Answer]:
    """Give every answer, internal ones too, that holds all the words; for staff and for export only."""
    return db.scalars(
        select(Answer)
        .join(Answer.department)
        .options(contains_eager(Answer.department))
        .where(*(_holds(word) for word in words.split()))
        .order_by(Department.name, Answer.question)
    ).all()


def _holds(word: str) -> ColumnElement[bool]:
    return or_(
        *(part.icontains(word, autoescape=True) for part in (Answer.question, Answer.answer, Department.name))
    )
