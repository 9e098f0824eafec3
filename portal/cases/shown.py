"""Which clocks of a case people are shown, on pages and in letters. Pure."""

from collections.abc import Sequence

from portal.cases.models import Case, CaseClock
from portal.cases.reckoning import NEVER
from portal.pledgebook.models import TallyState

# What does not count is told among what has happened, with its reason, and promised no more.
UNCOUNTED = frozenset({TallyState.EXCUSED, TallyState.VOID})


def shown(case: Case) -> Sequence[CaseClock]:
    """Give the clocks of the present cycle that promise a day and count, the main one first.

    A clock that has not begun, or that promises no day (to settle the case where it came in), is never shown.
    """
    clocks = (clock for clock in case.clocks if clock.cycle == case.cycle and clock.due_on != NEVER)
    return sorted(
        (clock for clock in clocks if clock.state not in UNCOUNTED), key=lambda clock: clock.position
    )
