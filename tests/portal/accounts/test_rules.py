"""Who may do what and where, how long a sign-in lasts, and when the door closes."""

from datetime import timedelta

import pytest

from portal.accounts.rules import Actor, Deed, Grant, Role, departments, lasts, may, may_try_again_at
from tests.builders import RECEIVED


def actor(*grants: Grant) -> Actor:
    return Actor(1, "Lina Berg", "vägledare", "lina@ekdala.example", frozenset(grants))


@pytest.mark.parametrize(
    ("grant", "deed", "department", "allowed"),
    [
        (Grant(Role.CASE_OFFICER, 1), Deed.HANDLE_CASE, 1, True),
        (Grant(Role.CASE_OFFICER, 1), Deed.HANDLE_CASE, 2, False),
        (Grant(Role.CASE_OFFICER, 1), Deed.HANDLE_CASE, None, True),
        (Grant(Role.CASE_OFFICER), Deed.HANDLE_CASE, 2, True),
        (Grant(Role.CASE_OFFICER, 1), Deed.READ_LETTERS, None, False),
        (Grant(Role.EDITOR, 1), Deed.READ_CASE, 1, False),
        (Grant(Role.EDITOR, 1), Deed.READ_INTERNAL_ANSWERS, None, True),
        (Grant(Role.SERVICE_ADVISOR), Deed.READ_LETTERS, None, True),
        (Grant(Role.SERVICE_ADVISOR), Deed.RESEND_LETTER, None, False),
        (Grant(Role.ADMIN), Deed.RESEND_LETTER, None, True),
        (Grant(Role.ADMIN), Deed.HANDLE_CASE, None, False),
        (Grant(Role.ADMIN), Deed.VERIFY_LAW, None, True),
        (Grant(Role.MANAGER), Deed.VERIFY_LAW, None, False),
        (Grant(Role.EDITOR), Deed.VERIFY_LAW, None, False),
    ],
)
def test_a_role_allows_deeds_where_it_was_granted(grant, deed, department, allowed):
    assert may(actor(grant), deed, department) is allowed


def test_somebody_without_grants_may_nothing():
    assert not any(may(actor(), deed) for deed in Deed)


def test_departments_are_those_of_the_grants_that_count():
    somebody = actor(Grant(Role.CASE_OFFICER, 1), Grant(Role.MANAGER, 2), Grant(Role.EDITOR, 3))
    assert departments(somebody, Deed.HANDLE_CASE) == frozenset({1, 2})
    assert departments(actor(Grant(Role.MANAGER)), Deed.HANDLE_CASE) is None
    assert departments(actor(Grant(Role.EDITOR, 3)), Deed.HANDLE_CASE) == frozenset()


def minutes(*ago: float) -> list:
    return [RECEIVED - timedelta(minutes=number) for number in ago]


@pytest.mark.parametrize(
    ("failures", "wait"),
    [
        (minutes(1, 2, 3, 4), None),
        (minutes(1, 2, 3, 4, 5), timedelta(minutes=10)),
        (minutes(1, 2, 3, 4, 14.5), timedelta(seconds=30)),
        (minutes(1, 2, 3, 4, 15), None),
        (minutes(1, 2, 3, 4, 5, 14), timedelta(minutes=10)),
    ],
)
def test_five_failures_in_fifteen_minutes_close_the_door(failures, wait):
    assert may_try_again_at(failures, RECEIVED) == (RECEIVED + wait if wait else None)


@pytest.mark.parametrize(
    ("began", "seen", "open_"),
    [
        (timedelta(0), timedelta(0), True),
        (timedelta(hours=11, minutes=59), timedelta(minutes=1), True),
        (timedelta(hours=12), timedelta(0), False),
        (timedelta(hours=3), timedelta(hours=1, minutes=59), True),
        (timedelta(hours=3), timedelta(hours=2), False),
    ],
)
def test_a_session_ends_when_idle_for_two_hours_or_twelve_hours_old(began, seen, open_):
    assert lasts(RECEIVED - began, RECEIVED - seen, RECEIVED) is open_
