"""From outcomes to the figure that is published: was the promise kept?

Everything is counted in whole cases and exact fractions; nothing is a float, so a verdict
never depends on how a number was rounded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
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


class Better(StrEnum):
    """Which way a value should go: an index is to be high, a number of persons low."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True)
class Count:
    """How cases under a promise stand, each in exactly one of six places.

    `kept`: stopped in time. `broken`: stopped late. `late_now`: still open though its day
    has passed. `running`: open and in time. `excused`: left out for a logged reason.
    `void`: a double of another case, or taken back. The last two are no outcomes and stand
    in no denominator. Raises BadCount for a number below zero.
    """

    kept: int = 0
    broken: int = 0
    late_now: int = 0
    running: int = 0
    excused: int = 0
    void: int = 0

    def __post_init__(self) -> None:
        """Refuse a number of cases below zero."""
        if min(self.kept, self.broken, self.late_now, self.running, self.excused, self.void) < 0:
            raise BadCount(f"{self}")

    def __add__(self, other: "Count") -> "Count":
        """Give the cases of both counts together."""
        return Count(
            kept=self.kept + other.kept,
            broken=self.broken + other.broken,
            late_now=self.late_now + other.late_now,
            running=self.running + other.running,
            excused=self.excused + other.excused,
            void=self.void + other.void,
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
    excused: int | None = None


def count_of(kept: bool | None, *, stopped: bool) -> Count:
    """Give one case as a count, from what its clock's reading says of it.

    Stopped or late is an outcome; None, running in time or paused in time, is none yet.
    """
    if kept is None:
        return Count(running=1)
    if kept:
        return Count(kept=1)
    return Count(broken=1) if stopped else Count(late_now=1)


def without_pauses(count: Count, decisive: int) -> Count:
    """Give the count as it would stand if no clock had ever been paused.

    `decisive` is how many of the kept were kept only because of a pause (see
    `pause.Pausing`). What still runs is left as it is: how it ends is not known yet.
    Raises BadCount when there are more of them than were kept.
    """
    return replace(count, kept=count.kept - decisive, broken=count.broken + decisive)


def paused_share(paused: int, count: Count) -> Fraction | None:
    """Give how large a part of the outcomes had time taken out, decisive or harmless.

    `paused` is how many of them it was. None for fewer than five outcomes. Raises BadCount
    when there are more of them than outcomes.
    """
    if not 0 <= paused <= count.outcomes:
        raise BadCount(f"{paused} paused of {count}")
    return Fraction(paused, count.outcomes) if count.outcomes >= FEWEST_SHOWN else None


def figure(count: Count, target: Target | None, *, measured: bool = True) -> Figure:
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
        excused=count.excused,
    )


def published(counts: Sequence[Count], target: Target | None) -> tuple[Figure, ...]:
    """Give the figures of a series of periods, in order, such that none can be worked out.

    A period with fewer than five outcomes is hidden. As the total of all periods is known,
    what is hidden could be found by subtracting what is shown. So when just one period
    with outcomes is hidden, or all that are hidden have fewer than five together, the
    shown period with the fewest outcomes (the earliest of several) is hidden as well;
    again and again, until two periods with outcomes and five outcomes are hidden, or no
    period is shown any more. A period without outcomes hides nobody and does not count.
    """
    hidden = {place for place, count in enumerate(counts) if count.outcomes < FEWEST_SHOWN}
    shown = sorted(set(range(len(counts))) - hidden, key=lambda place: (counts[place].outcomes, place))
    for place in shown:
        if not _could_be_found([counts[each].outcomes for each in hidden]):
            break
        hidden.add(place)
    return tuple(figure(Count() if place in hidden else count, target) for place, count in enumerate(counts))


def value_figure(value: Decimal | None, target: Decimal, *, better: Better = Better.HIGHER) -> Verdict:
    """Give the verdict on a value that is no share, such as an index or a number of persons.

    Held: the value is at least the target, or, when lower is better, at most. Near: it
    misses by at most five percent of the target, that many included. Broken: by more. Not
    measured: there is no value.
    """
    if value is None:
        return Verdict.NOT_MEASURED
    missing = Fraction(target) - Fraction(value)
    if better is Better.LOWER:
        missing = -missing
    if missing <= 0:
        return Verdict.HELD
    return Verdict.NEAR if missing <= abs(Fraction(target)) * _NEAR else Verdict.BROKEN


def percent(share: Fraction) -> Decimal:
    """Give a share in percent with one decimal, cut off and never rounded up.

    94.96 percent reads 94.9: rounded, it would seem to reach a target of 95. As a target
    has one decimal at most, a share under its target always reads as less than it, and
    only a promise kept every time reads 100.0.
    """
    return Decimal(floor(share * 1000)).scaleb(-1)


def middle(lengths: Mapping[int, int]) -> int | None:
    """Give the median length from a table of how many cases took each number of units.

    With an even number of cases it is the lower of the two in the middle, so that it is a
    length some case really had. None without cases. Raises BadCount for a number below zero.
    """
    return percentile(lengths, 50)


def percentile(lengths: Mapping[int, int], percent: int) -> int | None:
    """Give the length within which so many percent of the cases stayed; 90 is "9 of 10 within".

    The nearest rank: the shortest length some case really had that at least so large a part
    of all cases did not exceed. `lengths` says how many cases took each number of units.
    None without cases. Raises BadCount for a number of cases below zero, and for a
    percentage outside 1 to 100.
    """
    if any(cases < 0 for cases in lengths.values()) or not 1 <= percent <= 100:
        raise BadCount(f"{percent} percent of the lengths {dict(lengths)}")
    needed = ceil(Fraction(sum(lengths.values()) * percent, 100))
    passed = 0
    for length in sorted(lengths):
        passed += lengths[length]
        if 0 < needed <= passed:
            return length
    return None


def _could_be_found(hidden: Sequence[int]) -> bool:
    """Say whether subtraction would show outcomes that are hidden, given their number by period."""
    periods = sum(1 for outcomes in hidden if outcomes)
    return 0 < sum(hidden) < FEWEST_SHOWN or periods == 1


def _without_numbers(verdict: Verdict) -> Figure:
    return Figure(kept=None, outcomes=None, late_now=None, running=None, share=None, verdict=verdict)


def _verdict(share: Fraction, target: Target) -> Verdict:
    if share >= target.share:
        return Verdict.HELD
    if share >= target.share - _NEAR:
        return Verdict.NEAR
    return Verdict.BROKEN
