"""The words above a dot field.

No text crosses a line: what would, stands higher up than the line begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portal.drawings.cases import FieldTexts
from portal.drawings.ground import Ground, said
from portal.drawings.lettering import Anchor, Block, Board, Box, Words
from portal.drawings.shapes import Label, set_labels

_AWAY: Final = 12.0
_MOST_LINES: Final = 5


@dataclass(frozen=True)
class Side:
    """A place for a block: its anchor, and how wide it may become."""

    anchor: Anchor
    x: float
    limit: float

    def lines_of(self, words: Sequence[Words]) -> float:
        """How many lines the words take here; infinitely many when a word would be cut in two."""
        if max((text.widest_word for text in words), default=0) > self.limit:
            return float("inf")
        return len(Block.of(words, self.limit).lines)


@dataclass(frozen=True)
class Head:
    """The words above the field, their height, and where the law's line begins."""

    labels: tuple[Label, ...]
    height: float
    law_top: float


def head(ground: Ground, texts: FieldTexts) -> Head:
    """Set the promise left of the line, what came after right of it, and the law at its own line."""
    size = ground.frame.head
    board = Board(ground.frame.width)
    promise = said(Words("g-t g-b", texts.promise, size), Words("g-hb", texts.kept, size))
    after = said(
        Words("g-t g-b", texts.after if ground.roomy else "", size), Words("g-bb", texts.broken, size)
    )
    labels = _set(board, _best(_sides(ground), promise), promise)
    labels += _set(board, _best(list(reversed(_sides(ground))), after), after)
    law, law_top = ground.law_line, 0.0
    if law is not None:
        law_top = max((box.bottom for box in board.taken if _crosses(box, law)), default=0.0)
        side = law_side(ground, texts)
        labels += _set(board, side, law_words(ground, texts), law_top) if side else []
    return Head(tuple(labels), round(board.bottom, 2), round(law_top, 2))


def _crosses(box: Box, x: float) -> bool:
    return box.left < x + 6 and box.right > x - 6


def _sides(ground: Ground) -> list[Side]:
    """Left and right of the promise line."""
    line, width = ground.line, ground.frame.width
    return [
        Side(Anchor.END, line - _AWAY, line - _AWAY),
        Side(Anchor.START, line + _AWAY, width - line - _AWAY),
    ]


def _best(sides: Sequence[Side], words: Sequence[Words]) -> Side:
    """Prefer the first side unless the words become three lines lower on the second."""
    first, second = sides
    here, there = first.lines_of(words), second.lines_of(words)
    if here == there == float("inf"):
        return max(sides, key=lambda side: side.limit)
    return first if here < there + 3 else second


def law_words(ground: Ground, texts: FieldTexts) -> list[Words]:
    """The words about the law's limit; only the most needed where there is little room."""
    size = ground.frame.head
    if not ground.roomy:
        return said(Words("g-t", texts.law, size))
    return said(Words("g-t g-b", texts.law, size), Words("g-m", texts.law_note, size))


def law_side(ground: Ground, texts: FieldTexts) -> Side | None:
    """The side of the law's line with room for its words; None sends them below the axis."""
    x, words = ground.law_line, law_words(ground, texts)
    if x is None or not words:
        return None
    left, right = 0.0, ground.frame.width
    if ground.line < x:
        left = ground.line + _AWAY
    else:
        right = ground.line - _AWAY
    sides = [Side(Anchor.END, x - _AWAY, x - _AWAY - left), Side(Anchor.START, x + _AWAY, right - x - _AWAY)]
    best = min(sides, key=lambda side: side.lines_of(words))
    return best if best.lines_of(words) <= _MOST_LINES else None


def _set(board: Board, side: Side, words: Sequence[Words], least: float = 0.0) -> list[Label]:
    """Set the block at the highest free place under `least`."""
    block = Block.of(words, side.limit)
    for top in sorted({least, *(box.bottom for box in board.taken if box.bottom > least)}):
        box = block.box(side.x, top, side.anchor)
        if board.is_free(box):
            board.take(box)
            return list(set_labels(block, side.x, top, side.anchor))
    raise ValueError("a block wider than the frame has no place")
