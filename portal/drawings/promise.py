"""The promise line of one case: your case is the ringed dot on its way to the promised day."""

from dataclasses import dataclass
from typing import Final

from portal.drawings.course import MARGIN, CaseLine, Course, LineEvent, Stretch, all_but
from portal.drawings.promise_words import PromiseTexts, Sheet, words_round
from portal.drawings.shapes import Chart, Circle, Diamond, Drawing, Late, Line, Path, Rect, Shape, Size

# How far the line reaches below the time line.
_BELOW: Final = 26.0
# Half the gap left round days that do not count.
_GAP: Final = 9.0

_SHEETS: Final = (
    Sheet(Size.WIDE, 1000, 19, 17, 12),
    Sheet(Size.MEDIUM, 680, 18, 16.5, 12),
    Sheet(Size.NARROW, 320, 15.5, 15, 10),
    Sheet(Size.SLIM, 246, 14, 13.5, 9),
)


def promise_line(case: CaseLine, texts: PromiseTexts) -> Chart:
    """Draw one case against its promised day, for each size of screen."""
    return Chart(tuple((sheet.size, _draw(case, sheet, texts)) for sheet in _SHEETS))


@dataclass(frozen=True)
class _Pen:
    """Where the time line lies, and the course it shows."""

    course: Course
    sheet: Sheet
    y: float


def _draw(case: CaseLine, sheet: Sheet, texts: PromiseTexts) -> Drawing:
    course = Course(case, sheet.width)
    words = words_round(course, sheet, texts)
    pen = _Pen(course, sheet, words.line_y)
    css = "g-maybe" if case.is_paused else "g-line"
    shapes = (
        *_stretches(pen),
        Line(css, course.line, words.line_top, course.line, pen.y + _BELOW),
        *_days(pen),
        *_stops(pen),
        *_now(pen),
        *words.shapes,
    )
    return Drawing(sheet.width, words.height, shapes, texts.title, texts.description)


def _stretches(pen: _Pen) -> list[Shape]:
    """The time line itself, with a gap round what does not count."""
    lines: list[Shape] = []
    for kind, begin, end in pen.course.stretches():
        gap = min(_GAP, pen.course.per_day * 0.28) if kind in (Stretch.UNCOUNTED, Stretch.PAUSE) else 0
        if end - begin > 2 * gap:
            lines.append(Line(kind.value, round(begin + gap, 2), pen.y, round(end - gap, 2), pen.y))
    return lines


def _days(pen: _Pen) -> list[Shape]:
    """A dot for each counted day: filled when it is behind the case, open when it is to come."""
    radius = round(min(6 if pen.sheet.is_roomy else 4.5, pen.course.per_day * 0.26), 2)
    case, course = pen.course.case, pen.course
    begin: list[Shape] = (
        [Circle("g-held", MARGIN, pen.y, 6 if pen.sheet.is_roomy else 5)] if course.now > MARGIN else []
    )
    return begin + [
        Circle("g-held" if day < case.now else "g-open", course.x(day), pen.y, max(radius, 4))
        for day in course.days_with_dots()
        if abs(course.x(day) - course.now) > pen.sheet.ring + radius
    ]


def _stops(pen: _Pen) -> list[Shape]:
    """The days with something to tell: where a pause began, and what has been booked."""
    case, course = pen.course.case, pen.course
    radius = 6 if pen.sheet.is_roomy else 5
    begun = [begin for begin, _ in case.pauses]
    days = dict.fromkeys([*begun, *(event.day for event in case.events)])
    return [
        Circle(
            "g-near" if day in begun else "g-held" if day < case.now else "g-open",
            course.x(day),
            pen.y,
            radius,
        )
        for day in days
        if abs(course.x(day) - course.now) > pen.sheet.ring
    ]


def _now(pen: _Pen) -> list[Shape]:
    """The case: a ring today, a pause sign while it waits, a check or a diamond when it is answered."""
    x, y, ring, case = pen.course.now, pen.y, pen.sheet.ring, pen.course.case
    if case.stopped is not None:
        return _answered(x, y, ring, kept=case.kept if case.kept is not None else not case.is_late)
    if case.is_paused:
        bars = [Rect("g-near", round(x + left, 2), y - 5, 3, 10) for left in (-4, 1)]
        return [Circle("g-nownear", x, y, ring), *bars]
    if case.is_late:
        return [Diamond("g-paper", x, y, ring + 2), Late("g-late", x, y, ring + 2)]
    return [Circle("g-now", x, y, ring), Circle("g-held", x, y, 4.5)]


def _answered(x: float, y: float, ring: float, *, kept: bool) -> list[Shape]:
    if not kept:
        return [Diamond("g-broken", x, y, ring + 1)]
    unit = ring / 8
    turns = f"m{-3.4 * unit:g} {0.3 * unit:g}l{2.4 * unit:g} {2.4 * unit:g}l{4.4 * unit:g} {-5 * unit:g}"
    return [Circle("g-held", x, y, ring), Path("g-check", x, y, ring, turns)]


__all__ = ["CaseLine", "LineEvent", "PromiseTexts", "all_but", "promise_line"]
