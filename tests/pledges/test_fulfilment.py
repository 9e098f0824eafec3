"""The published figure: worked examples, and what holds for every figure."""

from decimal import Decimal
from fractions import Fraction
from statistics import median_low

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.errors import BadCount
from pledges.fulfilment import (
    Better,
    Count,
    Figure,
    Verdict,
    count_of,
    figure,
    middle,
    paused_share,
    percent,
    percentile,
    published,
    value_figure,
    without_pauses,
)
from pledges.pledge import Target

TARGET = Target(Decimal(95))
cases = st.integers(0, 2000)
counts = st.builds(Count, cases, cases, cases, cases, cases, cases)
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
    tens = Count(10, 20, 30, 40, 50, 60)
    assert Count(1, 2, 3, 4, 5, 6) + tens == Count(11, 22, 33, 44, 55, 66)


@pytest.mark.parametrize("place", ["kept", "broken", "late_now", "running", "excused", "void"])
def test_a_count_below_zero_is_refused(place: str) -> None:
    with pytest.raises(BadCount):
        Count(**{place: -1})


def test_excused_and_void_cases_are_no_outcomes() -> None:
    count = Count(kept=9, broken=1, excused=40, void=50)
    assert count.outcomes == 10
    found = figure(count, TARGET)
    assert (found.share, found.excused) == (Fraction(9, 10), 40)
    assert figure(Count(excused=40, void=50), TARGET).verdict is Verdict.TOO_FEW


def test_the_part_of_the_outcomes_that_was_paused() -> None:
    count = Count(kept=9, broken=2, late_now=1, running=8)
    assert paused_share(3, count) == Fraction(1, 4)
    assert paused_share(1, Count(kept=4)) is None
    for paused in (-1, 13):
        with pytest.raises(BadCount):
            paused_share(paused, count)


def test_without_pauses_those_kept_by_a_pause_are_broken() -> None:
    count = Count(kept=9, broken=1, late_now=2, running=3)
    assert without_pauses(count, 4) == Count(kept=5, broken=5, late_now=2, running=3)
    assert without_pauses(count, 0) == count
    with pytest.raises(BadCount):
        without_pauses(count, 10)


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


# The nearest rank: of n cases in order of length, number ceil(n * percent / 100).
@pytest.mark.parametrize(
    ("lengths", "percent", "expected"),
    [
        ({}, 90, None),
        ({4: 1}, 90, 4),
        ({1: 9, 30: 1}, 90, 1),  # exactly nine of ten within one
        ({1: 8, 30: 2}, 90, 30),
        ({1: 17, 5: 1, 30: 2}, 90, 5),
        ({1: 10, 2: 1}, 90, 1),  # the tenth of eleven
        ({1: 50, 9: 50}, 50, 1),
        ({1: 50, 9: 50}, 100, 9),
        ({1: 50, 9: 50}, 1, 1),
    ],
)
def test_nine_of_ten_within(lengths: dict[int, int], percent: int, expected: int | None) -> None:
    assert percentile(lengths, percent) == expected


@given(st.dictionaries(st.integers(0, 90), st.integers(0, 9)), st.integers(1, 100))
def test_a_percentile_is_a_real_length_that_enough_cases_did_not_exceed(
    lengths: dict[int, int], percent: int
) -> None:
    every = sorted(length for length, number in lengths.items() for _ in range(number))
    found = percentile(lengths, percent)
    if found is None:
        assert every == []
        return
    assert found in every
    assert sum(1 for length in every if length <= found) * 100 >= percent * len(every)
    assert sum(1 for length in every if length < found) * 100 < percent * len(every)


@pytest.mark.parametrize("percent", [0, -1, 101])
def test_no_percentage_no_percentile(percent: int) -> None:
    with pytest.raises(BadCount):
        percentile({1: 1}, percent)


@pytest.mark.parametrize(
    ("outcomes", "shown"),
    [
        ([], []),
        ([10, 20, 30], [10, 20, 30]),
        ([3, 20, 30], [None, None, 30]),  # one hidden period is the total less the others
        ([3, 20, 4, 30], [None, 20, None, 30]),  # seven outcomes in two periods stay hidden
        ([1, 20, 2, 30], [None, None, None, 30]),  # three outcomes do not
        ([0, 20, 30], [None, 20, 30]),  # a period without outcomes hides nobody
        ([0, 3, 20, 30], [None, None, None, 30]),  # so it does not help another either
        ([4, 9, 9, 12], [None, None, 9, 12]),  # the earliest of two alike
        ([3, 20], [None, None]),
        ([3], [None]),
        ([0, 0], [None, None]),
    ],
)
def test_what_is_hidden_cannot_be_subtracted_forth(outcomes: list[int], shown: list[int | None]) -> None:
    found = published([Count(kept=number) for number in outcomes], TARGET)
    assert [each.outcomes for each in found] == shown


def test_a_series_without_target_shows_nothing() -> None:
    found = published([Count(kept=100)] * 2, None)
    assert {each.verdict for each in found} == {Verdict.NOT_MEASURED}


@given(st.lists(counts | st.builds(Count, st.integers(0, 6)), max_size=12))
def test_a_series_hides_enough_and_changes_nothing_it_shows(series: list[Count]) -> None:
    found = published(series, TARGET)
    hidden = [count.outcomes for count, each in zip(series, found, strict=True) if each.share is None]
    assert all(
        each in (figure(count, TARGET), figure(Count(), TARGET))
        for count, each in zip(series, found, strict=True)
    )
    enough = sum(hidden) >= 5 and sum(1 for number in hidden if number) >= 2
    assert enough or not any(hidden) or len(hidden) == len(series)


@pytest.mark.parametrize(
    ("value", "target", "better", "verdict"),
    [
        ("76", "75", Better.HIGHER, Verdict.HELD),
        ("75", "75", Better.HIGHER, Verdict.HELD),
        ("71.25", "75", Better.HIGHER, Verdict.NEAR),  # exactly five percent under
        ("71.24", "75", Better.HIGHER, Verdict.BROKEN),
        ("13", "13", Better.LOWER, Verdict.HELD),
        ("12", "13", Better.LOWER, Verdict.HELD),
        ("13.65", "13", Better.LOWER, Verdict.NEAR),  # exactly five percent over
        ("13.66", "13", Better.LOWER, Verdict.BROKEN),
    ],
)
def test_the_verdict_on_a_value(value: str, target: str, better: Better, verdict: Verdict) -> None:
    assert value_figure(Decimal(value), Decimal(target), better=better) is verdict


def test_a_value_nobody_reported_is_not_measured() -> None:
    assert value_figure(None, Decimal(75)) is Verdict.NOT_MEASURED
