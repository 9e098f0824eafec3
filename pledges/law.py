"""Times that the law sets, as values: what is said, where, since when, and who has read it.

Nothing here knows a number of its own. A municipality keeps its register of legal clocks as
content; a law that says "skyndsamt" has no amount, and nobody makes one up for it. A clock
counts as verified only when somebody has compared it with the law itself, on a given day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pledges.errors import BadLegalClock
from pledges.limit import Limit, Unit


class ClockKind(StrEnum):
    """How a legal clock runs."""

    # A time, or a word such as "skyndsamt", from one event to another.
    FIXED = "fixed"
    # Plan- och bygglagen 9 kap.: begins again when what was missing has come. See `permit`.
    BUILDING_PERMIT = "building_permit"
    # Förvaltningslagen 11 §. See `procedure`.
    DELAY_NOTICE = "delay_notice"
    # Förvaltningslagen 12 §. See `procedure`.
    DECISION_REQUEST = "decision_request"


@dataclass(frozen=True)
class LegalClock:
    """One period of one legal clock: the wording that holds for what comes in on its days.

    `amount` and `unit` are both None when the law names no number. `extension` is the longest
    prolongation the law allows once, and `completion_order` the time within which what is
    missing must be asked for; both in the clock's own unit, None when the law has no such rule.
    `valid_to` is inclusive, None while open. `title`, `reference`, `source` and `note` are the
    municipality's own texts. Raises BadLegalClock when these contradict each other.
    """

    key: str
    title: str
    reference: str
    kind: ClockKind
    amount: int | None
    unit: Unit | None
    valid_from: date
    valid_to: date | None = None
    extension: int | None = None
    completion_order: int | None = None
    verified_on: date | None = None
    verified_by: str = ""
    source: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse half a limit, days in the wrong order, and a verification by nobody."""
        numbers = (self.amount, self.extension, self.completion_order)
        if (self.amount is None) != (self.unit is None):
            raise BadLegalClock(f"{self.key}: {self.amount} of {self.unit}")
        if any(number is not None and (number < 1 or self.amount is None) for number in numbers):
            raise BadLegalClock(f"{self.key}: the numbers {numbers}")
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise BadLegalClock(f"{self.key}: from {self.valid_from} to {self.valid_to}")
        if (self.verified_on is None) != (not self.verified_by):
            raise BadLegalClock(f"{self.key}: verified {self.verified_on} by {self.verified_by!r}")

    @property
    def verified(self) -> bool:
        """Whether somebody has compared it with the law."""
        return self.verified_on is not None

    @property
    def limit(self) -> Limit | None:
        """The law's time, or None when the law names no number."""
        if self.amount is None or self.unit is None:
            return None
        return Limit(self.amount, self.unit)

    def holds_on(self, day: date) -> bool:
        """Say whether this wording holds for what comes in on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def in_force(clocks: Iterable[LegalClock], day: date) -> tuple[LegalClock, ...]:
    """Give the clocks whose wording holds for what comes in on a day, in the order they came.

    A changed law holds for what comes in from its first day; what came before follows the
    old one, as with plan- och bygglagen before and from 1 December 2025.
    """
    return tuple(clock for clock in clocks if clock.holds_on(day))
