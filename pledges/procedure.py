"""Two rights of a party who waits for a decision: förvaltningslagen (2017:900) 11 and 12 §§."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from pledges.calendar import Calendar
from pledges.due import LawDue, law_due
from pledges.errors import BadNotice
from pledges.limit import Limit, Unit

# Förvaltningslagen (2017:900) 12 §, first and second sentence.
WAITED: Final = Limit(6, Unit.MONTHS)
TO_ANSWER: Final = Limit(4, Unit.WEEKS)


@dataclass(frozen=True)
class DelayNotice:
    """A notice that a decision will be substantially late: why, and the new day to expect it.

    Law: förvaltningslagen (2017:900) 11 § asks for the notice and its reason. The new day is
    our own rule: without one nobody knows how long to wait. Raises BadNotice when the reason
    is empty or the new day is not later than the day of the notice.
    """

    sent_on: date
    reason: str
    new_day: date

    def __post_init__(self) -> None:
        """Refuse a notice that tells its reader nothing."""
        if not self.reason.strip():
            raise BadNotice(f"A notice of {self.sent_on} without reason")
        if self.new_day <= self.sent_on:
            raise BadNotice(f"A notice of {self.sent_on} with the new day {self.new_day}")


def told_day(due_on: date, notices: Iterable[DelayNotice], on: date) -> date:
    """Give the last day on which the party expects the decision, as far as they know on a day.

    It is the promised day, or the new day of the latest notice sent by then.
    """
    sent = sorted((notice for notice in notices if notice.sent_on <= on), key=lambda notice: notice.sent_on)
    return sent[-1].new_day if sent else due_on


def owes_notice(
    due_on: date, notices: Iterable[DelayNotice], on: date, expected_on: date | None = None
) -> bool:
    """Say whether the party of an undecided case must be told that it will be late.

    True when the day they have been told is over, or when the officer expects the decision
    later than that: then a notice is due before the day, not after it.
    Law: förvaltningslagen (2017:900) 11 §. What is "substantially" late the law gives no number
    for; this is stricter, since every day past the one they know is a day nobody explained.
    """
    told = told_day(due_on, notices, on)
    return on > told or (expected_on is not None and expected_on > told)


class RightState(StrEnum):
    """How the right to ask for a decision stands."""

    # The six months have not passed.
    NOT_YET = "not_yet"
    # The party may ask.
    OPEN = "open"
    # Asked, and the four weeks run.
    REQUESTED = "requested"
    # Asked, and the four weeks are over without an answer.
    OVERDUE = "overdue"
    # The request was rejected in a decision of its own: it can be made once in a case.
    USED = "used"
    # The case is decided, so there is nothing to ask for.
    DECIDED = "decided"


@dataclass(frozen=True)
class RightFacts:
    """The days that matter to the right: when the party started the case, asked, and was answered.

    `rejected_on` is the day the request was rejected, `decided_on` the day of the decision.
    """

    started_on: date
    requested_on: date | None = None
    rejected_on: date | None = None
    decided_on: date | None = None


@dataclass(frozen=True)
class DecisionRight:
    """How the right stands on a day. `opens_on` is the first day on which the party may ask.

    `requested_on` and `answer_due` are None as long as there is no request that counts.
    """

    opens_on: date
    requested_on: date | None
    answer_due: LawDue | None
    state: RightState


def decision_right(
    facts: RightFacts,
    calendar: Calendar,
    on: date,
    *,
    waited: Limit = WAITED,
    to_answer: Limit = TO_ANSWER,
) -> DecisionRight:
    """Give how the right to ask for a decision stands on a day; what happens later is not known.

    A party whose own case has not been decided within six months may ask in writing, once,
    and is answered within four weeks: by the decision, or by a rejection that can be appealed.
    The right opens the day after the six months end by the calendar, a Saturday or not: the
    move to a weekday is there for who must act, not for who waits. A request before that day
    is no request under the law. Law: förvaltningslagen (2017:900) 12 §, lag (1930:173) 1 §;
    `waited` and `to_answer` are its two times, for a register that knows another wording.
    Raises UnknownYear when the calendar does not reach far enough.
    """
    opens_on = law_due(facts.started_on, waited, calendar).nominal + timedelta(days=1)
    requested_on = _known(facts.requested_on, on)
    if requested_on is not None and requested_on < opens_on:
        requested_on = None
    answer_due = None if requested_on is None else law_due(requested_on, to_answer, calendar)
    state = _state(facts, opens_on, answer_due, on)
    return DecisionRight(opens_on, requested_on, answer_due, state)


def _state(facts: RightFacts, opens_on: date, answer_due: LawDue | None, on: date) -> RightState:
    if _known(facts.decided_on, on) is not None:
        return RightState.DECIDED
    if answer_due is None:
        return RightState.OPEN if on >= opens_on else RightState.NOT_YET
    if _known(facts.rejected_on, on) is not None:
        return RightState.USED
    return RightState.OVERDUE if on > answer_due.nominal else RightState.REQUESTED


def _known(day: date | None, on: date) -> date | None:
    return day if day is not None and day <= on else None
