"""What the letters say of promises that are broken already when a case comes in, or comes to somebody new. Pure."""

from collections.abc import Iterator, Sequence

from pledges.compensation import Kind
from portal.cases.due_words import end_of
from portal.cases.followed import work_of
from portal.cases.models import Case, CaseClock
from portal.cases.shown import shown
from portal.i18n import N_, Language, Text, without_marks
from portal.pledgebook.models import TallyState

NAMED = N_("%(promise)s. Lovad dag var %(day)s.")
NAMED_BROKEN = N_("%(promise)s. Lovad dag var %(day)s. Löftet är brutet.")
TELL_CITIZEN = N_("Ge besked till invånaren: varför det dröjer och ett nytt datum.")
PROMISED = N_("Vi lovar: %(promise)s Det betydde senast %(day)s.")
OVERDUE = N_("Tiden hade redan gått ut när vi registrerade ditt ärende. Vi beklagar det.")
ONE_COUNTS = N_("Löftet räknas som brutet, och vi tar hand om ditt ärende så snart vi kan.")
ALL_COUNT = N_("Löftena räknas som brutna, och vi tar hand om ditt ärende så snart vi kan.")
WILL_EXPLAIN = N_("Senast %(day)s berättar vi varför det dröjer och vilken dag som gäller i stället.")


def late_in(case: Case) -> Sequence[CaseClock]:
    """Give the clocks of the present cycle whose promise is broken while the case is open, the main one first."""
    return [clock for clock in shown(case) if clock.state is TallyState.LATE]


def admitted(case: Case, tongue: Language) -> Iterator[Text | str]:
    """Admit to the citizen every promise that was broken when the case was registered, and by when we say why."""
    late = late_in(case)
    for clock in late:
        values = {"promise": without_marks(clock.version.promise), "day": end_of(clock, tongue)}
        yield Text(PROMISED, values)
    if late:
        yield OVERDUE
        yield ONE_COUNTS if len(late) == 1 else ALL_COUNT
        yield from _will_explain(case, late, tongue)


def _will_explain(case: Case, late: Sequence[CaseClock], tongue: Language) -> Iterator[Text]:
    """Say the first day on which an apology is due: one reason and one new day hold for the whole case."""
    works = (work for clock in late for work in work_of(case, clock))
    days = [work.due_on for work in works if work.kind == Kind.APOLOGY and work.done_at is None]
    if days:
        yield Text(WILL_EXPLAIN, {"day": tongue.day(min(days))})


def late_at_department(case: Case, tongue: Language) -> Iterator[Text | str]:
    """Tell the department that a case comes to which of its promises are broken already, and what to do."""
    late = late_in(case)
    for clock in late:
        yield Text(NAMED_BROKEN, named(clock, tongue))
    if late:
        yield TELL_CITIZEN


def named(clock: CaseClock, tongue: Language) -> dict[str, str]:
    """Give the values with which a letter to staff names a promise and its last day."""
    return {"promise": without_marks(clock.version.short), "day": end_of(clock, tongue)}
