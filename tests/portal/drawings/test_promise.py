"""The promise line of one case, from the day of receipt to long after the promised day."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from portal.drawings.promise import CaseLine, LineEvent, PromiseTexts, all_but, promise_line
from portal.drawings.shapes import Circle, Line, Size
from tests.portal.drawings.geometry import (
    assert_no_text_on,
    assert_sound,
    drawings_of,
    labels_of,
    of_class,
    sentences,
    the_line,
    words,
)

RECEIVED = date(2026, 11, 10)
DUE = date(2026, 11, 24)
TEXTS = st.builds(
    PromiseTexts,
    title=st.just("Ditt ärende"),
    description=st.just("Dag 8 av 10"),
    received=sentences,
    received_day=st.sampled_from(["tis 10 nov", "Tuesday 10 November 2026"]),
    due=words,
    due_day=st.sampled_from(["tis 24 nov", "Tuesday 24 November 2026"]),
    now=words,
    uncounted=sentences,
)


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


def swedish_texts(now="I dag: dag 8 av 10") -> PromiseTexts:
    return PromiseTexts(
        title="Ditt ärende",
        description="Dag 8 av 10",
        received="Mottaget",
        received_day="tis 10 nov",
        due="Lovad dag",
        due_day="tis 24 nov",
        now=now,
        uncounted="helgen räknas inte",
    )


def a_case(today=date(2026, 11, 20), received=RECEIVED, due=DUE, **changes) -> CaseLine:
    return CaseLine(received=received, today=today, due=due, counted=is_weekday, **changes)


@st.composite
def cases(draw) -> CaseLine:
    due = RECEIVED + timedelta(draw(st.integers(0, 21) | st.integers(0, 182)))
    today = RECEIVED + timedelta(draw(st.integers(0, 21) | st.integers(0, 250)))
    days = st.integers(-3, 200).map(lambda number: RECEIVED + timedelta(number))
    events = draw(st.lists(st.builds(LineEvent, days, words, st.just("mån 23 nov")), max_size=4))
    begin = RECEIVED + timedelta(draw(st.integers(0, 30)))
    assume(begin <= today)
    pauses = draw(st.sampled_from([(), ((begin, None),), ((begin, min(begin + timedelta(4), today)),)]))
    stopped = today if draw(st.booleans()) else None
    kept = draw(st.booleans()) if stopped else None
    return a_case(today, due=due, pauses=pauses, stopped=stopped, events=tuple(events), kept=kept)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases(), texts=TEXTS)
def test_wherever_the_case_stands_the_drawing_is_sound(case, texts):
    for drawing in drawings_of(promise_line(case, texts)):
        assert_sound(drawing)
        line = the_line(drawing, "g-maybe" if case.is_paused else "g-line")
        assert_no_text_on(drawing, line)
        said = "".join(label.text.replace(" ", "") for label in labels_of(drawing))
        for text in (texts.now, texts.due, texts.received, *(event.words for event in case.events)):
            assert text.replace(" ", "") in said


EDGES = {
    "received today": RECEIVED,
    "due tomorrow": date(2026, 11, 23),
    "due today": DUE,
    "a day late": date(2026, 11, 25),
    "sixty days late": date(2027, 1, 23),
}


@pytest.mark.parametrize("today", EDGES.values(), ids=EDGES.keys())
@pytest.mark.parametrize("size", list(Size))
def test_the_case_stands_on_its_side_of_the_line(today, size):
    drawing = promise_line(a_case(today), swedish_texts()).of(size)
    line = the_line(drawing).x1
    if today > DUE:
        (late,) = of_class(drawing, "g-late")
        assert late.box.left > line
        return
    (ring,) = of_class(drawing, "g-now")
    assert isinstance(ring, Circle)
    assert ring.x == line if today == DUE else ring.x < line


def test_the_promised_day_is_at_the_right_edge_until_it_has_passed():
    drawing = promise_line(a_case(), swedish_texts()).of(Size.MEDIUM)
    assert the_line(drawing).x1 == 680 - 14


def test_days_are_evenly_spaced_up_to_the_line():
    drawing = promise_line(a_case(), swedish_texts()).of(Size.MEDIUM)
    (ring,) = of_class(drawing, "g-now")
    assert isinstance(ring, Circle)
    assert ring.x == pytest.approx(14 + 10 / 14 * (680 - 28), abs=0.01)


def test_the_days_that_count_have_a_dot_each():
    drawing = promise_line(a_case(), swedish_texts()).of(Size.WIDE)
    open_dots, filled = of_class(drawing, "g-open"), of_class(drawing, "g-held")
    assert len(open_dots) == 1
    # The day of receipt, seven counted days since, and the core of the ring.
    assert len(filled) == 1 + 7 + 1


def test_weekends_are_dotted_and_said():
    drawing = promise_line(a_case(), swedish_texts()).of(Size.WIDE)
    assert len(of_class(drawing, "g-wk")) == 6
    assert "helgen räknas inte" in [label.text for label in labels_of(drawing)]


def test_a_holiday_can_be_named_by_its_day():
    free = frozenset({date(2026, 11, 12)})
    case = CaseLine(RECEIVED, date(2026, 11, 20), DUE, all_but(free))
    assert len(of_class(promise_line(case, swedish_texts()).of(Size.WIDE), "g-wk")) == 2


def test_a_paused_case_has_a_dashed_line_and_a_dotted_stretch():
    case = a_case(pauses=[(date(2026, 11, 16), None)])
    drawing = promise_line(case, swedish_texts("I dag: pausad, vi väntar på dig")).of(Size.WIDE)
    assert not of_class(drawing, "g-line")
    assert the_line(drawing, "g-maybe")
    (pause,) = of_class(drawing, "g-pause")
    assert isinstance(pause, Line)
    assert len(of_class(drawing, "g-nownear")) == 1


def test_an_answer_in_time_is_a_check_and_a_late_one_a_diamond():
    in_time = promise_line(a_case(stopped=date(2026, 11, 19), kept=True), swedish_texts()).of(Size.WIDE)
    too_late = promise_line(a_case(stopped=date(2026, 11, 27), kept=False), swedish_texts()).of(Size.WIDE)
    assert len(of_class(in_time, "g-check")) == 1
    (diamond,) = of_class(too_late, "g-broken")
    assert diamond.box.left > the_line(too_late).x1


def test_ten_weeks_are_drawn_as_one_stretch():
    case = a_case(due=RECEIVED + timedelta(70))
    for drawing in drawings_of(promise_line(case, swedish_texts())):
        assert len(of_class(drawing, "g-past")) == 1
        assert not of_class(drawing, "g-wk")


def test_a_promised_day_before_the_case_is_refused():
    with pytest.raises(ValueError, match="before the case"):
        a_case(due=date(2026, 11, 9))
