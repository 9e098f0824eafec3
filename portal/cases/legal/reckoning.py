"""What the events of a case mean to a time that the law sets for it. Pure: events in, standing out.

Lagens gräns is the law's own; nothing here touches how we keep our promises.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from pledges.calendar import Calendar
from pledges.clock import LawDue, law_due
from pledges.law import ClockKind, LegalClock
from pledges.local_time import end_of_day
from pledges.permit import PermitFacts, PermitReading, permit_rules, read_permit
from pledges.procedure import TO_ANSWER, DecisionRight, RightFacts, decision_right
from portal.cases.history import Happening
from portal.cases.rules import EventKind, Outcome, State
from portal.clock import local_day

# The ends of a case that decide what was applied for.
DECIDED = frozenset({Outcome.APPROVED, Outcome.REJECTED})
# The part of the law's time that is left when the officer is warned.
LEFT = 5
NOTHING = Fraction(0)


@dataclass(frozen=True)
class LawStanding:
    """Where a time set by law stands. `due` is None while the time has not begun: what was ordered has not come.

    `most_extension` is how long it may be prolonged, in the clock's own unit, 0 when it may not. `reduction` is the
    part that the law takes off the fee so far, or took off with the decision.
    """

    begins_on: date
    due: LawDue | None
    ended_on: date | None
    waiting: bool = False
    extended: int = 0
    most_extension: int = 0
    reduction: Fraction = NOTHING

    def is_over(self, on: date) -> bool:
        """Tell whether the last day by the calendar has passed without an end."""
        return self.due is not None and (self.ended_on or on) > self.due.nominal


def law_standing(
    clock: LegalClock, events: Sequence[Happening], calendar: Calendar, on: date
) -> LawStanding | None:
    """Give where a legal clock stands on a day; None for one that sets no day for this case.

    That is a law without a number, one in hours, and the notice of a delay; the answer to a request for a decision
    has a day only when the request has come.
    """
    if clock.kind is ClockKind.BUILDING_PERMIT:
        return _permit(clock, events, calendar, on)
    if clock.kind is ClockKind.DECISION_REQUEST:
        return _answer_to_request(events, calendar)
    if clock.kind is ClockKind.DELAY_NOTICE or clock.limit is None or clock.limit.unit.in_hours:
        return None
    received = local_day(events[0].at)
    return LawStanding(received, law_due(received, clock.limit, calendar), ended_on(events))


def ended_on(events: Sequence[Happening]) -> date | None:
    """Give the day of the decision, or else the day on which the case was closed for another reason and stayed so."""
    closings = [event for event in events if event.kind is EventKind.CLOSED]
    decided = next((event for event in closings if Outcome(event.content["outcome"]) in DECIDED), None)
    if decided is not None:
        return local_day(decided.at)
    is_closed = closings and not any(
        event.kind is EventKind.REOPENED and event.at >= closings[-1].at for event in events
    )
    return local_day(closings[-1].at) if is_closed else None


def _permit(clock: LegalClock, events: Sequence[Happening], calendar: Calendar, on: date) -> LawStanding:
    facts, rules = permit_facts(events), permit_rules(clock)
    reading = read_permit(rules, facts, calendar, on)
    end = facts.decided_on if facts.decided_on is not None and facts.decided_on <= on else None
    return LawStanding(
        begins_on=reading.begins_on or facts.received_on,
        due=reading.due,
        ended_on=end,
        waiting=reading.waiting,
        extended=reading.extended,
        most_extension=rules.most_extension if _may_extend(facts, reading, on) else 0,
        reduction=reading.reduction,
    )


def _may_extend(facts: PermitFacts, reading: PermitReading, on: date) -> bool:
    """Once, and before the time has run out; not while what was ordered is waited for, and not after the decision."""
    running = reading.due is not None and on <= reading.due.nominal
    return running and facts.extended_on is None and facts.decided_on is None


def permit_facts(events: Sequence[Happening]) -> PermitFacts:
    """Give the days of a case that plan- och bygglagen asks for.

    A question to the applicant is an order to complete, and its answer what was missing. Of what the applicant sends
    without being asked only files add to the application: a word on how it goes sets no time back.
    """
    ordered = next((event for event in events if event.kind is EventKind.ASKED), None)
    answers = (event for event in events if event.kind is EventKind.SUPPLEMENTED)
    remedied = next(answers, None) if ordered is not None else None
    extended = next((event for event in events if event.kind is EventKind.EXTENDED), None)
    own = (
        local_day(event.at)
        for event in events
        if event.kind is EventKind.MESSAGE and event.content.get("files")
    )
    return PermitFacts(
        received_on=local_day(events[0].at),
        own_supplements=tuple(own),
        completion_ordered_on=_day(ordered),
        remedied_on=_day(remedied),
        extended_on=_day(extended),
        extended_weeks=int(extended.content["weeks"]) if extended is not None else 0,
        decided_on=ended_on(events),
    )


def _day(event: Happening | None) -> date | None:
    return local_day(event.at) if event is not None else None


def requested_on(events: Iterable[Happening]) -> date | None:
    """Give the day on which the citizen asked for a decision; None if they have not."""
    return next((local_day(event.at) for event in events if event.kind is EventKind.DECISION_REQUESTED), None)


def _answer_to_request(events: Sequence[Happening], calendar: Calendar) -> LawStanding | None:
    asked = requested_on(events)
    if asked is None:
        return None
    end = ended_on(events)
    return LawStanding(
        asked, law_due(asked, TO_ANSWER, calendar), end if end is None or end >= asked else None
    )


def right_to_decision(
    events: Sequence[Happening], state: State, calendar: Calendar, on: date
) -> DecisionRight:
    """Give how the citizen's right to ask for a decision stands. Förvaltningslagen (2017:900) 12 §."""
    ended = ended_on(events)
    if ended is None and state is State.CLOSED:
        ended = on
    facts = RightFacts(local_day(events[0].at), requested_on(events), None, ended)
    return decision_right(facts, calendar, on)


@dataclass(frozen=True)
class LegalTimeStanding:
    """What is kept of a time set by law; the fields are those of LegalTime."""

    nominal_on: date
    adjusted_on: date
    ended_on: date | None = None
    warn_at: datetime | None = None


def legal_time_standing(
    clock: LegalClock, events: Sequence[Happening], calendar: Calendar
) -> LegalTimeStanding | None:
    """Give what is kept of a legal clock after the events of its case; None when it sets no day, or has not begun."""
    standing = law_standing(clock, events, calendar, local_day(max(event.at for event in events)))
    if standing is None or standing.due is None:
        return None
    kept = LegalTimeStanding(standing.due.nominal, standing.due.adjusted, standing.ended_on)
    if standing.ended_on is not None or _is_warned(clock.key, kept.nominal_on, events):
        return kept
    return replace(kept, warn_at=_warn_at(standing.begins_on, kept.nominal_on, calendar))


def _is_warned(key: str, nominal: date, events: Sequence[Happening]) -> bool:
    return any(
        event.kind is EventKind.WARNED
        and (event.content.get("law"), event.content.get("due")) == (key, nominal.isoformat())
        for event in events
    )


def _warn_at(begins_on: date, nominal: date, calendar: Calendar) -> datetime | None:
    """Give when a fifth of the time is left, the next time it is open; None when nothing opens before the last day ends."""
    left = max(1, (nominal - begins_on).days // LEFT)
    morning = end_of_day(nominal - timedelta(days=left + 1))
    opening = calendar.next_opening(morning)
    return opening if opening < end_of_day(nominal) else None
