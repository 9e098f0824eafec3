"""The dot field, tried over many promises, laws, cases and texts."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.drawings.field import Axis, FieldTexts, Mark, MarkKind, dot_field
from portal.drawings.shapes import Chart, Line, Rect, Size
from portal.drawings.tally import marks_for
from tests.portal.drawings.geometry import (
    assert_no_text_on,
    assert_sound,
    drawings_of,
    labels_of,
    of_class,
    sentences,
    the_line,
)

CSS = {
    MarkKind.KEPT: "g-held",
    MarkKind.RUNNING: "g-run",
    MarkKind.BROKEN: "g-broken",
    MarkKind.LATE: "g-late",
}
KINDS = st.sampled_from(list(MarkKind))
MARKS = st.lists(
    st.builds(Mark, length=st.integers(0, 60) | st.integers(0, 500), kind=KINDS, count=st.integers(0, 9)),
    max_size=40,
) | st.lists(st.builds(Mark, length=st.integers(0, 200), kind=KINDS, count=st.integers(1, 700)), max_size=12)
TEXTS = st.builds(
    FieldTexts,
    title=st.just("Utfall"),
    description=st.just("De flesta i tid"),
    promise=sentences,
    kept=sentences,
    after=sentences,
    broken=sentences,
    zero=st.sampled_from(["0 veckor", "0 arbetsdagar", "0 working days"]),
    axis=sentences,
    over=st.sampled_from([lambda days: f"över {days} dagar", lambda days: f"more than {days} working days"]),
    law=sentences,
    law_note=sentences,
    median=sentences,
    longest=sentences,
)
many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def some_texts(**changes) -> FieldTexts:
    values: dict[str, Any] = {
        "title": "Utfall",
        "description": "De flesta i tid",
        "promise": "Vårt löfte: fyra veckor",
        "kept": "108 ärenden i tid",
        "after": "Efter löftet",
        "broken": "8 avgjorda för sent",
        "zero": "0 veckor",
        "axis": "Veckor från komplett ansökan",
        "over": lambda days: f"över {days} dagar",
        "longest": "400 dagar, den längsta tiden",
    }
    return FieldTexts(**(values | changes))


def a_field(marks, promise=28, law=None, axis=Axis.WEEKS, median=None, texts=None) -> Chart:
    return dot_field(marks, promise=promise, law=law, axis=axis, median=median, texts=texts or some_texts())


def kept(length: int, count: int = 1) -> Mark:
    return Mark(length, MarkKind.KEPT, count)


def broken(length: int, count: int = 1) -> Mark:
    return Mark(length, MarkKind.BROKEN, count)


@many
@given(
    marks=MARKS,
    promise=st.integers(1, 182),
    law=st.none() | st.integers(1, 400),
    axis=st.sampled_from(list(Axis)),
    median=st.none() | st.integers(0, 300),
    texts=TEXTS,
)
def test_whatever_the_parameters_the_field_is_sound(marks, promise, law, axis, median, texts):
    chart = a_field(marks, promise, law, axis, median, texts)
    for drawing in drawings_of(chart):
        assert_sound(drawing)
        line = the_line(drawing)
        assert_no_text_on(drawing, Line("", line.x1, line.y1, line.x2, line.y2 - 12))
        for law_line in of_class(drawing, "g-law"):
            assert isinstance(law_line, Line)
            assert_no_text_on(drawing, Line("", law_line.x1, law_line.y1, law_line.x2, law_line.y2 - 12))
        for kind, css in CSS.items():
            cases = sum(mark.count for mark in marks if mark.kind is kind)
            drawn = of_class(drawing, css)
            assert len(drawn) == marks_for(cases, chart.per)
            inside = kind in (MarkKind.KEPT, MarkKind.RUNNING)
            assert all((mark.box.right < line.x1) if inside else (mark.box.left > line.x1) for mark in drawn)


@many
@given(marks=MARKS, promise=st.integers(1, 182), axis=st.sampled_from(list(Axis)))
def test_the_table_counts_every_case_once(marks, promise, axis):
    rows = a_field(marks, promise, axis=axis).rows
    counted = sum(row.kept + row.running + row.broken + row.late for row in rows)
    assert counted == sum(mark.count for mark in marks)
    assert [row.over for row in rows[1:]] == [row.upto for row in rows[:-1]]


def test_one_mark_is_one_case_until_there_are_too_many():
    assert a_field([kept(3, 108), broken(30, 24)]).per == 1
    assert a_field([kept(3, 458)]).per == 10
    assert a_field([kept(3, 5000)]).per == 100


def test_a_few_broken_among_thousands_are_still_seen():
    for drawing in drawings_of(a_field([kept(3, 5000), broken(40)])):
        assert len(of_class(drawing, "g-broken")) == 1


def test_a_case_on_its_last_day_is_left_of_the_line_and_one_day_later_right_of_it():
    chart = a_field([kept(28), broken(29)])
    for drawing in drawings_of(chart):
        line = the_line(drawing).x1
        (dot,), (diamond,) = of_class(drawing, "g-held"), of_class(drawing, "g-broken")
        assert line - 40 < dot.box.right < line < diamond.box.left < line + 40


def test_the_line_stands_where_the_zone_ends():
    for drawing in drawings_of(a_field([kept(5)], law=70)):
        (zone,) = of_class(drawing, "g-zone")
        assert isinstance(zone, Rect)
        assert zone.box.right == pytest.approx(the_line(drawing).x1, abs=0.02)


def test_the_line_is_as_far_along_as_the_promise_is_of_the_laws_limit():
    drawing = a_field([kept(5)], promise=28, law=70).of(Size.WIDE)
    (law,) = of_class(drawing, "g-law")
    assert isinstance(law, Line)
    assert (the_line(drawing).x1 - 2) / (law.x1 - 2) == pytest.approx(0.4, abs=0.001)


def test_one_case_of_four_hundred_days_does_not_press_the_rest_together():
    chart = a_field([kept(day) for day in range(28)] + [broken(400)])
    for drawing in drawings_of(chart):
        assert the_line(drawing).x1 > drawing.width / 4
        text = " ".join(label.text for label in labels_of(drawing))
        assert "över 84 dagar" in text
        assert "400 dagar, den längsta tiden" in text
    assert chart.rows[-1].upto is None
    assert chart.rows[-1].broken == 1


def test_a_law_far_beyond_the_promise_is_told_in_words():
    drawing = a_field([kept(1)], promise=2, law=180, axis=Axis.DAYS, texts=some_texts(law="Lagens gräns")).of(
        Size.WIDE
    )
    assert not of_class(drawing, "g-law")
    assert "Lagens gräns" in [label.text for label in labels_of(drawing)]


def test_a_field_without_cases_shows_the_promise_alone():
    for drawing in drawings_of(a_field([])):
        assert_sound(drawing)
        assert the_line(drawing)


def test_a_promise_of_less_than_a_day_is_refused():
    with pytest.raises(ValueError, match="at least one day"):
        a_field([], promise=0)


def test_a_case_of_negative_length_is_refused():
    with pytest.raises(ValueError, match="negative"):
        a_field([kept(-1)])


def test_no_text_is_set_smaller_than_can_be_read():
    for size, smallest in ((Size.WIDE, 15), (Size.MEDIUM, 15), (Size.NARROW, 14), (Size.SLIM, 13)):
        drawing = a_field([kept(3), broken(400)], law=70, texts=some_texts(law="Lagens gräns")).of(size)
        assert min(label.size for label in labels_of(drawing)) >= smallest
