"""How many marks stand for how many cases."""

from collections.abc import Sequence
from typing import Final

MOST_MARKS: Final = 140


def cases_per_mark(cases: int) -> int:
    """Give 1, or 10, 100 ... as soon as there would be more than about 130 marks."""
    per = 1
    while cases > MOST_MARKS * per:
        per *= 10
    return per


def marks_for(cases: int, per: int) -> int:
    """Give how many marks stand for the cases; some cases are never no mark at all."""
    if cases <= 0:
        return 0
    return max(1, (2 * cases + per) // (2 * per))


def spread_marks(counts: Sequence[int], per: int) -> list[int]:
    """Share the marks for the sum of the counts among the places the counts stand at.

    The shares add up to `marks_for(sum(counts), per)`; what is rounded off in one place is carried
    on to the next, so the marks gather where the cases are.
    """
    total = sum(counts)
    marks = marks_for(total, per)
    seen = given = 0
    shares: list[int] = []
    for count in counts:
        seen += count
        upto = (2 * seen * marks + total) // (2 * total) if total else 0
        shares.append(upto - given)
        given = upto
    return shares
