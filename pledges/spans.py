"""Runs of whole days, such as the days that pauses take out of a clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


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
    runs: list[Span] = []
    for span in sorted(spans):
        if runs and span.after <= runs[-1].until:
            runs[-1] = Span(runs[-1].after, max(runs[-1].until, span.until))
        else:
            runs.append(span)
    return tuple(runs)
