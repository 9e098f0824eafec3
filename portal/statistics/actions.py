"""What changes the statistics: a reported figure added, a minute of the probe counted, a stop announced."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from portal.db import insert
from portal.errors import Conflict
from portal.pledgebook.models import ReportedFigure
from portal.statistics.judging import Figure
from portal.statistics.models import PlannedStop
from portal.statistics.queries import known_keys, stop_of


def record(db: Session, figures: Mapping[str, Figure], staff_id: int | None, at: datetime) -> int:
    """Add figures, each under a key of its own, and give how many were new.

    What is already recorded under a key is left as it is, so that the same thing sent twice changes nothing. A row for
    a month that has one corrects it: nothing is ever overwritten. Without `staff_id` the portal itself has measured.
    """
    known = known_keys(db, list(figures))
    rows = [
        {
            "version_id": figure.version_id,
            "month": figure.month,
            "kept": figure.kept,
            "outcomes": figure.outcomes,
            "value": figure.value,
            "source": figure.source,
            "vouched_by": figure.vouched_by,
            "note": figure.note,
            "staff_id": staff_id,
            "recorded_at": at,
            "key": key,
        }
        for key, figure in figures.items()
        if key not in known
    ]
    if rows:
        # Somebody else may have sent the same thing at this very moment.
        db.execute(insert(db, ReportedFigure).on_conflict_do_nothing(index_elements=["key"]), rows)
    return len(rows)


def announce_stop(
    db: Session, began_at: datetime, ended_at: datetime, text: str, at: datetime
) -> PlannedStop:
    """Announce that the site will be down from a moment up to another.

    Raises Conflict for a stop that does not begin later than now or does not end later than it begins: what was not
    announced beforehand is a fault like any other.
    """
    if began_at <= at or ended_at <= began_at:
        raise Conflict(f"a stop from {began_at} to {ended_at} announced at {at}")
    stop = PlannedStop(began_at=began_at, ended_at=ended_at, text=text, announced_at=at)
    db.add(stop)
    db.flush()
    return stop


def call_off_stop(db: Session, stop_id: int, at: datetime) -> None:
    """Take back an announced stop. Raises NotFound, and Conflict for one that has begun: its minutes are counted."""
    stop = stop_of(db, stop_id)
    if stop.began_at <= at:
        raise Conflict(f"stop {stop_id} began {stop.began_at} and cannot be called off at {at}")
    db.delete(stop)
