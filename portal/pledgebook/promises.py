"""Versions of pledges as the promises that the pledges package understands."""

from dataclasses import dataclass

from pledges.clock import Limit
from pledges.pledge import Measure, Promise, Source, Start, Target
from portal.pledgebook.models import PledgeVersion

# The measures that a case's own events can start and stop.
CLOCKED = (
    Measure.FIRST_ANSWER,
    Measure.REMEDY,
    Measure.DECISION,
    Measure.FORWARDING,
    Measure.CALL_BACK,
    Measure.OFFICER_NAMED,
    Measure.COMPLETENESS,
    Measure.DELAY_NOTICE,
    Measure.FIRST_CONTACT,
)
# What is promised anew when a case is opened again: an answer or an end, and to say so if it is late.
RENEWED = frozenset({Measure.FIRST_ANSWER, Measure.REMEDY, Measure.DECISION, Measure.DELAY_NOTICE})


@dataclass(frozen=True)
class InForce:
    """A version that a case is opened under; the lowest position is the case's main pledge."""

    version: PledgeVersion
    position: int

    @property
    def has_day(self) -> bool:
        """Tell whether it promises a day from the beginning: it has a time, and begins with the case."""
        return self.version.amount is not None and self.version.starts_at is not Start.BREACHED


def is_counted(version: PledgeVersion) -> bool:
    """Tell whether cases can show if the version is kept: by a time, or by ending where they first came."""
    timed = version.amount is not None or version.measure is Measure.FIRST_CONTACT
    return version.source is Source.CASES and version.measure in CLOCKED and timed


def promise_of(version: PledgeVersion) -> Promise:
    """Give what a version promises, without its words."""
    limit = None
    if version.amount is not None and version.unit is not None:
        limit = Limit(version.amount, version.unit)
    return Promise(
        limit=limit,
        measure=version.measure,
        target=Target(version.target),
        holding_answer_counts=version.holding_answer,
        start=version.starts_at,
        pause_policy=version.pause_policy,
    )
