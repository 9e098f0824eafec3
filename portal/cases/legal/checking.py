"""Recomputing the kept times of the law from the events of their cases, to show or to correct what has drifted."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from pledges.law import LegalClock
from portal.calendars.queries import calendar
from portal.cases.legal.reckoning import LegalTimeStanding, legal_time_standing
from portal.cases.legal.times import calendar_number, clocks_for, write_legal_times
from portal.cases.models import Case, LegalTime
from portal.cases.pending import cases_with_law
from portal.services.queries import legal_clocks


def differences(db: Session, at: datetime) -> Iterator[str]:
    """Give one line for each kept time of the law that is not what the events of its case say."""
    for case, facts in _cases(db):
        kept = {time.key: _kept(time) for time in case.legal_times}
        for key in sorted(kept.keys() | facts.keys()):
            if kept.get(key) != facts.get(key):
                yield f"{case.reference} law {key}: {kept.get(key)} is kept, the facts say {facts.get(key)}"


def correct(db: Session) -> int:
    """Write every time of the law as the events say; gives how many cases had one that was off."""
    count = 0
    for case, facts in _cases(db):
        if {time.key: _kept(time) for time in case.legal_times} != facts:
            write_legal_times(case, facts)
            count += 1
    db.flush()
    return count


def _cases(db: Session) -> Iterator[tuple[Case, dict[str, LegalTimeStanding]]]:
    register = legal_clocks(db)
    for case in cases_with_law(db):
        yield case, _facts(db, case, register)


def _facts(db: Session, case: Case, register: tuple[LegalClock, ...]) -> dict[str, LegalTimeStanding]:
    hours = calendar(db, calendar_number(case))
    found = {
        clock.key: legal_time_standing(clock, case.events, hours) for clock in clocks_for(register, case)
    }
    return {key: fact for key, fact in found.items() if fact is not None}


def _kept(time: LegalTime) -> LegalTimeStanding:
    return LegalTimeStanding(time.nominal_on, time.adjusted_on, time.ended_on, time.warn_at)
