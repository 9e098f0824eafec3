"""The clock of a building permit, and of a notification, by plan- och bygglagen (2010:900).

9 kap. and 12 kap. 8 a § in the wording from 2019 (SFS 2018:1136), which municipalities go on
applying after 1 December 2025:

1. The time runs from the day the application came in, or from the later day on which the
   applicant added something without being asked.
2. If the board orders a completion within three weeks from that day, the time runs from the
   day on which what was missing had come. A later order, or a second one, starts nothing anew.
3. The time may be prolonged once, by as long again at most, decided before it has run out.
4. What is done when the time has run out does not set it back (MÖD P 6223-22).
5. Each week begun after it takes a fifth off the fee, so that nothing is left from the fifth.

Everything counts on the nominal day. That lag (1930:173) 2 § moves the last day for the board
as well is open to argument, and nobody should learn in court that a fee was too high.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum
from fractions import Fraction
from itertools import pairwise

from pledges.calendar import Calendar
from pledges.compensation import BUILDING_LAW_FEE, reduction, started_weeks
from pledges.due import LawDue, law_due
from pledges.errors import BadLegalClock, BadPermitFacts
from pledges.law import ClockKind, LegalClock
from pledges.limit import Limit, Unit


@dataclass(frozen=True)
class PermitRules:
    """The law's numbers in whole weeks: the time, the longest prolongation, and for an order."""

    weeks: int
    most_extension: int
    order_weeks: int


@dataclass(frozen=True)
class PermitFacts:
    """The days of one case. `own_supplements` came without being asked for, in any order.

    `completion_ordered_on` is the first order to complete the application, `remedied_on` the
    day on which all it asked for had come. `extended_weeks` counts with the law's most if it
    is more. Raises BadPermitFacts for days that cannot follow each other as they do.
    """

    received_on: date
    own_supplements: tuple[date, ...] = ()
    completion_ordered_on: date | None = None
    remedied_on: date | None = None
    extended_on: date | None = None
    extended_weeks: int = 0
    decided_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse an answer without a question, a prolongation by nothing, and days before receipt."""
        if self.remedied_on is not None and self.completion_ordered_on is None:
            raise BadPermitFacts(f"Completed {self.remedied_on}, but never ordered to be")
        if (self.extended_on is None) != (self.extended_weeks < 1):
            raise BadPermitFacts(f"Prolonged on {self.extended_on} by {self.extended_weeks} weeks")
        order = (self.received_on, self.completion_ordered_on, self.remedied_on)
        days = [day for day in order if day is not None]
        others = (*self.own_supplements, self.extended_on, self.decided_on)
        too_early = any(day is not None and day < self.received_on for day in others)
        if too_early or any(later < earlier for earlier, later in pairwise(days)):
            raise BadPermitFacts(f"Days in an order that cannot be: {self}")


@dataclass(frozen=True)
class PermitReading:
    """What the clock of a permit shows on a day.

    `begins_on` and `due` are None when what was ordered in time has not come: the time has not
    begun. `waiting` says that the applicant is waited for, until the decision. `extended` is the weeks of a valid prolongation, 0 without one. `over_weeks` is
    the weeks begun after the nominal last day, up to the decision or the day of reading, and
    `reduction` the part of the fee they take off. `order_came_too_late` says that a completion
    was ordered too late to start the time anew.
    """

    begins_on: date | None
    due: LawDue | None
    extended: int
    waiting: bool
    over_weeks: int
    reduction: Fraction
    order_came_too_late: bool


def permit_rules(clock: LegalClock) -> PermitRules:
    """Give the numbers of a legal clock of the kind building_permit, which must all be there.

    Raises BadLegalClock for another kind, another unit than weeks, or a missing number.
    """
    numbers = (clock.amount, clock.extension, clock.completion_order)
    weeks, extension, order = numbers
    wrong = clock.kind is not ClockKind.BUILDING_PERMIT or clock.unit is not Unit.WEEKS
    if wrong or weeks is None or extension is None or order is None:
        raise BadLegalClock(f"{clock.key}: a permit clock of {numbers} {clock.unit}")
    return PermitRules(weeks, extension, order)


def read_permit(rules: PermitRules, facts: PermitFacts, calendar: Calendar, on: date) -> PermitReading:
    """Read the clock of a permit on a day, by the rules at the top of this module.

    What happens later than `on`, or after the decision, is not counted.
    Raises UnknownYear when the calendar does not reach far enough.
    """
    end = on if facts.decided_on is None else min(on, facts.decided_on)
    run = _Run(facts.received_on)
    for day, step in sorted(_steps(facts)):
        if day <= end:
            run = _after(run, step, day, rules, facts.extended_weeks)
    if run.waiting:
        undecided = facts.decided_on is None or on < facts.decided_on
        return PermitReading(None, None, run.extended, undecided, 0, Fraction(0), run.order_came_too_late)
    due = law_due(run.begins_on, Limit(rules.weeks + run.extended, Unit.WEEKS), calendar)
    return PermitReading(
        begins_on=run.begins_on,
        due=due,
        extended=run.extended,
        waiting=False,
        over_weeks=started_weeks(due.nominal, end),
        reduction=reduction(BUILDING_LAW_FEE, due.nominal, end),
        order_came_too_late=run.order_came_too_late,
    )


class _Step(IntEnum):
    """What can change the time; on one day in this order, the applicant's own first."""

    SUPPLEMENT = 1
    ORDER = 2
    REMEDY = 3
    EXTENSION = 4


@dataclass(frozen=True)
class _Run:
    """How the time stands between two steps."""

    begins_on: date
    extended: int = 0
    waiting: bool = False
    order_came_too_late: bool = False


def _steps(facts: PermitFacts) -> Iterator[tuple[date, _Step]]:
    yield from ((day, _Step.SUPPLEMENT) for day in facts.own_supplements)
    for day, step in (
        (facts.completion_ordered_on, _Step.ORDER),
        (facts.remedied_on, _Step.REMEDY),
        (facts.extended_on, _Step.EXTENSION),
    ):
        if day is not None:
            yield day, step


def _after(run: _Run, step: _Step, day: date, rules: PermitRules, extension: int) -> _Run:
    if step is _Step.REMEDY:
        return replace(run, begins_on=day, waiting=False) if run.waiting else run
    if step is _Step.ORDER:
        timely = day <= _weeks_after(run.begins_on, rules.order_weeks)
        return replace(run, waiting=timely, order_came_too_late=not timely)
    ran_out = not run.waiting and day > _weeks_after(run.begins_on, rules.weeks + run.extended)
    if ran_out:
        return run
    if step is _Step.EXTENSION:
        return replace(run, extended=min(extension, rules.most_extension))
    return run if run.waiting else replace(run, begins_on=day)


def _weeks_after(day: date, weeks: int) -> date:
    return day + timedelta(weeks=weeks)
