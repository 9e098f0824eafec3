"""Room for words: how wide a text is, where it breaks, and what is already taken.

The widths are those of Source Sans 3, grouped and rounded upwards, so that a text in the font
shown while ours is loading stays inside its room too in all but the most extreme cases.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

_WIDTHS: Final = {
    205: " \N{NO-BREAK SPACE}",
    255: "i|ìíîï",
    300: "!',.:;Ijl·’‘",
    350: "()-/[]ft{}°•",
    400: "r",
    450: "*?sz",
    505: '"#$+0123456789<=>FJLY^_cekvxyçèéêëý–“”',
    555: "AESTVXZaghnouÀÁÂÃÄÅÈÉÊËàáâãäåðñòóôõöøùúûü",
    605: "BCKPRbdpqÇÞßþ",
    655: "&DGNUÐÑÙÚÛÜ",
    705: "HOQÒÓÔÕÖØ",
    755: "Mw",
    850: "W%@mæœÆŒ—",
}
_ADVANCE: Final = {letter: width / 1000 for width, letters in _WIDTHS.items() for letter in letters}
# A letter outside the table, Cyrillic or Arabic say, is taken to be as wide as a capital.
_UNKNOWN: Final = 0.7
_BOLD: Final = 1.06
_BOLD_CLASSES: Final = frozenset({"g-b", "g-hb", "g-bb", "g-nb"})
# From the line a text stands on: up to the ring of a capital Å, down to the tail of a g.
ASCENT: Final = 0.84
DESCENT: Final = 0.26
LEADING: Final = 1.28


class Anchor(StrEnum):
    """Which point of a text stands at its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its four sides; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box", gap: float = 0.0) -> bool:
        """Whether the boxes share any room, or come nearer than `gap` sideways."""
        apart = self.right + gap <= other.left or other.right + gap <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)


def is_bold(css: str) -> bool:
    """Whether these classes set the text bold."""
    return not _BOLD_CLASSES.isdisjoint(css.split())


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Give the width of a line of text, rather too wide than too narrow."""
    return sum(_ADVANCE.get(letter, _UNKNOWN) for letter in text) * size * (_BOLD if bold else 1)


def text_box(x: float, y: float, width: float, size: float, anchor: Anchor) -> Box:
    """Give the room of a text of that width which stands at x on the line y."""
    left = {Anchor.START: x, Anchor.MIDDLE: x - width / 2, Anchor.END: x - width}[anchor]
    return Box(left, y - ASCENT * size, left + width, y + DESCENT * size)


@dataclass(frozen=True, slots=True)
class Words:
    """A text in one voice, not yet broken into lines."""

    css: str
    text: str
    size: float

    @property
    def width(self) -> float:
        """Its width on one line."""
        return text_width(self.text, self.size, bold=is_bold(self.css))

    def lines(self, limit: float) -> list["Words"]:
        """Break it into as few lines as the limit allows, as even in width as they can be.

        It breaks at spaces; a hard space never breaks.
        """
        lines = self._broken(limit)
        if len(lines) < 2 or self.widest_word > limit:
            return lines
        even = max(self.widest_word, self.width / len(lines))
        while even < limit:
            evened = self._broken(even)
            if len(evened) == len(lines):
                return evened
            even += self.size / 2
        return lines

    def _broken(self, limit: float) -> list["Words"]:
        done: list[Words] = []
        line = ""
        for word in self._fitting(limit):
            longer = f"{line} {word}" if line else word
            if line and self._with(longer).width > limit:
                done.append(self._with(line))
                longer = word
            line = longer
        return [*done, self._with(line)] if line else done

    @property
    def widest_word(self) -> float:
        """The width of its widest word: less room than this cuts a word in two."""
        return max((self._with(word).width for word in self.text.split(" ")), default=0.0)

    def _with(self, text: str) -> "Words":
        return Words(self.css, text, self.size)

    def _fitting(self, limit: float) -> Iterable[str]:
        """The words, one too long for the whole line cut into pieces that fit."""
        for word in filter(None, self.text.split(" ")):
            piece = ""
            for letter in word:
                if piece and self._with(piece + letter).width > limit:
                    yield piece
                    piece = ""
                piece += letter
            yield piece


@dataclass(frozen=True)
class Block:
    """Lines of text that stand together under one another."""

    lines: tuple[Words, ...]

    @classmethod
    def of(cls, words: Sequence[Words], limit: float) -> "Block":
        """Break each of the texts to the limit and put them under one another."""
        return cls(tuple(line for text in words for line in text.lines(limit)))

    @property
    def width(self) -> float:
        """The width of the widest line."""
        return max((line.width for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        """From the top of the first line to the foot of the last."""
        return sum(line.size * LEADING for line in self.lines)

    def box(self, x: float, top: float, anchor: Anchor) -> Box:
        """Give the room it takes with its upper edge at `top`."""
        wide = text_box(x, 0, self.width, 0, anchor)
        return Box(wide.left, top, wide.right, top + self.height)

    def baselines(self, top: float) -> Iterable[tuple[Words, float]]:
        """Give each line with the y it stands on."""
        for line in self.lines:
            yield line, top + line.size * (ASCENT + (LEADING - ASCENT - DESCENT) / 2)
            top += line.size * LEADING


class Board:
    """Keeps what is taken, so that the next label is put where it is free."""

    def __init__(self, width: float, gap: float = 8.0) -> None:
        """Begin with an empty board of that width; labels keep `gap` from each other sideways."""
        self.width = width
        self.gap = gap
        self.taken: list[Box] = []

    def take(self, box: Box) -> Box:
        """Mark the room as taken."""
        self.taken.append(box)
        return box

    def is_free(self, box: Box) -> bool:
        """Whether the box is inside the frame sideways and touches nothing taken."""
        inside = box.left >= -0.01 and box.right <= self.width + 0.01
        return inside and not any(box.overlaps(other, self.gap) for other in self.taken)

    @property
    def bottom(self) -> float:
        """The lowest edge of anything taken; 0 while nothing is."""
        return max((box.bottom for box in self.taken), default=0.0)

    @property
    def top(self) -> float:
        """The highest edge of anything taken; 0 while nothing is."""
        return min((box.top for box in self.taken), default=0.0)


def centred(x: float, width: float, frame: float) -> tuple[float, Anchor]:
    """Give the point and anchor of something centred at x, moved just enough to be inside the frame."""
    if x - width / 2 < 0:
        return 0.0, Anchor.START
    if x + width / 2 > frame:
        return frame, Anchor.END
    return round(x, 2), Anchor.MIDDLE
