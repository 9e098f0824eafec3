"""The values of a promise."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from pledges.clock import Limit, Pause, PausePolicy, PauseReason, Unit
from pledges.errors import BadTarget
from pledges.pledge import Measure, Promise, Start, Stop, Target, first_contact_kept

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


@pytest.mark.parametrize("kind", ["opened", "received", "receipt", "reopened", "supplemented", "absorbed"])
@pytest.mark.parametrize("measure", list(Measure))
def test_neither_a_receipt_nor_a_re_opening_stops_any_clock(measure: Measure, kind: str) -> None:
    assert not promise(measure, holding_answer_counts=True).stops_at(kind)


def test_a_promise_begins_at_receipt_and_stands_still_for_questions_and_laws() -> None:
    plain = promise(Measure.DECISION)
    assert (plain.start, plain.pause_policy) == (Start.RECEIVED, PausePolicy.QUESTION_OR_LAW)


def test_a_promise_counts_the_pauses_its_policy_allows() -> None:
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    question, law = (Pause(noon, None, reason) for reason in PauseReason)
    only_questions = replace(promise(Measure.DECISION), pause_policy=PausePolicy.QUESTION)
    assert promise(Measure.DECISION).counted([law, question]) == (law, question)
    assert only_questions.counted([law, question]) == (question,)


@pytest.mark.parametrize(
    ("kinds", "kept"),
    [
        ([], None),
        (["opened", "assigned", "answered"], None),
        (["opened", "answered", "closed"], True),
        (["opened", "forwarded", "answered", "closed"], False),
        (["opened", "closed", "reopened", "forwarded"], True),  # the first result stands
    ],
)
def test_settled_where_it_first_came(kinds: list[str], kept: bool | None) -> None:
    assert first_contact_kept(kinds) is kept


def test_a_target_is_an_exact_share() -> None:
    assert Target(Decimal("99.5")).share == Fraction(199, 200)


@pytest.mark.parametrize("percent", ["0", "-5", "100.1", "94.96", "NaN", "Infinity"])
def test_a_target_no_figure_could_be_held_against_is_refused(percent: str) -> None:
    with pytest.raises(BadTarget):
        Target(Decimal(percent))
