"""The values of a promise: what it measures, by which source, and how often it must hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from pledges.clock import Limit
from pledges.errors import BadTarget


class Measure(StrEnum):
    """What a promise is about; the first seven have a clock that a case event stops."""

    FIRST_ANSWER = "first_answer"
    REMEDY = "remedy"
    DECISION = "decision"
    FORWARDING = "forwarding"
    CALL_BACK = "call_back"
    OFFICER_NAMED = "officer_named"
    COMPLETENESS = "completeness"
    FIRST_CONTACT = "first_contact"
    CALLS = "calls"
    SURVEY = "survey"
    AVAILABILITY = "availability"
    READABILITY = "readability"
    WORK_LOG = "work_log"


class Source(StrEnum):
    """Where the outcomes of a promise come from."""

    CASES = "cases"
    PHONE = "phone"
    SURVEY = "survey"
    MONITOR = "monitor"
    WORK_LOG = "work_log"
    TEXT = "text"


class Stop(StrEnum):
    """The events of a case that can stop a clock."""

    ANSWERED = "answered"
    HOLDING_ANSWER = "holding_answer"
    REMEDIED = "remedied"
    DECIDED = "decided"
    CLOSED = "closed"
    FORWARDED = "forwarded"
    ASSIGNED = "assigned"
    ASKED = "asked"


# Whoever is sent on to the right place, or gets the answer at once, has not been kept waiting:
# so a case that was answered or closed where it first came has kept a promise to forward it.
_STOPS: Final[Mapping[Measure, frozenset[Stop]]] = MappingProxyType(
    {
        Measure.FIRST_ANSWER: frozenset({Stop.ANSWERED, Stop.DECIDED, Stop.CLOSED, Stop.REMEDIED}),
        Measure.REMEDY: frozenset({Stop.REMEDIED, Stop.CLOSED}),
        Measure.DECISION: frozenset({Stop.DECIDED, Stop.CLOSED}),
        Measure.FORWARDING: frozenset({Stop.FORWARDED, Stop.CLOSED, Stop.ANSWERED}),
        Measure.CALL_BACK: frozenset({Stop.ANSWERED, Stop.CLOSED}),
        Measure.OFFICER_NAMED: frozenset({Stop.ASSIGNED, Stop.DECIDED, Stop.CLOSED}),
        # What is missing has been asked for, or nothing was.
        Measure.COMPLETENESS: frozenset({Stop.ASKED, Stop.ANSWERED, Stop.DECIDED, Stop.CLOSED}),
    }
)


@dataclass(frozen=True)
class Target:
    """How often the promise must be kept, in percent: over 0, at most 100, one decimal.

    One decimal, because figures are published with one: see `fulfilment.percent`.
    Raises BadTarget for anything else.
    """

    percent: Decimal

    def __post_init__(self) -> None:
        """Refuse a percentage that no published figure can be held against."""
        in_range = self.percent.is_finite() and 0 < self.percent <= 100
        if not in_range or (self.percent * 10) % 1 != 0:
            raise BadTarget(f"A target of {self.percent} percent")

    @property
    def share(self) -> Fraction:
        """The target as an exact part of one."""
        return Fraction(self.percent) / 100


@dataclass(frozen=True)
class Promise:
    """What is promised, apart from its words.

    `limit` is None for a promise that no clock measures. `holding_answer_counts` says
    whether a notice of who will answer, and when, keeps a promise of a first answer.
    """

    limit: Limit | None
    measure: Measure
    target: Target
    holding_answer_counts: bool

    def stops_at(self, event_kind: str) -> bool:
        """Say whether a case event of this kind stops the clock of the promise.

        False for every event that stops no clock, and for a measure that has none.
        """
        if event_kind == Stop.HOLDING_ANSWER:
            return self.measure is Measure.FIRST_ANSWER and self.holding_answer_counts
        return event_kind in _STOPS.get(self.measure, frozenset())
