"""What waits for somebody to be told or to do something: clocks, times of the law, work after broken promises."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from portal.cases.models import Case, CaseClock, CaseEvent, FollowUp, LegalTime
from portal.cases.queries import AT_A_TIME
from portal.cases.rules import EventKind
from portal.pledgebook.models import PledgeVersion, TallyState

# A promise that counts as broken: what is owed for an excused or void one is owed no more.
OWED = (TallyState.LATE, TallyState.BROKEN)


def clocks_to_warn_about(db: Session, at: datetime) -> Iterator[CaseClock]:
    """Give the running clocks that somebody is to be warned of at `at`, the first first, with their cases locked.

    Some at a time. Those whose last moment has passed are the sweep of breaches' to tell; those that somebody changes
    right now come next time.
    """
    still = and_(CaseClock.state == TallyState.RUNNING, CaseClock.due_at > at)
    for ids in _batches(db, CaseClock, CaseClock.warn_at, at, still):
        statement = select(CaseClock).where(CaseClock.id.in_(ids)).order_by(CaseClock.warn_at, CaseClock.id)
        yield from db.scalars(statement.options(joinedload(CaseClock.version), *_case_of(CaseClock))).unique()


def legal_times_to_warn_about(db: Session, at: datetime) -> Iterator[LegalTime]:
    """Give the times set by law that somebody is to be warned of at `at`, the first first, with their cases locked."""
    for ids in _batches(db, LegalTime, LegalTime.warn_at, at, LegalTime.ended_on.is_(None)):
        statement = select(LegalTime).where(LegalTime.id.in_(ids)).order_by(LegalTime.warn_at, LegalTime.id)
        yield from db.scalars(statement.options(*_case_of(LegalTime))).unique().all()


def _batches(
    db: Session,
    row: type[CaseClock] | type[LegalTime],
    when: InstrumentedAttribute[datetime | None],
    at: datetime,
    still: ColumnElement[bool],
) -> Iterator[list[int]]:
    """Give the ids of rows whose moment has come, some at a time; each is given once, whatever becomes of it."""
    wanted = select(row.id, when).join(row.case).where(when <= at, still).order_by(when, row.id)
    wanted = wanted.limit(AT_A_TIME).with_for_update(of=Case, skip_locked=True)
    found = db.execute(wanted).all()
    while found:
        yield [number for number, _ in found]
        last_id, last = found[-1]
        later = or_(when > last, and_(when == last, row.id > last_id))
        found = db.execute(wanted.where(later)).all()


def _case_of(row: type[CaseClock] | type[LegalTime]) -> Sequence[Any]:
    case = joinedload(row.case)
    return (
        case.joinedload(Case.service),
        case.joinedload(Case.department),
        case.joinedload(Case.officer),
        case.selectinload(Case.events),
        case.selectinload(Case.clocks).joinedload(CaseClock.version),
        case.selectinload(Case.legal_times),
    )


@dataclass(frozen=True)
class Owed:
    """How much work after broken promises there is to do, and how much of it should have been done."""

    open: int
    overdue: int


def _open_work(departments: frozenset[int] | None) -> Any:
    same = and_(
        CaseClock.case_id == FollowUp.case_id,
        CaseClock.version_id == FollowUp.version_id,
        CaseClock.cycle == FollowUp.cycle,
    )
    wanted = select(FollowUp, CaseClock).join(CaseClock, same)
    wanted = wanted.where(FollowUp.done_at.is_(None), CaseClock.state.in_(OWED))
    return wanted if departments is None else wanted.where(FollowUp.department_id.in_(departments))


def work_page(
    db: Session, departments: frozenset[int] | None, *, start: int, size: int
) -> Sequence[tuple[FollowUp, CaseClock]]:
    """Give a stretch of the work that remains in departments (None: all), the most urgent first, with its clock.

    One more than `size` is given when there is more.
    """
    wanted = _open_work(departments).options(
        joinedload(FollowUp.case).joinedload(Case.department),
        joinedload(FollowUp.case).joinedload(Case.service),
        joinedload(FollowUp.case).joinedload(Case.officer),
        joinedload(CaseClock.version).joinedload(PledgeVersion.pledge),
    )
    order = wanted.order_by(FollowUp.due_on, FollowUp.id).offset(start).limit(size + 1)
    return [(work, clock) for work, clock in db.execute(order)]


def how_much_work(db: Session, departments: frozenset[int] | None, today: date) -> Owed:
    """Give how much work remains in departments (None: all), and how much is past its day."""
    owed = _open_work(departments).with_only_columns(FollowUp.due_on).subquery()
    row = db.execute(select(func.count(), func.count().filter(owed.c.due_on < today)).select_from(owed)).one()
    return Owed(row[0], row[1])


def cases_with_law(db: Session) -> Iterator[Case]:
    """Give every case that the law can set a time for, or has one kept of, with events and clocks; some at a time by id."""
    with_key = select(PledgeVersion.id).where(PledgeVersion.law["key"].as_string().is_not(None))
    named = select(CaseClock.case_id).where(CaseClock.version_id.in_(with_key))
    asked = select(CaseEvent.case_id).where(CaseEvent.kind == EventKind.DECISION_REQUESTED)
    kept = select(LegalTime.case_id)
    wanted = select(Case).where(or_(Case.id.in_(named), Case.id.in_(asked), Case.id.in_(kept)))
    yield from _by_id(db, wanted.options(selectinload(Case.legal_times)))


def cases_with_work(db: Session) -> Iterator[Case]:
    """Give every case with a broken promise, or with work after one, with events and clocks; some at a time by id."""
    broken = select(CaseEvent.case_id).where(CaseEvent.kind == EventKind.BREACHED)
    wanted = select(Case).where(or_(Case.id.in_(broken), Case.id.in_(select(FollowUp.case_id))))
    yield from _by_id(db, wanted.options(selectinload(Case.follow_ups)))


def _by_id(db: Session, cases: Select[Case]) -> Iterator[Case]:
    """Give cases with their events and clocks, some at a time."""
    clocks = selectinload(Case.clocks).joinedload(CaseClock.version)
    wanted = cases.order_by(Case.id).limit(AT_A_TIME).options(selectinload(Case.events), clocks)
    last = 0
    while found := db.scalars(wanted.where(Case.id > last)).all():
        last = found[-1].id
        yield from found
