"""Why a clock stands still, and what that has meant."""

from datetime import datetime

import pytest

from pledges.calendar import swedish_calendar
from pledges.clock import Limit, Pause, PausePolicy, PauseReason, Pausing, Unit, allowed, gross, pausing, read
from tests.pledges.oracle import utc

CALENDAR = swedish_calendar()
TWO_DAYS = Limit(2, Unit.WORKING_DAYS)
FOUR_HOURS = Limit(4, Unit.WORKING_HOURS)
RECEIVED = utc("2026-11-23 10:00")


def pause(began: str, ended: str, reason: PauseReason = PauseReason.QUESTION) -> Pause:
    return Pause(utc(f"2026-11-{began}"), utc(f"2026-11-{ended}"), reason)


@pytest.mark.parametrize(
    ("policy", "reasons"),
    [
        (PausePolicy.NONE, set()),
        (PausePolicy.QUESTION, {PauseReason.QUESTION}),
        (PausePolicy.QUESTION_OR_LAW, {PauseReason.QUESTION, PauseReason.LAW}),
    ],
)
def test_a_policy_allows_its_own_reasons(policy: PausePolicy, reasons: set[PauseReason]) -> None:
    assert {reason for reason in PauseReason if policy.allows(reason)} == reasons


def test_only_allowed_pauses_are_left_and_in_their_order() -> None:
    question = pause("24 08:00", "25 08:00")
    law = pause("26 08:00", "27 08:00", PauseReason.LAW)
    assert allowed([law, question], PausePolicy.QUESTION_OR_LAW) == (law, question)
    assert allowed([law, question], PausePolicy.QUESTION) == (question,)
    assert allowed([law, question], PausePolicy.NONE) == ()


WEDNESDAY_TO_FRIDAY = pause("25 09:00", "27 09:00")


# Two working days from a Monday: Wednesday 25 November is the last day without any pause.
@pytest.mark.parametrize(
    ("history", "stopped", "meant"),
    [
        ([], "2026-11-24 12:00", Pausing.NONE),
        ([pause("24 09:00", "24 15:00")], "2026-11-25 12:00", Pausing.NONE),  # the same day
        ([pause("24 09:00", "25 15:00")], "2026-11-25 16:00", Pausing.HARMLESS),
        ([WEDNESDAY_TO_FRIDAY], "2026-11-27 12:00", Pausing.DECISIVE),
        ([WEDNESDAY_TO_FRIDAY], "2026-12-04 12:00", Pausing.HARMLESS),  # late all the same
        ([WEDNESDAY_TO_FRIDAY], "2026-11-24 12:00", Pausing.NONE),  # not begun when it was stopped
        ([pause("25 15:00", "28 11:00")], "2026-11-30 12:00", Pausing.DECISIVE),  # rule 6
    ],
)
def test_what_pauses_meant_to_days(history: list[Pause], stopped: str, meant: Pausing) -> None:
    assert pausing(TWO_DAYS, RECEIVED, history, CALENDAR, utc(stopped)) is meant


@pytest.mark.parametrize(
    ("history", "stopped", "meant"),
    [
        ([pause("23 17:00", "24 07:00")], "2026-11-24 08:30", Pausing.NONE),  # closed anyway
        ([pause("23 11:00", "23 11:30")], "2026-11-23 13:59", Pausing.HARMLESS),
        ([pause("23 11:00", "23 11:30")], "2026-11-23 14:15", Pausing.DECISIVE),
        ([pause("23 11:00", "23 11:30")], "2026-11-23 14:30", Pausing.HARMLESS),
    ],
)
def test_what_pauses_meant_to_hours(history: list[Pause], stopped: str, meant: Pausing) -> None:
    assert pausing(FOUR_HOURS, RECEIVED, history, CALENDAR, utc(stopped)) is meant


@pytest.mark.parametrize("limit", [TWO_DAYS, FOUR_HOURS])
def test_the_gross_reading_knows_no_pause(limit: Limit) -> None:
    at: datetime = utc("2026-11-30 10:00")
    assert gross(limit, RECEIVED, CALENDAR, at) == read(limit, RECEIVED, [], CALENDAR, at)
    assert gross(limit, RECEIVED, CALENDAR, at, RECEIVED).kept is True
