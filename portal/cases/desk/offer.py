"""Which deeds an officer is offered in a case. The first rule that says no decides."""

from collections.abc import Callable, Mapping

from portal.accounts.rules import Actor, may
from portal.cases.amends import ready_fee, to_explain
from portal.cases.desk.deeds import ANSWER, ASK, CLOSE, HAND_OVER, NOTE, STEP, SUPPLEMENT, TAKE
from portal.cases.desk.forms import Around
from portal.cases.desk.handling import Handling
from portal.cases.desk.late_deeds import EXCUSE, EXPLAIN, EXTEND, LOWER_FEE, REOPEN, TELL_HOW
from portal.cases.legal.times import extendable
from portal.cases.models import Case
from portal.cases.progress import steps_to_mark
from portal.cases.rules import State
from portal.cases.turns import excusable
from portal.errors import NotFound

HANDLINGS = (
    TAKE,
    ANSWER,
    ASK,
    SUPPLEMENT,
    STEP,
    EXPLAIN,
    TELL_HOW,
    LOWER_FEE,
    EXTEND,
    HAND_OVER,
    NOTE,
    EXCUSE,
    CLOSE,
    REOPEN,
)
BY_SLUG: Mapping[str, Handling] = {handling.slug: handling for handling in HANDLINGS}
# What can be done to a closed case; all else needs an open one.
AFTERWARDS = frozenset({TELL_HOW, LOWER_FEE, NOTE, EXCUSE, REOPEN})

Fits = Callable[[Case, Around], bool]
# When a deed fits; one that is not here fits every case of its state.
FITS: Mapping[str, Fits] = {
    ASK.slug: lambda case, around: case.state is not State.WAITING,
    STEP.slug: lambda case, around: bool(steps_to_mark(case)),
    EXPLAIN.slug: lambda case, around: any(clock.cycle == case.cycle for clock in case.clocks),
    TELL_HOW.slug: lambda case, around: bool(to_explain(case)),
    LOWER_FEE.slug: lambda case, around: ready_fee(case) is not None,
    EXTEND.slug: lambda case, around: extendable(around.laws) is not None,
    EXCUSE.slug: lambda case, around: bool(excusable(case)),
    REOPEN.slug: lambda case, around: case.state is State.CLOSED,
}


def handling(slug: str) -> Handling:
    """Give the deed that an address names. Raises NotFound."""
    found = BY_SLUG.get(slug)
    if found is None:
        raise NotFound(f"no deed {slug}")
    return found


def offered(case: Case, around: Around, actor: Actor) -> tuple[Handling, ...]:
    """Give the deeds that fit the state of the case, and that the officer may do."""
    return tuple(deed for deed in HANDLINGS if _fits(deed, case, around, actor))


def _fits(deed: Handling, case: Case, around: Around, actor: Actor) -> bool:
    if case.state is State.CLOSED and deed not in AFTERWARDS:
        return False
    fits = FITS.get(deed.slug)
    return may(actor, deed.right, case.department_id) and (fits is None or fits(case, around))
