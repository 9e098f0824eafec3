"""From tallies to sums by period. Pure; each clock is counted where docs/data.md says."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pledges.fulfilment import FEWEST_SHOWN, Count
from pledges.limit import Unit
from pledges.pause import Pausing
from portal.pledgebook.figures.periods import Stretch
from portal.pledgebook.models import TallyState

OUTCOMES = frozenset({TallyState.KEPT, TallyState.BROKEN, TallyState.LATE})


@dataclass(frozen=True)
class Alike:
    """So many clocks of one version that stand alike. `due` matters to the open ones only."""

    version_id: int
    state: TallyState
    pausing: Pausing
    day: date
    due: date
    length: int
    count: int


@dataclass(frozen=True)
class Placed:
    """So many clocks with the day they count on; open past its day is late, written or not."""

    version_id: int
    state: TallyState
    pausing: Pausing
    on: date
    length: int
    count: int

    @property
    def is_outcome(self) -> bool:
        """Whether they are in the denominator."""
        return self.state in OUTCOMES


@dataclass(frozen=True)
class Sum:
    """What was counted in one period.

    `decisive` of the kept were so only because of a pause; `paused` of the outcomes had one at all. `lengths` are those
    of ended cases in the unit that every version with one has, else empty: units are never mixed. `mixed` tells that
    the outcomes of a version are too few to be told from those of the others.
    """

    count: Count = field(default_factory=Count)
    started: int = 0
    contested: int = 0
    decisive: int = 0
    paused: int = 0
    lengths: Mapping[int, int] = field(default_factory=dict)
    mixed: bool = False


def placed(alike: Alike, today: date) -> Placed:
    """Give the day that clocks count on: of the late the promised, of the open the one they began.

    What is late now counts where it will when it ends, so that ending it moves no figure from one month to another.
    """
    state, on = alike.state, alike.day
    if state is TallyState.LATE or (state is TallyState.RUNNING and alike.due < today):
        state, on = TallyState.LATE, alike.due
    return Placed(alike.version_id, state, alike.pausing, on, alike.length, alike.count)


def sums(
    clocks: Iterable[Placed], periods: Sequence[Stretch], units: Mapping[int, Unit | None]
) -> tuple[Sum, ...]:
    """Give what is counted in each period; one clock may be in several that overlap. `units` are by version."""
    by_day: dict[date, list[Placed]] = {}
    for clock in clocks:
        by_day.setdefault(clock.on, []).append(clock)
    return tuple(
        _sum([clock for day, same in by_day.items() if period.holds(day) for clock in same], units)
        for period in periods
    )


def _sum(clocks: Sequence[Placed], units: Mapping[int, Unit | None]) -> Sum:
    states: Counter[TallyState] = Counter()
    by_version: Counter[int] = Counter()
    for clock in clocks:
        states[clock.state] += clock.count
        by_version[clock.version_id] += clock.count if clock.is_outcome else 0
    outcomes = [clock for clock in clocks if clock.is_outcome]
    parts = [number for number in by_version.values() if number]
    return Sum(
        count=_count(states),
        started=states[TallyState.STARTED],
        contested=states[TallyState.CONTESTED],
        decisive=sum(
            clock.count
            for clock in outcomes
            if clock.state is TallyState.KEPT and clock.pausing is Pausing.DECISIVE
        ),
        paused=sum(clock.count for clock in outcomes if clock.pausing is not Pausing.NONE),
        lengths=_lengths(outcomes, units),
        mixed=len(parts) > 1 and min(parts) < FEWEST_SHOWN,
    )


def _count(states: Counter[TallyState]) -> Count:
    return Count(
        kept=states[TallyState.KEPT],
        broken=states[TallyState.BROKEN],
        late_now=states[TallyState.LATE],
        running=states[TallyState.RUNNING] + states[TallyState.PAUSED],
        excused=states[TallyState.EXCUSED],
        void=states[TallyState.VOID],
    )


def _lengths(outcomes: Sequence[Placed], units: Mapping[int, Unit | None]) -> Mapping[int, int]:
    ended = [clock for clock in outcomes if clock.state is not TallyState.LATE]
    if len({units[clock.version_id] for clock in ended}) != 1:
        return {}
    found: Counter[int] = Counter()
    for clock in ended:
        found[clock.length] += clock.count
    return found
