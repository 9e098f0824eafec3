"""The months under one another: the line stands up, kept to its left, not kept to its right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from portal.drawings.lettering import LEADING, Anchor, Block, Words
from portal.drawings.shapes import Circle, Diamond, Line, Shape, Size, set_labels
from portal.drawings.verdicts import MonthVerdict, verdict_mark

_AWAY: Final = 8.0
_WIDEST_TEXT: Final = 0.46
_LINE: Final = 0.72
_DIAMOND_PITCH: Final = 1.12
_MARK: Final = 17.0


@dataclass(frozen=True)
class MonthMarks:
    """A month as it is drawn: its texts, and how many marks stand on each side."""

    label: str
    shown: str
    word: str
    verdict: MonthVerdict
    cases: str
    kept: int
    broken: int


@dataclass(frozen=True)
class RowFrame:
    """How one size is made: its width, its text, and the distances between marks it tries."""

    size: Size
    width: float
    text: float
    pitches: Sequence[float]

    @classmethod
    def wide(cls) -> "RowFrame":
        """The frame for a wide screen when there are too many months, or words, for columns."""
        return cls(Size.WIDE, 1120, 17, (19.0, 17.0, 15.0, 13.0, 11.0, 9.0))

    @property
    def line_height(self) -> float:
        """The height of one line of text."""
        return self.text * LEADING


@dataclass(frozen=True)
class Plan:
    """Where the texts end, where the line stands, and how the marks are packed."""

    texts: float
    line: float
    pitch: float
    deep: int


def draw_rows(
    frame: RowFrame, months: Sequence[MonthMarks], *, kept: str, broken: str
) -> tuple[tuple[Shape, ...], float]:
    """Draw the months as rows; give the shapes and the height they take."""
    plan = _plan(frame, months, broken)
    left = Block.of([Words("g-hb", kept, frame.text)], plan.line - _AWAY)
    right = Block.of([Words("g-bb", broken, frame.text)], frame.width - plan.line - _AWAY)
    top = max(left.height, right.height)
    shapes: list[Shape] = [
        *set_labels(left, plan.line - _AWAY, top - left.height, Anchor.END),
        *set_labels(right, plan.line + _AWAY, top - right.height, Anchor.START),
    ]
    y = begin = round(top + 6, 2)
    for month in months:
        height = _height(frame, plan, month)
        shapes += _texts(frame, plan, month, y + (height - _text_height(frame, plan, month)) / 2)
        shapes += _marks(plan, month, y + height / 2)
        y = round(y + height, 2)
    return (*shapes, Line("g-line", plan.line, begin, plan.line, max(y, begin + 1))), y + 2


def _plan(frame: RowFrame, months: Sequence[MonthMarks], broken: str) -> Plan:
    """Choose the largest marks, in the fewest layers, that leave room for the texts."""
    texts = min(max((_text_width(frame, month) for month in months), default=0.0), frame.width * _WIDEST_TEXT)
    heading = min(Words("g-bb", broken, frame.text).widest_word, frame.width * 0.3) + _AWAY
    kept = max((month.kept for month in months), default=0)
    late = max((month.broken for month in months), default=0)
    packings = ((pitch, deep) for pitch in frame.pitches for deep in (2, 3, 4))
    tight = ((frame.pitches[-1], deep) for deep in range(5, 200))
    for pitch, deep in (*packings, *tight):
        right = max(heading, ceil(late / deep) * pitch * _DIAMOND_PITCH + 8)
        left = texts + 12 + ceil(kept / deep) * pitch + 8
        if left + right <= frame.width:
            return Plan(
                texts, round(max(left, min(frame.width * _LINE, frame.width - right)), 2), pitch, deep
            )
    raise ValueError("more marks in one month than a drawing can hold")


def _text_width(frame: RowFrame, month: MonthMarks) -> float:
    first = Words("g-t", month.label, frame.text).width + 10 + Words("g-t g-b", month.shown, frame.text).width
    mark = _MARK if month.verdict.has_mark else 0
    return max(first, Words("g-nb", month.word, frame.text).width + mark)


def _blocks(frame: RowFrame, plan: Plan, month: MonthMarks) -> Iterator[tuple[Block, float, Anchor]]:
    """The texts of a month with their x: name and percentage on one line if there is room."""
    name = Block.of([Words("g-t", month.label, frame.text)], plan.texts)
    percent = Block.of([Words("g-t g-b", month.shown, frame.text)], plan.texts)
    yield name, 0, Anchor.START
    yield percent, plan.texts, Anchor.END
    mark = _MARK if month.verdict.has_mark else 0
    yield Block.of([Words(month.verdict.css, month.word, frame.text)], plan.texts - mark), mark, Anchor.START


def _on_one_line(frame: RowFrame, plan: Plan, month: MonthMarks) -> bool:
    name, percent, _ = (block for block, _, _ in _blocks(frame, plan, month))
    return len(name.lines) < 2 and name.width + 8 + percent.width <= plan.texts


def _text_height(frame: RowFrame, plan: Plan, month: MonthMarks) -> float:
    name, percent, word = (block for block, _, _ in _blocks(frame, plan, month))
    beside = min(name.height, percent.height) if _on_one_line(frame, plan, month) else 0
    return name.height + percent.height - beside + word.height


def _height(frame: RowFrame, plan: Plan, month: MonthMarks) -> float:
    layers = min(plan.deep, max(month.kept, month.broken))
    return max(_text_height(frame, plan, month) + 8, layers * plan.pitch + 9, frame.line_height + 12)


def _texts(frame: RowFrame, plan: Plan, month: MonthMarks, top: float) -> list[Shape]:
    beside = _on_one_line(frame, plan, month)
    (name, *_), (percent, right, end), (word, indent, start) = _blocks(frame, plan, month)
    shapes: list[Shape] = [*set_labels(name, 0, top, start)]
    below = top + (0 if beside else name.height)
    shapes += set_labels(percent, right, below, end)
    below = top + max(name.height, percent.height) if beside else below + percent.height
    shapes += verdict_mark(month.verdict, 7, below + frame.text * 0.66)
    return [*shapes, *set_labels(word, indent, below, start)]


def _marks(plan: Plan, month: MonthMarks, middle: float) -> list[Shape]:
    """Pack the marks column by column outwards from the line."""
    radius = round(plan.pitch * 0.39, 2)

    def y(place: int, number: int) -> float:
        layers = min(plan.deep, number)
        return round(middle + (place % plan.deep - (layers - 1) / 2) * plan.pitch, 2)

    def away(place: int, pitch: float) -> float:
        return 12 * plan.pitch / 12.2 + place // plan.deep * pitch

    dots = [
        Circle("g-held", round(plan.line - away(place, plan.pitch), 2), y(place, month.kept), radius)
        for place in range(month.kept)
    ]
    diamonds = [
        Diamond(
            "g-broken",
            round(plan.line + away(place, plan.pitch * _DIAMOND_PITCH), 2),
            y(place, month.broken),
            round(radius * 1.15, 2),
        )
        for place in range(month.broken)
    ]
    return [*dots, *diamonds]
