"""What can be done to a case. Each deed adds an event, brings the caches up to date and posts its letters."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.accounts.models import Staff
from portal.cases import messages
from portal.cases.access import Access
from portal.cases.amends import move
from portal.cases.breaches import admit_late
from portal.cases.clocks import start_clocks
from portal.cases.intake import Intake, OpenedCase, Who
from portal.cases.legal.times import settle_legal_times
from portal.cases.models import Case, CaseFile
from portal.cases.opening import new_case
from portal.cases.posting import tell_citizen, tell_department
from portal.cases.progress import service_step
from portal.cases.queries import case_by_submission, version_contested
from portal.cases.recording import bring_up_to_date
from portal.cases.rules import ActorKind, EventKind, Outcome, State, missing_from_closing
from portal.cases.tallying import objections
from portal.cases.writing import must_be_open, record, sent_under, was_received
from portal.clock import local_day
from portal.departments.models import Department
from portal.errors import Conflict
from portal.pledgebook.actions import add_tallies
from portal.pledgebook.queries import in_force


def open_case(db: Session, intake: Intake, access: Access, at: datetime) -> OpenedCase:
    """Open a case, start its clocks, and tell the citizen and the department.

    The same submission again gives the case that is there and changes nothing. A promise whose last moment had passed
    when the case was registered is broken from the start, and the receipt says so.
    """
    known = case_by_submission(db, intake.submission)
    if known is not None:
        return OpenedCase(known, access.key(known), new=False)
    case = new_case(db, intake, at)
    content = {"department": case.department_id, "channel": intake.channel.value}
    record(case, EventKind.OPENED, intake.who, content, intake.received_at, at)
    _contest(db, case, intake, at)
    promises = in_force(db, intake.service.id, intake.category, local_day(intake.received_at))
    start_clocks(db, case, promises)
    db.add(case)
    db.flush()
    settle_legal_times(db, case)
    admit_late(db, case, access, at, admit=False)
    tell_citizen(db, case, messages.receipt(case, access), at)
    tell_department(db, case, messages.arrived(case, access), at)
    return OpenedCase(case, access.key(case), new=True)


def _contest(db: Session, case: Case, intake: Intake, at: datetime) -> None:
    """Count, under the version that held when the case came in, that somebody contests how a pledge was kept."""
    if intake.pledge_id is None:
        return
    version_id = version_contested(db, intake.pledge_id, local_day(intake.received_at))
    if version_id is None:
        return
    content = {"pledge": intake.pledge_id, "version": version_id}
    event = record(case, EventKind.CONTESTED, intake.who, content, intake.received_at, at, public=False)
    add_tallies(db, dict.fromkeys(objections([event]), 1))


def assign(
    db: Session, case: Case, who: Who, officer: Staff, at: datetime, access: Access | None = None
) -> None:
    """Let somebody have the case. Raises Conflict when it is closed."""
    must_be_open(case)
    step = "officer" if service_step(case.service, "officer") else "assessed"
    known = service_step(case.service, step) is not None and case.step == "received"
    content = {
        "officer": officer.id,
        "name": officer.name,
        "title": officer.title,
        "step": step if known else "",
    }
    record(case, EventKind.ASSIGNED, who, content, at)
    case.officer = officer
    bring_up_to_date(db, case, at=at, access=access)


def answer(db: Session, case: Case, who: Who, text: str, access: Access, at: datetime) -> None:
    """Answer the citizen. Raises Conflict when the case is closed."""
    must_be_open(case)
    event = record(case, EventKind.ANSWERED, who, {"text": text}, at)
    bring_up_to_date(db, case, at=at, access=access)
    tell_citizen(db, case, messages.answered(case, text, who.name, access), at, event)


def promise_answer(
    db: Session, case: Case, who: Who, text: str, *, expected: date, access: Access, at: datetime
) -> None:
    """Tell the citizen who will answer and when: a holding answer. Raises Conflict when the case is closed."""
    must_be_open(case)
    content = {"text": text, "expected": expected.isoformat()}
    event = record(case, EventKind.HOLDING_ANSWER, who, content, at)
    bring_up_to_date(db, case, at=at, access=access)
    tell_citizen(db, case, messages.holding(case, text, who.name, expected, access), at, event)


def ask(
    db: Session, case: Case, who: Who, text: str, *, answer_by: date, access: Access, at: datetime
) -> None:
    """Ask the citizen for what is missing; the clocks stand still until the answer comes.

    Raises Conflict when the case is closed, already waits, or has nobody to ask.
    """
    must_be_open(case)
    if case.state is State.WAITING:
        raise Conflict(f"{case.reference} already waits for the citizen")
    if not case.contact_email:
        raise Conflict(f"{case.reference} has no address to ask")
    event = record(case, EventKind.ASKED, who, {"text": text, "answer_by": answer_by.isoformat()}, at)
    bring_up_to_date(db, case, at=at, access=access)
    tell_citizen(db, case, messages.asked(case, text, who.name, answer_by, access), at, event)


def receive(
    db: Session,
    case: Case,
    who: Who,
    text: str,
    *,
    file_ids: Sequence[int],
    access: Access,
    at: datetime,
    token: str = "",
) -> None:
    """Take in what the citizen says in a case; when the case waited for it, its clocks go on.

    `token` is unique for what was sent: the same again changes nothing. Raises Conflict when the case is closed.
    """
    if was_received(case, token):
        return
    must_be_open(case)
    kind = EventKind.SUPPLEMENTED if case.state is State.WAITING else EventKind.MESSAGE
    content = {"text": text, "files": len(file_ids), **sent_under(token)}
    event = record(case, kind, who, content, at)
    case.files.extend(CaseFile(file_id=file_id, from_citizen=True) for file_id in file_ids)
    bring_up_to_date(db, case, at=at, access=access)
    if who.kind is ActorKind.CITIZEN:
        tell_department(db, case, messages.citizen_wrote(case, access), at, event)


def note(db: Session, case: Case, who: Who, text: str, at: datetime) -> None:
    """Write something that only staff may read."""
    record(case, EventKind.NOTED, who, {"text": text}, at, public=False)
    bring_up_to_date(db, case, at=at)


def advance(
    db: Session, case: Case, who: Who, step: str, *, text: str, remedied: bool, access: Access, at: datetime
) -> None:
    """Mark a step as done and tell the citizen in plain words; `remedied` says that the fault itself is gone.

    Raises Conflict when the case is closed or its service has no such step.
    """
    must_be_open(case)
    known = service_step(case.service, step)
    if known is None:
        raise Conflict(f"{case.reference}: no step {step}")
    event = record(case, EventKind.ADVANCED, who, {"step": step, "text": text, "remedied": remedied}, at)
    bring_up_to_date(db, case, at=at, access=access)
    if text:
        tell_citizen(db, case, messages.advanced(case, known["name"], text, who.name, access), at, event)


def hand_over(
    db: Session, case: Case, who: Who, to: Department, *, reason: str, access: Access, at: datetime
) -> None:
    """Give the case to another department; the promise to the citizen runs on. Raises Conflict when it cannot be."""
    must_be_open(case)
    if to.id == case.department_id:
        raise Conflict(f"{case.reference} is already with {to.slug}")
    content = {"from": case.department_id, "to": to.id, "name": to.name, "reason": reason}
    event = record(case, EventKind.HANDED_OVER, who, content, at)
    case.department, case.officer = to, None
    move(case, to)
    bring_up_to_date(db, case, at=at, access=access)
    tell_citizen(db, case, messages.handed_over(case, to, reason, access), at, event)
    tell_department(db, case, messages.arrived(case, access), at, event)


def close(
    db: Session,
    case: Case,
    who: Who,
    outcome: Outcome,
    *,
    text: str,
    detail: str,
    access: Access,
    at: datetime,
) -> None:
    """Close a case with an outcome. `detail` is who it was sent to, or the case it doubles.

    Raises Conflict when the case is closed, or nothing has been said to the citizen and no reason is given.
    """
    must_be_open(case)
    answered = any(event.kind is EventKind.ANSWERED for event in case.events)
    problem = missing_from_closing(outcome, text, detail, answered=answered)
    if problem:
        raise Conflict(f"{case.reference}: {problem}")
    content = {"outcome": outcome.value, "text": text, "detail": detail}
    event = record(case, EventKind.CLOSED, who, content, at)
    bring_up_to_date(db, case, at=at, access=access)
    tell_citizen(db, case, messages.closed(case, outcome, text, who.name, access), at, event)
