"""The dot field: every case is a mark at the number of days it took, and the line is the promise."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from portal.drawings.cases import INSIDE, OUTSIDE, Axis, Cases, FieldTexts, Mark, MarkKind, length_rows
from portal.drawings.field_foot import foot
from portal.drawings.field_head import head
from portal.drawings.ground import Ground
from portal.drawings.scale import FRAMES, LEFT, Frame, Reach, Scale, height_of, reach_of, scales
from portal.drawings.shapes import DIAMOND, Chart, Circle, Diamond, Drawing, Late, Line, Rect, Shape
from portal.drawings.tally import cases_per_mark, spread_marks

# Marks of each kind, by the place they stand at.
Stacks = Mapping[MarkKind, Mapping[int, int]]


def dot_field(
    marks: Iterable[Mark],
    *,
    promise: int,
    law: int | None,
    axis: Axis,
    median: int | None,
    texts: FieldTexts,
) -> Chart:
    """Draw every case at the number of days it took, for each size of screen.

    `promise`, `law`, `median` and each length are in the same days, working days or calendar days;
    `axis` says whether the axis counts them one by one or by weeks. A case's verdict, not its
    length, puts it on its side of the line. One mark is one case up to about 130 cases, then 10,
    then 100: `per` of the answer. Raises ValueError for a promise of less than a day.
    """
    cases = Cases(tuple(marks), promise, axis, law, median)
    per = cases_per_mark(cases.number())
    reach = _reach(cases, FRAMES[0])
    drawings = tuple((frame.size, _draw(cases, frame, per, texts)) for frame in FRAMES)
    return Chart(drawings, per, length_rows(cases, reach.upto))


def _reach(cases: Cases, frame: Frame) -> Reach:
    return reach_of(cases.promise, cases.law, cases.furthest, frame.share, cases.axis.whole)


def _draw(cases: Cases, frame: Frame, per: int, texts: FieldTexts) -> Drawing:
    fitted = _fit(cases, frame, per)
    ground = _ground(cases, frame, fitted)
    above = head(ground, texts)
    top = above.height + 12
    base = round(top + max(fitted.height, 3.5 * fitted.scale.pitch) + 4, 2)
    below = foot(ground, texts, base)
    shapes = (
        Rect("g-zone", LEFT, top - 6, round(ground.line - LEFT, 2), round(base - top + 6, 2)),
        *_axis(fitted.scale, frame, base),
        *_marks(fitted, frame, base),
        Line("g-line", ground.line, 0, ground.line, base + 10),
        *_law(ground, above.law_top, base),
        *above.labels,
        *below.shapes,
    )
    return Drawing(frame.width, below.bottom, shapes, texts.title, texts.description)


@dataclass(frozen=True)
class Fitted:
    """The scale that was chosen, the marks on it and the height they take."""

    scale: Scale
    stacks: Stacks
    height: float


def _fit(cases: Cases, frame: Frame, per: int) -> Fitted:
    """Choose the first scale under the frame's height, or else the one that becomes lowest."""
    best: Fitted | None = None
    for scale in scales(frame, _reach(cases, frame)):
        stacks = _stack(cases, scale, per)
        height = height_of(scale, frame, _together(stacks))
        if height <= frame.tallest:
            return Fitted(scale, stacks, height)
        if best is None or height < best.height:
            best = Fitted(scale, stacks, height)
    if best is None:
        raise ValueError(f"no scale fits a promise of {cases.promise} days")
    return best


def _stack(cases: Cases, scale: Scale, per: int) -> Stacks:
    """Count the marks of each kind in each place."""
    stacks: dict[MarkKind, Mapping[int, int]] = {}
    for kind in MarkKind:
        counts: Counter[int] = Counter()
        for mark in cases.marks:
            if mark.kind is kind and mark.count:
                counts[scale.place_of(mark.length, inside=kind in INSIDE)] += mark.count
        places = sorted(counts)
        shares = spread_marks([counts[place] for place in places], per)
        stacks[kind] = dict(zip(places, shares, strict=True))
    return stacks


def _together(stacks: Stacks) -> Mapping[int, int]:
    whole: Counter[int] = Counter()
    for places in stacks.values():
        whole.update(places)
    return whole


def _ground(cases: Cases, frame: Frame, fitted: Fitted) -> Ground:
    occupied = [place for kind in OUTSIDE for place, marks in fitted.stacks[kind].items() if marks]
    return Ground(frame, fitted.scale, cases, max(occupied, default=None))


def _axis(scale: Scale, frame: Frame, base: float) -> list[Shape]:
    """The axis; the place for longer cases stands on a piece of its own."""
    lines: list[Shape] = [Line("g-axis", LEFT, base, round(scale.right, 2), base)]
    if scale.reach.over:
        lines.append(Line("g-axis", frame.width - frame.over, base, frame.width, base))
    return lines


def _law(ground: Ground, top: float, base: float) -> list[Shape]:
    law = ground.law_line
    return [] if law is None else [Line("g-law", law, top, law, base + 10)]


def _marks(fitted: Fitted, frame: Frame, base: float) -> list[Shape]:
    """Stack the marks of each place, the settled under the running and the late."""
    shapes: list[Shape] = []
    for kinds in (INSIDE, OUTSIDE):
        filled: Counter[int] = Counter()
        for kind in kinds:
            for place, marks in sorted(fitted.stacks[kind].items()):
                cells = range(filled[place], filled[place] + marks)
                shapes += [_mark(fitted.scale, frame, base, kind, (place, cell)) for cell in cells]
                filled[place] += marks
    return shapes


def _mark(scale: Scale, frame: Frame, base: float, kind: MarkKind, at: tuple[int, int]) -> Shape:
    place, cell = at
    columns = scale.columns_at(place, frame)
    radius = scale.pitch * 0.38
    x = round(scale.middle(place, frame) + (cell % columns - (columns - 1) / 2) * scale.pitch, 2)
    y = round(base - (ceil((cell + 1) / columns) - 0.5) * scale.pitch - 1, 2)
    match kind:
        case MarkKind.KEPT:
            return Circle("g-held", x, y, round(radius, 2))
        case MarkKind.RUNNING:
            return Circle("g-run", x, y, round(radius - 1, 2))
        case MarkKind.BROKEN:
            return Diamond("g-broken", x, y, round(radius * DIAMOND, 2))
        case MarkKind.LATE:
            return Late("g-late", x, y, round(radius * DIAMOND, 2))


__all__ = ["Axis", "FieldTexts", "Mark", "MarkKind", "dot_field"]
