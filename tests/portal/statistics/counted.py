"""Tallies and reported figures for tests, put straight into the database."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from pledges.pause import Pausing
from pledges.pledge import Measure, Source
from portal.clock import local_day, now
from portal.pledgebook.actions import TallyKey, add_tallies, by_month_and_day
from portal.pledgebook.figures.outcomes import month_after, month_of
from portal.pledgebook.models import Grain, PledgeVersion, ReportedFigure, TallyState
from tests.builders import a_pledge

TODAY = local_day(now())
THIS_MONTH = month_of(TODAY)
LAST_MONTH = month_after(THIS_MONTH, -1)


def ended(
    db: Session,
    version: PledgeVersion,
    state: str,
    day: date,
    count: int,
    length: int = 4,
    pausing: Pausing = Pausing.NONE,
) -> None:
    """So many clocks that ended on a day, by month and by day."""
    keys = by_month_and_day(version.pledge_id, version.id, TallyState(state), day, length, pausing)
    add_tallies(db, dict.fromkeys(keys, count))


def still_open(db: Session, version: PledgeVersion, state: str, began: date, due: date, count: int) -> None:
    """So many open clocks."""
    key = TallyKey(version.pledge_id, version.id, Grain.OPEN, TallyState(state), began, due)
    add_tallies(db, {key: count})


def a_reported_pledge(
    db: Session, slug: str = "svar-i-telefon", service: Any = None, **more: Any
) -> PledgeVersion:
    """A pledge measured by the switchboard: 80 percent of the calls."""
    values: dict[str, Any] = {
        "short": "När du ringer svarar vi inom *tre minuter*",
        "promise": "När du ringer svarar vi inom *tre minuter*.",
        "measure": Measure.CALLS,
        "source": Source.PHONE,
        "amount": None,
        "unit": None,
        "target": Decimal("80.0"),
    }
    return a_pledge(db, service, slug=slug, **{**values, **more})


def reported(
    db: Session, version: PledgeVersion, month: date, kept: int | None, outcomes: int | None, **more: Any
) -> ReportedFigure:
    """A figure for a month."""
    values: dict[str, Any] = {
        "value": None,
        "source": "Telefonväxeln",
        "vouched_by": "Kundcenterchef",
        "recorded_at": datetime.now(tz=now().tzinfo) - timedelta(days=1),
        "key": f"test:{version.id}:{month}:{kept}:{outcomes}:{more.get('value')}",
    }
    row = ReportedFigure(
        version_id=version.id, month=month, kept=kept, outcomes=outcomes, **{**values, **more}
    )
    db.add(row)
    db.flush()
    return row
