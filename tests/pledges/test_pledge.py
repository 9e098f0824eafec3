"""The values of a promise."""

from decimal import Decimal
from fractions import Fraction

import pytest

from pledges.clock import Limit, Unit
from pledges.errors import BadTarget
from pledges.pledge import Measure, Promise, Stop, Target

MOST = Target(Decimal(95))
WITH_CLOCK = {
    Measure.FIRST_ANSWER: {"answered", "decided", "closed", "remedied"},
    Measure.REMEDY: {"remedied", "closed"},
    Measure.DECISION: {"decided", "closed"},
    Measure.FORWARDING: {"forwarded", "closed", "answered"},
    Measure.CALL_BACK: {"answered", "closed"},
    Measure.OFFICER_NAMED: {"assigned", "decided", "closed"},
    Measure.COMPLETENESS: {"asked", "answered", "decided", "closed"},
    Measure.DELAY_NOTICE: {"delay_explained", "remedied", "decided", "closed"},
}


def promise(measure: Measure, holding_answer_counts: bool = False) -> Promise:
    return Promise(Limit(2, Unit.WORKING_DAYS), measure, MOST, holding_answer_counts)


@pytest.mark.parametrize("measure", list(Measure))
def test_each_measure_has_its_own_events_that_stop_it(measure: Measure) -> None:
    stopping = {kind.value for kind in Stop if promise(measure).stops_at(kind.value)}
    assert stopping == WITH_CLOCK.get(measure, set())


@pytest.mark.parametrize("measure", list(Measure))
def test_a_holding_answer_keeps_a_first_answer_only_where_it_may(measure: Measure) -> None:
    allowed = promise(measure, holding_answer_counts=True).stops_at("holding_answer")
    assert allowed is (measure is Measure.FIRST_ANSWER)


def test_other_events_stop_nothing() -> None:
    assert not promise(Measure.FIRST_ANSWER).stops_at("supplement_requested")


def test_a_target_is_an_exact_share() -> None:
    assert Target(Decimal("99.5")).share == Fraction(199, 200)


@pytest.mark.parametrize("percent", ["0", "-5", "100.1", "94.96", "NaN", "Infinity"])
def test_a_target_no_figure_could_be_held_against_is_refused(percent: str) -> None:
    with pytest.raises(BadTarget):
        Target(Decimal(percent))
