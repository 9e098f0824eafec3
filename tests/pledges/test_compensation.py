"""What follows when a promise was broken: worked examples and what must always hold."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.calendar import swedish_calendar
from pledges.compensation import (
    BUILDING_LAW_FEE,
    FeeShare,
    FollowUp,
    Kind,
    Per,
    Rule,
    follow_ups,
    reduced,
    reduction,
    rules_from,
    started_weeks,
    written,
)
from pledges.errors import BadCompensation

CALENDAR = swedish_calendar()
DUE = date(2026, 11, 24)
A_TENTH_ONCE = FeeShare(Fraction(1, 10), Per.ONCE)


# Plan- och bygglagen (2010:900) 12 kap. 8 a §: a fifth for each started week, 0 kr from the fifth.
@pytest.mark.parametrize(
    ("days_over", "fifths"),
    [(-3, 0), (0, 0), (1, 1), (7, 1), (8, 2), (14, 2), (15, 3), (22, 4), (28, 4), (29, 5), (36, 5), (400, 5)],
)
def test_a_late_building_permit_costs_a_fifth_less_for_each_started_week(days_over: int, fifths: int) -> None:
    assert reduction(BUILDING_LAW_FEE, DUE, DUE + timedelta(days=days_over)) == Fraction(fifths, 5)


@pytest.mark.parametrize(("days_over", "share"), [(0, 0), (1, 10), (8, 10), (90, 10)])
def test_a_share_that_is_taken_off_once_does_not_grow(days_over: int, share: int) -> None:
    assert reduction(A_TENTH_ONCE, DUE, DUE + timedelta(days=days_over)) == Fraction(share, 100)


def test_a_rule_stops_at_its_most() -> None:
    rule = FeeShare(Fraction(1, 4), Per.STARTED_WEEK, most=Fraction(2, 3))
    shares = [reduction(rule, DUE, DUE + timedelta(weeks=weeks)) for weeks in range(5)]
    assert shares == [0, Fraction(1, 4), Fraction(1, 2), Fraction(2, 3), Fraction(2, 3)]


@pytest.mark.parametrize(
    ("fee", "share", "left"),
    [
        (1_000_00, Fraction(1, 5), 800_00),
        (1_000_00, Fraction(0), 1_000_00),
        (1_000_00, Fraction(1), 0),
        (99, Fraction(1, 5), 79),  # 79.2 öre
        (100, Fraction(1, 3), 66),  # 66.67 öre: down, in the payer's favour
    ],
)
def test_what_is_left_to_pay_is_rounded_down(fee: int, share: Fraction, left: int) -> None:
    assert reduced(fee, share) == left


@given(st.integers(0, 10**9), st.fractions(0, 1))
def test_nobody_pays_too_much_and_never_a_whole_ore_too_little(fee: int, share: Fraction) -> None:
    exact = fee * (1 - share)
    assert 0 <= exact - reduced(fee, share) < 1


@given(st.integers(0, 500), st.integers(0, 500))
def test_longer_waiting_never_costs_more(one: int, other: int) -> None:
    sooner, later = sorted((one, other))
    for rule in (BUILDING_LAW_FEE, A_TENTH_ONCE):
        shares = [reduction(rule, DUE, DUE + timedelta(days=days)) for days in (sooner, later)]
        assert shares == sorted(shares)


@given(st.integers(-10, 400))
def test_started_weeks_are_as_many_as_sevens_counted_one_by_one(days: int) -> None:
    begun = sum(1 for day in range(days) if day % 7 == 0)
    assert started_weeks(DUE, DUE + timedelta(days=days)) == begun


@pytest.mark.parametrize(
    ("fee", "share"), [(-1, Fraction(1, 5)), (100, Fraction(6, 5)), (100, Fraction(-1, 5))]
)
def test_no_fee_below_zero_and_no_share_above_all_of_it(fee: int, share: Fraction) -> None:
    with pytest.raises(BadCompensation):
        reduced(fee, share)


@pytest.mark.parametrize(
    ("share", "most"),
    [
        (Fraction(0), Fraction(1)),
        (Fraction(-1, 5), Fraction(1)),
        (Fraction(1), Fraction(6, 5)),
        (Fraction(1, 2), Fraction(1, 3)),
    ],
)
def test_a_share_that_nobody_can_take_off_is_refused(share: Fraction, most: Fraction) -> None:
    with pytest.raises(BadCompensation):
        FeeShare(share, Per.ONCE, most)


def test_only_a_fee_reduction_says_how_much() -> None:
    with pytest.raises(BadCompensation):
        Rule(Kind.FEE_REDUCTION)
    with pytest.raises(BadCompensation):
        Rule(Kind.APOLOGY, A_TENTH_ONCE)


def test_a_breach_gives_staff_an_apology_within_two_days_and_the_rest_within_five() -> None:
    rules = (Rule(Kind.FEE_REDUCTION, BUILDING_LAW_FEE), Rule(Kind.EXPLANATION), Rule(Kind.APOLOGY))
    # Broken on Tuesday 22 December: Christmas Eve and Day are free, and so is the weekend.
    assert follow_ups(rules, date(2026, 12, 22), CALENDAR) == (
        FollowUp(Kind.APOLOGY, date(2026, 12, 28)),
        FollowUp(Kind.EXPLANATION, date(2027, 1, 4)),
        FollowUp(Kind.FEE_REDUCTION, date(2027, 1, 4)),
    )


def test_a_promise_without_compensation_gives_no_work() -> None:
    assert follow_ups((), DUE, CALENDAR) == ()


def test_the_same_apology_is_not_made_twice() -> None:
    assert len(follow_ups([Rule(Kind.APOLOGY), Rule(Kind.APOLOGY)], DUE, CALENDAR)) == 1


def test_rules_are_read_as_they_were_written() -> None:
    rules = (
        Rule(Kind.APOLOGY),
        Rule(Kind.EXPLANATION),
        Rule(Kind.FEE_REDUCTION, FeeShare(Fraction(1, 5), Per.STARTED_WEEK, Fraction(1, 2))),
    )
    assert rules_from(written(rules)) == rules
    assert written(rules)[2] == {
        "kind": "fee_reduction",
        "share": "1/5",
        "per": "started_week",
        "most": "1/2",
    }


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"kind": "cake"},
        {"kind": "apology", "share": "1/5", "per": "once"},
        {"kind": "fee_reduction"},
        {"kind": "fee_reduction", "share": "1/0", "per": "once"},
        {"kind": "fee_reduction", "share": "hälften", "per": "once"},
        {"kind": "fee_reduction", "share": "1e999999999", "per": "once"},
        {"kind": "fee_reduction", "share": "2", "per": "once"},
        {"kind": "fee_reduction", "share": "1/5", "per": "month"},
        {"kind": "fee_reduction", "share": 0.2, "per": "once"},
        {"kind": "apology", "why": "x"},
    ],
)
def test_half_a_rule_is_refused(entry: dict[str, object]) -> None:
    with pytest.raises(BadCompensation):
        rules_from([entry])
