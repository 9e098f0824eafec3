"""What must be true of every drawing, whatever its parameters, and the texts to try it with."""

from itertools import combinations
from math import isfinite

from hypothesis import strategies as st

from portal.drawings.lettering import Box
from portal.drawings.shapes import Chart, Drawing, Label, Line, Shape

SENTENCES = [
    "",
    "Ja",
    "Vårt löfte: fyra veckor",
    "Lagens gräns: tio veckor",
    "8 avgjorda för sent, 2 är försenade nu",
    "Our service pledge: a decision within twenty-six weeks from a complete application",
    "None of the cases exceeded the statutory limit, but three were decided after the promised day",
    "Kommunstyrelseordförandesekreterarens handläggningstid",
    "1\u00a0234\u00a0ärenden, varav\u00a0128\u00a0försenade",
]
sentences = st.sampled_from(SENTENCES)
words = st.sampled_from([text for text in SENTENCES if text])


def drawings_of(chart: Chart) -> list[Drawing]:
    return [drawing for _, drawing in chart.drawings]


def labels_of(drawing: Drawing) -> list[Label]:
    return [shape for shape in drawing.shapes if isinstance(shape, Label)]


def of_class(drawing: Drawing, css: str) -> list[Shape]:
    return [shape for shape in drawing.shapes if shape.css == css]


def the_line(drawing: Drawing, css: str = "g-line") -> Line:
    (line,) = of_class(drawing, css)
    assert isinstance(line, Line)
    return line


def outside(box: Box, drawing: Drawing) -> bool:
    """Whether any of it is out of the frame; a stroke's width may be."""
    near = 0.02
    return (
        box.left < -near
        or box.top < -near
        or box.right > drawing.width + near
        or box.bottom > drawing.height + near
    )


def assert_sound(drawing: Drawing) -> None:
    """Every number is a number, everything is inside the frame and no text touches another."""
    assert isfinite(drawing.width)
    assert isfinite(drawing.height)
    for shape in drawing.shapes:
        box = shape.box
        assert all(isfinite(side) for side in (box.left, box.top, box.right, box.bottom)), shape
        assert not outside(box, drawing), shape
    labels = labels_of(drawing)
    for one, other in combinations(labels, 2):
        assert not one.box.overlaps(other.box), (one, other)


def assert_no_text_on(drawing: Drawing, line: Line) -> None:
    """No text is crossed by this upright line."""
    for label in labels_of(drawing):
        assert not label.box.overlaps(line.box), (label, line)
