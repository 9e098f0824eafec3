"""A case opened again, merged, taken back, or excused: what becomes of its promises, and who is told."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.pledge import Measure
from portal.accounts.models import Staff
from portal.cases import actions, turns
from portal.cases.breaches import write_breaches
from portal.cases.checking import differences
from portal.cases.intake import CITIZEN, Who
from portal.cases.models import Case
from portal.cases.rules import EventKind, Outcome, State
from portal.departments.models import Department
from portal.errors import Conflict
from portal.outbox.models import OutboxLetter
from portal.pledgebook.models import Grain, PledgeVersion, Tally, TallyState
from tests.builders import ACCESS, RECEIVED, a_case, a_pledge, a_service, an_intake, an_officer, staff


def at(month: int, day: int, hour: int = 10) -> datetime:
    """A moment of 2026, in UTC."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def tallies(db: Session) -> dict[TallyState, int]:
    rows = db.scalars(select(Tally).where(Tally.grain.in_((Grain.OPEN, Grain.MONTH)), Tally.count != 0))
    found: dict[TallyState, int] = {}
    for row in rows:
        found[row.state] = found.get(row.state, 0) + row.count
    return found


def letters_to(db: Session, address: str) -> list[str]:
    found = db.scalars(select(OutboxLetter).where(OutboxLetter.to == address).order_by(OutboxLetter.id))
    return [letter.content["subject"] for letter in found]


def paragraphs_of(db: Session, subject: str) -> str:
    letters = [one for one in db.scalars(select(OutboxLetter)) if one.content["subject"] == subject]
    return " ".join(letters[-1].content["paragraphs"]).replace("\N{NO-BREAK SPACE}", " ")


def officer(db: Session) -> Who:
    """The one officer there is."""
    return an_officer(db.scalar(select(Staff)) or staff(db))


def close(db: Session, case: Case, when: datetime, outcome: Outcome = Outcome.REMEDIED) -> None:
    actions.close(db, case, officer(db), outcome, text="Lagat.", detail="X", access=ACCESS, at=when)


def right(db: Session) -> bool:
    db.flush()
    return list(differences(db, at(12, 31))) == []


# ---- opened again -------------------------------------------------------------------------------


def test_a_case_opened_again_is_promised_a_new_day_and_keeps_its_first_result(db):
    case = a_case(db)
    close(db, case, at(11, 12))
    turns.reopen(db, case, officer(db), "Den blinkar igen.", ACCESS, at(11, 16))
    first, second = case.clocks
    assert (first.cycle, first.state, first.due_on) == (1, TallyState.KEPT, date(2026, 11, 24))
    assert (second.cycle, second.state, second.due_on) == (2, TallyState.RUNNING, date(2026, 11, 30))
    assert (case.state, case.outcome, case.closed_at) == (State.ACTIVE, None, None)
    assert case.due_at == second.due_at
    assert tallies(db) == {TallyState.KEPT: 1, TallyState.RUNNING: 1, TallyState.STARTED: 2}
    assert right(db)


def test_both_are_told_of_the_new_day_when_a_case_is_opened_again(db):
    case = a_case(db)
    close(db, case, at(11, 12))
    turns.reopen(db, case, CITIZEN, "Den blinkar igen.", ACCESS, at(11, 16))
    subject = f"Ditt ärende {case.reference} är öppet igen"
    assert letters_to(db, "anmalan@post.example")[-1] == subject
    assert "senast måndag 30 november" in paragraphs_of(db, subject)
    assert f"Ärendet {case.reference} är öppet igen" in letters_to(db, "gator-trafik@ekdala.example")


def test_a_second_end_decides_the_second_promise_only(db):
    case = a_case(db)
    close(db, case, at(12, 4))
    turns.reopen(db, case, CITIZEN, "Den blinkar igen.", ACCESS, at(12, 7))
    close(db, case, at(12, 8))
    assert [clock.state for clock in case.clocks] == [TallyState.BROKEN, TallyState.KEPT]
    assert right(db)


def test_a_case_opened_again_falls_under_the_promises_of_that_day(db):
    service = a_service(db)
    old = a_pledge(db, service, valid_to=date(2026, 11, 30))
    case = a_case(db, service)
    close(db, case, at(11, 12))
    columns = {c.key: getattr(old, c.key) for c in PledgeVersion.__table__.columns if c.key != "id"}
    new = {"number": 2, "amount": 5, "valid_from": date(2026, 12, 1), "valid_to": None}
    db.add(PledgeVersion(**{**columns, **new}))
    turns.reopen(db, case, CITIZEN, "Den blinkar igen.", ACCESS, at(12, 7))
    assert case.clocks[1].version.number == 2
    assert case.clocks[1].due_on == date(2026, 12, 14)


def test_only_an_answer_an_end_and_a_notice_of_delay_are_promised_anew(db):
    service = a_service(db)
    a_pledge(db, service)
    a_pledge(db, service, "handlaggare", measure=Measure.OFFICER_NAMED, amount=2)
    case = a_case(db, service)
    close(db, case, at(11, 11))
    turns.reopen(db, case, CITIZEN, "Den blinkar igen.", ACCESS, at(11, 12))
    assert [clock.version.measure for clock in case.clocks if clock.cycle == 2] == [Measure.REMEDY]


def test_the_citizen_may_open_a_case_again_for_thirty_days_and_staff_for_ever(db):
    case = a_case(db)
    close(db, case, at(11, 12))
    with pytest.raises(Conflict):
        turns.reopen(db, case, CITIZEN, "Igen.", ACCESS, at(12, 12, 11))
    turns.reopen(db, case, officer(db), "Igen.", ACCESS, at(12, 12, 11))
    assert case.state is State.ACTIVE


def test_an_open_case_cannot_be_opened(db):
    with pytest.raises(Conflict):
        turns.reopen(db, a_case(db), CITIZEN, "Igen.", ACCESS, at(11, 12))


# ---- merged -------------------------------------------------------------------------------------


@pytest.fixture
def two(db: Session) -> tuple[Case, Case]:
    """The same light reported twice: on Tuesday 10 November, and on Monday 16 November by somebody else."""
    service = a_service(db)
    a_pledge(db, service)
    first = a_case(db, service)
    other = an_intake(service, "s-2", received_at=at(11, 16), contact_email="granne@post.example")
    return first, actions.open_case(db, other, ACCESS, at(11, 16)).case


def test_merging_keeps_the_earliest_promise(db, two):
    first, second = two
    turns.merge(db, first, second, officer(db), text="Tack, vi visste.", access=ACCESS, at=at(11, 17))
    assert (first.state, first.outcome) == (State.CLOSED, Outcome.DUPLICATE)
    assert first.clocks[0].state is TallyState.VOID
    assert (second.clocks[0].due_on, second.clocks[0].first_due) == (date(2026, 11, 24), date(2026, 11, 30))
    assert tallies(db) == {TallyState.VOID: 1, TallyState.RUNNING: 1, TallyState.STARTED: 2}
    assert right(db)


def test_merging_a_later_case_moves_no_day(db, two):
    first, second = two
    turns.merge(db, second, first, officer(db), text="Tack.", access=ACCESS, at=at(11, 17))
    assert first.clocks[0].due_on == date(2026, 11, 24)
    assert right(db)


def test_who_reported_the_merged_case_is_told_where_it_went(db, two):
    first, second = two
    turns.merge(db, second, first, officer(db), text="Tack.", access=ACCESS, at=at(11, 17))
    subject = f"Ditt ärende {second.reference} hör ihop med ett annat ärende"
    assert letters_to(db, "granne@post.example")[-1] == subject
    assert first.reference in paragraphs_of(db, subject)
    assert "granne" not in paragraphs_of(db, subject)


def test_a_promise_that_merging_finds_broken_is_broken_at_once(db, two):
    first, second = two
    write_breaches(db, ACCESS, at(11, 25))
    turns.merge(db, first, second, officer(db), text="Tack.", access=ACCESS, at=at(11, 26))
    assert second.clocks[0].state is TallyState.LATE
    assert second.events[-1].kind is EventKind.BREACHED
    assert tallies(db) == {TallyState.VOID: 1, TallyState.LATE: 1, TallyState.STARTED: 2}
    assert right(db)


def test_a_case_is_not_merged_into_itself_or_into_a_closed_one(db, two):
    first, second = two
    with pytest.raises(Conflict):
        turns.merge(db, first, first, CITIZEN, text="", access=ACCESS, at=at(11, 17))
    close(db, second, at(11, 17))
    with pytest.raises(Conflict):
        turns.merge(db, first, second, CITIZEN, text="", access=ACCESS, at=at(11, 17))


def test_the_citizen_cannot_open_a_merged_case_again(db, two):
    first, second = two
    turns.merge(db, second, first, officer(db), text="Tack.", access=ACCESS, at=at(11, 17))
    with pytest.raises(Conflict):
        turns.reopen(db, second, CITIZEN, "Igen.", ACCESS, at(11, 18))


# ---- taken back, closed as a double -------------------------------------------------------------


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.DUPLICATE])
def test_a_case_taken_back_or_doubled_in_time_counts_nowhere(db, outcome):
    case = a_case(db)
    close(db, case, at(11, 12), outcome)
    assert case.clocks[0].state is TallyState.VOID
    assert [event.kind for event in case.events] == [EventKind.OPENED, EventKind.CLOSED]
    assert tallies(db) == {TallyState.VOID: 1, TallyState.STARTED: 1}
    assert right(db)


def test_taking_a_late_case_back_does_not_mend_the_promise(db):
    case = a_case(db)
    write_breaches(db, ACCESS, at(11, 25))
    turns.withdraw(db, case, CITIZEN, "", ACCESS, at(11, 26))
    assert case.clocks[0].state is TallyState.BROKEN
    assert tallies(db)[TallyState.BROKEN] == 1
    assert right(db)


def test_the_citizen_takes_a_case_back_without_a_reason_and_both_are_told(db):
    case = a_case(db)
    turns.withdraw(db, case, CITIZEN, "", ACCESS, at(11, 12))
    assert (case.state, case.outcome) == (State.CLOSED, Outcome.WITHDRAWN)
    assert f"Du har tagit tillbaka ditt ärende {case.reference}" in letters_to(db, "anmalan@post.example")
    assert f"Ärendet {case.reference} är återtaget" in letters_to(db, "gator-trafik@ekdala.example")


def test_staff_closes_a_case_as_taken_back_with_a_reason_only(db):
    case = a_case(db)
    who = officer(db)
    actions.answer(db, case, who, "Vi ser till den.", ACCESS, at(11, 11))
    with pytest.raises(Conflict):
        actions.close(db, case, who, Outcome.WITHDRAWN, text="", detail="", access=ACCESS, at=at(11, 12))


# ---- excused ------------------------------------------------------------------------------------


@pytest.mark.parametrize("ended", [None, at(11, 27)])
def test_an_excused_promise_leaves_the_figure_and_how_it_stood_can_be_read(db, ended):
    case = a_case(db)
    write_breaches(db, ACCESS, at(11, 25))
    if ended:
        close(db, case, ended)
    turns.excuse(db, case, case.clocks[0], officer(db), "Elnätet var avstängt.", at(11, 28))
    assert case.clocks[0].state is TallyState.EXCUSED
    assert case.due_at is None
    assert tallies(db) == {TallyState.EXCUSED: 1, TallyState.STARTED: 1}
    day = db.scalars(select(Tally).where(Tally.state == TallyState.EXCUSED, Tally.grain == Grain.DAY)).one()
    assert day.day == date(2026, 11, 24)
    assert [event.kind for event in case.events].count(EventKind.BREACHED) == 1
    assert case.events[-1].content["reason"] == "Elnätet var avstängt."
    assert right(db)


def test_what_happens_after_an_excuse_does_not_change_it(db):
    case = a_case(db)
    turns.excuse(db, case, case.clocks[0], officer(db), "Elnätet var avstängt.", at(11, 12))
    close(db, case, at(12, 10))
    assert case.clocks[0].state is TallyState.EXCUSED
    assert right(db)


def test_a_promise_of_an_earlier_cycle_can_be_excused(db):
    case = a_case(db)
    close(db, case, at(11, 27))
    turns.reopen(db, case, CITIZEN, "Igen.", ACCESS, at(11, 30))
    turns.excuse(db, case, case.clocks[0], officer(db), "Elnätet var avstängt.", at(12, 1))
    assert [clock.state for clock in case.clocks] == [TallyState.EXCUSED, TallyState.RUNNING]
    assert right(db)


def test_nothing_is_excused_without_a_reason_nor_when_it_was_kept(db):
    case = a_case(db)
    with pytest.raises(Conflict):
        turns.excuse(db, case, case.clocks[0], officer(db), "  ", at(11, 12))
    close(db, case, at(11, 12))
    with pytest.raises(Conflict):
        turns.excuse(db, case, case.clocks[0], officer(db), "Ändå.", at(11, 13))


# ---- contested ----------------------------------------------------------------------------------


def test_somebody_who_says_that_a_promise_was_not_kept_is_counted(db):
    service = a_service(db)
    version = a_pledge(db, service)
    complaints = a_service(db, db.get_one(Department, service.department_id), "synpunkt")
    complaint = an_intake(complaints, "s-9", pledge_id=version.pledge_id, about="FEL-2")
    case = actions.open_case(db, complaint, ACCESS, RECEIVED).case
    assert (case.pledge_id, case.about) == (version.pledge_id, "FEL-2")
    rows = db.scalars(select(Tally).where(Tally.state == TallyState.CONTESTED)).all()
    assert {(row.version_id, row.grain, row.day, row.count) for row in rows} == {
        (version.id, Grain.MONTH, date(2026, 11, 1), 1),
        (version.id, Grain.DAY, date(2026, 11, 10), 1),
    }
    assert right(db)
