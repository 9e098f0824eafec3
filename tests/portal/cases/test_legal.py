"""The times that the law sets for a case, through what is done to it."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.clock import Unit
from pledges.law import ClockKind
from pledges.pledge import Measure
from pledges.procedure import RightState
from portal.accounts.rules import Role
from portal.calendars.queries import calendar
from portal.cases import actions, legal_deeds
from portal.cases.aside import right_of
from portal.cases.intake import CITIZEN
from portal.cases.legal.checking import correct, differences
from portal.cases.legal.times import laws_of
from portal.cases.models import Case, CaseEvent, LegalTime
from portal.cases.reminders import warn_of_law
from portal.cases.rules import EventKind, Outcome
from portal.errors import Conflict
from portal.outbox.models import OutboxLetter
from portal.services.models import LegalClockRow
from tests.builders import ACCESS, a_case, a_pledge, a_service, an_officer, staff

RECEIVED = datetime(2026, 1, 12, 9, tzinfo=UTC)  # a Monday
TEN_WEEKS = date(2026, 3, 23)
BY_PERMIT: dict[str, Any] = {
    "kind": ClockKind.BUILDING_PERMIT,
    "amount": 10,
    "unit": Unit.WEEKS,
    "extension": 10,
    "completion_order": 3,
}


def day(month: int, number: int, hour: int = 10) -> datetime:
    return datetime(2026, month, number, hour, tzinfo=UTC)


def in_register(db: Session, key: str = "bygglov", **more: Any) -> None:
    """A legal clock; a building permit unless said otherwise."""
    values = {**BY_PERMIT, "amount": 10, **more}
    row = LegalClockRow(
        key=key,
        title="Beslut om bygglov",
        reference="Plan- och bygglagen (2010:900) 9 kap.",
        valid_from=date(2019, 1, 1),
        **values,
    )
    db.add(row)
    db.flush()


@pytest.fixture
def make(db: Session) -> Any:
    """An application for a building permit, received Monday 12 January 2026, with what is in the register."""

    def opened(**more: Any) -> Case:
        in_register(db, **more)
        service = a_service(db)
        law = {"key": "bygglov", "reference": "PBL", "verified": False}
        a_pledge(db, service, measure=Measure.DECISION, law=law, amount=12, unit=Unit.WEEKS)
        return a_case(db, service, at=RECEIVED, received_at=RECEIVED)

    return opened


def ask(db: Session, case: Case, at: datetime) -> None:
    last = (at + timedelta(days=60)).date()
    actions.ask(db, case, CITIZEN, "Skicka fasaden.", answer_by=last, access=ACCESS, at=at)


def send(db: Session, case: Case, at: datetime, files: int = 0) -> None:
    actions.receive(db, case, CITIZEN, "Här.", file_ids=(), access=ACCESS, at=at)
    case.events[-1].content = {**case.events[-1].content, "files": files}
    actions.note(db, case, CITIZEN, "läst", at)


def decide(db: Session, case: Case, at: datetime, outcome: Outcome = Outcome.APPROVED) -> None:
    actions.close(db, case, CITIZEN, outcome, text="Beslut.", detail="", access=ACCESS, at=at)


def extend(db: Session, case: Case, at: datetime, weeks: int = 4) -> None:
    who = an_officer(staff(db, f"{at.timestamp()}@ekdala.example"))
    legal_deeds.extend(db, case, who, "Grannarna ska höras.", weeks=weeks, access=ACCESS, at=at)


def subjects(db: Session, address: str) -> list[str]:
    wanted = select(OutboxLetter).where(OutboxLetter.to == address).order_by(OutboxLetter.id)
    return [letter.content["subject"].split(":")[0] for letter in db.scalars(wanted)]


STEPS: list[tuple[str, list[tuple[Any, ...]], date | None]] = [
    ("received", [], TEN_WEEKS),
    ("asked in time, not answered", [(ask, day(2, 2))], None),
    ("asked on the last day of the three weeks", [(ask, day(2, 2)), (send, day(2, 10))], date(2026, 4, 21)),
    ("asked a day too late", [(ask, day(2, 3)), (send, day(2, 10))], TEN_WEEKS),
    ("added of their own accord", [(send, day(1, 20), 1)], date(2026, 3, 31)),
    ("asked how it goes", [(send, day(1, 20))], TEN_WEEKS),
    ("prolonged by four weeks", [(extend, day(3, 2))], date(2026, 4, 20)),
    (
        "asked twice",
        [(ask, day(1, 20)), (send, day(1, 27)), (ask, day(2, 3)), (send, day(2, 20))],
        date(2026, 4, 7),
    ),
]


@pytest.mark.parametrize(("what", "steps", "nominal"), STEPS, ids=[step[0] for step in STEPS])
def test_the_laws_day_follows_what_is_done(db, make, what, steps, nominal):
    case = make()
    for deed, *values in steps:
        deed(db, case, *values)
    db.flush()
    kept = db.scalars(select(LegalTime).where(LegalTime.case_id == case.id)).all()
    assert [time.nominal_on for time in kept] == ([nominal] if nominal else [])
    assert list(differences(db, day(6, 1))) == []


def test_a_decision_ends_the_laws_time_and_a_fifth_goes_for_each_week_begun(db, make):
    case = make()
    decide(db, case, day(4, 1))
    (time,) = case.legal_times
    assert (time.ended_on, time.warn_at) == (date(2026, 4, 1), None)
    (law,) = laws_of(db, case, date(2026, 6, 1))
    assert law.standing.is_over(date(2026, 6, 1))
    assert law.standing.reduction == Fraction(2, 5)


def test_the_law_moves_no_promise_of_ours(db, make):
    case = make()
    due = case.clocks[0].due_on
    extend(db, case, day(3, 2))
    assert case.clocks[0].due_on == due
    assert subjects(db, "anmalan@post.example")[-1].startswith("Tiden för beslut är förlängd")


@pytest.mark.parametrize("weeks", [0, 11])
def test_the_law_allows_only_so_many_weeks(db, make, weeks):
    case = make()
    with pytest.raises(Conflict):
        extend(db, case, day(3, 2), weeks)


def test_the_laws_time_is_prolonged_once_and_before_it_has_run_out(db, make):
    case = make()
    extend(db, case, day(3, 2))
    with pytest.raises(Conflict):
        extend(db, case, day(3, 3))


def test_what_has_run_out_is_not_prolonged(db, make):
    case = make()
    with pytest.raises(Conflict):
        extend(db, case, day(3, 24))


def test_a_notification_has_its_own_weeks(db, make):
    case = make(amount=4, extension=4)
    assert case.legal_times[0].nominal_on == date(2026, 2, 9)


def test_a_fixed_time_on_a_free_day_moves_for_the_law_and_not_on_the_calendar(db, make):
    case = make(kind=ClockKind.FIXED, amount=4, unit=Unit.MONTHS, extension=None, completion_order=None)
    (time,) = case.legal_times
    assert (time.nominal_on, time.adjusted_on) == (date(2026, 5, 12), date(2026, 5, 12))


@pytest.mark.parametrize("values", [{"amount": None, "unit": None}, {"amount": 48, "unit": Unit.CLOCK_HOURS}])
def test_a_law_that_sets_no_day_has_none(db, make, values):
    case = make(kind=ClockKind.FIXED, extension=None, completion_order=None, **values)
    assert case.legal_times == []


def test_the_department_is_warned_once_before_the_laws_day(db, make):
    case = make()
    warn = case.legal_times[0].warn_at
    assert warn == datetime(2026, 3, 9, 7, tzinfo=UTC)  # a fifth of seventy days is left, at eight in Sweden
    assert warn_of_law(db, ACCESS, day(3, 8)) == 0  # a Sunday
    assert warn_of_law(db, ACCESS, day(3, 9)) == 1
    assert warn_of_law(db, ACCESS, day(3, 10)) == 0
    assert [one for one in subjects(db, "gator-trafik@ekdala.example") if "Lagens" in one] == [
        "Lagens gräns närmar sig"
    ]
    assert list(differences(db, day(3, 11))) == []
    extend(db, case, day(3, 11))
    assert case.legal_times[0].warn_at is not None


def test_a_drifted_time_is_found_and_corrected(db, make):
    case = make()
    case.legal_times[0].nominal_on = date(2026, 12, 24)
    db.flush()
    (found,) = differences(db, day(3, 1))
    assert "nominal_on" in found
    assert correct(db) == 1
    assert list(differences(db, day(3, 1))) == []
    case.legal_times.clear()
    db.flush()
    assert correct(db) == 1
    assert list(differences(db, day(3, 1))) == []


def right(db: Session, case: Case, on: date) -> RightState | None:
    found = right_of(case, calendar(db, 1), on)
    return found.state if found is not None else None


def test_after_six_months_the_citizen_may_ask_once_and_gets_a_day(db, make):
    case = make()
    in_register(db, "fl-12", kind=ClockKind.DECISION_REQUEST, amount=6, unit=Unit.MONTHS)
    staff(db, "chef@ekdala.example", Role.MANAGER)
    assert right(db, case, date(2026, 7, 12)) is None
    with pytest.raises(Conflict):
        legal_deeds.request_decision(db, case, CITIZEN, ACCESS, day(7, 12), "för tidigt")
    assert right(db, case, date(2026, 7, 13)) is RightState.OPEN
    for _ in range(2):
        legal_deeds.request_decision(db, case, CITIZEN, ACCESS, day(7, 13), "token")
    asked = [event for event in case.events if event.kind is EventKind.DECISION_REQUESTED]
    assert len(asked) == 1
    assert [time.nominal_on for time in case.legal_times if time.key == "fl-12"] == [date(2026, 8, 10)]
    assert subjects(db, "anmalan@post.example")[-1].startswith("Du har begärt ett beslut")
    assert subjects(db, "gator-trafik@ekdala.example")[-1].startswith("Beslut begärt")
    assert right(db, case, date(2026, 8, 10)) is RightState.REQUESTED
    assert right(db, case, date(2026, 8, 11)) is RightState.OVERDUE
    with pytest.raises(Conflict):
        legal_deeds.request_decision(db, case, CITIZEN, ACCESS, day(8, 12), "igen")
    assert list(differences(db, day(8, 12))) == []
    decide(db, case, day(8, 13), Outcome.REJECTED)
    assert right(db, case, date(2026, 8, 14)) is None


def test_a_case_that_is_not_decided_gives_no_right(db):
    service = a_service(db)
    a_pledge(db, service)
    case = a_case(db, service, at=RECEIVED, received_at=RECEIVED)
    with pytest.raises(Conflict):
        legal_deeds.request_decision(db, case, CITIZEN, ACCESS, day(8, 1), "token")
    assert db.scalars(select(CaseEvent).where(CaseEvent.kind == EventKind.DECISION_REQUESTED)).all() == []
