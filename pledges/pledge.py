"""The values of a promise: what it measures, by which source, and how often it must hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from pledges.errors import BadTarget
from pledges.limit import Limit
from pledges.pause import Pause, PausePolicy, allowed


class Measure(StrEnum):
    """What a promise is about; the first eight have a clock that a case event stops."""

    FIRST_ANSWER = "first_answer"
    REMEDY = "remedy"
    DECISION = "decision"
    FORWARDING = "forwarding"
    CALL_BACK = "call_back"
    OFFICER_NAMED = "officer_named"
    COMPLETENESS = "completeness"
    DELAY_NOTICE = "delay_notice"
    FIRST_CONTACT = "first_contact"
    CALLS = "calls"
    SURVEY = "survey"
    AVAILABILITY = "availability"
    READABILITY = "readability"
    WORK_LOG = "work_log"


class Start(StrEnum):
    """When the clock of a promise begins."""

    # The case reached us, whenever it was registered: FL 22 § says how to tell.
    RECEIVED = "received"
    # Nothing more is missing from it; the day on which the last of it came.
    COMPLETE = "complete"
    # Another promise about the same case was broken.
    BREACHED = "breached"


class Source(StrEnum):
    """Where the outcomes of a promise come from."""

    CASES = "cases"
    PHONE = "phone"
    SURVEY = "survey"
    MONITOR = "monitor"
    WORK_LOG = "work_log"
    TEXT = "text"


class Stop(StrEnum):
    """The events of a case that can stop a clock.

    Each is something a person did. An automatic receipt is not among them, so it can never
    stop the clock of an answer; nor is the re-opening of a case, which begins new clocks.
    A case sent on to another authority was forwarded just as one sent on within the house.
    """

    ANSWERED = "answered"
    HOLDING_ANSWER = "holding_answer"
    REMEDIED = "remedied"
    DECIDED = "decided"
    CLOSED = "closed"
    FORWARDED = "forwarded"
    ASSIGNED = "assigned"
    ASKED = "asked"
    DELAY_EXPLAINED = "delay_explained"


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
        # Whoever has been told why and until when, or need not wait any more. A message that
        # says neither is no notice, so ANSWERED is not here.
        Measure.DELAY_NOTICE: frozenset({Stop.DELAY_EXPLAINED, Stop.REMEDIED, Stop.DECIDED, Stop.CLOSED}),
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
    `start` is when the clock begins, `pause_policy` what may stop it for a while.
    """

    limit: Limit | None
    measure: Measure
    target: Target
    holding_answer_counts: bool
    start: Start = Start.RECEIVED
    pause_policy: PausePolicy = PausePolicy.QUESTION_OR_LAW

    def stops_at(self, event_kind: str) -> bool:
        """Say whether a case event of this kind stops the clock of the promise.

        False for every event that stops no clock, and for a measure that has none.
        """
        if event_kind == Stop.HOLDING_ANSWER:
            return self.measure is Measure.FIRST_ANSWER and self.holding_answer_counts
        return event_kind in _STOPS.get(self.measure, frozenset())

    def counted(self, pauses: Iterable[Pause]) -> tuple[Pause, ...]:
        """Give the pauses that stand in for this promise: those its policy allows."""
        return allowed(pauses, self.pause_policy)


def first_contact_kept(event_kinds: Iterable[str]) -> bool | None:
    """Say how a promise to settle a case at the first contact went; it needs no limit.

    `event_kinds` are those of the case, oldest first. True: the case was closed where it
    first came. False: it was handed over or sent on before that. None: neither, so far.
    What comes after the first of them changes nothing: a re-opened case begins anew.
    """
    for kind in event_kinds:
        if kind == Stop.FORWARDED:
            return False
        if kind == Stop.CLOSED:
            return True
    return None
