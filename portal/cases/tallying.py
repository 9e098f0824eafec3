"""What a clock, and somebody's objection, is counted under in the tallies. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from pledges.clock import Pausing
from pledges.pledge import Start
from portal.cases.history import Happening
from portal.cases.models import CaseClock
from portal.cases.reckoning import NEVER
from portal.cases.rules import EventKind
from portal.clock import local_day
from portal.pledgebook.actions import OPEN, TallyKey, by_month_and_day
from portal.pledgebook.models import Grain, PledgeVersion, TallyState

NOWHERE: frozenset[TallyKey] = frozenset()


class Standing(Protocol):
    """Where a clock stands: as it is kept in its row, or as it was recomputed."""

    @property
    def state(self) -> TallyState: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def due_on(self) -> date: ...
    @property
    def ended_at(self) -> datetime | None: ...
    @property
    def length(self) -> int: ...
    @property
    def pausing(self) -> Pausing: ...


def keys_of(clock: CaseClock) -> frozenset[TallyKey]:
    """Give everything that a clock, loaded with its version, is counted under."""
    return counted_under(clock.version, clock)


def counted_under(version: PledgeVersion, clock: Standing) -> frozenset[TallyKey]:
    """Give everything that a clock of a version is counted under: that it started, and how it stands; see Tally.

    What has ended counts on the day it ended, or on its last promised day when that was earlier. A clock that only
    another's breach can begin is counted nowhere before it has begun.
    """
    if clock.due_on == NEVER and version.starts_at is Start.BREACHED:
        return NOWHERE
    pledge_id, began = version.pledge_id, local_day(clock.started_at)
    started = by_month_and_day(pledge_id, version.id, TallyState.STARTED, began)
    if clock.state in OPEN or clock.ended_at is None:
        return started | {TallyKey(pledge_id, version.id, Grain.OPEN, clock.state, began, clock.due_on)}
    day = min(local_day(clock.ended_at), clock.due_on)
    return started | by_month_and_day(pledge_id, version.id, clock.state, day, clock.length, clock.pausing)


def objections(events: Iterable[Happening]) -> frozenset[TallyKey]:
    """Give what the events that contest an outcome are counted under: the version in force on that day."""
    return frozenset(
        key
        for event in events
        if event.kind is EventKind.CONTESTED
        for key in by_month_and_day(
            event.content["pledge"], event.content["version"], TallyState.CONTESTED, local_day(event.at)
        )
    )
