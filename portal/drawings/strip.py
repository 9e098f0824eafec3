"""The small strip beside a pledge: kept left of the line, not kept right of it.

The line itself is drawn by site.css at 80 percent, so that it runs unbroken through every row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Final

from portal.drawings.shapes import Circle, Diamond, Drawing, Late, Shape
from portal.drawings.tally import marks_for

WIDTH: Final = 280.0
LINE: Final = WIDTH * 0.8
ROWS: Final = 5
PITCH: Final = 8.6
_RADIUS: Final = 3.3
_MOST_LEFT: Final = 25
_MOST_RIGHT: Final = 5
_RIGHT_PITCH: Final = PITCH + 0.6


@dataclass(frozen=True)
class Strip:
    """The strip, and how many cases one of its marks stands for."""

    drawing: Drawing
    per: int


def strip(*, kept: int, broken: int, running: int, late_now: int) -> Strip:
    """Draw how the cases under a pledge went. `broken` closed late; `late_now` is besides, not among them.

    One mark is one case, or 10, 100 ... when there is no room for them all.
    """
    per = 1
    while not _has_room(kept, broken, running, late_now, per):
        per *= 10
    inside, waiting = marks_for(kept, per), marks_for(running, per)
    shapes: list[Shape] = [_left(place, "g-held", _RADIUS, 0.0) for place in range(inside)]
    begin = ceil(inside / ROWS) * PITCH + (5 if inside else 0)
    shapes += [_left(place, "g-run", _RADIUS - 0.6, begin) for place in range(waiting)]
    closed, open_late = marks_for(broken, per), marks_for(late_now, per)
    shapes += [_right(place, Diamond, "g-broken") for place in range(closed)]
    shapes += [_right(closed + place, Late, "g-late") for place in range(open_late)]
    return Strip(Drawing(WIDTH, 12 + (ROWS - 1) * PITCH, tuple(shapes)), per)


def _has_room(kept: int, broken: int, running: int, late_now: int, per: int) -> bool:
    left = ceil(marks_for(kept, per) / ROWS) + ceil(marks_for(running, per) / ROWS)
    right = ceil((marks_for(broken, per) + marks_for(late_now, per)) / ROWS)
    return left <= _MOST_LEFT and right <= _MOST_RIGHT


def _left(place: int, css: str, radius: float, begin: float) -> Circle:
    x = LINE - 8 - begin - place // ROWS * PITCH
    return Circle(css, round(x, 2), 6 + place % ROWS * PITCH, radius)


def _right(place: int, shape: Callable[[str, float, float, float], Shape], css: str) -> Shape:
    x = LINE + 10 + place // ROWS * _RIGHT_PITCH
    return shape(css, round(x, 2), 6 + place % ROWS * PITCH, _RADIUS + 0.9)
