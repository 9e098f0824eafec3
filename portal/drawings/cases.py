"""What a dot field is made from: the cases by their length, and the words about them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from portal.drawings.shapes import LengthRow

_ROWS: Final = 16
_ROW_STEPS: Final = (1, 2, 5, 10, 20, 50, 100)


class MarkKind(StrEnum):
    """How a case stands against its promise."""

    KEPT = "kept"
    RUNNING = "running"
    BROKEN = "broken"
    LATE = "late"


# Inside the promise, lowest first; the same outside it.
INSIDE: Final = (MarkKind.KEPT, MarkKind.RUNNING)
OUTSIDE: Final = (MarkKind.BROKEN, MarkKind.LATE)


class Axis(StrEnum):
    """What the axis counts: days of whichever kind the promise has, or whole weeks of seven of them."""

    DAYS = "days"
    WEEKS = "weeks"

    @property
    def whole(self) -> int:
        """How many days one step on the axis is."""
        return 7 if self is Axis.WEEKS else 1


@dataclass(frozen=True)
class Mark:
    """Cases that took, or have taken so far, the same number of days."""

    length: int
    kind: MarkKind
    count: int = 1


@dataclass(frozen=True)
class FieldTexts:
    """The words of a dot field, already translated. An empty one is left out.

    `zero` stands under the beginning of the axis ("0 veckor"), `axis` under the whole of it where
    that is too long ("Veckor från komplett ansökan"). `over` words the place for the longest cases,
    from the last number of days shown ("över 84 dagar").
    """

    title: str
    description: str
    promise: str
    kept: str
    after: str
    broken: str
    zero: str
    axis: str
    over: Callable[[int], str]
    law: str = ""
    law_note: str = ""
    median: str = ""
    longest: str = ""


@dataclass(frozen=True)
class Cases:
    """The cases under one promise. `promise`, `law` and `median` in the axis' own days.

    `law` is None when no law sets a limit, `median` when too few cases are settled to have one.
    """

    marks: tuple[Mark, ...]
    promise: int
    axis: Axis
    law: int | None = None
    median: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a promise of less than a day or a case of negative length."""
        if self.promise < 1:
            raise ValueError(f"a promise is at least one day, not {self.promise}")
        if any(mark.length < 0 or mark.count < 0 for mark in self.marks):
            raise ValueError("a case has neither a negative length nor a negative number")

    @property
    def longest(self) -> int:
        """The longest case of all, in days; 0 without cases."""
        return max((mark.length for mark in self.marks if mark.count), default=0)

    @property
    def furthest(self) -> int:
        """The longest case right of the line, in days; 0 when there is none."""
        return max((mark.length for mark in self.marks if mark.count and mark.kind in OUTSIDE), default=0)

    def number(self, *kinds: MarkKind) -> int:
        """Count the cases of these kinds, or all without a kind."""
        return sum(mark.count for mark in self.marks if not kinds or mark.kind in kinds)


def length_rows(cases: Cases, upto: int) -> tuple[LengthRow, ...]:
    """Give the table beside the field: a row for each week, or for one or a few days."""
    step = _row_step(cases.axis, upto)
    ends = list(range(0 if step == 1 else step, upto + step, step))
    rows = [LengthRow(over, end) for over, end in zip([-1, *ends], ends, strict=False)]
    if cases.longest > ends[-1]:
        rows.append(LengthRow(ends[-1], None))
    for mark in filter(lambda mark: mark.count, cases.marks):
        place = _row_of(rows, mark.length)
        rows[place] = _with(rows[place], mark)
    return tuple(rows)


def _row_step(axis: Axis, upto: int) -> int:
    steps: Sequence[int] = [axis.whole * step for step in _ROW_STEPS]
    return next((step for step in steps if upto / step <= _ROWS), steps[-1])


def _row_of(rows: Iterable[LengthRow], length: int) -> int:
    return next(place for place, row in enumerate(rows) if row.upto is None or length <= row.upto)


def _with(row: LengthRow, mark: Mark) -> LengthRow:
    match mark.kind:
        case MarkKind.KEPT:
            return replace(row, kept=row.kept + mark.count)
        case MarkKind.RUNNING:
            return replace(row, running=row.running + mark.count)
        case MarkKind.BROKEN:
            return replace(row, broken=row.broken + mark.count)
        case MarkKind.LATE:
            return replace(row, late=row.late + mark.count)
