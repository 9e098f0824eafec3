"""What can be asked about cases. Every query names what it loads."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, func, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.models import Staff, StaffGrant
from portal.accounts.rules import ALLOWED, Deed
from portal.cases.access import Access
from portal.cases.models import Case, CaseClock, CaseFile
from portal.cases.reference import tidy
from portal.cases.rules import State
from portal.departments.models import Department
from portal.errors import NotFound
from portal.pledgebook.models import PledgeVersion, TallyState
from portal.services.models import Secrecy

AT_A_TIME = 200


def _whole(statement: Select[Case]) -> Select[Case]:
    """Load all that a case's page shows, in a fixed number of statements."""
    return statement.options(
        joinedload(Case.service),
        joinedload(Case.department).selectinload(Department.hours),
        joinedload(Case.officer),
        selectinload(Case.events),
        selectinload(Case.clocks).joinedload(CaseClock.version).joinedload(PledgeVersion.pledge),
        selectinload(Case.files).joinedload(CaseFile.file),
    )


def case_by_key(db: Session, reference: str, key: str, access: Access) -> Case:
    """Give the case for who holds its key. Raises NotFound alike for a wrong key, an unknown reference and a secret."""
    bare = select(Case).where(Case.reference == tidy(reference)).options(joinedload(Case.service))
    # The whole case is loaded only once the key fits, so that a refusal takes as long whether there is a case or not.
    case = db.scalar(bare)
    if not access.opens(key, case) or case is None or case.service.secrecy is Secrecy.SECRET:
        raise NotFound("no case for that reference and key")
    return case_by_id(db, case.id)


def case_for_staff(db: Session, reference: str) -> Case:
    """Give the case with all that staff sees. Raises NotFound."""
    case = db.scalar(_whole(select(Case).where(Case.reference == tidy(reference))))
    if case is None:
        raise NotFound(f"no case {reference}")
    return case


def case_to_change(db: Session, case_id: int) -> Case:
    """Give the case locked for a change, with all that a change needs. Raises NotFound."""
    locked = db.scalar(select(Case.id).where(Case.id == case_id).with_for_update())
    if locked is None:
        raise NotFound(f"no case {case_id}")
    return db.scalars(_whole(select(Case).where(Case.id == case_id))).one()


def case_by_submission(db: Session, submission: str) -> Case | None:
    """Give the case that a submission has already made."""
    return db.scalar(_whole(select(Case).where(Case.submission == submission)))


def case_by_id(db: Session, case_id: int) -> Case:
    """Give a case with all that its page shows. Raises NoResultFound."""
    return db.scalars(_whole(select(Case).where(Case.id == case_id))).one()


def clocks_run_out(db: Session, at: datetime) -> Sequence[CaseClock]:
    """Give some of the running clocks whose last day has passed, oldest first, locked, with their cases."""
    found = select(CaseClock.id).where(CaseClock.state == TallyState.RUNNING, CaseClock.due_at <= at)
    found = found.order_by(CaseClock.due_at).limit(AT_A_TIME).with_for_update(skip_locked=True)
    ids = db.scalars(found).all()
    statement = (
        select(CaseClock)
        .where(CaseClock.id.in_(ids))
        .order_by(CaseClock.due_at)
        .options(
            joinedload(CaseClock.version),
            joinedload(CaseClock.case).joinedload(Case.service),
            joinedload(CaseClock.case).joinedload(Case.department),
            joinedload(CaseClock.case).selectinload(Case.events),
            joinedload(CaseClock.case).selectinload(Case.clocks),
        )
    )
    return db.scalars(statement).unique().all()


class Queue(StrEnum):
    """The lists an officer chooses between."""

    MINE = "mine"
    OPEN = "open"
    LATE = "late"
    WAITING = "waiting"
    CLOSED = "closed"
    ALL = "all"


# The lists of open cases; only they are counted, since the others grow without end.
OPEN_QUEUES = (Queue.MINE, Queue.OPEN, Queue.LATE, Queue.WAITING)


@dataclass(frozen=True)
class Reach:
    """Whose cases are asked for: the departments somebody may see (None: all), and themselves."""

    staff_id: int
    departments: frozenset[int] | None

    def condition(self) -> ColumnElement[bool]:
        """Give the condition that a case is within reach."""
        return (
            Case.department_id.in_(self.departments) if self.departments is not None else Case.id.is_not(None)
        )


def _in_queue(queue: Queue, reach: Reach, at: datetime) -> ColumnElement[bool]:
    is_open = Case.state != State.CLOSED
    conditions = {
        Queue.MINE: and_(is_open, Case.officer_id == reach.staff_id),
        Queue.OPEN: is_open,
        Queue.LATE: and_(is_open, Case.due_at <= at),
        Queue.WAITING: Case.state == State.WAITING,
        Queue.CLOSED: Case.state == State.CLOSED,
        Queue.ALL: Case.id.is_not(None),
    }
    return conditions[queue]


def queue_counts(db: Session, reach: Reach, at: datetime) -> dict[Queue, int]:
    """Give how many cases each list of open cases holds, in one statement; closed cases are not counted."""
    sums = [_how_many(_in_queue(queue, reach, at)) for queue in OPEN_QUEUES]
    row = db.execute(select(*sums).where(reach.condition(), Case.state != State.CLOSED)).one()
    return dict(zip(OPEN_QUEUES, row, strict=True))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(when((condition, 1), else_=0)), 0)


@dataclass(frozen=True)
class Pressing:
    """How many open cases of a list must be done today, and how many are late."""

    today: int
    late: int


def pressing(db: Session, reach: Reach, queue: Queue, at: datetime, midnight: datetime) -> Pressing:
    """Give what presses in a list of cases at a moment; `midnight` ends the day."""
    today = _how_many(and_(Case.due_at > at, Case.due_at <= midnight))
    statement = select(today, _how_many(Case.due_at <= at))
    statement = statement.where(reach.condition(), Case.state != State.CLOSED, _in_queue(queue, reach, at))
    row = db.execute(statement).one()
    return Pressing(row[0], row[1])


def queue_page(
    db: Session, reach: Reach, queue: Queue, words: str, at: datetime, *, start: int, size: int
) -> Sequence[Case]:
    """Give a stretch of a list: by promised day, the overdue first; then those that wait, then those without a day.

    Of closed cases the last closed comes first. `words` looks in reference, title and place. One more than `size` is
    given when there is more.
    """
    statement = (
        select(Case)
        .where(reach.condition(), _in_queue(queue, reach, at))
        .options(
            joinedload(Case.service),
            joinedload(Case.department),
            joinedload(Case.officer),
            selectinload(Case.events),
            selectinload(Case.clocks).joinedload(CaseClock.version).joinedload(PledgeVersion.pledge),
        )
        .order_by(*_order_of(queue))
        .offset(start)
        .limit(size + 1)
    )
    return db.scalars(statement.where(_mentions(words)) if words else statement).all()


def _order_of(queue: Queue) -> tuple[SQLColumnExpression[Any], ...]:
    if queue is Queue.CLOSED:
        return Case.closed_at.desc(), Case.id
    return (
        Case.state == State.CLOSED,
        Case.due_at.is_(None),
        Case.due_at,
        Case.state != State.WAITING,
        Case.id,
    )


def _mentions(words: str) -> ColumnElement[bool]:
    return or_(
        Case.reference == tidy(words),
        Case.title.icontains(words, autoescape=True),
        Case.place.icontains(words, autoescape=True),
    )


def file_in_case(case: Case, file_id: int) -> CaseFile:
    """Give a file of the case. Raises NotFound for a file that is not in it."""
    for kept in case.files:
        if kept.file_id == file_id:
            return kept
    raise NotFound(f"no file {file_id} in {case.reference}")


def officers_of(db: Session, department_id: int) -> Sequence[Staff]:
    """Give who may have the department's cases, by name."""
    granted = select(StaffGrant.staff_id).where(
        StaffGrant.role.in_(ALLOWED[Deed.HANDLE_CASE]),
        or_(StaffGrant.department_id.is_(None), StaffGrant.department_id == department_id),
    )
    return db.scalars(select(Staff).where(Staff.active, Staff.id.in_(granted)).order_by(Staff.name)).all()


def is_reference(db: Session, reference: str) -> bool:
    """Tell whether there is a case with the reference."""
    return db.scalar(select(Case.id).where(Case.reference == reference)) is not None


def every_case(db: Session) -> Iterator[Case]:
    """Give every case with events and clocks, a batch at a time, for recomputing."""
    last = 0
    whole = (selectinload(Case.events), selectinload(Case.clocks).joinedload(CaseClock.version))
    while batch := db.scalars(
        select(Case).where(Case.id > last).order_by(Case.id).limit(AT_A_TIME).options(*whole)
    ).all():
        yield from batch
        last = batch[-1].id
        db.expunge_all()
