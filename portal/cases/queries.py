"""What can be asked about cases. Every query names what it loads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, and_, func, or_, select
from sqlalchemy import case as when
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.models import Staff, StaffGrant
from portal.accounts.rules import ALLOWED, Deed
from portal.cases.access import Access
from portal.cases.models import Case, CaseClock, CaseEvent, CaseFile
from portal.cases.reference import tidy
from portal.cases.rules import State
from portal.departments.models import Department
from portal.errors import NotFound
from portal.pledgebook.models import PledgeVersion, TallyState
from portal.services.models import Secrecy

AT_A_TIME = 200
RECORDED_AT_A_TIME = 500


def _whole(statement: Select[Case]) -> Select[Case]:
    """Load all that a case's page shows, in a fixed number of statements."""
    return statement.options(
        joinedload(Case.service),
        joinedload(Case.department).selectinload(Department.hours),
        joinedload(Case.officer),
        selectinload(Case.events),
        selectinload(Case.clocks).joinedload(CaseClock.version).joinedload(PledgeVersion.pledge),
        selectinload(Case.files).joinedload(CaseFile.file),
        selectinload(Case.follow_ups),
        selectinload(Case.legal_times),
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


def version_contested(db: Session, pledge_id: int, day: date) -> int | None:
    """Give the version of a pledge in force on a day, else the last that was; None before the first."""
    begun = (PledgeVersion.pledge_id == pledge_id) & (PledgeVersion.valid_from <= day)
    ended = and_(PledgeVersion.valid_to.is_not(None), PledgeVersion.valid_to < day)
    latest = (
        select(PledgeVersion.id).where(begun).order_by(when((ended, 1), else_=0), PledgeVersion.number.desc())
    )
    return db.scalar(latest.limit(1))


def clocks_run_out(db: Session, at: datetime) -> Sequence[CaseClock]:
    """Give some of the running clocks whose last moment has passed, oldest first, with their cases.

    The cases are locked, as they are for every other change; those that somebody changes right now come next time.
    """
    found = select(CaseClock.id).join(CaseClock.case)
    found = found.where(CaseClock.state == TallyState.RUNNING, CaseClock.due_at <= at)
    found = found.order_by(CaseClock.due_at).limit(AT_A_TIME).with_for_update(of=Case, skip_locked=True)
    ids = db.scalars(found).all()
    if not ids:
        return ()
    statement = (
        select(CaseClock)
        .where(CaseClock.id.in_(ids))
        .order_by(CaseClock.due_at)
        .options(
            joinedload(CaseClock.version),
            joinedload(CaseClock.case).joinedload(Case.service),
            joinedload(CaseClock.case).joinedload(Case.department),
            joinedload(CaseClock.case).joinedload(Case.officer),
            joinedload(CaseClock.case).selectinload(Case.events),
            joinedload(CaseClock.case).selectinload(Case.clocks).joinedload(CaseClock.version),
            joinedload(CaseClock.case).selectinload(Case.follow_ups),
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


def open_case_of(db: Session, service_id: int, reference: str) -> Case | None:
    """Give the open case of a service by its reference, without anything of it loaded; None when there is none."""
    return db.scalar(
        select(Case).where(
            Case.reference == reference, Case.service_id == service_id, Case.state != State.CLOSED
        )
    )


@dataclass(frozen=True)
class Recorded:
    """One case as it is written down: its row, its events oldest first, its clocks; plain columns, nothing to follow."""

    case: Row[Any]
    events: Sequence[Row[Any]]
    clocks: Sequence[Row[Any]]


OF_CASE: tuple[Any, ...] = (
    Case.id,
    Case.reference,
    Case.state,
    Case.step,
    Case.department_id,
    Case.officer_id,
)
OF_CASE_MORE = (Case.outcome, Case.closed_at, Case.cycle, Case.due_at)
OF_EVENT: tuple[Any, ...] = (
    CaseEvent.case_id,
    CaseEvent.kind,
    CaseEvent.at,
    CaseEvent.content,
    CaseEvent.actor_id,
)
CLOCK: Any = CaseClock.__table__.c


def recorded(db: Session, wanted: ColumnElement[bool] | None = None) -> Iterator[Recorded]:
    """Give every case that is wanted as it is written down, some at a time by id, for recomputing."""
    last = 0
    while batch := db.execute(_after(last, wanted)).all():
        ids = [case.id for case in batch]
        events = _by_case(db, select(*OF_EVENT).where(CaseEvent.case_id.in_(ids)).order_by(CaseEvent.id))
        clocks = _by_case(db, select(*CLOCK).where(CaseClock.case_id.in_(ids)).order_by(CaseClock.id))
        for case in batch:
            yield Recorded(case, events.get(case.id, ()), clocks.get(case.id, ()))
        last = ids[-1]


def _after(last: int, wanted: ColumnElement[bool] | None) -> Select[Any]:
    statement: Select[Any] = select(*OF_CASE, *OF_CASE_MORE).where(Case.id > last)
    statement = statement.order_by(Case.id).limit(RECORDED_AT_A_TIME)
    return statement if wanted is None else statement.where(wanted)


def _by_case(db: Session, statement: Select[Any]) -> Mapping[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = {}
    for row in db.execute(statement):
        found.setdefault(row.case_id, []).append(row)
    return found


def how_many(db: Session, wanted: ColumnElement[bool] | None = None) -> int:
    """Give how many cases there are, or are wanted."""
    statement = select(func.count()).select_from(Case)
    return int(db.scalar(statement if wanted is None else statement.where(wanted)) or 0)


def touches(pledge_id: int) -> ColumnElement[bool]:
    """Give the condition that a case was timed under a pledge, or contests it."""
    timed = select(CaseClock.case_id).join(CaseClock.version).where(PledgeVersion.pledge_id == pledge_id)
    return or_(Case.id.in_(timed), Case.pledge_id == pledge_id)
