"""Keeping the tallies: counts moved for each clock that changes, so that no page counts cases."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.orm import Session

from pledges.clock import Pausing
from portal.db import insert
from portal.pledgebook.models import Grain, Tally, TallyState

OPEN = frozenset({TallyState.RUNNING, TallyState.PAUSED, TallyState.LATE})
UNIQUE = ("version_id", "grain", "state", "day", "due", "length", "pausing")


@dataclass(frozen=True, order=True)
class TallyKey:
    """What clocks that stand alike have in common; see Tally for the meaning of the days."""

    pledge_id: int
    version_id: int
    grain: Grain
    state: TallyState
    day: date
    due: date
    length: int = 0
    pausing: Pausing = Pausing.NONE


Changes = Counter[TallyKey]


def changes(before: frozenset[TallyKey], after: frozenset[TallyKey]) -> Changes:
    """Give what it changes that something counted under the keys `before` is counted under those `after`."""
    found: Changes = Counter()
    found.update(dict.fromkeys(after - before, 1))
    found.update(dict.fromkeys(before - after, -1))
    return found


def move_tallies(db: Session, before: frozenset[TallyKey], after: frozenset[TallyKey]) -> None:
    """Count one less under each key that is only in `before`, and one more under each that is only in `after`."""
    add_tallies(db, changes(before, after))


def add_tallies(db: Session, found: Mapping[TallyKey, int]) -> None:
    """Add to counts, made where they are missing; two writers at once both get their part.

    The keys go in one order, so that two writers never wait for each other in a ring.
    """
    rows = [{**asdict(key), "count": found[key]} for key in sorted(found) if found[key]]
    if not rows:
        return
    statement = insert(db, Tally.__table__)
    more = {"count": Tally.count + statement.excluded.count}
    db.execute(statement.on_conflict_do_update(index_elements=UNIQUE, set_=more), rows)


def by_month_and_day(
    pledge_id: int,
    version_id: int,
    state: TallyState,
    day: date,
    length: int = 0,
    pausing: Pausing = Pausing.NONE,
) -> frozenset[TallyKey]:
    """Give the two keys of what is counted once for all: under the month of its day, and under the day."""
    spans: Iterable[tuple[Grain, date]] = ((Grain.MONTH, day.replace(day=1)), (Grain.DAY, day))
    return frozenset(
        TallyKey(pledge_id, version_id, grain, state, first, first, length, pausing) for grain, first in spans
    )
