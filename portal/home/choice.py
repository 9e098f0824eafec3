"""Which pledges stand on the first page: those with most cases, and never only the good news."""

from collections.abc import Sequence

from pledges.fulfilment import Verdict
from portal.pledgebook.figures.outcomes import Outcome

SHOWN = 5
UNMEASURED_SHOWN = 1


def shown_first(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Give five pledges: those with most cases, among them one that was broken and one that is not measured yet.

    Fewer when there are fewer. The order is that of the number of cases; the one that is not measured stands last.
    """
    measured = sorted(
        (outcome for outcome in outcomes if outcome.share is not None),
        key=lambda outcome: (-outcome.count.outcomes, outcome.pledge.id),
    )
    unmeasured = [outcome for outcome in outcomes if outcome.verdict is Verdict.NOT_MEASURED][
        :UNMEASURED_SHOWN
    ]
    room = SHOWN - len(unmeasured)
    chosen = measured[:room]
    broken = [outcome for outcome in measured[room:] if outcome.verdict is Verdict.BROKEN]
    if broken and not any(outcome.verdict is Verdict.BROKEN for outcome in chosen):
        chosen[-1] = broken[0]
    return chosen + unmeasured
