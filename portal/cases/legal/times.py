"""The times that the law sets for a case, kept beside our promises and never mixed with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy.orm import Session

from pledges.law import ClockKind, LegalClock, in_force
from pledges.pledge import Measure
from portal.calendars.queries import LAW, calendar
from portal.cases.legal.reckoning import (
    NOTHING,
    LawStanding,
    LegalTimeStanding,
    law_standing,
    legal_time_standing,
    requested_on,
)
from portal.cases.models import Case, LegalTime
from portal.clock import local_day
from portal.services.queries import legal_clocks


def law_keys(case: Case) -> frozenset[str]:
    """Give the keys of the legal clocks that the promises of a case, loaded with their versions, name."""
    return frozenset(str(clock.version.law["key"]) for clock in case.clocks if clock.version.law.get("key"))


def awaits_decision(case: Case) -> bool:
    """Tell whether a case is one that somebody is owed a decision in."""
    return any(clock.version.measure is Measure.DECISION for clock in case.clocks)


def clocks_for(register: Sequence[LegalClock], case: Case) -> tuple[LegalClock, ...]:
    """Give the legal clocks of a case, in the wording that holds for what came in on its day.

    They are those its promises name and, once the citizen has asked for a decision, that of the answer.
    """
    keys, asked = law_keys(case), requested_on(case.events) is not None
    holding = in_force(register, local_day(case.received_at))
    return tuple(
        clock
        for clock in holding
        if clock.key in keys or (asked and clock.kind is ClockKind.DECISION_REQUEST)
    )


def has_law(case: Case) -> bool:
    """Tell whether the law can set a time for a case; if not, the register need not be read."""
    return bool(law_keys(case)) or requested_on(case.events) is not None


def calendar_number(case: Case) -> int:
    """Give the calendar that a case was received under, whose opening hours tell when somebody can be warned."""
    return case.clocks[0].calendar if case.clocks else LAW


def settle_legal_times(db: Session, case: Case) -> None:
    """Bring the legal times of a case up to date with its events. One statement when the law sets any, else none."""
    if not has_law(case):
        return
    hours = calendar(db, calendar_number(case))
    facts = {
        clock.key: legal_time_standing(clock, case.events, hours)
        for clock in clocks_for(legal_clocks(db), case)
    }
    write_legal_times(case, {key: fact for key, fact in facts.items() if fact is not None})


def write_legal_times(case: Case, facts: dict[str, LegalTimeStanding]) -> None:
    """Keep what the events say of each legal time, and nothing of one that has not begun."""
    kept = {time.key: time for time in case.legal_times}
    for key in kept.keys() - facts.keys():
        case.legal_times.remove(kept[key])
    for key, fact in facts.items():
        time = kept.get(key) or LegalTime(key=key)
        if key not in kept:
            case.legal_times.append(time)
        time.nominal_on, time.adjusted_on = fact.nominal_on, fact.adjusted_on
        time.ended_on, time.warn_at = fact.ended_on, fact.warn_at


def title_of(db: Session, case: Case, key: str) -> str:
    """Give what the register calls a legal clock of a case."""
    return next((clock.title for clock in clocks_for(legal_clocks(db), case) if clock.key == key), key)


@dataclass(frozen=True)
class CaseLaw:
    """A legal clock of a case, and how it stands on a day."""

    clock: LegalClock
    standing: LawStanding


def laws_of(db: Session, case: Case, on: date) -> tuple[CaseLaw, ...]:
    """Give the legal clocks of a case that set a day for it. One statement when the law sets any, else none."""
    if not has_law(case):
        return ()
    hours = calendar(db, calendar_number(case))
    read = (
        (clock, law_standing(clock, case.events, hours, on)) for clock in clocks_for(legal_clocks(db), case)
    )
    return tuple(CaseLaw(clock, standing) for clock, standing in read if standing is not None)


def law_reduction(laws: Sequence[CaseLaw]) -> Fraction:
    """Give the part of a fee that the law itself takes off."""
    return max((law.standing.reduction for law in laws), default=NOTHING)


def extendable(laws: Sequence[CaseLaw]) -> CaseLaw | None:
    """Give the legal time that may be prolonged today, if one may."""
    return next((law for law in laws if law.standing.most_extension), None)
