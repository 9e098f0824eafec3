"""The two small drawings of the desk: the promise line of one row, and the ROSA level."""

from enum import StrEnum
from typing import Final

from portal.drawings.shapes import Circle, Diamond, Drawing, Late, Line, Rect, Shape

WIDTH: Final = 136.0
LINE: Final = 100.0
_LEFT: Final = 5.0
_MIDDLE: Final = 8.0
_MOST_OVER: Final = 1.3
ROSA_LEVELS: Final = 6


class DueState(StrEnum):
    """How a case stands against its promised day."""

    RUNNING = "running"
    LATE = "late"
    PAUSED = "paused"
    DONE = "done"


def due_line(used: float, total: float, state: DueState) -> Drawing:
    """Draw how much of the promised time is used; the line always stands at x = 100 of 136.

    `used` and `total` are in one unit, any. A late case stands right of the line, at most 30
    percent of the promise beyond it; a case that is not late never does.
    """
    share = max(0.0, used / total) if total > 0 else 1.0
    shapes: list[Shape] = [Line("g-thin", _LEFT, _MIDDLE, LINE, _MIDDLE)]
    if state is DueState.LATE:
        x = LINE + 10 + (LINE - _LEFT) * 0.2 * min(max(share - 1, 0) / (_MOST_OVER - 1), 1)
        shapes += [_used(LINE), _line("g-line"), Late("g-late", round(x, 2), _MIDDLE, 6.4)]
        return Drawing(WIDTH, 16, tuple(shapes))
    x = round(_LEFT + min(share, 1) * (LINE - _LEFT), 2)
    if state is DueState.PAUSED:
        return Drawing(WIDTH, 16, (*shapes, _line("g-maybe"), *_pause_mark(x)))
    past = [_used(x)] if x > _LEFT + 1 else []
    return Drawing(WIDTH, 16, (*shapes, *past, _line("g-line"), *_end(x, share, state)))


def _end(x: float, share: float, state: DueState) -> list[Shape]:
    """The case itself; closed after its day it is a filled diamond beyond the line."""
    if state is DueState.DONE and share > 1:
        return [Diamond("g-broken", LINE + 14, _MIDDLE, 6)]
    return [Circle("g-held", x, _MIDDLE, 4.8)]


def _used(x: float) -> Line:
    return Line("g-past", _LEFT, _MIDDLE, x, _MIDDLE)


def _line(css: str) -> Line:
    return Line(css, LINE, 0, LINE, 16)


def _pause_mark(x: float) -> list[Shape]:
    x = max(x, _LEFT + 3)
    return [
        Circle("g-nearline", x, _MIDDLE, 6),
        Rect("g-near", round(x - 2.6, 2), 5, 1.8, 6),
        Rect("g-near", round(x + 0.8, 2), 5, 1.8, 6),
    ]


def rosa_pips(level: int) -> Drawing:
    """Draw the ROSA level as six pips of growing height; raises ValueError outside 0 to 6."""
    if not 0 <= level <= ROSA_LEVELS:
        raise ValueError(f"a ROSA level is 0 to {ROSA_LEVELS}, not {level}")
    pips = tuple(
        Rect(
            "g-held" if pip < level else "g-none",
            pip * 6,
            round(10 - pip * 1.4, 2),
            4,
            round(2 + pip * 1.4, 2),
        )
        for pip in range(ROSA_LEVELS)
    )
    return Drawing(36, 12, pips)
