"""Legal clocks as values, and the two rights in förvaltningslagen, by worked examples."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.calendar import swedish_calendar
from pledges.due import LawDue
from pledges.errors import BadLegalClock, BadNotice
from pledges.law import ClockKind, LegalClock, in_force
from pledges.limit import Limit, Unit
from pledges.procedure import (
    DelayNotice,
    RightFacts,
    RightState,
    decision_right,
    owes_notice,
    told_day,
)

CALENDAR = swedish_calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


def clock(valid_from: str, valid_to: str | None = None, **more: object) -> LegalClock:
    values: dict[str, object] = {
        "key": "bygglov",
        "title": "Bygglov",
        "reference": "PBL 9 kap.",
        "kind": ClockKind.FIXED,
        "amount": 10,
        "unit": Unit.WEEKS,
        **more,
    }
    return LegalClock(
        valid_from=day(valid_from),
        valid_to=day(valid_to) if valid_to else None,
        **values,  # type: ignore[arg-type]
    )


OLD, NEW = clock("2019-01-01", "2025-11-30"), clock("2025-12-01")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2018-12-31", ()),
        ("2019-01-01", (OLD,)),
        ("2025-11-30", (OLD,)),
        ("2025-12-01", (NEW,)),
        ("2040-01-01", (NEW,)),
    ],
)
def test_what_comes_in_follows_the_wording_of_its_day(on: str, expected: tuple[LegalClock, ...]) -> None:
    assert in_force((OLD, NEW), day(on)) == expected


def test_a_law_without_a_number_has_no_limit() -> None:
    assert clock("2019-01-01", amount=None, unit=None).limit is None
    assert OLD.limit == Limit(10, Unit.WEEKS)


def test_a_clock_is_verified_when_somebody_has_read_the_law() -> None:
    assert not OLD.verified
    assert clock("2019-01-01", verified_on=day("2026-11-01"), verified_by="Stadsjuristen").verified


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": None},
        {"amount": None},
        {"amount": 0},
        {"extension": 0},
        {"completion_order": -1},
        {"amount": None, "unit": None, "extension": 4},
        {"verified_on": date(2026, 11, 1)},
        {"verified_by": "Stadsjuristen"},
        {"valid_to": "2018-12-31"},
    ],
)
def test_a_clock_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    more = dict(wrong)
    valid_to = more.pop("valid_to", None)
    with pytest.raises(BadLegalClock):
        clock("2019-01-01", valid_to, **more)  # type: ignore[arg-type]


# Förvaltningslagen (2017:900) 12 §; months by lag (1930:173) 1 §.
@pytest.mark.parametrize(
    ("started", "opens"),
    [
        ("2026-05-24", "2026-11-25"),
        ("2026-01-15", "2026-07-16"),
        ("2025-08-31", "2026-03-01"),  # six months on is the last of February
        ("2026-05-28", "2026-11-29"),  # a Saturday ends it all the same
    ],
)
def test_the_right_to_ask_opens_the_day_after_six_months(started: str, opens: str) -> None:
    right = decision_right(RightFacts(day(started)), CALENDAR, day(opens))
    assert (right.opens_on, right.state) == (day(opens), RightState.OPEN)
    eve = decision_right(RightFacts(day(started)), CALENDAR, day(opens) - timedelta(days=1))
    assert eve.state is RightState.NOT_YET


def test_a_request_is_answered_within_four_weeks() -> None:
    asked = RightFacts(day("2026-05-24"), requested_on=day("2026-11-27"))
    right = decision_right(asked, CALENDAR, day("2026-12-25"))
    assert right.answer_due == LawDue(day("2026-12-25"), day("2026-12-28"))
    assert right.state is RightState.REQUESTED
    assert decision_right(asked, CALENDAR, day("2026-12-26")).state is RightState.OVERDUE


def test_a_request_that_comes_too_early_does_not_count() -> None:
    asked = RightFacts(day("2026-05-24"), requested_on=day("2026-11-24"))
    right = decision_right(asked, CALENDAR, day("2026-11-30"))
    assert (right.state, right.requested_on, right.answer_due) == (RightState.OPEN, None, None)


def test_a_request_can_be_made_once() -> None:
    rejected = RightFacts(day("2026-05-24"), day("2026-11-27"), rejected_on=day("2026-12-10"))
    assert decision_right(rejected, CALENDAR, day("2026-12-09")).state is RightState.REQUESTED
    assert decision_right(rejected, CALENDAR, day("2026-12-10")).state is RightState.USED
    assert decision_right(rejected, CALENDAR, day("2027-12-10")).state is RightState.USED


@pytest.mark.parametrize("asked", [None, "2026-11-27"])
def test_a_decided_case_leaves_nothing_to_ask_for(asked: str | None) -> None:
    decided = RightFacts(day("2026-05-24"), day(asked) if asked else None, decided_on=day("2026-12-01"))
    assert decision_right(decided, CALENDAR, day("2026-12-01")).state is RightState.DECIDED


def test_a_request_to_come_is_not_known_yet() -> None:
    asked = RightFacts(day("2026-05-24"), requested_on=day("2026-12-10"))
    right = decision_right(asked, CALENDAR, day("2026-12-09"))
    assert (right.state, right.requested_on) == (RightState.OPEN, None)


# Förvaltningslagen (2017:900) 11 §: the party is told, with the reason.
DUE = day("2026-11-24")
FIRST = DelayNotice(day("2026-11-20"), "Vi väntar på grannarnas svar.", day("2026-12-04"))
SECOND = DelayNotice(day("2026-12-03"), "Grannarna har bett om mer tid.", day("2026-12-18"))


@pytest.mark.parametrize(
    ("on", "notices", "expected_on", "owes"),
    [
        ("2026-11-24", (), None, False),
        ("2026-11-25", (), None, True),
        ("2026-11-10", (), "2026-11-30", True),  # the officer sees it coming
        ("2026-11-10", (), "2026-11-24", False),
        ("2026-11-25", (FIRST,), None, False),
        ("2026-12-04", (FIRST,), None, False),
        ("2026-12-05", (FIRST,), None, True),  # the new day has passed as well
        ("2026-12-05", (SECOND, FIRST), None, False),
        ("2026-11-19", (FIRST,), "2026-12-04", True),  # not sent yet
    ],
)
def test_who_waits_longer_than_told_is_owed_a_notice(
    on: str, notices: tuple[DelayNotice, ...], expected_on: str | None, owes: bool
) -> None:
    expected = day(expected_on) if expected_on else None
    assert owes_notice(DUE, notices, day(on), expected) is owes


def test_the_latest_notice_says_the_day() -> None:
    assert told_day(DUE, (SECOND, FIRST), day("2026-12-05")) == SECOND.new_day
    assert told_day(DUE, (SECOND, FIRST), day("2026-11-30")) == FIRST.new_day
    assert told_day(DUE, (), day("2026-11-30")) == DUE


@pytest.mark.parametrize(
    ("reason", "new_day"), [("", "2026-12-04"), (" \n", "2026-12-04"), ("Sjukdom.", "2026-11-20")]
)
def test_a_notice_says_why_and_until_when(reason: str, new_day: str) -> None:
    with pytest.raises(BadNotice):
        DelayNotice(day("2026-11-20"), reason, day(new_day))


STARTED = day("2026-01-15")
DAYS = st.integers(0, 800).map(lambda n: STARTED + timedelta(days=n))


@given(st.none() | DAYS, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_an_answer_is_due_exactly_when_a_request_counts(
    requested: date | None, rejected: date | None, decided: date | None, on: date
) -> None:
    right = decision_right(RightFacts(STARTED, requested, rejected, decided), CALENDAR, on)
    assert (right.answer_due is None) == (right.requested_on is None)
    if right.requested_on is not None:
        assert right.opens_on <= right.requested_on <= on
        assert right.answer_due.nominal == right.requested_on + timedelta(weeks=4)
    else:
        assert right.state not in (RightState.REQUESTED, RightState.OVERDUE, RightState.USED)
