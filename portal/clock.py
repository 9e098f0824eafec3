"""The one place that reads the clock; everything below the edge is given its moment."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """Give the present moment, aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """Give the same moment by a clock on a wall in Sweden."""
    return moment.astimezone(STOCKHOLM)


def local_day(moment: datetime) -> date:
    """Give the day on which the moment falls in Sweden."""
    return local(moment).date()
