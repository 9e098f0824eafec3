"""What follows when a promise was broken: who is told, and the work it gives until the citizen has got what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from pledges.compensation import Kind, Per, follow_ups, reduced, reduction, rules_from
from portal.accounts.queries import trusted_in
from portal.accounts.rules import Deed
from portal.calendars.queries import calendar
from portal.cases import amends_messages as messages
from portal.cases.access import Access
from portal.cases.explained import explanation
from portal.cases.followed import work_of
from portal.cases.intake import SYSTEM, Who
from portal.cases.models import Case, CaseClock, CaseEvent, FollowUp
from portal.cases.pending import OWED
from portal.cases.posting import tell_citizen, tell_department, tell_person
from portal.cases.rules import EventKind
from portal.cases.writing import record
from portal.clock import local_day
from portal.departments.models import Department
from portal.errors import Conflict


def begin(
    db: Session, case: Case, event: CaseEvent, access: Access | None, at: datetime, *, admit: bool = True
) -> None:
    """Begin what a broken promise leads to: the work for staff, and with `access` the letters.

    Without `admit` the citizen's letter and the department's are left out: other letters of the same change, such as
    those about its arrival, say it. Once for each breach: the work that is there already is not made again, and a
    letter has its event's key.
    """
    clock = clock_of(case, event)
    _begin_work(db, case, clock, local_day(event.at), at)
    if access is None:
        return
    if admit:
        tell_citizen(db, case, messages.broken(case, clock, access, local_day(at)), at, event)
        tell_department(db, case, messages.broken_at_department(case, clock, access), at, event)
    for head in trusted_in(db, Deed.EXCUSE_CLOCK, case.department_id):
        tell_person(db, case, messages.broken_at_head(case, clock, head, access), head, at, event)


def clock_of(case: Case, event: CaseEvent) -> CaseClock:
    """Give the clock that an event is about. Raises StopIteration for an event that is about none."""
    whose = event.content["version"], event.content.get("cycle", 1)
    return next(clock for clock in case.clocks if (clock.version_id, clock.cycle) == whose)


def _begin_work(db: Session, case: Case, clock: CaseClock, broken_on: date, at: datetime) -> None:
    known = {work.kind for work in work_of(case, clock)}
    told = explanation(case.events, case.cycle, broken_on)
    for due in follow_ups(rules_from(clock.version.compensation), broken_on, calendar(db, clock.calendar)):
        if due.kind in known:
            continue
        work = FollowUp(
            version_id=clock.version_id,
            version=clock.version,
            cycle=clock.cycle,
            department_id=case.department_id,
            kind=due.kind.value,
            due_on=due.due_on,
            done_at=None,
            result={},
        )
        case.follow_ups.append(work)
        if due.kind is Kind.APOLOGY and told is not None:
            finish(case, work, SYSTEM, {"new_day": told.new_day.isoformat()}, at)
    db.flush()


def owed(case: Case) -> Sequence[tuple[FollowUp, CaseClock]]:
    """Give the work that is still to be done in a case, with its clock: nothing for a promise that counts no more."""
    clocks = {(clock.version_id, clock.cycle): clock for clock in case.clocks if clock.state in OWED}
    found = ((work, clocks.get((work.version_id, work.cycle))) for work in case.follow_ups)
    return [(work, clock) for work, clock in found if work.done_at is None and clock is not None]


def open_work(case: Case, kind: Kind) -> Sequence[FollowUp]:
    """Give the work of a kind that is still to be done in a case."""
    return [work for work, _ in owed(case) if work.kind == kind]


def to_explain(case: Case) -> Sequence[FollowUp]:
    """Give the work that an explanation does: the explanations, and the apologies that owe no new day any more."""
    return [
        work
        for work, clock in owed(case)
        if work.kind == Kind.EXPLANATION or (work.kind == Kind.APOLOGY and clock.ended_at is not None)
    ]


def waits(work: FollowUp, clock: CaseClock) -> bool:
    """Tell whether work cannot be done yet: what is taken off by the week is known when the promise has ended."""
    rules = rules_from(clock.version.compensation)
    by_week = any(rule.fee is not None and rule.fee.per is Per.STARTED_WEEK for rule in rules)
    return work.kind == Kind.FEE_REDUCTION and by_week and clock.ended_at is None


def ready_fee(case: Case) -> tuple[FollowUp, CaseClock] | None:
    """Give the first fee that is to be lowered and can be, with the clock that was broken; None without one."""
    return next(
        (
            (work, clock)
            for work, clock in owed(case)
            if work.kind == Kind.FEE_REDUCTION and not waits(work, clock)
        ),
        None,
    )


def finish(case: Case, work: FollowUp, who: Who, result: dict[str, str | int], at: datetime) -> CaseEvent:
    """Write down that a piece of work is done, and with what result. Raises Conflict when it was done before."""
    if work.done_at is not None:
        raise Conflict(f"{case.reference}: {work.kind} is done already")
    work.done_at, work.result = at, dict(result)
    content = {"version": work.version_id, "cycle": work.cycle, "kind": work.kind, **result}
    return record(case, EventKind.FOLLOWED_UP, who, content, at, public="text" in result or "fee" in result)


def explain_breach(db: Session, case: Case, who: Who, text: str, access: Access, at: datetime) -> None:
    """Tell the citizen how it came that a promise was broken; the apology for what has come late is made with it.

    Raises Conflict when nothing of the kind is due.
    """
    due = to_explain(case)
    if not due:
        raise Conflict(f"{case.reference}: no explanation is due")
    event = finish(case, due[0], who, {"text": text}, at)
    for work in due[1:]:
        finish(case, work, who, {}, at)  # done by the same words, which are told once
    db.flush()
    tell_citizen(db, case, messages.explained(case, text, who.name, access), at, event)


@dataclass(frozen=True)
class Reduced:
    """What a broken promise takes off a fee, in whole öre; `left` is what remains to pay."""

    share: Fraction
    fee: int
    left: int


def share_off(clock: CaseClock, law: Fraction, on: date) -> Fraction:
    """Give the part of the fee that is taken off: by the promise or by the law, whichever gives more.

    Counted to the day the promise ended, or to `on` while it has not.
    """
    fees = (rule.fee for rule in rules_from(clock.version.compensation) if rule.fee is not None)
    ended = local_day(clock.ended_at) if clock.ended_at is not None else on
    return max([law, *(reduction(fee, clock.due_on, ended) for fee in fees)])


def lower_fee(
    db: Session,
    case: Case,
    work: FollowUp,
    who: Who,
    *,
    fee: int,
    share: Fraction,
    access: Access,
    at: datetime,
) -> Reduced:
    """Lower a fee of whole öre by a share, and tell the citizen the sum. Raises Conflict when it is done already."""
    result = Reduced(share, fee, reduced(fee, share))
    told: dict[str, str | int] = {"fee": fee, "share": str(share), "left": result.left}
    event = finish(case, work, who, told, at)
    db.flush()
    letter = messages.fee_lowered(case, result.fee, result.share, result.left, who.name, access)
    tell_citizen(db, case, letter, at, event)
    return result


def move(case: Case, to: Department) -> None:
    """Let the work that remains go with the case to another department."""
    for work in case.follow_ups:
        if work.done_at is None:
            work.department_id = to.id
