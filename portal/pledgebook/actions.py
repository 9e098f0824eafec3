"""Keeping the tallies: one count moved for each clock that changes, so that no page counts cases."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy.orm import Session

from portal.db import insert
from portal.pledgebook.models import Tally, TallyState

OPEN = frozenset({TallyState.RUNNING, TallyState.PAUSED, TallyState.LATE})


@dataclass(frozen=True, order=True)
class TallyKey:
    """What clocks that stand alike have in common; see Tally for the meaning of the days."""

    pledge_id: int
    version_id: int
    state: TallyState
    day: date
    due: date
    length: int = 0


def move_tally(db: Session, before: TallyKey | None, after: TallyKey | None) -> None:
    """Count one clock less as `before` and one more as `after`; None means it was, or will be, nowhere."""
    if before == after:
        return
    if before is not None:
        add_tally(db, before, -1)
    if after is not None:
        add_tally(db, after, 1)


def add_tally(db: Session, key: TallyKey, change: int) -> None:
    """Add to a count, made when it is missing. Two writers at once both get their part."""
    columns = ("pledge_id", "version_id", "state", "day", "due", "length")
    statement = insert(db, Tally).values(**asdict(key), count=change)
    db.execute(
        statement.on_conflict_do_update(
            index_elements=columns, set_={"count": Tally.count + statement.excluded.count}
        )
    )
