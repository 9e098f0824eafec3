"""The published figure: worked examples, and what holds for every figure."""

from decimal import Decimal
from fractions import Fraction
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.errors import BadCount
from pledges.fulfilment import Count, Figure, Verdict, count_of, figure, middle, percent
from pledges.pledge import Target

TARGET = Target(Decimal(95))
cases = st.integers(0, 2000)
counts = st.builds(Count, cases, cases, cases, cases)
targets = st.integers(1, 1000).map(lambda tenths: Target(Decimal(tenths) / 10))


@pytest.mark.parametrize(
    ("kept", "broken", "late_now", "verdict", "shown"),
    [
        (431, 20, 7, Verdict.NEAR, "94.1"),  # 431 of 458
        (41, 2, 1, Verdict.NEAR, "93.1"),  # 41 of 44
        (95, 5, 0, Verdict.HELD, "95.0"),  # exactly the target
        (9496, 504, 0, Verdict.NEAR, "94.9"),  # 94.96 percent does not read 95.0
        (90, 10, 0, Verdict.NEAR, "90.0"),  # exactly five points under
        (8999, 1001, 0, Verdict.BROKEN, "89.9"),
        (5, 0, 0, Verdict.HELD, "100.0"),  # just enough to show
        (0, 0, 5, Verdict.BROKEN, "0.0"),
    ],
)
def test_a_figure_worked_out(kept: int, broken: int, late_now: int, verdict: Verdict, shown: str) -> None:
    found = figure(Count(kept, broken, late_now, 3), TARGET)
    assert found.verdict is verdict
    assert found.share is not None
    assert percent(found.share) == Decimal(shown)
    assert (found.kept, found.outcomes) == (kept, kept + broken + late_now)
    assert (found.late_now, found.running) == (late_now, 3)


def test_an_open_case_past_its_day_is_broken_already() -> None:
    in_time = figure(Count(kept=19, broken=0, late_now=0, running=1), TARGET)
    late = figure(Count(kept=19, broken=0, late_now=2, running=0), TARGET)
    assert (in_time.verdict, late.verdict) == (Verdict.HELD, Verdict.NEAR)
    assert late.outcomes == 21


NOTHING = {"kept": None, "outcomes": None, "late_now": None, "running": None, "share": None, "excused": None}


def test_fewer_than_five_outcomes_show_no_number() -> None:
    found = figure(Count(kept=2, broken=1, late_now=1, running=40), TARGET)
    assert found == Figure(**NOTHING, verdict=Verdict.TOO_FEW)


@pytest.mark.parametrize(("target", "measured"), [(TARGET, False), (None, True)])
def test_what_is_not_measured_shows_no_number(target: Target | None, measured: bool) -> None:
    found = figure(Count(kept=100), target, measured=measured)
    assert found == Figure(**NOTHING, verdict=Verdict.NOT_MEASURED)


@pytest.mark.parametrize(
    ("kept", "stopped", "expected"),
    [
        (True, True, Count(kept=1)),
        (False, True, Count(broken=1)),
        (False, False, Count(late_now=1)),
        (None, False, Count(running=1)),
    ],
)
def test_one_case_stands_in_one_place(kept: bool | None, stopped: bool, expected: Count) -> None:
    assert count_of(kept, stopped=stopped) == expected


def test_counts_add_up_place_by_place() -> None:
    assert Count(1, 2, 3, 4) + Count(10, 20, 30, 40) == Count(11, 22, 33, 44)


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(BadCount):
        Count(late_now=-1)


@given(counts, targets)
def test_what_is_shown_never_contradicts_the_verdict(count: Count, target: Target) -> None:
    found = figure(count, target)
    if found.share is None:
        assert count.outcomes < 5
        return
    assert (percent(found.share) >= target.percent) == (found.verdict is Verdict.HELD)
    near_or_held = percent(found.share) >= target.percent - 5
    assert near_or_held == (found.verdict in {Verdict.HELD, Verdict.NEAR})


@given(st.fractions(0, 1))
def test_a_percentage_is_at_most_a_tenth_too_low(share: Fraction) -> None:
    missing = share * 100 - Fraction(percent(share))
    assert 0 <= missing < Fraction(1, 10)


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ({}, None),
        ({3: 0}, None),
        ({0: 1}, 0),
        ({1: 1, 9: 1}, 1),
        ({1: 1, 2: 1, 9: 1}, 2),
        ({5: 10, 1: 3}, 5),
    ],
)
def test_the_middle_length(lengths: dict[int, int], expected: int | None) -> None:
    assert middle(lengths) == expected


@given(st.dictionaries(st.integers(0, 90), st.integers(0, 9)))
def test_the_middle_is_the_lower_median_of_all_cases(lengths: dict[int, int]) -> None:
    every = [length for length, number in lengths.items() for _ in range(number)]
    assert middle(lengths) == (median_low(every) if every else None)


def test_a_negative_number_of_cases_has_no_middle() -> None:
    with pytest.raises(BadCount):
        middle({3: -1})
