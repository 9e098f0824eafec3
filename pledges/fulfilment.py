"""From outcomes to the figure that is published: was the promise kept?

Everything is counted in whole cases and exact fractions; nothing is a float, so a verdict
never depends on how a number was rounded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor
from typing import Final

from pledges.errors import BadCount
from pledges.pledge import Target

# Below this many outcomes a figure could point at one person's case, and says little anyway.
FEWEST_SHOWN: Final = 5

# A share at most this far under its target is near it: five percentage points.
_NEAR: Final = Fraction(5, 100)


class Verdict(StrEnum):
    """What the published figure says about the promise."""

    HELD = "held"
    NEAR = "near"
    BROKEN = "broken"
    TOO_FEW = "too_few"
    NOT_MEASURED = "none"


@dataclass(frozen=True)
class Count:
    """How cases under a promise stand, each in exactly one of four places.

    `kept`: stopped in time. `broken`: stopped late. `late_now`: still open though its day
    has passed. `running`: open and in time. Raises BadCount for a number below zero.
    """

    kept: int = 0
    broken: int = 0
    late_now: int = 0
    running: int = 0

    def __post_init__(self) -> None:
        """Refuse a number of cases below zero."""
        if min(self.kept, self.broken, self.late_now, self.running) < 0:
            raise BadCount(f"{self}")

    def __add__(self, other: "Count") -> "Count":
        """Give the cases of both counts together."""
        return Count(
            kept=self.kept + other.kept,
            broken=self.broken + other.broken,
            late_now=self.late_now + other.late_now,
            running=self.running + other.running,
        )

    @property
    def outcomes(self) -> int:
        """The cases that are settled: an open case past its day is broken already.

        Were it counted only when closed, leaving it open would improve the figure.
        """
        return self.kept + self.broken + self.late_now


@dataclass(frozen=True)
class Figure:
    """What may be shown of a count; every number is None when it must not be shown."""

    kept: int | None
    outcomes: int | None
    late_now: int | None
    running: int | None
    share: Fraction | None
    verdict: Verdict


def count_of(kept: bool | None, *, stopped: bool) -> Count:
    """Give one case as a count, from what its clock's reading says of it.

    Stopped or late is an outcome; None, running in time or paused in time, is none yet.
    """
    if kept is None:
        return Count(running=1)
    if kept:
        return Count(kept=1)
    return Count(broken=1) if stopped else Count(late_now=1)


def figure(count: Count, target: Target | None, measured: bool = True) -> Figure:
    """Give the figure to publish, and its verdict.

    Held: the share of outcomes that were kept reaches the target. Near: it is under by at
    most five percentage points, that many included. Broken: it is under by more.
    Too few: fewer than five outcomes. Not measured: nobody measures it yet, or there is
    no target to hold it against. The last two show no number at all, not even how many
    are running: from one day to the next that would tell how a single case ended.
    """
    if target is None or not measured:
        return _without_numbers(Verdict.NOT_MEASURED)
    if count.outcomes < FEWEST_SHOWN:
        return _without_numbers(Verdict.TOO_FEW)
    share = Fraction(count.kept, count.outcomes)
    return Figure(
        kept=count.kept,
        outcomes=count.outcomes,
        late_now=count.late_now,
        running=count.running,
        share=share,
        verdict=_verdict(share, target),
    )


def percent(share: Fraction) -> Decimal:
    """Give a share in percent with one decimal, cut off and never rounded up.

    94.96 percent reads 94.9: rounded, it would seem to reach a target of 95. As a target
    has one decimal at most, a share under its target always reads as less than it, and
    only a promise kept every time reads 100.0.
    """
    return Decimal(floor(share * 1000)).scaleb(-1)


def middle(lengths: Mapping[int, int]) -> int | None:
    """Give the median length from a table of how many cases took each number of days.

    With an even number of cases it is the lower of the two in the middle, so that it is a
    length some case really had. None without cases. Raises BadCount for a number below zero.
    """
    if any(cases < 0 for cases in lengths.values()):
        raise BadCount(f"Lengths {dict(lengths)}")
    needed = (sum(lengths.values()) + 1) // 2
    passed = 0
    for length in sorted(lengths):
        passed += lengths[length]
        if 0 < needed <= passed:
            return length
    return None


def _without_numbers(verdict: Verdict) -> Figure:
    return Figure(kept=None, outcomes=None, late_now=None, running=None, share=None, verdict=verdict)


def _verdict(share: Fraction, target: Target) -> Verdict:
    if share >= target.share:
        return Verdict.HELD
    if share >= target.share - _NEAR:
        return Verdict.NEAR
    return Verdict.BROKEN
