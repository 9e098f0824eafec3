"""The dot field's scale: how many days one place holds, and where the promise line stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

from portal.drawings.shapes import Size

# A law this many times the promise is told in words: drawn, it would press the promise into a corner.
MOST_LAW: Final = 8
# Longer than this many promises (or the law) is gathered at the right edge.
MOST_PROMISES: Final = 3
LEFT: Final = 2.0
_OVER_GAP: Final = 14.0
_STEPS: Final = (1, 2, 3, 4, 5, 7, 10, 14, 20, 28, 35, 42, 56, 70, 84, 91, 112, 140, 182)


@dataclass(frozen=True)
class Frame:
    """How one size of the dot field is made: its width, text sizes, and the marks it tries.

    `pitches` is the distance between two marks, the largest first; `tallest` the height the
    marks may take before smaller ones are tried; `share` how far to the right the line may stand.
    """

    size: Size
    width: float
    head: float
    text: float
    pitches: Sequence[float]
    tallest: float
    share: float
    over: float


FRAMES: Final = (
    Frame(Size.WIDE, 1120, 18, 16, (21.5, 19, 17, 15, 13, 11), 345, 0.72, 90),
    Frame(Size.MEDIUM, 640, 17, 16, (17, 15, 13.4, 12, 10.5, 9), 300, 0.68, 70),
    Frame(Size.NARROW, 328, 15, 14.5, (13.4, 12, 10.8, 9.6, 8.5), 360, 0.6, 48),
    Frame(Size.SLIM, 288, 14.5, 13.5, (12.6, 11.4, 10, 9, 8), 345, 0.6, 44),
)


@dataclass(frozen=True)
class Reach:
    """Which days the field shows: up to and with `upto`; `over` when something is longer still."""

    promise: int
    upto: int
    over: bool


def reach_of(promise: int, law: int | None, longest: int, share: float, whole: int) -> Reach:
    """Choose the last day to show, in whole weeks or days (`whole` days at a time).

    The line stands no further right than `share` of the width, and one case of 400 days is not
    allowed to press the rest together.
    """
    drawn_law = law * 1.08 if law and law <= promise * MOST_LAW else 0
    least = max(promise / share, promise + whole, drawn_law)
    most = max(promise * MOST_PROMISES, promise + 4 * whole, least)
    upto = ceil(min(max(least, longest), most) / whole) * whole
    return Reach(promise, upto, over=longest > upto)


@dataclass(frozen=True)
class Scale:
    """Places of `step` days each, aligned so that an edge lies exactly on the promise line.

    A place holds the lengths after its left edge up to and with its right edge: a case of exactly
    the promised number of days is left of the line.
    """

    reach: Reach
    step: int
    pitch: float
    place: float

    @property
    def before(self) -> int:
        """How many places are left of the line."""
        return ceil(self.reach.promise / self.step)

    @property
    def places(self) -> int:
        """How many places there are, the one for longer cases not among them."""
        return self.before + ceil((self.reach.upto - self.reach.promise) / self.step)

    @property
    def columns(self) -> int:
        """How many marks stand beside each other in one place."""
        return max(1, floor((self.place - 2) / self.pitch))

    @property
    def right(self) -> float:
        """The x where the last place ends."""
        return LEFT + self.places * self.place

    def x(self, day: float) -> float:
        """Give the x of the end of that day; the promised day is the promise line."""
        return round(LEFT + (self.before + (day - self.reach.promise) / self.step) * self.place, 2)

    def middle(self, place: int, frame: Frame) -> float:
        """Give the x in the middle of a place; the one after the last holds the longer cases."""
        if place >= self.places:
            return frame.width - frame.over / 2
        return LEFT + (place + 0.5) * self.place

    def columns_at(self, place: int, frame: Frame) -> int:
        """Give how many marks stand beside each other there."""
        if place >= self.places:
            return max(1, floor((frame.over - 2) / self.pitch))
        return self.columns

    def place_of(self, length: int, *, inside: bool) -> int:
        """Give the place of a case. Its verdict decides the side of the line, whatever the length says."""
        from_line = ceil((length - self.reach.promise) / self.step)
        if inside:
            return min(max(0, self.before - 1 + from_line), self.before - 1)
        if length > self.reach.upto:
            return self.places
        return max(self.before, self.before - 1 + from_line)


def scales(frame: Frame, reach: Reach) -> list[Scale]:
    """Give every scale that fits the frame, the best first.

    First the finest step for each size of mark, the largest marks first; then the coarser steps,
    which put several marks beside each other and help when most cases took the same time.
    """
    by_pitch = [list(_with_pitch(frame, reach, pitch)) for pitch in frame.pitches]
    finest = [fitting[0] for fitting in by_pitch if fitting]
    return finest + [scale for fitting in by_pitch for scale in fitting[1:]]


def _with_pitch(frame: Frame, reach: Reach, pitch: float) -> Iterator[Scale]:
    width = frame.width - LEFT - (frame.over + _OVER_GAP if reach.over else 2)
    for step in _STEPS:
        place = width / Scale(reach, step, pitch, 0.0).places
        if step <= max(reach.promise, 7) and place >= pitch * 1.06:
            yield Scale(reach, step, pitch, place)


def height_of(scale: Scale, frame: Frame, stacks: Mapping[int, int]) -> float:
    """Give the height of the highest place, from how many marks stand in each."""
    return max(
        (ceil(marks / scale.columns_at(place, frame)) * scale.pitch for place, marks in stacks.items()),
        default=0.0,
    )
