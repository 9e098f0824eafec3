"""The words round a promise line: now and the promised day above it, the other days below.

The time line is y = 0 while the words are placed: above it y is negative. The promised day's line
is taken from the start, so no text crosses it, and whatever finds no room moves a row outwards.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from portal.drawings.course import Course, LineEvent, Stretch
from portal.drawings.lettering import Anchor, Block, Board, Box, Words, centred
from portal.drawings.shapes import Line, Shape, Size, set_labels

_ABOVE: Final = -21.0
_BELOW: Final = 24.0
_REACH: Final = 26.0


@dataclass(frozen=True)
class PromiseTexts:
    """The words of a promise line, already translated. An empty one is left out.

    `now` says where the case is ("I dag: dag 8 av 10", "Klart tis 17 nov"), `uncounted` why days
    are skipped ("helgen räknas inte").
    """

    title: str
    description: str
    received: str
    received_day: str
    due: str
    due_day: str
    now: str
    uncounted: str = ""


@dataclass(frozen=True)
class Sheet:
    """How one size is made: its width, the size of the leading texts and of the others, the ring."""

    size: Size
    width: float
    lead: float
    text: float
    ring: float

    @property
    def is_roomy(self) -> bool:
        """Whether the promised day is told above the line, beside it."""
        return self.size in (Size.WIDE, Size.MEDIUM)


@dataclass(frozen=True)
class Placed:
    """The words as shapes, and where the time line and the promised day's line lie."""

    shapes: tuple[Shape, ...]
    line_y: float
    line_top: float
    height: float


@dataclass(frozen=True)
class _Spot:
    block: Block
    x: float
    anchor: Anchor
    top: float
    leader: tuple[float, float, float] | None = None

    def shapes(self, y: float) -> Iterator[Shape]:
        if self.leader:
            x, begin, end = self.leader
            yield Line("g-axis", x, round(y + begin, 2), x, round(y + end, 2))
        yield from set_labels(self.block, self.x, y + self.top, self.anchor)


def words_round(course: Course, sheet: Sheet, texts: PromiseTexts) -> Placed:
    """Place every text; give them with the height of the drawing."""
    board = Board(sheet.width, gap=9)
    reach = _block(sheet, sheet.width * 0.8, _due_words(sheet, texts)).height + 22 if sheet.is_roomy else 44.0
    board.take(Box(course.line - 2, -reach, course.line + 2, _REACH))
    spots = [*_now(board, course, sheet, texts)]
    spots += _due(board, course, sheet, texts)
    spots += _received(board, sheet, texts)
    for event in sorted(course.case.events, key=lambda event: event.day):
        spots += _event(board, course, sheet, event)
    spots += _uncounted(board, course, sheet, texts)
    top = round(min(board.top, -sheet.ring - 6), 2)
    height = round(max(board.bottom, _REACH) - top + 6, 2)
    shapes = tuple(shape for spot in spots for shape in spot.shapes(-top + 2))
    return Placed(shapes, -top + 2, round(-top + 2 - reach, 2), height)


def _block(sheet: Sheet, limit: float, words: Sequence[Words]) -> Block:
    return Block.of([text for text in words if text.text], min(limit, sheet.width))


def _two(sheet: Sheet, bold: str, day: str) -> list[Words]:
    return [Words("g-t g-b", bold, sheet.text), Words("g-m", day, sheet.text)]


def _due_words(sheet: Sheet, texts: PromiseTexts) -> list[Words]:
    return [
        Words("g-t g-b", texts.due, sheet.lead if sheet.is_roomy else sheet.text),
        Words("g-m", texts.due_day, sheet.text),
    ]


def _anchors(x: float, block: Block, width: float) -> list[tuple[float, Anchor]]:
    """Centred, ending just after x, beginning just before it, and as near as the frame allows."""
    return [(x, Anchor.MIDDLE), (x + 12, Anchor.END), (x - 12, Anchor.START), centred(x, block.width, width)]


def _rows(board: Board, start: float, block: Block, *, upwards: bool) -> list[float]:
    """The tops to try, from the line outwards."""
    if upwards:
        edges = {start, *(box.top - 3 for box in board.taken if box.top - 3 < start)}
        return [edge - block.height for edge in sorted(edges, reverse=True)]
    return sorted({start, *(box.bottom + 2 for box in board.taken if box.bottom + 2 > start)})


def _now(board: Board, course: Course, sheet: Sheet, texts: PromiseTexts) -> Iterator[_Spot]:
    case, x = course.case, course.now
    css = "g-nb" if case.is_paused else "g-bb" if case.is_late or case.kept is False else "g-hb"
    block = _block(sheet, sheet.width, [Words(css, texts.now, sheet.lead)])
    for top in _rows(board, _ABOVE - 8, block, upwards=True):
        for at, anchor in _anchors(x, block, sheet.width):
            box = block.box(at, top, anchor)
            if board.is_free(box):
                board.take(box)
                leader = (x, -sheet.ring - 5, top + block.height + 2)
                yield _Spot(block, at, anchor, top, leader if _clear(board, leader) else None)
                return


def _clear(board: Board, leader: tuple[float, float, float]) -> bool:
    """Whether a leader meets nothing on its way; its own text is where it ends."""
    x, begin, end = leader
    way = Box(x - 1, min(begin, end), x + 1, max(begin, end))
    return begin != end and not any(way.overlaps(box, 2) for box in board.taken)


def _due(board: Board, course: Course, sheet: Sheet, texts: PromiseTexts) -> Iterator[_Spot]:
    """The promised day: beside its line above where there is room, else under it."""
    block = _block(sheet, sheet.width * (0.8 if sheet.is_roomy else 0.56), _due_words(sheet, texts))
    if sheet.is_roomy:
        top = _ABOVE - block.height
        for at, anchor in ((course.line - 12, Anchor.END), (course.line + 12, Anchor.START)):
            if board.is_free(block.box(at, top, anchor)):
                board.take(block.box(at, top, anchor))
                yield _Spot(block, at, anchor, top)
                return
    at, anchor = centred(course.line, block.width, sheet.width)
    yield from _below(board, block, [(at, anchor)], _REACH + 3)


def _below(
    board: Board, block: Block, anchors: Sequence[tuple[float, Anchor]], start: float, x: float | None = None
) -> Iterator[_Spot]:
    """Set a block in the first free row under the line, with a leader from x if it stands far down."""
    for top in _rows(board, start, block, upwards=False):
        for at, anchor in anchors:
            box = block.box(at, top, anchor)
            if board.is_free(box):
                leader = (x, 12.0, top - 1) if x is not None and top > start else None
                leader = leader if leader and _clear(board, leader) else None
                board.take(box)
                if leader:
                    board.take(Box(leader[0] - 1, leader[1], leader[0] + 1, leader[2]))
                yield _Spot(block, at, anchor, top, leader)
                return


def _received(board: Board, sheet: Sheet, texts: PromiseTexts) -> Iterator[_Spot]:
    block = _block(sheet, sheet.width * 0.42, _two(sheet, texts.received, texts.received_day))
    yield from _below(board, block, [(0.0, Anchor.START)], _BELOW)


def _event(board: Board, course: Course, sheet: Sheet, event: LineEvent) -> Iterator[_Spot]:
    x = course.x(event.day)
    block = _block(sheet, sheet.width * 0.6, _two(sheet, event.words, event.shown_day))
    yield from _below(board, block, _anchors(x, block, sheet.width), _BELOW, x)


def _uncounted(board: Board, course: Course, sheet: Sheet, texts: PromiseTexts) -> Iterator[_Spot]:
    """Why days are skipped, under the first of them; left out where there is no room beside the rest."""
    skipped = [(begin, end) for kind, begin, end in course.stretches() if kind is Stretch.UNCOUNTED]
    if not skipped or not texts.uncounted:
        return
    begin = end = skipped[0][0]
    for left, right in skipped:
        end = right if abs(left - end) < 1 else end
    block = Block((Words("g-m", texts.uncounted, sheet.text - 1.5),))
    box = block.box((begin + end) / 2, _BELOW, Anchor.MIDDLE)
    if board.is_free(box):
        board.take(box)
        yield _Spot(block, round((begin + end) / 2, 2), Anchor.MIDDLE, _BELOW)
