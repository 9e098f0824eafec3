"""What people notice when a promise is about to break, and when it has broken."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.clock import Unit
from pledges.compensation import Kind
from pledges.errors import BadNotice
from pledges.pledge import Measure
from portal.accounts.rules import Role
from portal.cases import actions, amends, pending, turns
from portal.cases.amends import owed, ready_fee, share_off
from portal.cases.amends_checking import differences as work_differences
from portal.cases.breaches import write_breaches
from portal.cases.checking import differences
from portal.cases.delays import explain_delay
from portal.cases.explained import owes_explanation
from portal.cases.intake import CITIZEN
from portal.cases.models import Case, CaseEvent
from portal.cases.queries import case_to_change
from portal.cases.reminders import warn_of_promises
from portal.cases.rules import EventKind, Outcome
from portal.errors import Conflict
from portal.outbox.models import OutboxLetter
from tests.builders import ACCESS, RECEIVED, a_case, a_department, a_pledge, a_service, an_officer, staff

APOLOGY = {"kind": "apology"}
EXPLANATION = {"kind": "explanation"}
FIFTH_A_WEEK = {"kind": "fee_reduction", "share": "1/5", "per": "started_week", "most": "1"}
HALF_ONCE = {"kind": "fee_reduction", "share": "1/2", "per": "once", "most": "1/2"}
CITIZENS = "anmalan@post.example"
OFFICERS = "gata@ekdala.example"
HEADS = "chef@ekdala.example"
DEPARTMENTS = "gator-trafik@ekdala.example"
BROKEN = "Vi höll inte vårt löfte"


def at(month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment of 2026, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def letters(db: Session, address: str) -> list[OutboxLetter]:
    wanted = select(OutboxLetter).where(OutboxLetter.to == address).order_by(OutboxLetter.id)
    return list(db.scalars(wanted))


def subjects(db: Session, address: str) -> list[str]:
    return [letter.content["subject"].split(":")[0] for letter in letters(db, address)]


def body(db: Session, address: str, about: str) -> str:
    found = [letter for letter in letters(db, address) if letter.content["subject"].startswith(about)]
    assert len(found) == 1, [letter.content["subject"] for letter in letters(db, address)]
    return " ".join(found[0].content["paragraphs"]).replace("\N{NO-BREAK SPACE}", " ")


def kinds(case: Case) -> list[EventKind]:
    return [event.kind for event in case.events]


@pytest.fixture
def make(db: Session) -> Any:
    """A case under a pledge that owes what is given, with an officer and a head; due Tuesday 24 November 2026."""

    def opened(*compensation: dict[str, str], taken: bool = True, **more: Any) -> Case:
        department = a_department(db)
        service = a_service(db, department)
        a_pledge(db, service, compensation=list(compensation), **more)
        officer = staff(db, department=department)
        head = staff(db, HEADS, Role.MANAGER, department)
        head.name = "Lena Berg"
        case = a_case(db, service)
        if taken:
            actions.assign(db, case, an_officer(officer), officer, at(11, 10, 9))
        return case_to_change(db, case.id)

    return opened


def sweep(db: Session, moment: datetime) -> None:
    write_breaches(db, ACCESS, moment)
    warn_of_promises(db, ACCESS, moment)


def two_broken_at_registration(db: Session, registered: datetime | None = None) -> Case:
    """A case of Tuesday 10 November under two pledges, registered on 2 December unless told otherwise."""
    department = a_department(db)
    service = a_service(db, department)
    staff(db, HEADS, Role.MANAGER, department)
    a_pledge(db, service, compensation=[APOLOGY])
    answer = {"promise": "Du får svar inom *två arbetsdagar*.", "short": "Svar inom *två arbetsdagar*"}
    a_pledge(db, service, "svar", measure=Measure.FIRST_ANSWER, amount=2, compensation=[APOLOGY], **answer)
    return a_case(db, service, at=registered or at(12, 2))


def test_who_has_the_case_is_warned_once_before_the_promise_runs_out(db, make):
    case = make()
    assert case.clocks[0].warn_at is not None
    sweep(db, at(11, 23))
    sweep(db, at(11, 23, 11))
    assert subjects(db, OFFICERS) == ["Snart går löftet ut"]
    said = body(db, OFFICERS, "Snart")
    assert "Trasiga gatlyktor lagas inom tio arbetsdagar" in said
    assert "Sista dagen är tisdag 24 november" in said
    assert case.clocks[0].warn_at is None
    event = case.events[-1]
    assert (event.kind, event.public) == (EventKind.WARNED, False)
    assert event.content["version"] == case.clocks[0].version_id
    assert list(differences(db, at(11, 23, 12))) == []


def test_the_department_is_warned_while_nobody_has_the_case(db, make):
    make(taken=False)
    sweep(db, at(11, 23))
    assert subjects(db, DEPARTMENTS) == ["Nytt ärende", "Snart går löftet ut"]


def test_a_late_sweep_waits_for_the_morning_with_its_warning(db, make):
    case = make()
    sweep(db, at(11, 22, 12))  # a Sunday
    assert subjects(db, OFFICERS) == []
    assert case.clocks[0].warn_at is not None
    sweep(db, at(11, 23, 7, 30))
    assert subjects(db, OFFICERS) == ["Snart går löftet ut"]


def test_nobody_is_warned_of_what_is_broken_or_done(db, make):
    case = make()
    actions.close(db, case, CITIZEN, Outcome.REMEDIED, text="Klart.", detail="", access=ACCESS, at=at(11, 12))
    sweep(db, at(11, 26))
    assert subjects(db, OFFICERS) == []


def test_a_warning_is_found_behind_many_that_must_wait(db, make, monkeypatch):
    monkeypatch.setattr(pending, "AT_A_TIME", 1)
    first = make()
    for number in range(3):
        a_case(db, first.service, f"more-{number}")
    sweep(db, at(11, 23))
    warned = db.scalars(select(CaseEvent).where(CaseEvent.kind == EventKind.WARNED)).all()
    assert len(warned) == 4


def test_the_citizen_learns_by_when_somebody_will_say_why(db, make):
    case = make(APOLOGY, EXPLANATION, FIFTH_A_WEEK)
    sweep(db, at(11, 25))
    said = body(db, CITIZENS, BROKEN)
    assert "Det betydde senast tisdag 24 november, och ärendet är inte klart. Det är vårt fel" in said
    assert "Senast fredag 27 november berättar vi varför det dröjer" in said
    assert "Senast onsdag 2 december förklarar vi hur det kunde bli så" in said
    assert "Vi sänker avgiften med 1/5 för varje påbörjad vecka." in said
    assert "Hur mycket det blir får du veta när ärendet är avgjort." in said
    assert [(work.kind, work.due_on) for work in case.follow_ups] == [
        ("apology", date(2026, 11, 27)),
        ("explanation", date(2026, 12, 2)),
        ("fee_reduction", date(2026, 12, 2)),
    ]


def test_the_head_hears_of_it_afterwards_and_nobody_hears_twice(db, make):
    make(APOLOGY)
    sweep(db, at(11, 25))
    sweep(db, at(11, 26))
    assert subjects(db, HEADS) == ["Ett löfte bröts"]
    said = body(db, HEADS, "Ett löfte")
    assert "Anders Holm har ärendet" in said
    assert "Det ger arbete som ska vara gjort senast fredag 27 november" in said
    assert len([one for one in subjects(db, DEPARTMENTS) if one.startswith("Löftet är brutet")]) == 1
    assert len([one for one in subjects(db, CITIZENS) if one.startswith(BROKEN)]) == 1


def test_without_a_head_of_its_own_the_departments_breach_goes_to_who_decides_everywhere(db):
    service = a_service(db)
    a_pledge(db, service)
    staff(db, HEADS, Role.MANAGER)
    a_case(db, service)
    sweep(db, at(11, 25))
    assert subjects(db, HEADS) == ["Ett löfte bröts"]


def test_what_was_explained_beforehand_stands_in_the_letter_and_is_the_apology(db, make):
    case = make(APOLOGY)
    explain_delay(
        db,
        case,
        an_officer(case.officer),
        "Delen är slut.",
        new_day=date(2026, 12, 4),
        access=ACCESS,
        at=at(11, 20),
    )
    told = body(db, CITIZENS, "Det dröjer med")
    assert "Delen är slut." in told
    assert "Ny dag är fredag 4 december" in told
    sweep(db, at(11, 25))
    said = body(db, CITIZENS, BROKEN)
    assert "Delen är slut. Ny dag: fredag 4 december." in said
    assert "berättar vi varför" not in said
    assert owed(case) == []
    assert case.follow_ups[0].result == {"new_day": "2026-12-04"}


def test_explaining_afterwards_does_what_the_apology_asks_for(db, make):
    case = make(APOLOGY)
    sweep(db, at(11, 25))
    explain_delay(
        db,
        case,
        an_officer(case.officer),
        "Delen är slut.",
        new_day=date(2026, 12, 4),
        access=ACCESS,
        at=at(11, 26),
    )
    assert owed(case) == []
    assert kinds(case)[-2:] == [EventKind.DELAY_EXPLAINED, EventKind.FOLLOWED_UP]
    assert case.clocks[0].due_on == date(2026, 11, 24)
    assert list(differences(db, at(11, 26, 12))) == []


@pytest.mark.parametrize(("text", "day"), [(" ", date(2026, 12, 4)), ("Delen är slut.", date(2026, 11, 26))])
def test_an_explanation_has_a_reason_and_a_later_day(db, make, text, day):
    case = make()
    with pytest.raises(BadNotice):
        explain_delay(db, case, CITIZEN, text, new_day=day, access=ACCESS, at=at(11, 26))


def test_a_new_day_that_passes_in_silence_is_owed_again(db, make):
    case = make()
    due = date(2026, 11, 24)
    assert not owes_explanation(case.events, 1, due, due)
    assert owes_explanation(case.events, 1, due, date(2026, 11, 25))
    explain_delay(
        db, case, CITIZEN, "Delen är slut.", new_day=date(2026, 12, 4), access=ACCESS, at=at(11, 25)
    )
    assert not owes_explanation(case.events, 1, due, date(2026, 12, 4))
    assert owes_explanation(case.events, 1, due, date(2026, 12, 5))


def test_what_comes_late_before_the_sweep_gives_the_same_work_and_letters(db, make):
    case = make(APOLOGY, HALF_ONCE)
    who = an_officer(case.officer)
    actions.close(db, case, who, Outcome.REMEDIED, text="Lagat.", detail="", access=ACCESS, at=at(11, 25))
    sweep(db, at(11, 25, 11))
    said = body(db, CITIZENS, BROKEN)
    assert "men det blev onsdag 25 november. Vi beklagar det." in said
    assert "Senast fredag 27 november skriver vi till dig och ber om ursäkt." in said
    assert "Senast onsdag 2 december får du veta vad det blir." in said
    assert subjects(db, HEADS) == ["Ett löfte bröts"]
    assert sorted(work.kind for work in case.follow_ups) == ["apology", "fee_reduction"]
    amends.explain_breach(db, case, who, "Vi beställde fel del. Förlåt.", ACCESS, at(11, 26))
    assert [work.kind for work, _ in owed(case)] == ["fee_reduction"]
    assert "Vi beställde fel del. Förlåt." in body(db, CITIZENS, "Därför höll vi inte")


def test_words_that_do_two_pieces_of_work_are_told_once(db, make):
    case = make(APOLOGY, EXPLANATION)
    who = an_officer(case.officer)
    actions.close(db, case, who, Outcome.REMEDIED, text="Lagat.", detail="", access=ACCESS, at=at(11, 25))
    amends.explain_breach(db, case, who, "Vi beställde fel del. Förlåt.", ACCESS, at(11, 26))
    assert owed(case) == []
    done = [event for event in case.events if event.kind is EventKind.FOLLOWED_UP]
    assert [event.public for event in done] == [True, False]


def test_a_late_registration_apologises_in_the_receipt_and_not_once_more(db, make):
    case = make(APOLOGY)
    late = a_case(db, case.service, "late", received_at=RECEIVED - timedelta(days=30))
    assert late.clocks[0].state == "late"
    mine = [letter for letter in letters(db, CITIZENS) if letter.about == late.reference]
    assert len(mine) == 1
    assert "Vi beklagar det" in " ".join(mine[0].content["paragraphs"])
    assert [work.kind for work in late.follow_ups] == ["apology"]
    assert subjects(db, HEADS) == ["Ett löfte bröts"]


def test_a_late_registration_admits_every_broken_promise_and_says_when_the_reason_comes(db):
    case = two_broken_at_registration(db)
    assert [clock.state for clock in case.clocks] == ["late", "late"]
    assert subjects(db, CITIZENS) == [f"Vi har tagit emot ditt ärende {case.reference}"]
    said = body(db, CITIZENS, "Vi har tagit emot")
    assert "Trasiga gatlyktor lagas inom tio arbetsdagar. Det betydde senast tisdag 24 november." in said
    assert "Du får svar inom två arbetsdagar. Det betydde senast torsdag 12 november." in said
    assert said.count("Tiden hade redan gått ut när vi registrerade ditt ärende. Vi beklagar det.") == 1
    assert "Löftena räknas som brutna" in said
    assert said.count("Senast fredag 4 december berättar vi varför det dröjer och vilken dag") == 1


def test_the_department_gets_one_letter_about_a_case_that_comes_with_broken_promises(db):
    two_broken_at_registration(db)
    sweep(db, at(12, 3))
    assert subjects(db, DEPARTMENTS) == ["Nytt ärende"]
    said = body(db, DEPARTMENTS, "Nytt ärende")
    named = (
        "Trasiga gatlyktor lagas inom tio arbetsdagar. Lovad dag var tisdag 24 november. Löftet är brutet."
    )
    assert named in said
    assert "Svar inom två arbetsdagar. Lovad dag var torsdag 12 november. Löftet är brutet." in said
    assert said.count("Ge besked till invånaren") == 1


def test_a_promise_that_holds_is_told_beside_one_that_was_broken_at_registration(db):
    case = two_broken_at_registration(db, at(11, 16))
    said = body(db, CITIZENS, "Vi har tagit emot")
    assert "Trasiga gatlyktor lagas inom tio arbetsdagar. Det betyder senast tisdag 24 november." in said
    assert "Du får svar inom två arbetsdagar. Det betydde senast torsdag 12 november." in said
    assert "Löftet räknas som brutet" in said
    told = body(db, DEPARTMENTS, "Nytt ärende")
    assert "Det betyder senast tisdag 24 november." in told
    assert "Svar inom två arbetsdagar. Lovad dag var torsdag 12 november. Löftet är brutet." in told
    sweep(db, at(11, 25))
    assert f"Löftet är brutet i ärende {case.reference}" in subjects(db, DEPARTMENTS)


def test_promises_that_break_in_one_sweep_are_told_apart_by_name(db):
    two_broken_at_registration(db, at(11, 10))
    write_breaches(db, ACCESS, at(11, 25))
    write_breaches(db, ACCESS, at(11, 26))
    for address, about in ((DEPARTMENTS, "Löftet är brutet"), (HEADS, "Ett löfte bröts")):
        found = [one for one in letters(db, address) if one.content["subject"].startswith(about)]
        assert sorted(one.content["paragraphs"][0].split(".")[0] for one in found) == [
            "Svar inom två arbetsdagar",
            "Trasiga gatlyktor lagas inom tio arbetsdagar",
        ]


def test_a_promise_that_came_late_is_named_to_the_department(db, make):
    case = make()
    who = an_officer(case.officer)
    actions.close(db, case, who, Outcome.REMEDIED, text="Lagat.", detail="", access=ACCESS, at=at(11, 25))
    said = body(db, DEPARTMENTS, "Löftet är brutet")
    assert said.startswith(
        "Trasiga gatlyktor lagas inom tio arbetsdagar. Lovad dag var tisdag 24 november, och"
    )


def test_a_fee_by_the_week_waits_for_the_end_and_is_lowered_by_what_it_became(db, make):
    case = make(FIFTH_A_WEEK)
    sweep(db, at(11, 25))
    assert ready_fee(case) is None
    who = an_officer(case.officer)
    actions.close(db, case, who, Outcome.REMEDIED, text="Lagat.", detail="", access=ACCESS, at=at(12, 3))
    work, clock = ready_fee(case)
    share = share_off(clock, Fraction(0), date(2026, 12, 20))
    assert share == Fraction(2, 5)
    lowered = amends.lower_fee(db, case, work, who, fee=1_240_000, share=share, access=ACCESS, at=at(12, 4))
    assert lowered.left == 744_000
    said = body(db, CITIZENS, "Avgiften sänks").replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "Därför sänker vi avgiften på 12 400 kronor med 40 procent: 4 960 kronor." in said
    assert "Du betalar 7 440 kronor." in said
    assert case.events[-1].content["share"] == "2/5"
    with pytest.raises(Conflict):
        amends.lower_fee(db, case, work, who, fee=100, share=share, access=ACCESS, at=at(12, 5))


def test_the_law_takes_off_more_than_the_promise_when_it_gives_more(db, make):
    case = make(HALF_ONCE)
    sweep(db, at(11, 25))
    assert share_off(case.clocks[0], Fraction(3, 5), date(2026, 11, 26)) == Fraction(3, 5)
    assert share_off(case.clocks[0], Fraction(1, 5), date(2026, 11, 26)) == Fraction(1, 2)


def test_an_excused_promise_owes_nothing_more(db, make):
    case = make(APOLOGY)
    sweep(db, at(11, 25))
    turns.excuse(db, case, case.clocks[0], an_officer(case.officer), "Strömmen var borta.", at(11, 26))
    assert owed(case) == []
    assert pending.how_much_work(db, None, date(2026, 12, 24)).open == 0


def test_work_goes_with_the_case_to_another_department(db, make):
    case = make(APOLOGY)
    sweep(db, at(11, 25))
    park = a_department(db, "park", "Park")
    actions.hand_over(db, case, CITIZEN, park, reason="Det är en parklykta.", access=ACCESS, at=at(11, 26))
    db.flush()
    assert [work.kind for work, _ in pending.work_page(db, frozenset({park.id}), start=0, size=9)] == [
        Kind.APOLOGY
    ]
    assert pending.how_much_work(db, frozenset({park.id}), date(2026, 11, 28)) == pending.Owed(1, 1)
    assert pending.how_much_work(db, frozenset({park.id}), date(2026, 11, 27)) == pending.Owed(1, 0)


def test_a_promise_in_hours_names_the_hour_in_every_letter(db, make):
    make(APOLOGY, amount=8, unit=Unit.CLOCK_HOURS)
    said = body(db, CITIZENS, "Vi har tagit emot")
    assert "Det betyder senast tisdag 10 november kl. 15.52." in said
    sweep(db, at(11, 10, 15))
    assert "Det betydde senast tisdag 10 november kl. 15.52" in body(db, CITIZENS, BROKEN)


def test_the_check_finds_work_that_is_missing_or_done_by_nobody(db, make):
    case = make(APOLOGY, EXPLANATION)
    write_breaches(db, ACCESS, at(11, 25))
    db.flush()
    assert list(work_differences(db, at(11, 25))) == []
    gone, changed = case_to_change(db, case.id).follow_ups
    db.delete(gone)
    changed.done_at = at(11, 25)
    db.flush()
    db.expire_all()
    assert len(list(work_differences(db, at(11, 25)))) == 2
