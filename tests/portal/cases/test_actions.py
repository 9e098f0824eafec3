"""What can be done to a case, and what a person would notice of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.pledge import Measure
from portal.cases import actions
from portal.cases.breaches import write_breaches
from portal.cases.intake import CITIZEN
from portal.cases.models import Case, CaseEvent
from portal.cases.queries import clocks_run_out
from portal.cases.rules import EventKind, Outcome, State
from portal.errors import Conflict
from portal.outbox.models import OutboxLetter
from portal.pledgebook.models import Grain, Tally, TallyState
from tests.builders import (
    ACCESS,
    RECEIVED,
    a_case,
    a_department,
    a_pledge,
    a_service,
    an_intake,
    an_officer,
    staff,
)


def at(month: int, day: int, hour: int = 10) -> datetime:
    """A moment of 2026, in UTC."""
    return datetime(2026, month, day, hour, tzinfo=UTC)


def letters_to(db: Session, address: str) -> list[str]:
    return [
        letter.content["subject"]
        for letter in db.scalars(select(OutboxLetter).where(OutboxLetter.to == address))
    ]


def tallies(db: Session, grain: Grain = Grain.MONTH) -> dict[TallyState, int]:
    """How many clocks stand in each state: those open, and those ended as they are counted at the grain."""
    rows = db.scalars(select(Tally).where(Tally.grain.in_((Grain.OPEN, grain)), Tally.count != 0))
    return {row.state: row.count for row in rows if row.state is not TallyState.STARTED}


def test_a_case_is_promised_a_day_and_both_sides_get_a_letter(db):
    case = a_case(db)
    assert case.clocks[0].due_on == date(2026, 11, 24)
    assert letters_to(db, "anmalan@post.example") == [f"Vi har tagit emot ditt ärende {case.reference}"]
    assert letters_to(db, "gator-trafik@ekdala.example") == [f"Nytt ärende: {case.reference}"]


def test_the_receipt_tells_reference_link_day_and_who_answers(db):
    case = a_case(db)
    letter = db.scalars(select(OutboxLetter).where(OutboxLetter.to == "anmalan@post.example")).one().content
    said = " ".join([*letter["paragraphs"], *(f"{label} {value}" for label, value in letter["facts"])])
    said = said.replace("\N{NO-BREAK SPACE}", " ")
    assert case.reference in said
    assert "senast tisdag 24 november" in said
    assert "Gator och trafik" in said
    assert letter["button"][1] == ACCESS.tracker(case)


def test_letters_name_the_day_of_the_main_pledge_not_of_the_next_one(db):
    service = a_service(db)
    a_pledge(db, service)
    a_pledge(db, service, "svar", measure=Measure.FIRST_ANSWER, amount=2)
    a_case(db, service)
    letter = db.scalars(select(OutboxLetter).where(OutboxLetter.to == "anmalan@post.example")).one().content
    days = [
        value.replace("\N{NO-BREAK SPACE}", " ") for label, value in letter["facts"] if label == "Lovad dag"
    ]
    assert days == ["tisdag 24 november"]


def test_an_english_case_gets_english_addresses(db):
    case = a_case(db, language="en")
    assert "/en/arende/" in ACCESS.tracker(case)


def test_the_same_submission_opens_one_case(db):
    service = a_service(db)
    first = actions.open_case(db, an_intake(service), ACCESS, RECEIVED)
    second = actions.open_case(db, an_intake(service), ACCESS, RECEIVED + timedelta(seconds=2))
    assert (first.new, second.new) == (True, False)
    assert first.case is second.case
    assert len(letters_to(db, "anmalan@post.example")) == 1


def test_a_case_registered_later_is_timed_from_when_it_came(db):
    service = a_service(db)
    a_pledge(db, service)
    case = actions.open_case(db, an_intake(service), ACCESS, at(11, 13)).case
    assert case.clocks[0].due_on == date(2026, 11, 24)
    assert case.events[0].recorded_at == at(11, 13)


def test_closing_in_time_keeps_the_promise(db):
    case = a_case(db)
    actions.close(
        db,
        case,
        an_officer(staff(db)),
        Outcome.REMEDIED,
        text="Lagat.",
        detail="",
        access=ACCESS,
        at=at(11, 24, 22),
    )
    assert case.clocks[0].state is TallyState.KEPT
    assert [event.kind for event in case.events][-2:] == [EventKind.CLOSED, EventKind.KEPT]
    assert tallies(db) == {TallyState.KEPT: 1}


def test_closing_after_midnight_breaks_the_promise(db):
    case = a_case(db)
    actions.close(
        db,
        case,
        an_officer(staff(db)),
        Outcome.REMEDIED,
        text="Lagat.",
        detail="",
        access=ACCESS,
        at=at(11, 24, 23),
    )
    assert case.clocks[0].state is TallyState.BROKEN
    assert case.events[-1].kind is EventKind.BREACHED
    assert tallies(db) == {TallyState.BROKEN: 1}


def test_a_question_stops_the_clock_until_the_answer_comes(db):
    case = a_case(db)
    officer = an_officer(staff(db))
    actions.ask(
        db, case, officer, "Vilket nummer?", answer_by=date(2026, 11, 27), access=ACCESS, at=at(11, 12)
    )
    assert (case.state, case.due_at) == (State.WAITING, None)
    actions.receive(db, case, CITIZEN, "0412", file_ids=(), access=ACCESS, at=at(11, 17))
    assert case.state is State.ACTIVE
    assert case.clocks[0].due_on == date(2026, 11, 27)
    assert tallies(db) == {TallyState.RUNNING: 1}


def test_a_message_without_a_question_changes_no_clock(db):
    case = a_case(db)
    actions.receive(db, case, CITIZEN, "Hur går det?", file_ids=(), access=ACCESS, at=at(11, 12))
    assert case.events[-1].kind is EventKind.MESSAGE
    assert case.clocks[0].due_on == date(2026, 11, 24)
    assert f"Nytt från invånaren i ärende {case.reference}" in letters_to(db, "gator-trafik@ekdala.example")


def test_nobody_can_be_asked_without_an_address(db):
    case = a_case(db, contact_email="")
    with pytest.raises(Conflict):
        actions.ask(
            db,
            case,
            an_officer(staff(db)),
            "Var?",
            answer_by=date(2026, 11, 27),
            access=ACCESS,
            at=at(11, 12),
        )


def test_handing_over_moves_the_case_and_not_the_day(db):
    case = a_case(db)
    parks = a_department(db, "parker-gronytor", "Parker och grönytor")
    actions.hand_over(
        db, case, an_officer(staff(db)), parks, reason="Lyktan står i en park.", access=ACCESS, at=at(11, 12)
    )
    assert case.department is parks
    assert case.clocks[0].due_on == date(2026, 11, 24)
    assert f"Nytt ärende: {case.reference}" in letters_to(db, "parker-gronytor@ekdala.example")


@pytest.mark.parametrize(
    ("outcome", "text", "detail"),
    [
        (Outcome.REMEDIED, "", ""),
        (Outcome.NO_ACTION, " ", ""),
        (Outcome.NOT_OURS, "Vägen är statlig.", ""),
        (Outcome.DUPLICATE, "Redan anmält.", ""),
    ],
)
def test_a_case_is_not_closed_without_answer_or_reason(db, outcome, text, detail):
    case = a_case(db)
    with pytest.raises(Conflict):
        actions.close(
            db, case, an_officer(staff(db)), outcome, text=text, detail=detail, access=ACCESS, at=at(11, 12)
        )
    assert case.state is State.RECEIVED


def test_an_answered_case_is_closed_without_more_words(db):
    case = a_case(db)
    officer = an_officer(staff(db))
    actions.answer(db, case, officer, "Lyktan lyser.", ACCESS, at(11, 12))
    actions.close(db, case, officer, Outcome.REMEDIED, text="", detail="", access=ACCESS, at=at(11, 12, 11))
    assert case.state is State.CLOSED


def test_nothing_happens_to_a_closed_case(db):
    case = a_case(db)
    officer = an_officer(staff(db))
    actions.close(db, case, officer, Outcome.REMEDIED, text="Lagat.", detail="", access=ACCESS, at=at(11, 12))
    with pytest.raises(Conflict):
        actions.answer(db, case, officer, "En sak till.", ACCESS, at(11, 13))


def test_a_passed_day_is_written_down_once_and_told_to_both(db):
    case = a_case(db)
    assert write_breaches(db, ACCESS, at(11, 24, 22)) == 0
    assert write_breaches(db, ACCESS, at(11, 24, 23)) == 1
    assert write_breaches(db, ACCESS, at(11, 25)) == 0
    assert tallies(db) == {TallyState.LATE: 1}
    assert f"Vi höll inte vårt löfte i ärende {case.reference}" in letters_to(db, "anmalan@post.example")
    assert f"Löftet är brutet i ärende {case.reference}" in letters_to(db, "gator-trafik@ekdala.example")


def test_a_late_case_that_ends_counts_once_in_the_month_of_its_day(db):
    case = a_case(db)
    write_breaches(db, ACCESS, at(11, 25))
    actions.close(
        db,
        case,
        an_officer(staff(db)),
        Outcome.REMEDIED,
        text="Lagat.",
        detail="",
        access=ACCESS,
        at=at(12, 3),
    )
    broken = select(Tally).where(Tally.state == TallyState.BROKEN, Tally.count != 0)
    assert {(row.grain, row.day, row.length) for row in db.scalars(broken)} == {
        (Grain.MONTH, date(2026, 11, 1), 17),
        (Grain.DAY, date(2026, 11, 24), 17),
    }
    assert TallyState.LATE not in tallies(db)
    assert [event.kind for event in case.events].count(EventKind.BREACHED) == 1


def test_a_clock_that_starts_is_counted_under_its_month_and_its_day(db):
    a_case(db)
    started = select(Tally).where(Tally.state == TallyState.STARTED)
    assert {(row.grain, row.day, row.count) for row in db.scalars(started)} == {
        (Grain.MONTH, date(2026, 11, 1), 1),
        (Grain.DAY, date(2026, 11, 10), 1),
    }


def test_a_paused_case_never_runs_out(db):
    case = a_case(db)
    actions.ask(
        db, case, an_officer(staff(db)), "Var?", answer_by=date(2026, 11, 27), access=ACCESS, at=at(11, 12)
    )
    assert not clocks_run_out(db, at(12, 31))


def test_events_are_only_added(db):
    case = a_case(db)
    actions.note(db, case, an_officer(staff(db)), "Ring först.", at(11, 11))
    kinds = db.scalars(
        select(CaseEvent.kind).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
    ).all()
    assert kinds == [EventKind.OPENED, EventKind.NOTED]
    assert db.scalars(select(Case)).one().events[-1].public is False


def test_naming_an_officer_and_asking_keep_the_promises_about_that(db):
    service = a_service(db)
    a_pledge(db, service, "handlaggare", measure=Measure.OFFICER_NAMED, amount=5)
    a_pledge(db, service, "saknas", measure=Measure.COMPLETENESS, amount=10)
    case = a_case(db, service)
    person = staff(db)
    actions.assign(db, case, an_officer(person), person, at(11, 11))
    actions.ask(
        db, case, an_officer(person), "Var?", answer_by=date(2026, 11, 27), access=ACCESS, at=at(11, 12)
    )
    assert {clock.version.measure: clock.state for clock in case.clocks} == {
        Measure.OFFICER_NAMED: TallyState.KEPT,
        Measure.COMPLETENESS: TallyState.KEPT,
    }
