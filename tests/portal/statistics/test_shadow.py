"""How an undecided promise would have gone, on cases with real events."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pledges.clock import Limit, Unit
from pledges.pledge import Measure, Promise, Target
from portal.cases.models import CaseEvent
from portal.cases.rules import ActorKind, EventKind
from portal.statistics.queries import Scope
from portal.statistics.shadow import digest, latest, measure
from tests.builders import RECEIVED, a_case, a_pledge, a_service
from tests.conftest import NOON

THREE_DAYS = Promise(
    Limit(3, Unit.WORKING_DAYS), Measure.FIRST_ANSWER, Target(Decimal(90)), holding_answer_counts=False
)


@pytest.fixture
def service(db):
    """A service with a pledge in force, so that its cases have clocks and a calendar of their own."""
    found = a_service(db)
    a_pledge(db, found)
    return found


def an_event(db, case, kind, days):
    at = RECEIVED + timedelta(days=days)
    db.add(
        CaseEvent(
            case_id=case.id,
            kind=kind,
            at=at,
            recorded_at=at,
            actor_kind=ActorKind.STAFF,
            actor_id=None,
            content={},
        )
    )
    db.flush()


def test_past_cases_are_kept_broken_or_late_by_their_own_events(db, service):
    kept, broken, late = (a_case(db, service, f"s-{n}") for n in range(3))
    an_event(db, kept, EventKind.ANSWERED, 3)
    an_event(db, broken, EventKind.ANSWERED, 6)
    running = a_case(db, service, "s-9", at=NOON - timedelta(hours=1), received_at=NOON - timedelta(hours=1))
    result = measure(db, "draft:1", THREE_DAYS, [Scope(service.id)], None, NOON)
    count = result.count
    assert (count.kept, count.broken, count.late_now, count.running) == (1, 1, 1, 1)
    assert (result.of, result.found, result.since) == (4, 4, date(2025, 11, 1))
    assert {(case.reference, case.due_on, case.ended_on) for case in result.failing} == {
        (broken.reference, date(2026, 11, 13), date(2026, 11, 16)),
        (late.reference, date(2026, 11, 13), None),
    }
    assert running.reference not in {case.reference for case in result.failing}


def test_a_pause_is_taken_out_as_it_would_be(db, service):
    case = a_case(db, service)
    an_event(db, case, EventKind.ASKED, 1)
    an_event(db, case, EventKind.SUPPLEMENTED, 6)
    an_event(db, case, EventKind.ANSWERED, 7)
    result = measure(db, "draft:1", THREE_DAYS, [Scope(service.id)], None, NOON)
    assert result.count.kept == 1
    assert dict(result.lengths.kept) == {2: 1}


def test_only_cases_under_the_scopes_are_measured(db, service):
    a_case(db, service)
    assert measure(db, "draft:1", THREE_DAYS, [Scope(service.id, "klotter")], None, NOON).of == 0
    assert measure(db, "draft:1", THREE_DAYS, [Scope(service.id, "gatlykta")], None, NOON).of == 1
    assert measure(db, "draft:1", THREE_DAYS, [], None, NOON).of == 0


def test_the_result_is_kept_for_exactly_what_was_measured(db, service):
    scopes = [Scope(service.id, "gatlykta"), Scope(service.id, "klotter")]
    a_case(db, service)
    measure(db, "draft:1", THREE_DAYS, [], None, NOON)
    result = measure(db, "draft:1", THREE_DAYS, scopes, None, NOON)
    assert latest(db, "draft:1", digest(THREE_DAYS, scopes[::-1])) == result
    assert latest(db, "draft:1", digest(THREE_DAYS, scopes[:1])) is None
    assert latest(db, "draft:2", digest(THREE_DAYS, scopes)) is None
