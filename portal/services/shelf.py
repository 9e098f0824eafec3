"""The register of legal clocks as its pages show it: each clock with its wordings, and which of them holds. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from pledges.law import LegalClock


@dataclass(frozen=True)
class ShelvedClock:
    """A legal clock with its wordings, the oldest first. `now` is None before the first and after the last holds."""

    key: str
    title: str
    wordings: tuple[LegalClock, ...]
    today: date

    @property
    def now(self) -> LegalClock | None:
        """The wording that holds for what comes in today."""
        return next((wording for wording in self.wordings if wording.holds_on(self.today)), None)

    @property
    def coming(self) -> tuple[LegalClock, ...]:
        """The wordings that do not hold yet."""
        return tuple(wording for wording in self.wordings if wording.valid_from > self.today)

    @property
    def earlier(self) -> tuple[LegalClock, ...]:
        """The wordings that no longer hold for what comes in, the latest first."""
        over = (wording for wording in self.wordings if wording.valid_to and wording.valid_to < self.today)
        return tuple(reversed(tuple(over)))


@dataclass(frozen=True)
class Shelf:
    """The whole register, by title."""

    clocks: tuple[ShelvedClock, ...]

    @property
    def in_force(self) -> tuple[LegalClock, ...]:
        """The wordings that hold today."""
        return tuple(clock.now for clock in self.clocks if clock.now is not None)

    @property
    def verified(self) -> int:
        """How many of the wordings that hold today have been compared with the law."""
        return sum(wording.verified for wording in self.in_force)


def shelf_of(register: Sequence[LegalClock], today: date) -> Shelf:
    """Give the register as it stands on a day; it comes by title, the periods of each from the oldest."""
    grouped = groupby(register, key=lambda clock: (clock.title, clock.key))
    return Shelf(tuple(ShelvedClock(key, title, tuple(found), today) for (title, key), found in grouped))
