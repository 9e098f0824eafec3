"""The months, beside one another and under one another."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.drawings.months import MonthRow, MonthTexts, months
from portal.drawings.shapes import Diamond, Line, Size
from portal.drawings.tally import marks_for
from portal.drawings.verdicts import MonthVerdict
from tests.portal.drawings.geometry import assert_sound, drawings_of, labels_of, of_class, words

ROWS = st.lists(
    st.builds(
        MonthRow,
        label=st.sampled_from(["dec", "sep 2026", "september 2026", "marraskuu 2026"]),
        kept=st.integers(0, 20) | st.integers(0, 600),
        broken=st.integers(0, 9) | st.integers(0, 300),
        shown=st.sampled_from(["100\u00a0%", "87,5\u00a0%"]),
        verdict=st.sampled_from(list(MonthVerdict)),
    ),
    max_size=14,
)
TEXTS = st.builds(
    MonthTexts,
    title=st.just("Månader"),
    description=st.just("Tolv månader"),
    kept=words,
    broken=words,
    near=words,
    not_kept=words,
    too_few=words,
    not_measured=words,
    cases=st.sampled_from(
        [lambda number: f"{number} ärenden", lambda number: f"{number} completed applications"]
    ),
)


def swedish_texts() -> MonthTexts:
    return MonthTexts(
        title="Månad för månad",
        description="Löftet hölls tio månader av tolv",
        kept="hölls",
        broken="hölls inte",
        near="nära",
        not_kept="hölls inte",
        too_few="för få för att visas",
        not_measured="mäts inte än",
        cases=lambda number: f"{number} ärenden",
    )


def a_month(label="aug", kept=6, broken=2, verdict=MonthVerdict.BROKEN) -> MonthRow:
    return MonthRow(label, kept, broken, "75\u00a0%", verdict)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ROWS, texts=TEXTS)
def test_whatever_the_months_the_drawings_are_sound(rows, texts):
    chart = months(rows, texts)
    shown = [row for row in rows if row.verdict.shows_marks]
    for drawing in drawings_of(chart):
        assert_sound(drawing)
        assert len(of_class(drawing, "g-held")) == sum(marks_for(row.kept, chart.per) for row in shown)
        verdicts = sum(row.verdict is MonthVerdict.BROKEN for row in shown)
        assert len(of_class(drawing, "g-broken")) == verdicts + sum(
            marks_for(row.broken, chart.per) for row in shown
        )


def test_twelve_months_stand_beside_one_another_on_a_wide_screen():
    rows = [
        a_month(label)
        for label in ["dec", "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov"]
    ]
    drawing = months(rows, swedish_texts()).of(Size.WIDE)
    (line,) = of_class(drawing, "g-line")
    assert isinstance(line, Line)
    assert line.y1 == line.y2
    assert all(dot.box.bottom < line.y1 for dot in of_class(drawing, "g-held"))
    below = [shape for shape in of_class(drawing, "g-broken") if shape.box.top > line.y1]
    assert len(below) == 12 * 2


def test_on_a_narrow_screen_kept_is_left_of_the_line_and_broken_right_of_it():
    drawing = months([a_month(), a_month("sep")], swedish_texts()).of(Size.NARROW)
    (line,) = of_class(drawing, "g-line")
    assert isinstance(line, Line)
    assert line.x1 == line.x2
    assert all(dot.box.right < line.x1 for dot in of_class(drawing, "g-held"))
    right = [shape for shape in of_class(drawing, "g-broken") if shape.box.left > line.x1]
    assert len(right) == 2 * 2


def test_a_month_with_too_few_cases_shows_neither_marks_nor_numbers():
    for drawing in drawings_of(months([a_month("jan", 2, 1, MonthVerdict.TOO_FEW)], swedish_texts())):
        assert not [shape for shape in drawing.shapes if isinstance(shape, Diamond)]
        text = " ".join(label.text for label in labels_of(drawing))
        assert "för få" in text
        assert not any(letter.isdigit() for letter in text)


def test_many_cases_share_a_mark():
    assert months([a_month(kept=400, broken=20)], swedish_texts()).per == 10
