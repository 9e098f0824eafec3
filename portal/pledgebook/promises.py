"""Versions of pledges as the promises that the pledges package understands."""

from dataclasses import dataclass

from pledges.clock import Limit
from pledges.pledge import Measure, Promise, Target
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
)


@dataclass(frozen=True)
class InForce:
    """A version that a case is opened under; the lowest position is the case's main pledge."""

    version: PledgeVersion
    position: int


def promise_of(version: PledgeVersion) -> Promise:
    """Give what a version promises, without its words."""
    limit = None
    if version.amount is not None and version.unit is not None:
        limit = Limit(version.amount, version.unit)
    return Promise(limit, version.measure, Target(version.target), version.holding_answer)
