"""Month by month: the line lies down. Dots above it were kept, diamonds below it were not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from portal.drawings.lettering import Anchor, Block, Words
from portal.drawings.month_rows import MonthMarks, RowFrame, draw_rows
from portal.drawings.shapes import Chart, Circle, Diamond, Drawing, Line, Shape, Size, set_labels
from portal.drawings.tally import cases_per_mark, marks_for
from portal.drawings.verdicts import MonthVerdict, verdict_mark

_WIDTH: Final = 1120.0
_WIDEST_COLUMN: Final = 150.0
_PITCHES: Final = (19.0, 16.5, 14.5, 12.5, 10.5, 9.0)
_TALLEST: Final = 150.0
_PERCENT: Final = 19.0
_LABEL: Final = 17.0
_SMALL: Final = 15.0


@dataclass(frozen=True)
class MonthRow:
    """One month. `shown` is its percentage as text; too few or not measured show no marks at all."""

    label: str
    kept: int
    broken: int
    shown: str
    verdict: MonthVerdict


@dataclass(frozen=True)
class MonthTexts:
    """The words of the months, already translated.

    `kept` and `broken` head the two sides of the line; the rest are the words of the verdicts.
    `cases` words a number of settled cases ("9 ärenden").
    """

    title: str
    description: str
    kept: str
    broken: str
    near: str
    not_kept: str
    too_few: str
    not_measured: str
    cases: Callable[[int], str]

    def word(self, verdict: MonthVerdict) -> str:
        """Give the word beside a month; a month that was held needs none."""
        words = {
            MonthVerdict.HELD: "",
            MonthVerdict.NEAR: self.near,
            MonthVerdict.BROKEN: self.not_kept,
            MonthVerdict.TOO_FEW: self.too_few,
            MonthVerdict.NONE: self.not_measured,
        }
        return words[verdict]


_ROW_FRAMES: Final = (
    RowFrame(Size.MEDIUM, 640, 16, (15.0, 13.4, 12.2, 11.0, 9.8, 8.6)),
    RowFrame(Size.NARROW, 328, 15, (12.2, 11.0, 10.0, 9.0, 8.0)),
    RowFrame(Size.SLIM, 288, 13.5, (11.0, 10.0, 9.0, 8.0, 7.0)),
)


def months(rows: Sequence[MonthRow], texts: MonthTexts) -> Chart:
    """Draw the months side by side where there is room, and under one another where there is not.

    One mark is one case up to about 130 in all, then 10, then 100: `per` of the answer.
    """
    shown = [row for row in rows if row.verdict.shows_marks]
    per = cases_per_mark(sum(row.kept + row.broken for row in shown))
    marks = [_marks(row, texts, per) for row in rows]
    wide = _columns(marks, texts) if _columns_fit(marks) else _in_rows(RowFrame.wide(), marks, texts)
    others = [(frame.size, _in_rows(frame, marks, texts)) for frame in _ROW_FRAMES]
    return Chart(((Size.WIDE, wide), *others), per)


def _in_rows(frame: RowFrame, marks: Sequence[MonthMarks], texts: MonthTexts) -> Drawing:
    shapes, height = draw_rows(frame, marks, kept=texts.kept, broken=texts.broken)
    return Drawing(frame.width, height, shapes, texts.title, texts.description)


def _marks(row: MonthRow, texts: MonthTexts, per: int) -> MonthMarks:
    shows = row.verdict.shows_marks
    return MonthMarks(
        label=row.label,
        shown=row.shown if shows else "",
        word=texts.word(row.verdict),
        verdict=row.verdict,
        cases=texts.cases(row.kept + row.broken) if shows else "",
        kept=marks_for(row.kept, per) if shows else 0,
        broken=marks_for(row.broken, per) if shows else 0,
    )


def _column(marks: Sequence[MonthMarks]) -> float:
    return min(_WIDTH / max(len(marks), 1), _WIDEST_COLUMN)


def _columns_fit(marks: Sequence[MonthMarks]) -> bool:
    """Whether every text of every month has room in its column."""
    room = _column(marks) - 8
    return all(
        max(
            Words("g-b", month.shown, _PERCENT).width,
            Words("g-t", month.label, _LABEL).width,
            Words("g-m", month.cases, _SMALL).width,
            Words("g-b", month.word, _SMALL).widest_word + (17 if month.verdict.has_mark else 0),
        )
        <= room
        for month in marks
    )


def _columns(marks: Sequence[MonthMarks], texts: MonthTexts) -> Drawing:
    column = _column(marks)
    pitch = _pitch(marks, column)
    abreast = _abreast(column, pitch)
    highest = max((ceil(month.kept / abreast) for month in marks), default=0) * pitch
    lowest = max((ceil(month.broken / abreast) for month in marks), default=0) * pitch
    words = max((_word_block(month, column).height for month in marks), default=0.0)
    base = round(_PERCENT * 1.3 + words + 14 + highest + 4, 2)
    foot = base + lowest + 16
    shapes: list[Shape] = []
    for place, month in enumerate(marks):
        x = round(place * column + 4, 2)
        shapes += _stack(month, x, base, abreast, pitch)
        shapes += _column_words(month, x, column, foot)
    shapes.append(Line("g-line", 0, base, round(column * len(marks), 2), base))
    return Drawing(_WIDTH, round(foot + 44, 2), tuple(shapes), texts.title, texts.description)


def _abreast(column: float, pitch: float) -> int:
    return max(1, int((column - 20) / pitch))


def _pitch(marks: Sequence[MonthMarks], column: float) -> float:
    most = max((month.kept for month in marks), default=0)
    fitting = (pitch for pitch in _PITCHES if ceil(most / _abreast(column, pitch)) * pitch <= _TALLEST)
    return next(fitting, _PITCHES[-1])


def _stack(month: MonthMarks, x: float, base: float, abreast: int, pitch: float) -> list[Shape]:
    """The kept upwards from the line, the broken downwards."""
    radius = round(pitch * 0.39, 2)

    def at(place: int, away: float) -> tuple[float, float]:
        across = x + radius + place % abreast * pitch
        return round(across, 2), round(base + away * (pitch * 0.64 + 1 + place // abreast * pitch), 2)

    dots = [Circle("g-held", *at(place, -1), radius) for place in range(month.kept)]
    diamonds = [Diamond("g-broken", *at(place, 1), round(radius * 1.15, 2)) for place in range(month.broken)]
    return [*dots, *diamonds]


def _word_block(month: MonthMarks, column: float) -> Block:
    mark = 17 if month.verdict.has_mark else 0
    return Block.of([Words(month.verdict.css, month.word, _SMALL)], column - 8 - mark)


def _column_words(month: MonthMarks, x: float, column: float, foot: float) -> list[Shape]:
    """The percentage with its verdict on top, the month and its number of cases at the foot."""
    top = _PERCENT * 1.3
    percent = set_labels(Block((Words("g-t g-b", month.shown, _PERCENT),)), x, 0, Anchor.START)
    mark = verdict_mark(month.verdict, x + 6, top + _SMALL * 0.66)
    word = set_labels(_word_block(month, column), x + (17 if mark else 0), top, Anchor.START)
    below = Block((Words("g-t", month.label, _LABEL), Words("g-m", month.cases, _SMALL)))
    return [*(percent if month.shown else ()), *mark, *word, *(set_labels(below, x, foot, Anchor.START))]
