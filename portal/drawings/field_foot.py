"""The words under a dot field's axis, and beside its longest case.

There are no lines below the axis, so whatever finds no room above can always be said here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from portal.drawings.cases import Axis, FieldTexts
from portal.drawings.field_head import law_side, law_words
from portal.drawings.ground import Ground
from portal.drawings.lettering import Anchor, Block, Board, Box, Words, centred
from portal.drawings.shapes import Label, Line, Shape, set_labels

_WEEK_STEPS: Final = (7, 14, 28, 56, 91, 182, 364)
_DAY_STEPS: Final = (1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True)
class Foot:
    """What stands under the axis and beside the last mark, and where the drawing ends."""

    shapes: tuple[Shape, ...]
    bottom: float


def foot(ground: Ground, texts: FieldTexts, base: float) -> Foot:
    """Set the axis' numbers, then the median, then whatever found no place above."""
    board = Board(ground.frame.width)
    shapes: list[Shape] = [*_ticks(ground, base), *_numbers(ground, texts, board, base)]
    row = board.bottom + 4
    beside = _beside(ground, texts.longest, base)
    for words, x, points in _notes(ground, texts, told=bool(beside)):
        shapes += _note(board, words, x, row, base if points else None)
    return Foot((*shapes, *beside), round(max(board.bottom, base + 12) + 4, 2))


def _notes(ground: Ground, texts: FieldTexts, *, told: bool) -> Iterator[tuple[Words, float, bool]]:
    """Each text under the axis, where it belongs, and whether a stroke should point it out.

    Where there is little room they are read as lines under one another, from the left.
    `told`: the longest case is already told beside its mark.
    """
    size, median = ground.frame.text, ground.cases.median
    at = ground.x if ground.roomy else lambda day: 0.0
    if not ground.roomy:
        yield Words("g-m", texts.axis, size), 0.0, False
    if median is not None:
        yield Words("g-t", texts.median, size), at(median), ground.roomy
    if not told:
        yield Words("g-m", texts.longest, size), at(ground.cases.longest), False
    if law_side(ground, texts) is None:
        yield from ((words, at(ground.cases.law or 0), False) for words in law_words(ground, texts))


def _note(board: Board, words: Words, x: float, row: float, base: float | None = None) -> list[Shape]:
    """Set a text as centred on x as the frame allows, in the first free row from `row`.

    With `base` a small stroke leads from the axis to the text when nothing stands between.
    """
    if not words.text:
        return []
    block = Block.of([words], board.width)
    at, anchor = centred(x, block.width, board.width)
    leader = _leader(board, x, base, row)
    first = row + 12 if leader else row
    for top in sorted({first, *(box.bottom + 2 for box in board.taken if box.bottom + 2 > first)}):
        box = block.box(at, top, anchor)
        if board.is_free(box):
            board.take(box)
            return [*(leader if top == first else []), *set_labels(block, at, top, anchor)]
    return []


def _leader(board: Board, x: float, base: float | None, row: float) -> list[Shape]:
    if base is None or not board.is_free(Box(x - 1, row, x + 1, row + 10)):
        return []
    return [Line("g-axis", x, round(row + 1, 2), x, round(row + 9, 2))]


def _beside(ground: Ground, text: str, base: float) -> list[Shape]:
    """The longest case in words, right of its mark when there is room before the next line."""
    scale, place = ground.scale, ground.last
    if not text or place is None or place >= scale.places:
        return []
    words = Words("g-m", text, ground.frame.text)
    left = scale.middle(place, ground.frame) + scale.pitch * scale.columns / 2 + 8
    law = ground.law_line
    end = law if law is not None and law > left else scale.right
    if left + words.width + 8 > end:
        return []
    return list(set_labels(Block((words,)), round(left, 2), base - words.size * 1.28 - 3, Anchor.START))


def _unit_days(ground: Ground) -> Iterator[int]:
    whole = ground.cases.axis.whole
    yield from range(0, ground.scale.reach.upto + 1, whole)


def _ticks(ground: Ground, base: float) -> list[Shape]:
    """A small stroke for each unit, or for fewer of them where they would stand too close."""
    days = list(_unit_days(ground))
    close = ground.scale.x(ground.cases.axis.whole) - ground.scale.x(0) < 7
    step = _step(ground) if close else ground.cases.axis.whole
    return [
        Line("g-axis", ground.scale.x(d), base, ground.scale.x(d), base + 6) for d in days if d % step == 0
    ]


def _step(ground: Ground) -> int:
    """How many days there are between two numbers on the axis."""
    steps = _WEEK_STEPS if ground.cases.axis is Axis.WEEKS else _DAY_STEPS
    need = Words("g-b", "00", ground.frame.text).width + 20
    origin = ground.scale.x(0)
    return next((step for step in steps if ground.scale.x(step) - origin >= need), steps[-1])


def _numbers(ground: Ground, texts: FieldTexts, board: Board, base: float) -> list[Shape]:
    """The axis' numbers: the longest cases first, then promise, law and beginning, then every step."""
    scale, whole, size = ground.scale, ground.cases.axis.whole, ground.frame.text
    top = base + 9
    labels: list[Label] = []
    if scale.reach.over:
        labels += _over(ground, texts, board, top)
    bold = [
        day
        for day in (ground.cases.promise, ground.cases.law)
        if day and day <= scale.reach.upto and day % whole == 0
    ]
    steps = range(0, scale.reach.upto + 1, _step(ground))
    zero = Words("g-m", texts.zero if ground.roomy else "0", size)
    for day in dict.fromkeys([*bold, 0, *steps]):
        words = zero if day == 0 else Words("g-t g-b" if day in bold else "g-m", str(day // whole), size)
        at = (
            (scale.x(0) - 2, Anchor.START)
            if day == 0
            else centred(scale.x(day), words.width, ground.frame.width)
        )
        box = Block((words,)).box(at[0], top, at[1])
        if board.is_free(box):
            board.take(box)
            labels += set_labels(Block((words,)), at[0], top, at[1])
    return list(labels)


def _over(ground: Ground, texts: FieldTexts, board: Board, top: float) -> tuple[Label, ...]:
    words = Words("g-m", texts.over(ground.scale.reach.upto), ground.frame.text)
    block = Block.of([words], max(ground.frame.over * 1.5, words.widest_word))
    block = block if block.width <= board.width else Block.of([words], board.width)
    board.take(block.box(board.width, top, Anchor.END))
    return set_labels(block, board.width, top, Anchor.END)
