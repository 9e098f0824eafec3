"""Which promises a case falls under, as the pledges package understands them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, contains_eager

from pledges.clock import Limit
from pledges.pledge import Measure, Promise, Source, Target
from portal.pledgebook.models import Pledge, PledgeScope, PledgeVersion

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
    timed = version.amount is not None and version.unit is not None
    limit = Limit(version.amount, version.unit) if timed else None  # type: ignore[arg-type]
    return Promise(limit, version.measure, Target(version.target), version.holding_answer)


def valid_on(day: date) -> ColumnElement[bool]:
    """Give the condition that a version is in force on a day; both its first and its last day count."""
    return (PledgeVersion.valid_from <= day) & or_(
        PledgeVersion.valid_to.is_(None), PledgeVersion.valid_to >= day
    )


def in_force(db: Session, service_id: int, category: str, day: date) -> tuple[InForce, ...]:
    """Give the timed promises that a case of the service and category received on `day` falls under, main one first.

    A scope without category holds for every category. Paused pledges start no clock.
    """
    found = db.execute(
        select(PledgeVersion, PledgeScope.position)
        .join(PledgeVersion.pledge)
        .join(PledgeScope, PledgeScope.pledge_id == Pledge.id)
        .options(contains_eager(PledgeVersion.pledge))
        .where(
            PledgeScope.service_id == service_id,
            PledgeScope.category.in_({"", category}),
            Pledge.paused_reason == "",
            PledgeVersion.source == Source.CASES,
            PledgeVersion.measure.in_(CLOCKED),
            PledgeVersion.amount.is_not(None),
            valid_on(day),
        )
        .order_by(PledgeScope.category == "", PledgeScope.position, PledgeVersion.id)
    )
    unique = {version.id: InForce(version, place) for place, (version, _) in enumerate(found, 1)}
    return tuple(unique.values())
