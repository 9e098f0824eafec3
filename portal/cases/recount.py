"""What a case's events say of everything that is kept about it, and where what is kept differs. Pure."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pledges.calendar import Calendar
from portal.cases.clocks import next_due
from portal.cases.history import Standing, standing
from portal.cases.queries import Recorded
from portal.cases.reckoning import ClockStanding, Whose, clock_standing
from portal.cases.tallying import counted_under, objections
from portal.pledgebook.actions import TallyKey
from portal.pledgebook.models import PledgeVersion
from portal.pledgebook.promises import promise_of

OF_CASE = ("state", "step", "department_id", "officer_id", "outcome", "closed_at", "cycle")
OF_CLOCK = (
    "state",
    "started_at",
    "first_due",
    "due_on",
    "due_at",
    "ended_at",
    "length",
    "pausing",
    "warn_at",
)


@dataclass(frozen=True)
class Rules:
    """What cases are recomputed by: every version of every pledge, and the calendars by their revision."""

    versions: Mapping[int, PledgeVersion]
    calendar: Callable[[int], Calendar]


@dataclass(frozen=True)
class Facts:
    """What the events of one case say: where it stands, its nearest end, and each clock by its id."""

    case: Standing
    due_at: datetime | None
    clocks: Mapping[int, ClockStanding]


@dataclass(frozen=True)
class Difference:
    """A value that is kept of a case (without clock) or of one of its clocks, and what the events say instead."""

    clock_id: int | None
    name: str
    kept: object
    fact: object


def facts_of(case: Recorded, rules: Rules) -> Facts:
    """Recompute a case and its clocks from its events."""
    clocks = {
        clock.id: clock_standing(
            promise_of(rules.versions[clock.version_id]),
            Whose(clock.version_id, clock.cycle),
            case.events,
            rules.calendar(clock.calendar),
        )
        for clock in case.clocks
    }
    return Facts(standing(case.events), next_due(clocks.values()), clocks)


def counted(case: Recorded, facts: Facts, rules: Rules) -> Iterator[TallyKey]:
    """Give everything that a case is counted under."""
    yield from objections(case.events)
    for clock in case.clocks:
        yield from counted_under(rules.versions[clock.version_id], facts.clocks[clock.id])


def differences_in(case: Recorded, facts: Facts) -> Iterator[Difference]:
    """Give each value that is kept of a case or its clocks and is not what the events say."""
    yield from _compared(None, OF_CASE, case.case, facts.case)
    if case.case.due_at != facts.due_at:
        yield Difference(None, "due_at", case.case.due_at, facts.due_at)
    for clock in case.clocks:
        yield from _compared(clock.id, OF_CLOCK, clock, facts.clocks[clock.id])


def _compared(clock_id: int | None, names: tuple[str, ...], kept: Any, facts: Any) -> Iterator[Difference]:
    for name in names:
        if getattr(kept, name) != getattr(facts, name):
            yield Difference(clock_id, name, getattr(kept, name), getattr(facts, name))
