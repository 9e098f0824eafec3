"""What the clock of a promise shows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple


class Counted(NamedTuple):
    """What one way of counting finds; see the fields of `Reading` with the same names."""

    due_on: date
    due_at: datetime
    used: int


@dataclass(frozen=True)
class Reading:
    """What a clock shows at one moment. `used`, `total` and `left` are in the limit's own units.

    These are working days for a limit in working days or for the same day, begun hours for
    one in hours, else calendar days.
    """

    received_on: date
    # The last day on which the promise is kept, the pauses so far taken out.
    due_on: date
    # The moment, in UTC, from which it is too late; in days the midnight that ends `due_on`.
    due_at: datetime
    # Units counted up to the stop or the reading, pauses not counted.
    used: int
    total: int
    # Units that remain; below zero it is how far over the promise is.
    left: int
    paused: bool
    # Calendar days in pauses, whatever the unit.
    paused_days: int
    # True: stopped in time. False: stopped late, or late now. None: still running in time.
    kept: bool | None
