"""What the register of legal clocks takes in: units that laws count in, and years that can be right."""

from datetime import date, timedelta
from enum import StrEnum

from pledges.limit import Unit

# A law has a time in days, weeks or months, never in our opening hours.
LAW_UNITS = frozenset({Unit.WORKING_DAYS, Unit.CALENDAR_DAYS, Unit.WEEKS, Unit.MONTHS, Unit.CLOCK_HOURS})
MOST_UNITS = 1000
# A year outside these is a slip of the pen: the oldest law in force is from 1734, and none is decided so far ahead.
FIRST_YEAR, LAST_YEAR = 1734, 2199
# A law is published before it holds, and can be read from then on; hardly ever more than a year before.
READ_AHEAD = timedelta(days=366)
LONGEST_NAME, LONGEST_LINE, LONGEST_NOTE = 80, 300, 1500


class EntryKind(StrEnum):
    """What has happened to a wording in the register."""

    ADDED = "added"
    ENDED = "ended"
    VERIFIED = "verified"
    WITHDRAWN = "withdrawn"


def is_sane(day: date) -> bool:
    """Tell whether a law can begin or end on a day."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def is_before_law(read_on: date, valid_from: date) -> bool:
    """Tell whether a wording can hardly have been there to read on a day: it holds more than a year later."""
    return read_on < valid_from - READ_AHEAD
