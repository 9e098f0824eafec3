"""A promised time: an amount of one unit, and what that unit counts."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pledges.errors import BadLimit

_WEEK: Final = 7
# A month has no one length. This one is for drawing and for `used`; no day is decided by it.
_MONTH: Final = 30


class Unit(StrEnum):
    """What a limit counts. Figures in different units are never added together."""

    WORKING_DAYS = "working_days"
    WEEKS = "weeks"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    # Hours inside the opening hours of a calendar.
    WORKING_HOURS = "working_hours"
    # Hours that pass, open or closed, day and night.
    CLOCK_HOURS = "clock_hours"
    # The working day of receipt itself, for what came before an hour of it.
    SAME_DAY = "same_day"

    @property
    def in_hours(self) -> bool:
        """Whether the unit is an hour, so that a moment and not a day ends the time."""
        return self in (Unit.WORKING_HOURS, Unit.CLOCK_HOURS)

    @property
    def in_working_days(self) -> bool:
        """Whether only working days count."""
        return self in (Unit.WORKING_DAYS, Unit.SAME_DAY)


@dataclass(frozen=True)
class Limit:
    """A promised time: a number of whole units, at least one.

    For `same_day` the amount is an hour of the day, 1 to 23: what comes before it on a
    working day is settled that day, everything else on the next working day.
    Raises BadLimit for any other amount.
    """

    amount: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse a limit without any time in it, and an hour that no day has."""
        if self.amount < 1 or (self.unit is Unit.SAME_DAY and self.amount > 23):
            raise BadLimit(f"A limit of {self.amount} {self.unit}")

    @property
    def total(self) -> int:
        """The limit in what a reading counts.

        Working days; calendar days, a week being seven and a month thirty of them; hours;
        for `same_day` one working day.
        """
        if self.unit is Unit.SAME_DAY:
            return 1
        return self.amount * {Unit.WEEKS: _WEEK, Unit.MONTHS: _MONTH}.get(self.unit, 1)
