"""What a drawing consists of. Every shape is a frozen value and knows the box it fills.

Lengths are units of the drawing's own frame: one unit is one pixel at the width it was made for.
`css` holds class names of site.css; colour, weight and stroke are decided there.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import ClassVar, Final

from portal.drawings.lettering import Anchor, Block, Box, is_bold, text_box, text_width

# A diamond reaches further than a circle of the same weight to the eye.
DIAMOND: Final = 1.18


@dataclass(frozen=True, slots=True)
class Round:
    """What reaches `r` from its middle, alike to every side."""

    css: str
    x: float
    y: float
    r: float

    @property
    def box(self) -> Box:
        """The square round it."""
        return Box(self.x - self.r, self.y - self.r, self.x + self.r, self.y + self.r)


@dataclass(frozen=True, slots=True)
class Circle(Round):
    """A case inside its promise, a day, a place on a line."""

    kind: ClassVar[str] = "circle"

    @property
    def outline(self) -> str:
        """Its path: two half turns, from the left."""
        r, across = self.r, 2 * self.r
        return f"M{self.x - r:g} {self.y:g}a{r:g} {r:g} 0 1 0 {across:g} 0a{r:g} {r:g} 0 1 0 {-across:g} 0"


@dataclass(frozen=True, slots=True)
class Diamond(Round):
    """A case whose promise was not kept."""

    kind: ClassVar[str] = "diamond"

    @property
    def outline(self) -> str:
        """Its path, from the top and round with the clock."""
        x, y, r = self.x, self.y, self.r
        return f"M{x:g} {y - r:g}L{x + r:g} {y:g}L{x:g} {y + r:g}L{x - r:g} {y:g}Z"


@dataclass(frozen=True, slots=True)
class Late(Round):
    """A case that is open past its promised day: an open diamond with a dot in it."""

    kind: ClassVar[str] = "late"

    @property
    def box(self) -> Box:
        """The square round its rim."""
        return self.rim.box

    @property
    def rim(self) -> Diamond:
        """The open diamond; its stroke takes the room that is left."""
        return Diamond(self.css, self.x, self.y, self.r - 1)

    @property
    def core(self) -> Circle:
        """The dot in the middle."""
        return Circle("g-dot", self.x, self.y, round(self.r * 0.28, 2))


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line from one point to another."""

    kind: ClassVar[str] = "line"
    css: str
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def box(self) -> Box:
        """The room between its ends."""
        return Box(min(self.x1, self.x2), min(self.y1, self.y2), max(self.x1, self.x2), max(self.y1, self.y2))


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, from its upper left corner."""

    kind: ClassVar[str] = "rect"
    css: str
    x: float
    y: float
    width: float
    height: float

    @property
    def box(self) -> Box:
        """The rectangle itself."""
        return Box(self.x, self.y, self.x + self.width, self.y + self.height)


@dataclass(frozen=True, slots=True)
class Path(Round):
    """A small free form within `r` of its middle; `turns` goes on from the middle in relative steps."""

    kind: ClassVar[str] = "path"
    turns: str

    @property
    def outline(self) -> str:
        """The whole path."""
        return f"M{self.x:g} {self.y:g}{self.turns}"


@dataclass(frozen=True, slots=True)
class Outlines:
    """Neighbouring marks of one look, drawn as a single path: a chart of hundreds of cases is a few strokes."""

    kind: ClassVar[str] = "path"
    css: str
    outline: str


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text; `y` is the line it stands on."""

    kind: ClassVar[str] = "label"
    css: str
    x: float
    y: float
    text: str
    anchor: Anchor
    size: float

    @property
    def box(self) -> Box:
        """The room the text takes, measured generously."""
        width = text_width(self.text, self.size, bold=is_bold(self.css))
        return text_box(self.x, self.y, width, self.size, self.anchor)


def set_labels(block: Block, x: float, top: float, anchor: Anchor) -> tuple[Label, ...]:
    """Set the block's lines as labels with its upper edge at `top`."""
    return tuple(Label(words.css, x, y, words.text, anchor, words.size) for words, y in block.baselines(top))


Shape = Circle | Diamond | Late | Line | Rect | Path | Label
# What stands for a case or a day; the late mark is two shapes in one and drawn by itself.
Mark = Circle | Diamond


class Size(StrEnum):
    """Which room a drawing is made for; site.css shows one of a chart's drawings by its container."""

    WIDE = "wide"
    MEDIUM = "medium"
    NARROW = "narrow"
    SLIM = "slim"


@dataclass(frozen=True)
class Drawing:
    """Shapes in a frame. Without a title it only repeats what the words beside it say."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str = ""
    description: str = ""

    @property
    def strokes(self) -> tuple[Shape | Outlines, ...]:
        """The shapes as they are drawn, in the same order: marks alike that follow each other become one."""
        drawn: list[Shape | Outlines] = []
        for css, alike in groupby(
            self.shapes, key=lambda shape: shape.css if isinstance(shape, Mark) else ""
        ):
            run = list(alike)
            drawn += (
                [Outlines(css, "".join(mark.outline for mark in run if isinstance(mark, Mark)))]
                if css
                else run
            )
        return tuple(drawn)


@dataclass(frozen=True)
class LengthRow:
    """One row of the table beside a dot field: how many cases took so many days.

    `over` is exclusive and `upto` inclusive, both in days; `upto` is None in the last row when
    longer cases are gathered there. The numbers count cases, never marks.
    """

    over: int
    upto: int | None
    kept: int = 0
    running: int = 0
    broken: int = 0
    late: int = 0


@dataclass(frozen=True)
class Chart:
    """The same figure drawn for each size. `per`: how many cases one mark stands for."""

    drawings: tuple[tuple[Size, Drawing], ...]
    per: int = 1
    rows: tuple[LengthRow, ...] = field(default=())

    def of(self, size: Size) -> Drawing:
        """Give the drawing made for a size. Raises KeyError when there is none."""
        return dict(self.drawings)[size]
