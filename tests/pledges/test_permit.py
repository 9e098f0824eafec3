"""The clock of a building permit: worked examples from plan- och bygglagen, and what always holds.

Source of the rules: PBL (2010:900) 9 kap. 27 and 45 §§, 12 kap. 8 a § (SFS 2018:1136); MÖD P 6223-22.
"""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.calendar import swedish_calendar
from pledges.errors import BadLegalClock, BadPermitFacts
from pledges.law import ClockKind, LegalClock
from pledges.limit import Unit
from pledges.permit import PermitFacts, PermitReading, PermitRules, permit_rules, read_permit

CALENDAR = swedish_calendar()
PERMIT = PermitRules(weeks=10, most_extension=10, order_weeks=3)
NOTIFICATION = PermitRules(weeks=4, most_extension=4, order_weeks=3)


def day(text: str) -> date:
    return date.fromisoformat(text)


def facts(received: str, *supplements: str, weeks: int = 0, **days: str) -> PermitFacts:
    """The facts of a case; `ordered`, `remedied`, `extended` and `decided` are days."""
    named = {"ordered": "completion_ordered_on"}
    return PermitFacts(
        day(received),
        own_supplements=tuple(map(day, supplements)),
        extended_weeks=weeks,
        **{named.get(key, f"{key}_on"): day(text) for key, text in days.items()},
    )


def reading(case: PermitFacts, on: str, rules: PermitRules = PERMIT) -> PermitReading:
    return read_permit(rules, case, CALENDAR, day(on))


# The last days were counted by hand; Christmas Eve, Christmas Day and the weekend move the adjusted one.
@pytest.mark.parametrize(
    ("rules", "received", "nominal", "adjusted"),
    [
        (PERMIT, "2026-10-15", "2026-12-24", "2026-12-28"),
        (PERMIT, "2026-09-15", "2026-11-24", "2026-11-24"),
        (NOTIFICATION, "2026-11-27", "2026-12-25", "2026-12-28"),
        (NOTIFICATION, "2026-11-24", "2026-12-22", "2026-12-22"),
    ],
)
def test_the_time_runs_from_the_day_the_application_came(
    rules: PermitRules, received: str, nominal: str, adjusted: str
) -> None:
    seen = reading(facts(received), received, rules)
    assert seen.begins_on == day(received)
    assert (seen.due.nominal, seen.due.adjusted) == (day(nominal), day(adjusted))


def test_what_the_applicant_adds_unasked_starts_the_time_anew() -> None:
    case = facts("2026-09-15", "2026-10-15", "2026-09-20")
    assert reading(case, "2026-11-24").due.nominal == day("2026-12-24")


def test_what_is_added_later_is_not_known_yet() -> None:
    case = facts("2026-09-15", "2026-10-15")
    assert reading(case, "2026-10-14").due.nominal == day("2026-11-24")


@pytest.mark.parametrize(
    ("ordered", "timely"), [("2026-09-15", True), ("2026-10-06", True), ("2026-10-07", False)]
)
def test_an_order_within_three_weeks_lets_the_time_begin_when_all_has_come(
    ordered: str, timely: bool
) -> None:
    case = facts("2026-09-15", ordered=ordered, remedied="2026-10-15")
    seen = reading(case, "2026-11-24")
    assert seen.order_came_too_late is not timely
    assert seen.begins_on == day("2026-10-15" if timely else "2026-09-15")
    assert seen.due.nominal == day("2026-12-24" if timely else "2026-11-24")


def test_the_three_weeks_of_an_order_run_from_what_was_added_unasked() -> None:
    case = facts("2026-09-15", "2026-10-01", ordered="2026-10-22", remedied="2026-11-02")
    assert reading(case, "2026-11-24").begins_on == day("2026-11-02")


def test_while_the_applicant_is_waited_for_the_time_has_not_begun() -> None:
    case = facts("2026-09-15", ordered="2026-09-30", remedied="2027-03-01")
    seen = reading(case, "2027-02-28")
    assert (seen.waiting, seen.begins_on, seen.due) == (True, None, None)
    assert (seen.over_weeks, seen.reduction) == (0, Fraction(0))
    assert reading(case, "2027-03-01").begins_on == day("2027-03-01")


def test_a_case_decided_without_what_was_missing_waits_for_nobody() -> None:
    case = facts("2026-09-15", ordered="2026-09-30", decided="2026-11-30")
    assert reading(case, "2026-11-29").waiting is True
    assert reading(case, "2026-11-30").waiting is False
    assert reading(case, "2027-11-30").reduction == 0


def test_a_late_order_lets_the_time_run_on_while_the_applicant_answers() -> None:
    case = facts("2026-09-15", ordered="2026-10-30")
    seen = reading(case, "2026-11-25")
    assert (seen.waiting, seen.order_came_too_late, seen.over_weeks) == (False, True, 1)


@pytest.mark.parametrize(
    ("extended", "weeks", "valid", "nominal"),
    [
        ("2026-11-24", 10, 10, "2027-02-02"),  # on the very last day
        ("2026-11-25", 10, 0, "2026-11-24"),  # a day too late
        ("2026-10-20", 4, 4, "2026-12-22"),
        ("2026-10-20", 12, 10, "2027-02-02"),  # no longer than the law allows
    ],
)
def test_a_prolongation_counts_when_it_is_decided_in_time(
    extended: str, weeks: int, valid: int, nominal: str
) -> None:
    seen = reading(facts("2026-09-15", extended=extended, weeks=weeks), "2026-12-01")
    assert (seen.extended, seen.due.nominal) == (valid, day(nominal))


def test_a_notification_is_prolonged_by_four_weeks_at_most() -> None:
    case = facts("2026-11-24", extended="2026-12-01", weeks=10)
    assert reading(case, "2026-12-01", NOTIFICATION).due.nominal == day("2027-01-19")


# MÖD P 6223-22: what is done when the time has run out does not set it back.
def test_nothing_sets_back_a_time_that_has_run_out() -> None:
    case = facts("2026-09-15", "2026-11-25", extended="2026-11-26", weeks=10)
    seen = reading(case, "2026-11-30")
    assert (seen.begins_on, seen.due.nominal, seen.extended) == (day("2026-09-15"), day("2026-11-24"), 0)


def test_what_is_added_on_the_last_day_itself_counts() -> None:
    case = facts("2026-09-15", "2026-11-24")
    assert reading(case, "2026-11-24").due.nominal == day("2027-02-02")


# 12 kap. 8 a §: a fifth for each week begun, nothing left to pay from the fifth. Last day Tuesday 24 November.
@pytest.mark.parametrize(
    ("decided", "weeks", "fifths"),
    [
        ("2026-11-20", 0, 0),
        ("2026-11-24", 0, 0),
        ("2026-11-25", 1, 1),
        ("2026-12-01", 1, 1),
        ("2026-12-02", 2, 2),
        ("2026-12-22", 4, 4),
        ("2026-12-23", 5, 5),
        ("2027-02-02", 10, 5),
    ],
)
def test_a_late_decision_lowers_the_fee(decided: str, weeks: int, fifths: int) -> None:
    seen = reading(facts("2026-09-15", decided=decided), "2027-06-01")
    assert (seen.over_weeks, seen.reduction) == (weeks, Fraction(fifths, 5))


def test_the_fee_counts_from_the_nominal_day_also_when_the_law_may_move_it() -> None:
    # Nominal Thursday 24 December, adjusted Monday 28: decided on that Monday one week has begun.
    assert reading(facts("2026-10-15", decided="2026-12-28"), "2026-12-28").reduction == Fraction(1, 5)


def test_an_undecided_case_is_over_as_far_as_the_day_of_reading() -> None:
    case = facts("2026-09-15")
    assert [reading(case, on).over_weeks for on in ("2026-11-24", "2026-11-25", "2026-12-02")] == [0, 1, 2]


@pytest.mark.parametrize(
    "wrong",
    [
        {"remedied_on": day("2026-10-01")},
        {"completion_ordered_on": day("2026-10-02"), "remedied_on": day("2026-10-01")},
        {"completion_ordered_on": day("2026-09-14")},
        {"own_supplements": (day("2026-09-14"),)},
        {"decided_on": day("2026-09-14")},
        {"extended_on": day("2026-10-01")},
        {"extended_weeks": 4},
        {"extended_on": day("2026-10-01"), "extended_weeks": -1},
    ],
)
def test_days_that_cannot_follow_each_other_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadPermitFacts):
        PermitFacts(day("2026-09-15"), **wrong)  # type: ignore[arg-type]


def clock(**more: object) -> LegalClock:
    values: dict[str, object] = {
        "key": "bygglov",
        "title": "Bygglov",
        "reference": "PBL 9 kap.",
        "kind": ClockKind.BUILDING_PERMIT,
        "amount": 10,
        "unit": Unit.WEEKS,
        "valid_from": day("2019-01-01"),
        "extension": 10,
        "completion_order": 3,
        **more,
    }
    return LegalClock(**values)  # type: ignore[arg-type]


def test_the_numbers_come_from_the_register() -> None:
    assert permit_rules(clock()) == PERMIT
    assert permit_rules(clock(amount=4, extension=4)) == NOTIFICATION


@pytest.mark.parametrize(
    "wrong",
    [{"kind": ClockKind.FIXED}, {"unit": Unit.MONTHS}, {"extension": None}, {"completion_order": None}],
)
def test_a_clock_without_the_numbers_of_a_permit_is_none(wrong: dict[str, object]) -> None:
    with pytest.raises(BadLegalClock):
        permit_rules(clock(**wrong))


RECEIVED = day("2026-09-15")
LATER = st.integers(0, 400).map(lambda days: RECEIVED + timedelta(days=days))


@st.composite
def cases(draw: st.DrawFn) -> PermitFacts:
    ordered = draw(st.none() | LATER)
    remedied = draw(st.none() | LATER.filter(lambda d: d >= ordered)) if ordered else None
    extended = draw(st.none() | LATER)
    return PermitFacts(
        RECEIVED,
        tuple(draw(st.lists(LATER, max_size=3))),
        ordered,
        remedied,
        extended,
        draw(st.integers(1, 20)) if extended else 0,
        draw(st.none() | LATER),
    )


@given(cases(), LATER)
def test_a_day_later_the_fee_is_never_higher_unless_something_came_in(case: PermitFacts, on: date) -> None:
    tomorrow = on + timedelta(days=1)
    came = tomorrow in (*case.own_supplements, case.completion_ordered_on, case.remedied_on, case.extended_on)
    today, then = (read_permit(PERMIT, case, CALENDAR, when) for when in (on, tomorrow))
    if not came:
        assert then.reduction >= today.reduction


@given(cases(), LATER)
def test_once_over_a_case_stays_over(case: PermitFacts, on: date) -> None:
    now = read_permit(PERMIT, case, CALENDAR, on)
    later = read_permit(PERMIT, case, CALENDAR, on + timedelta(days=30))
    if now.over_weeks:
        assert later.begins_on == now.begins_on
        assert later.over_weeks >= now.over_weeks


@given(cases(), LATER)
def test_the_time_is_the_laws_from_the_day_it_began(case: PermitFacts, on: date) -> None:
    seen = read_permit(PERMIT, case, CALENDAR, on)
    assert (seen.due is None) == (seen.begins_on is None)
    assert 0 <= seen.extended <= 10 and 0 <= seen.reduction <= 1
    if seen.due is not None:
        assert (seen.due.nominal - seen.begins_on).days == 7 * (10 + seen.extended)
        assert seen.due.adjusted >= seen.due.nominal
