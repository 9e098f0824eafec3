"""What people say against us: how many have said that a pledge was not kept."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from pledges.fulfilment import percent

# The service whose cases say that a pledge was not kept.
COMPLAINT: Final = "synpunkt"


@dataclass(frozen=True)
class Contested:
    """How many have contested the outcome in a period, out of how many outcomes."""

    number: int
    outcomes: int

    @property
    def share(self) -> Decimal | None:
        """The part of the outcomes in percent with one decimal; None when there are more objections than outcomes."""
        if not 0 < self.number <= self.outcomes:
            return None
        return percent(Fraction(self.number, self.outcomes))
