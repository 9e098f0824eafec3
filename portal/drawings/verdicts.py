"""The verdict of one month: its word's colour, and the mark that stands before the word."""

from enum import StrEnum

from portal.drawings.shapes import Circle, Diamond, Path, Shape


class MonthVerdict(StrEnum):
    """What a month's figure says; a held month is told by its dots alone."""

    HELD = "held"
    NEAR = "near"
    BROKEN = "broken"
    TOO_FEW = "too_few"
    NONE = "none"

    @property
    def shows_marks(self) -> bool:
        """Whether the month's cases may be drawn: too few of them could point at one person's."""
        return self not in (MonthVerdict.TOO_FEW, MonthVerdict.NONE)

    @property
    def has_mark(self) -> bool:
        """Whether a mark stands before the word."""
        return self in (MonthVerdict.NEAR, MonthVerdict.BROKEN)

    @property
    def css(self) -> str:
        """The class of its word."""
        return {MonthVerdict.NEAR: "g-nb", MonthVerdict.BROKEN: "g-bb"}.get(self, "g-m")


def verdict_mark(verdict: MonthVerdict, x: float, y: float) -> tuple[Shape, ...]:
    """Draw the half circle or the diamond with its middle at (x, y)."""
    x, y = round(x, 2), round(y, 2)
    if verdict is MonthVerdict.NEAR:
        half = Path("g-near", x, y, 5, "m0 -5a5 5 0 0 0 0 10z")
        return (Circle("g-nearline", x, y, 5), half)
    if verdict is MonthVerdict.BROKEN:
        return (Diamond("g-broken", x, y, 6.5),)
    return ()
