"""Deeds that the law knows: prolonging its time, and the citizen's request for a decision."""

from datetime import datetime

from sqlalchemy.orm import Session

from pledges.clock import LawDue
from pledges.procedure import RightState
from portal.calendars.queries import calendar
from portal.cases import amends_messages as messages
from portal.cases.access import Access
from portal.cases.intake import Who
from portal.cases.legal.reckoning import right_to_decision
from portal.cases.legal.times import awaits_decision, calendar_number, extendable, laws_of
from portal.cases.models import Case
from portal.cases.posting import tell_citizen, tell_department
from portal.cases.recording import bring_up_to_date
from portal.cases.rules import EventKind
from portal.cases.writing import must_be_open, record, sent_under, was_received
from portal.clock import local_day
from portal.errors import Conflict


def extend(db: Session, case: Case, who: Who, text: str, *, weeks: int, access: Access, at: datetime) -> None:
    """Prolong the law's time by whole weeks, for a reason that the citizen is told. Our promise runs on.

    Raises Conflict when the case is closed, without a reason, and when the law does not allow it: a second time, by
    more than its most, or when the time has run out. Plan- och bygglagen (2010:900) 9 kap.
    """
    must_be_open(case)
    law = extendable(laws_of(db, case, local_day(at)))
    if law is None or not text.strip() or not 1 <= weeks <= law.standing.most_extension:
        raise Conflict(f"{case.reference}: the law's time cannot be prolonged by {weeks}")
    content = {"law": law.clock.key, "weeks": weeks, "text": text}
    event = record(case, EventKind.EXTENDED, who, content, at)
    bring_up_to_date(db, case, at=at, access=access)
    until = next(time.nominal_on for time in case.legal_times if time.key == law.clock.key)
    tell_citizen(db, case, messages.extended(case, text, until, who.name, access), at, event)


def request_decision(
    db: Session, case: Case, who: Who, access: Access, at: datetime, token: str = ""
) -> None:
    """Take in the citizen's request that the case be decided: once, after six months. Both sides are told.

    The same token again changes nothing. Raises Conflict when the case is closed, is none that is decided, or the
    right has not come or has been used. Förvaltningslagen (2017:900) 12 §.
    """
    if was_received(case, token):
        return
    must_be_open(case)
    days, today = calendar(db, calendar_number(case)), local_day(at)
    right = right_to_decision(case.events, case.state, days, today)
    if not awaits_decision(case) or right.state is not RightState.OPEN:
        raise Conflict(f"{case.reference}: a decision cannot be asked for, the right is {right.state}")
    event = record(case, EventKind.DECISION_REQUESTED, who, sent_under(token), at)
    bring_up_to_date(db, case, at=at, access=access)
    due = _answer_due(right_to_decision(case.events, case.state, days, today).answer_due)
    tell_citizen(db, case, messages.decision_requested(case, due.adjusted, access), at, event)
    tell_department(db, case, messages.decision_requested_at_department(case, due.nominal, access), at, event)


def _answer_due(due: LawDue | None) -> LawDue:
    if due is None:
        raise ValueError("a request that counts has a day to answer by")
    return due
