"""The turns a case can take: opened again, merged into another, taken back, a promise of it excused."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases import messages
from portal.cases.access import Access
from portal.cases.breaches import admit_late
from portal.cases.clocks import resettle, start_clocks
from portal.cases.history import counts_from, events_of
from portal.cases.intake import Who
from portal.cases.legal.times import settle_legal_times
from portal.cases.models import Case, CaseClock
from portal.cases.posting import tell_citizen, tell_department
from portal.cases.reckoning import NEVER
from portal.cases.recording import bring_up_to_date, note_standing
from portal.cases.rules import EventKind, Outcome, State, may_reopen
from portal.cases.writing import must_be_open, record, sent_under, was_received
from portal.clock import local_day
from portal.errors import Conflict
from portal.pledgebook.models import TallyState
from portal.pledgebook.promises import RENEWED
from portal.pledgebook.queries import in_force

EXCUSABLE = frozenset({TallyState.RUNNING, TallyState.LATE, TallyState.BROKEN})


def reopen(
    db: Session, case: Case, who: Who, text: str, access: Access, at: datetime, token: str = ""
) -> None:
    """Open a closed case again: a new cycle, with new clocks under the promises in force today, from this moment.

    What became of the earlier promises stands. The citizen and the department are told. `token` is unique for what
    was sent: the same again changes nothing.
    Raises Conflict when the case is open, or when the citizen may not open it again; see `rules.may_reopen`.
    """
    if was_received(case, token):
        return
    if case.state is not State.CLOSED:
        raise Conflict(f"{case.reference} is open already")
    if not may_reopen(who.kind, case.outcome, case.closed_at, at):
        raise Conflict(f"{case.reference} cannot be opened again by the citizen")
    event = record(case, EventKind.REOPENED, who, {"text": text, **sent_under(token)}, at)
    note_standing(case)
    promises = in_force(db, case.service_id, case.category, local_day(at))
    start_clocks(db, case, [one for one in promises if one.version.measure in RENEWED])
    settle_legal_times(db, case)
    db.flush()
    tell_citizen(db, case, messages.reopened(case, text, access), at, event)
    tell_department(db, case, messages.back_at_department(case, access), at, event)


def merge(db: Session, case: Case, into: Case, who: Who, *, text: str, access: Access, at: datetime) -> None:
    """Close a case as a double of another of the same service, which keeps the earliest promise of the two.

    The clocks of the first are void; the open ones of the other count from the earlier receipt, so that a promise can
    turn out to be broken already. `text` is said to the one whose case it was. Raises Conflict when either is closed.
    """
    must_be_open(case)
    must_be_open(into)
    if case.id == into.id or case.service_id != into.service_id:
        raise Conflict(f"{case.reference} cannot be merged into {into.reference}")
    received = counts_from(events_of(case.events, case.cycle))
    content = {"outcome": Outcome.DUPLICATE.value, "text": text, "detail": into.reference, "merged": True}
    event = record(case, EventKind.CLOSED, who, content, at)
    absorbed = {"reference": case.reference, "received_at": received.isoformat()}
    record(into, EventKind.ABSORBED, who, absorbed, at, public=False)
    bring_up_to_date(db, case, into, at=at, access=access)
    admit_late(db, into, access, at)
    tell_citizen(db, case, messages.merged(case, into, text, who.name, access), at, event)


def withdraw(
    db: Session, case: Case, who: Who, text: str, access: Access, at: datetime, token: str = ""
) -> None:
    """Close a case because the citizen takes it back, with or without a word of why; its clocks in time are void.

    `token` is unique for what was sent: the same again changes nothing. Raises Conflict when the case is closed.
    """
    if was_received(case, token):
        return
    must_be_open(case)
    content = {"outcome": Outcome.WITHDRAWN.value, "text": text, "detail": "", **sent_under(token)}
    event = record(case, EventKind.CLOSED, who, content, at)
    bring_up_to_date(db, case, at=at, access=access)
    tell_citizen(db, case, messages.withdrawn(case, access), at, event)
    tell_department(db, case, messages.withdrawn_at_department(case, access), at, event)


def excusable(case: Case) -> list[CaseClock]:
    """Give the clocks of a case that may be left out of the figure: those that run, are late or were broken."""
    return [clock for clock in case.clocks if clock.state in EXCUSABLE and clock.due_on != NEVER]


def excuse(db: Session, case: Case, clock: CaseClock, who: Who, reason: str, at: datetime) -> None:
    """Leave one promise of a case out of the figure, for a reason that everybody may read.

    How it stood before can be read in the events. Raises Conflict without a reason, and for a clock that is neither
    running, late nor broken.
    """
    if not reason.strip():
        raise Conflict(f"{case.reference}: no reason to excuse a promise")
    if clock.state not in EXCUSABLE or clock.due_on == NEVER:
        raise Conflict(f"{case.reference}: a promise that is {clock.state} cannot be excused")
    content = {"version": clock.version_id, "cycle": clock.cycle, "reason": reason}
    record(case, EventKind.EXCUSED, who, content, at)
    resettle(db, case, clock)
    db.flush()
