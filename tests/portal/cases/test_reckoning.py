"""What the events of a case mean to its clocks: where they begin, what they stand still for, when somebody is warned."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.clock import PausePolicy, Pausing, Unit
from pledges.pledge import Measure, Start
from portal.accounts.models import Staff
from portal.cases import actions
from portal.cases.breaches import write_breaches
from portal.cases.checking import differences
from portal.cases.intake import CITIZEN, Who
from portal.cases.messages import receipt
from portal.cases.models import Case
from portal.cases.reckoning import NEVER
from portal.cases.rules import EventKind, Outcome
from portal.cases.shown import shown
from portal.outbox.models import OutboxLetter
from portal.pledgebook.models import Grain, Tally, TallyState
from portal.pledgebook.queries import in_force
from tests.builders import (
    ACCESS,
    a_case,
    a_department,
    a_pledge,
    a_service,
    an_intake,
    an_officer,
    staff,
)

LAST_DAY = date(2026, 11, 27)


def at(month: int, day: int, hour: int = 10) -> datetime:
    """A moment of 2026, in UTC."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def officer(db: Session) -> Who:
    return an_officer(db.scalar(select(Staff)) or staff(db))


def ask(db: Session, case: Case, when: datetime) -> None:
    actions.ask(db, case, officer(db), "Var?", answer_by=LAST_DAY, access=ACCESS, at=when)


def reply(db: Session, case: Case, when: datetime) -> None:
    actions.receive(db, case, CITIZEN, "Där.", file_ids=(), access=ACCESS, at=when)


def close(db: Session, case: Case, when: datetime) -> None:
    actions.close(db, case, officer(db), Outcome.REMEDIED, text="Lagat.", detail="", access=ACCESS, at=when)


def hand_over(db: Session, case: Case, when: datetime) -> None:
    to = a_department(db, "parker", "Parker")
    actions.hand_over(db, case, officer(db), to, reason="Det är en park.", access=ACCESS, at=when)


def right(db: Session) -> bool:
    db.flush()
    return list(differences(db, at(12, 31))) == []


def counted(db: Session, version_id: int) -> dict[TallyState, int]:
    rows = db.scalars(select(Tally).where(Tally.version_id == version_id, Tally.count != 0))
    return {row.state: row.count for row in rows if row.grain is not Grain.DAY}


# ---- where a clock begins -----------------------------------------------------------------------


@pytest.fixture
def complete(db: Session) -> Case:
    """A case of Tuesday 10 November: ten working days from when nothing is missing any more."""
    service = a_service(db)
    a_pledge(db, service, starts_at=Start.COMPLETE)
    return a_case(db, service)


def test_a_clock_from_completeness_begins_with_the_receipt_when_nothing_was_asked(db, complete):
    assert complete.clocks[0].due_on == date(2026, 11, 24)


def test_a_clock_from_completeness_begins_anew_with_the_last_answer(db, complete):
    ask(db, complete, at(11, 12))
    assert complete.clocks[0].state is TallyState.PAUSED
    reply(db, complete, at(11, 16))
    clock = complete.clocks[0]
    assert (clock.started_at, clock.due_on) == (at(11, 16), date(2026, 11, 30))
    assert clock.first_due == date(2026, 11, 24)
    assert right(db)


def test_a_question_asked_too_late_begins_nothing_anew(db, complete):
    write_breaches(db, ACCESS, at(11, 25))
    ask(db, complete, at(11, 26))
    reply(db, complete, at(11, 27))
    assert complete.clocks[0].state is TallyState.LATE
    assert complete.clocks[0].due_on == date(2026, 11, 24)
    assert right(db)


@pytest.fixture
def explained(db: Session) -> Case:
    """A case of Tuesday 10 November: mended in ten working days, or told why within two more."""
    service = a_service(db)
    a_pledge(db, service)
    a_pledge(db, service, "drojsmal", measure=Measure.DELAY_NOTICE, amount=2, starts_at=Start.BREACHED)
    return a_case(db, service)


def test_a_notice_of_delay_is_promised_when_something_is_late_and_not_before(db, explained):
    notice = explained.clocks[1]
    assert (notice.due_on, len(shown(explained))) == (NEVER, 1)
    assert counted(db, notice.version_id) == {}
    write_breaches(db, ACCESS, at(11, 25))
    assert (notice.due_on, notice.first_due) == (date(2026, 11, 27), date(2026, 11, 27))
    assert counted(db, notice.version_id) == {TallyState.RUNNING: 1, TallyState.STARTED: 1}
    assert right(db)


def test_a_notice_of_delay_that_does_not_come_is_broken_too(db, explained):
    assert write_breaches(db, ACCESS, at(12, 1)) == 2
    assert [clock.state for clock in explained.clocks] == [TallyState.LATE, TallyState.LATE]
    assert right(db)


def test_a_notice_of_delay_that_was_never_needed_counts_nowhere(db, explained):
    close(db, explained, at(11, 20))
    assert [clock.state for clock in explained.clocks] == [TallyState.KEPT, TallyState.VOID]
    assert counted(db, explained.clocks[1].version_id) == {}
    assert right(db)


# ---- what it stands still for -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("policy", "due"),
    [
        (PausePolicy.NONE, date(2026, 11, 24)),
        (PausePolicy.QUESTION, date(2026, 11, 27)),
        (PausePolicy.QUESTION_OR_LAW, date(2026, 11, 27)),
    ],
)
def test_only_what_the_pledge_allows_stops_its_clock(db, policy, due):
    service = a_service(db)
    a_pledge(db, service, pause_policy=policy)
    case = a_case(db, service)
    ask(db, case, at(11, 12))
    assert (case.clocks[0].state is TallyState.PAUSED) == (policy is not PausePolicy.NONE)
    reply(db, case, at(11, 17))
    assert case.clocks[0].due_on == due
    assert right(db)


@pytest.mark.parametrize(
    ("end", "pausing"),
    [
        (at(11, 20), Pausing.HARMLESS),
        (at(11, 26), Pausing.DECISIVE),
        (at(12, 1), Pausing.HARMLESS),
    ],
)
def test_what_pauses_meant_is_kept_when_the_clock_ends(db, end, pausing):
    case = a_case(db)
    ask(db, case, at(11, 12))
    reply(db, case, at(11, 17))
    close(db, case, end)
    assert case.clocks[0].pausing is pausing
    assert right(db)


# ---- settled where it first came ----------------------------------------------------------------


@pytest.fixture
def first_contact(db: Session) -> Case:
    """A case under a pledge to settle it where it first comes, and one of ten working days."""
    service = a_service(db)
    a_pledge(db, service, "direkt", measure=Measure.FIRST_CONTACT, amount=None, unit=None)
    a_pledge(db, service)
    return a_case(db, service)


def test_settled_where_it_first_came_is_counted_and_never_promised_as_a_day(db, first_contact):
    main, direct = first_contact.clocks
    assert [clock.version.measure for clock in shown(first_contact)] == [Measure.REMEDY]
    assert (direct.due_on, first_contact.due_at) == (NEVER, main.due_at)
    close(db, first_contact, at(11, 12))
    assert counted(db, direct.version_id) == {TallyState.KEPT: 1, TallyState.STARTED: 1}
    assert [event.kind for event in first_contact.events].count(EventKind.KEPT) == 1
    assert right(db)


def test_a_case_handed_over_was_not_settled_where_it_first_came(db, first_contact):
    hand_over(db, first_contact, at(11, 12))
    direct = first_contact.clocks[1]
    assert (direct.state, direct.ended_at) == (TallyState.BROKEN, at(11, 12))
    assert EventKind.BREACHED not in [event.kind for event in first_contact.events]
    assert right(db)


def test_a_promise_without_a_day_is_never_the_main_one(db, first_contact):
    found = in_force(db, first_contact.service_id, "gatlykta", date(2026, 11, 10))
    assert [one.has_day for one in found] == [True, False]


# ---- registered late ----------------------------------------------------------------------------


def test_a_receipt_never_promises_a_day_that_has_passed(db):
    service = a_service(db)
    a_pledge(db, service)
    case = actions.open_case(db, an_intake(service), ACCESS, at(12, 1)).case
    assert case.clocks[0].state is TallyState.LATE
    assert [event.kind for event in case.events] == [EventKind.OPENED, EventKind.BREACHED]
    (letter,) = db.scalars(select(OutboxLetter).where(OutboxLetter.to == "anmalan@post.example"))
    said = " ".join(letter.content["paragraphs"]).replace("\N{NO-BREAK SPACE}", " ")
    assert "Det betydde senast tisdag 24 november" in said
    assert "Vi beklagar det." in said
    assert write_breaches(db, ACCESS, at(12, 1)) == 0
    assert right(db)


def test_a_receipt_in_time_apologises_for_nothing(db):
    case = a_case(db)
    said = " ".join(receipt(case, ACCESS).paragraphs)
    assert "Det betyder senast" in said and "beklagar" not in said


# ---- when somebody is warned --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "unit", "warned"),
    [
        # 11 office days of 8,5 hours from the day of receipt: 18 h 42 min are left, three opening days before the end.
        (10, Unit.WORKING_DAYS, datetime(2026, 11, 20, 13, 48, tzinfo=UTC)),
        # Day and night count for the promise; the warning comes in the last open hours before the morning it ends.
        (24, Unit.CLOCK_HOURS, datetime(2026, 11, 10, 13, 48, tzinfo=UTC)),
    ],
)
def test_the_officer_is_warned_when_80_per_cent_of_the_open_hours_have_gone(db, amount, unit, warned):
    service = a_service(db)
    a_pledge(db, service, amount=amount, unit=unit)
    assert a_case(db, service).clocks[0].warn_at == warned


def test_nobody_is_warned_while_the_case_waits(db):
    case = a_case(db)
    warned = case.clocks[0].warn_at
    ask(db, case, at(11, 12))
    assert case.clocks[0].warn_at is None
    reply(db, case, at(11, 12, 11))
    assert case.clocks[0].warn_at == warned


def test_nobody_is_warned_of_what_is_late_or_has_ended(db):
    late = a_case(db)
    write_breaches(db, ACCESS, at(11, 25))
    assert late.clocks[0].warn_at is None
    ended = actions.open_case(
        db, an_intake(late.service, "s-2", received_at=at(11, 25)), ACCESS, at(11, 25)
    ).case
    close(db, ended, at(11, 26))
    assert ended.clocks[0].warn_at is None


# ---- frozen -------------------------------------------------------------------------------------


def test_a_pledge_that_is_changed_leaves_every_earlier_outcome_as_it_was(db):
    service = a_service(db)
    old = a_pledge(db, service)
    ended, running = a_case(db, service), a_case(db, service, "s-2")
    close(db, ended, at(11, 20))
    old.valid_to = date(2026, 11, 20)
    a_pledge(db, service, "nytt", amount=1, valid_from=date(2026, 11, 21))
    ask(db, running, at(11, 21))
    assert (ended.clocks[0].state, ended.clocks[0].length) == (TallyState.KEPT, 8)
    assert running.clocks[0].version_id == old.id
    assert right(db)
