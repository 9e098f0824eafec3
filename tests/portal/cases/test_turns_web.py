"""What a citizen can do to a case beside writing in it, and what the page says afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from pledges.clock import Unit
from pledges.pledge import Measure
from portal.cases import actions, delays, turns
from portal.cases.access import Access
from portal.cases.breaches import write_breaches
from portal.cases.intake import Who
from portal.cases.models import Case
from portal.cases.queries import case_by_id, case_to_change
from portal.cases.rules import ActorKind, EventKind, Outcome, State
from portal.clock import local_day, now
from portal.db import Database
from portal.pledgebook.models import TallyState
from portal.settings import Settings
from tests.builders import a_case, a_pledge, a_service
from tests.portal.cases.test_views import Opened
from tests.visitor import Visitor

ANDERS = Who(ActorKind.STAFF, None, "Anders Holm")
Then = Callable[[Session, Case, Access], object]


@pytest.fixture
def make(sqlite: Database, settings: Settings) -> Callable[..., Opened]:
    """Open a case some days ago under a pledge, and do something to it."""
    access = Access(settings.base_url, settings.secret_key)

    def opened(then: Then = lambda db, case, access: None, days: int = 1, **pledge: Any) -> Opened:
        received = now() - timedelta(days=days)
        with sqlite.transaction() as db:
            service = a_service(db)
            a_pledge(db, service, **pledge)
            case = a_case(db, service, at=received, received_at=received)
            then(db, case, access)
            return Opened(case.id, case.reference, access.key(case))

    return opened


def close(db: Session, case: Case, access: Access) -> None:
    actions.close(db, case, ANDERS, Outcome.REMEDIED, text="Lagat.", detail="", access=access, at=now())


def late(db: Session, case: Case, access: Access) -> None:
    write_breaches(db, access, now())


def address(case: Opened, turn: str) -> str:
    return f"/arende/{case.reference}/{turn}?nyckel={case.key}"


def filled(visitor: Visitor, turn: str, **values: str) -> dict[str, str]:
    """The form of a turn as the page last seen has it."""
    token = visitor.soup.find("input", attrs={"name": f"{turn}-token"})["value"]
    check = visitor.soup.find("input", attrs={"name": f"{turn}-csrf_token"})["value"]
    return {
        f"{turn}-csrf_token": str(check),
        f"{turn}-token": str(token),
        **{f"{turn}-{name}": value for name, value in values.items()},
    }


def found(sqlite: Database, case: Opened) -> Case:
    with sqlite.reader() as db:
        return case_by_id(db, case.id)


def test_a_citizen_opens_a_closed_case_again_and_twice_is_once(visitor, make, sqlite):
    case = make(close)
    visitor.get(case.path)
    form = filled(visitor, "oppna-igen", text="Den slocknade igen.")
    for _ in range(2):
        visitor.post(address(case, "oppna-igen"), form)
    page = visitor.follow()
    assert "Ärendet är öppet igen." in page.find(id="tack").text
    assert "Du öppnade ärendet igen." in page.text
    assert "Den slocknade igen." in page.text
    assert "Innan ärendet öppnades igen" in page.text
    opened_again = found(sqlite, case)
    assert (opened_again.cycle, opened_again.state) == (2, State.ACTIVE)


def test_opening_again_needs_a_word_on_what_is_wrong(visitor, make, sqlite):
    case = make(close)
    visitor.get(case.path)
    page = visitor.post(address(case, "oppna-igen"), filled(visitor, "oppna-igen", text=" "), status=422)
    assert "Skriv vad som inte är löst." in page.select_one("#fel").text
    assert found(sqlite, case).state is State.CLOSED


def test_a_citizen_takes_an_open_case_back_and_its_promise_does_not_count(visitor, make, sqlite):
    case = make()
    visitor.get(case.path)
    form = filled(visitor, "ta-tillbaka", text="Den lyser igen.")
    for _ in range(2):
        visitor.post(address(case, "ta-tillbaka"), form)
    page = visitor.follow()
    assert "Ärendet togs tillbaka" in page.select_one(".promise").text
    assert "Räknas inte, eftersom ärendet togs tillbaka i tid." in page.text
    taken_back = found(sqlite, case)
    assert (taken_back.outcome, taken_back.clocks[0].state) == (Outcome.WITHDRAWN, TallyState.VOID)


def test_what_comes_after_the_case_was_closed_is_given_back(visitor, make, sqlite, settings):
    case = make()
    visitor.get(case.path)
    form = filled(visitor, "ta-tillbaka", text="Den lyser igen.")
    with sqlite.transaction() as db:
        close(db, case_to_change(db, case.id), Access(settings.base_url, settings.secret_key))
    page = visitor.post(address(case, "ta-tillbaka"), form, status=409)
    assert page.find("blockquote").text == "Den lyser igen."
    assert found(sqlite, case).outcome is Outcome.REMEDIED


@pytest.mark.parametrize("turn", ["oppna-igen", "ta-tillbaka", "begar-beslut"])
def test_a_turn_without_the_key_is_refused_and_without_a_token_not_made(visitor, make, sqlite, turn):
    case = make()
    visitor.get(case.path)
    visitor.post(f"/arende/{case.reference}/{turn}?nyckel=fel", {f"{turn}-text": "Hej"}, status=404)
    visitor.post(address(case, turn), {f"{turn}-text": "Hej", "csrf_token": ""}, status=422)
    assert [event.kind for event in found(sqlite, case).events] == [EventKind.OPENED]
    visitor.post(address(case, "flyg"), {}, status=404)


def test_after_six_months_the_page_offers_a_decision_once(visitor, make, sqlite):
    case = make(days=200, measure=Measure.DECISION, amount=300)
    page = visitor.get(case.path)
    assert "Du kan begära ett beslut" in page.text
    form = filled(visitor, "begar-beslut")
    for _ in range(2):
        visitor.post(address(case, "begar-beslut"), form)
    page = visitor.follow()
    assert "Vi har tagit emot din begäran om beslut." in page.find(id="tack").text
    assert "Du har begärt ett beslut" in page.text
    assert page.find("input", attrs={"name": "begar-beslut-token"}) is None
    kinds = [event.kind for event in found(sqlite, case).events]
    assert kinds.count(EventKind.DECISION_REQUESTED) == 1


def test_the_new_day_stands_beside_the_promised_one_which_still_counts_as_broken(visitor, make):
    new_day = local_day(now()) + timedelta(days=9)

    def explain(db: Session, case: Case, access: Access) -> None:
        late(db, case, access)
        delays.explain_delay(db, case, ANDERS, "Delen är slut.", new_day=new_day, access=access, at=now())

    case = make(explain, days=60)
    page = visitor.get(case.path)
    assert "Ny dag:" in page.select_one(".newday").text
    assert "Det höll vi inte." in page.select_one(".promise").text
    assert "Löftet räknas som brutet" in page.text
    assert "Delen är slut." in page.text
    link = page.find("a", string="Säg det till oss")
    assert link["href"] == "/loften/gatlyktor-lagas/holls-inte"


def test_an_excused_promise_is_told_with_its_reason_and_leads_to_its_page(visitor, make):
    def excuse(db: Session, case: Case, access: Access) -> None:
        late(db, case, access)
        turns.excuse(db, case, case.clocks[0], ANDERS, "Stormen tog nätet.", now())

    page = visitor.get(make(excuse, days=60).path)
    said = page.find("h2", string="Löften som inte räknas").find_next("ul")
    assert "Skälet: Stormen tog nätet." in said.text
    assert said.find("a")["href"] == "/loften/gatlyktor-lagas"


@pytest.mark.parametrize(
    ("amount", "unit"),
    [(8, Unit.CLOCK_HOURS), (8, Unit.WORKING_HOURS), (1, Unit.MONTHS), (2, Unit.WEEKS), (15, Unit.SAME_DAY)],
)
@pytest.mark.parametrize("days", [0, 1, 60])
@pytest.mark.parametrize("then", [close, late, lambda db, case, access: None])
def test_every_unit_has_its_words_whatever_happens(visitor, make, amount, unit, days, then):
    page = visitor.get(make(then, days=days, amount=amount, unit=unit).path)
    assert page.select_one(".promise").text.strip()


def test_a_promise_in_hours_names_its_hour(visitor, make):
    page = visitor.get(make(days=0, amount=48, unit=Unit.CLOCK_HOURS).path)
    assert "kl." in page.select_one(".promise").text
    assert "timme 1 av 48" in " ".join(page.select_one("figure").text.split())


def test_a_promise_without_a_day_is_never_shown_as_one(visitor, make):
    page = visitor.get(make(days=1, measure=Measure.FIRST_CONTACT, amount=None, unit=None).path)
    assert "9999" not in page.text
    assert page.select_one("figure") is None
