"""Telling a citizen that it will be late, why, and the new day: förvaltningslagen (2017:900) 11 §."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from pledges.compensation import Kind
from pledges.procedure import DelayNotice
from portal.cases import amends_messages as messages
from portal.cases.access import Access
from portal.cases.amends import finish, open_work
from portal.cases.intake import Who
from portal.cases.models import Case
from portal.cases.posting import tell_citizen
from portal.cases.recording import bring_up_to_date
from portal.cases.rules import EventKind
from portal.cases.writing import must_be_open, record
from portal.clock import local_day


def explain_delay(
    db: Session, case: Case, who: Who, text: str, *, new_day: date, access: Access, at: datetime
) -> None:
    """Tell the citizen why it is late, or will be, and the new day. The promise counts as it did.

    The apology that a broken promise owes is made with it. Raises Conflict when the case is closed, BadNotice
    without a reason or when the new day is not later than today.
    """
    must_be_open(case)
    notice = DelayNotice(local_day(at), text, new_day)
    content = {"text": notice.reason, "new_day": notice.new_day.isoformat()}
    event = record(case, EventKind.DELAY_EXPLAINED, who, content, at)
    bring_up_to_date(db, case, at=at, access=access)
    for work in open_work(case, Kind.APOLOGY):
        finish(case, work, who, {"new_day": content["new_day"]}, at)
    db.flush()
    tell_citizen(db, case, messages.delay_explained(case, text, new_day, who.name, access), at, event)
