"""Runs of whole days, and of time, such as those that pauses take out of a clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

# Days, or moments as whole numbers.
_Place = TypeVar("_Place", date, int)


@dataclass(frozen=True, order=True)
class Span:
    """The days later than `after`, up to and including `until`; none when they are equal."""

    after: date
    until: date

    @property
    def days(self) -> int:
        """How many calendar days the span holds."""
        return (self.until - self.after).days


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Give the same days as runs in order that neither overlap nor touch.

    A day that lies in several spans is there once, so it can never be subtracted twice.
    """
    return tuple(Span(*run) for run in joined((span.after, span.until) for span in spans))


def joined(runs: Iterable[tuple[_Place, _Place]]) -> list[tuple[_Place, _Place]]:
    """Give half-open runs, each from its first place up to its second, in order and without overlap.

    Runs that touch become one.
    """
    found: list[tuple[_Place, _Place]] = []
    for first, last in sorted(runs):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
