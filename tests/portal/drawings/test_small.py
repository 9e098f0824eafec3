"""The strip beside a pledge, the desk's line, the ROSA pips, and room for words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.drawings.desk import DueState, due_line, rosa_pips
from portal.drawings.lettering import Words
from portal.drawings.shapes import Circle
from portal.drawings.strip import strip
from portal.drawings.tally import marks_for, spread_marks
from tests.portal.drawings.geometry import assert_sound, of_class, sentences

number = st.integers(0, 30) | st.integers(0, 20_000)


@settings(deadline=None)
@given(kept=number, broken=number, running=number, late_now=number)
def test_a_strip_holds_any_numbers(kept, broken, running, late_now):
    small = strip(kept=kept, broken=broken, running=running, late_now=late_now)
    assert_sound(small.drawing)
    counts = {"g-held": kept, "g-broken": broken, "g-run": running, "g-late": late_now}
    for css, cases in counts.items():
        drawn = of_class(small.drawing, css)
        assert len(drawn) == marks_for(cases, small.per)
        left = css in ("g-held", "g-run")
        assert all((mark.box.right < 224) if left else (mark.box.left > 224) for mark in drawn)


def test_a_strip_of_one_hundred_and_eight_cases_shows_each_of_them():
    assert strip(kept=108, broken=8, running=14, late_now=2).per == 1


def test_a_strip_of_hundreds_says_ten_cases_a_mark():
    assert strip(kept=431, broken=27, running=3, late_now=0).per == 10


@given(counts=st.lists(st.integers(0, 900), max_size=30), per=st.sampled_from([1, 10, 100]))
def test_marks_are_shared_out_without_losing_any(counts, per):
    shares = spread_marks(counts, per)
    assert sum(shares) == marks_for(sum(counts), per)
    assert all(share == 0 for share, count in zip(shares, counts, strict=True) if count == 0)


@given(used=st.floats(0, 1000), total=st.floats(0, 1000), state=st.sampled_from(list(DueState)))
def test_the_desks_line_is_sound_and_always_at_one_hundred(used, total, state):
    drawing = due_line(used, total, state)
    assert_sound(drawing)
    (line,) = of_class(drawing, "g-maybe" if state is DueState.PAUSED else "g-line")
    assert line.box.left == line.box.right == 100


def test_half_the_time_used_is_half_the_way():
    (dot,) = of_class(due_line(5, 10, DueState.RUNNING), "g-held")
    assert isinstance(dot, Circle)
    assert dot.x == 52.5


def test_a_late_case_is_beyond_the_line_from_its_first_day():
    (late,) = of_class(due_line(11, 10, DueState.LATE), "g-late")
    assert late.box.left > 100


@pytest.mark.parametrize("level", range(7))
def test_rosa_fills_as_many_pips_as_the_level(level):
    drawing = rosa_pips(level)
    assert len(of_class(drawing, "g-held")) == level
    assert len(drawing.shapes) == 6


def test_a_level_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="0 to 6"):
        rosa_pips(7)


@given(text=sentences, limit=st.floats(30, 600))
def test_a_broken_text_keeps_its_letters_and_its_limit(text, limit):
    lines = Words("g-t", text, 16).lines(limit)
    assert all(line.width <= limit + 0.01 for line in lines)
    assert "".join(line.text for line in lines).replace(" ", "") == text.replace(" ", "")


def test_a_hard_space_never_breaks():
    lines = Words("g-t", "Hälften fick beslut inom 19\u00a0dagar", 16).lines(120)
    assert any("19\u00a0dagar" in line.text for line in lines)
