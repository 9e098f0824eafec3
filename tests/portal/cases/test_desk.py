"""The officer's side of cases, over the web: the queue, a case, every deed and every refusal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.pledge import Measure
from portal.accounts.models import Staff
from portal.accounts.rules import Role
from portal.cases import actions
from portal.cases.access import Access
from portal.cases.intake import CITIZEN, Who
from portal.cases.models import Case, CaseEvent
from portal.cases.queries import case_to_change
from portal.cases.rules import ActorKind, Channel, EventKind, Outcome, State
from portal.clock import local_day, now
from portal.db import Database
from portal.departments.models import Department
from portal.files.actions import keep
from portal.files.ingest import Limits, ingest
from portal.files.views import file_store
from portal.outbox.models import OutboxLetter
from portal.services.queries import service_by_slug
from portal.settings import Settings
from tests.builders import ACCESS, PASSWORD, a_case, a_department, a_pledge, a_service, an_officer, staff
from tests.visitor import Visitor

OFFICER, BUILDER, EDITOR = "gata@ekdala.example", "bygg@ekdala.example", "redaktor@ekdala.example"


@dataclass(frozen=True)
class House:
    """What is in the site's database: two departments and the officers' ids."""

    streets: int
    building: int
    officer: int
    builder: int


@pytest.fixture
def house(sqlite: Database) -> House:
    """A street department with a pledge, an officer in it, an officer and an editor elsewhere."""
    with sqlite.transaction() as db:
        streets = a_department(db)
        building = a_department(db, "bygglov", "Bygglov")
        a_pledge(db, a_service(db, streets))
        officer = staff(db, OFFICER, department=streets)
        builder = staff(db, BUILDER, department=building)
        builder.name = "Sara Ek"
        staff(db, EDITOR, Role.EDITOR, streets)
        return House(streets.id, building.id, officer.id, builder.id)


Open = Callable[..., str]


@pytest.fixture
def opened(sqlite: Database, house: House) -> Open:
    """Open a case some days ago and do something to it; gives its reference."""

    def make(
        then: Callable[[Session, Case], object] = lambda db, case: None, days: int = 1, **more: Any
    ) -> str:
        received = now() - timedelta(days=days)
        with sqlite.transaction() as db:
            service = service_by_slug(db, "felanmalan")
            values = {"submission": f"s-{now().timestamp()}", "received_at": received, **more}
            case = a_case(db, service, at=received, **values)
            then(db, case)
            return case.reference

    return make


def sign_in(visitor: Visitor, email: str = OFFICER) -> None:
    """Come in as a member of staff."""
    visitor.get("/arbete/logga-in")
    visitor.post("/arbete/logga-in", {"email": email, "password": PASSWORD})


@pytest.fixture
def desk(visitor: Visitor, house: House) -> Visitor:
    """The officer of the street department, signed in."""
    sign_in(visitor)
    return visitor


def path_of(reference: str) -> str:
    return f"/arbete/arenden/{reference}"


def seen_on(page: BeautifulSoup, slug: str) -> str:
    """The hidden mark of what the page has shown."""
    field = page.find("input", attrs={"name": f"{slug}-seen"})
    return str(field["value"]) if field else ""


def do(desk: Visitor, reference: str, slug: str, status: int = 303, **values: Any) -> BeautifulSoup:
    """Open the case, fill in one of its forms and send it."""
    page = desk.get(path_of(reference))
    return send(desk, reference, slug, seen_on(page, slug), status, **values)


def send(
    desk: Visitor, reference: str, slug: str, seen: str, status: int = 303, **values: Any
) -> BeautifulSoup:
    """Send a form with the mark of an earlier page."""
    fields = {f"{slug}-{name}": value for name, value in values.items()}
    token = desk.token
    form = {f"{slug}-seen": seen, f"{slug}-csrf_token": token, "csrf_token": token, **fields}
    return desk.post(f"{path_of(reference)}/{slug}", form, status)


def facts(sqlite: Database, reference: str) -> tuple[State, list[EventKind]]:
    """The state of a case and the kinds of its events."""
    with sqlite.reader() as db:
        case = db.scalars(select(Case).where(Case.reference == reference)).one()
        kinds = db.scalars(
            select(CaseEvent.kind).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
        ).all()
        return case.state, list(kinds)


def letters_to(sqlite: Database, address: str) -> list[str]:
    """The subjects of the letters to an address, oldest first."""
    with sqlite.reader() as db:
        rows = db.scalars(select(OutboxLetter).where(OutboxLetter.to == address).order_by(OutboxLetter.id))
        return [row.content["subject"] for row in rows]


CITIZENS = "anmalan@post.example"


# ---- the queue ---------------------------------------------------------------------------------------------


def test_the_queue_asks_who_comes_to_sign_in(visitor: Visitor) -> None:
    visitor.get("/arbete/", status=303)
    assert visitor.response is not None and "/arbete/logga-in" in visitor.response.headers["Location"]


def test_a_late_case_stands_first_and_is_said_on_top(desk: Visitor, opened: Open) -> None:
    opened(title="I tid")
    opened(days=40, title="För sen")
    page = desk.get("/arbete/?ko=oppna")
    assert [link.text for link in page.select("a.subj")] == ["För sen", "I tid"]
    assert "Ett är försenat." in page.h1.text.replace("\xa0", " ")
    groups = [group.text for group in page.select("th[scope=rowgroup]")]
    assert groups == ["Försenade", "Senare"]


def test_my_queue_holds_only_what_is_mine(desk: Visitor, opened: Open, house: House) -> None:
    mine = opened(lambda db, case: take(db, case, house.officer), title="Mitt")
    opened(title="Ingens")
    page = desk.get("/arbete/")
    assert [row["data-case"] for row in page.select("tr[data-case]")] == [mine]


def take(db: Session, case: Case, staff_id: int) -> None:
    """Let an officer have the case."""
    officer = db.get_one(Staff, staff_id)
    actions.assign(db, case, an_officer(officer), officer, now())


def test_the_numbers_of_the_queues_are_those_of_their_rows(desk: Visitor, opened: Open) -> None:
    opened()
    opened(days=40)
    opened(ask_something)
    page = desk.get("/arbete/?ko=oppna")
    numbers = {
        link.text.split()[0]: link.select_one(".n").text
        for link in page.select(".filters a")
        if link.select_one(".n")
    }
    assert numbers == {"Min": "0", "Alla": "3", "Försenade": "1", "Väntar": "1"}


def ask_something(db: Session, case: Case) -> None:
    """Ask the citizen something, with two weeks to answer."""
    last = local_day(now()) + timedelta(days=14)
    who = Who(ActorKind.STAFF, None, "Anders Holm")
    actions.ask(db, case, who, "Vilket nummer står på stolpen?", answer_by=last, access=ACCESS, at=now())


def test_a_waiting_case_stands_in_a_group_of_its_own(desk: Visitor, opened: Open) -> None:
    opened(ask_something)
    page = desk.get("/arbete/?ko=vantar")
    assert page.select_one("th[scope=rowgroup]").text == "Väntar på invånaren"
    assert "Väntar på svar" in page.select_one("tr[data-case] .status").text


def test_the_chosen_case_is_shown_beside_the_list(desk: Visitor, opened: Open) -> None:
    first, second = opened(days=3), opened(title="Lyktan vid torget", days=2)
    assert first in desk.get("/arbete/?ko=oppna").select_one("#valt").text
    preview = desk.get(f"/arbete/?ko=oppna&valt={second}").select_one("#valt")
    assert preview.h2.text == "Lyktan vid torget"
    assert "Nästa steg" in preview.text
    assert preview.select_one(f"a[href='{path_of(second)}']")


@pytest.mark.parametrize("words", ["torget", "Storgatan", "reference"])
def test_a_search_finds_title_place_and_reference_also_when_closed(
    desk: Visitor, opened: Open, words: str
) -> None:
    def close(db: Session, case: Case) -> None:
        who = Who(ActorKind.STAFF, None, "Anders Holm")
        actions.close(db, case, who, Outcome.REMEDIED, text="Klart.", detail="", access=ACCESS, at=now())

    wanted = opened(close, title="Lyktan vid torget", place="Storgatan 3")
    opened()
    asked = wanted.lower().replace("-", " ") if words == "reference" else words
    page = desk.get("/arbete/", query_string={"q": asked})
    assert [row["data-case"] for row in page.select("tr[data-case]")] == [wanted]


def test_a_search_without_hits_says_what_to_do(desk: Visitor, opened: Open) -> None:
    opened()
    assert "Inget ärende passar" in desk.get("/arbete/", query_string={"q": "100%_"}).text


def test_a_long_queue_is_shown_fifty_at_a_time(desk: Visitor, sqlite: Database, opened: Open) -> None:
    for number in range(51):
        opened(submission=f"many-{number}")
    page = desk.get("/arbete/?ko=oppna")
    assert len(page.select("tr[data-case]")) == 50
    rest = desk.get(str(page.select_one(".more a")["href"]))
    assert len(rest.select("tr[data-case]")) == 1


def test_an_unknown_queue_or_page_is_the_first(desk: Visitor, opened: Open) -> None:
    opened()
    desk.get("/arbete/?ko=hittepa&sida=-3&valt=%00")


# ---- who may ----------------------------------------------------------------------------------------------


DEEDS = {
    "ta": {"officer": "1"},
    "svara": {"text": "Hej"},
    "fraga": {"text": "Var?", "answer_by": "2099-01-01"},
    "komplettera": {"text": "Hen ringde"},
    "steg": {"step": "work"},
    "lamna-over": {"department": "1", "text": "Fel"},
    "anteckna": {"text": "Läste"},
    "avsluta": {"outcome": "remedied", "text": "Klart"},
}


def test_another_departments_case_is_nowhere(visitor: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened()
    before = facts(sqlite, reference)
    sign_in(visitor, BUILDER)
    assert not visitor.get("/arbete/?ko=oppna").select("tr[data-case]")
    assert not visitor.get("/arbete/", query_string={"q": reference}).select("tr[data-case]")
    visitor.get(path_of(reference), status=403)
    visitor.get(f"{path_of(reference)}/fil/1", status=403)
    visitor.get("/arbete/konto")
    for slug, values in DEEDS.items():
        send(visitor, reference, slug, "1", 403, **values)
        visitor.get("/arbete/konto")
    assert facts(sqlite, reference) == before


def test_an_editor_sees_no_cases(visitor: Visitor, opened: Open) -> None:
    reference = opened()
    sign_in(visitor, EDITOR)
    visitor.get("/arbete/", status=403)
    visitor.get(path_of(reference), status=403)
    assert "Kön" not in visitor.get("/arbete/konto").nav.text


def test_nobody_acts_without_signing_in(visitor: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened()
    visitor.get("/arbete/logga-in")
    send(visitor, reference, "svara", "1", 303, text="Hej")
    assert visitor.response is not None and "/arbete/logga-in" in visitor.response.headers["Location"]
    assert facts(sqlite, reference)[1] == [EventKind.OPENED]


def test_unknown_cases_and_deeds_are_not_found(desk: Visitor, opened: Open) -> None:
    desk.get(path_of("FEL-2222-22"), status=404)
    reference = opened()
    desk.get(path_of(reference))
    send(desk, reference, "radera", "1", 404)


def test_a_file_of_another_case_is_not_given(desk: Visitor, opened: Open) -> None:
    desk.get(f"{path_of(opened())}/fil/1", status=404)


def test_a_photo_is_shown_to_staff(desk: Visitor, opened: Open, sqlite: Database, app: Flask) -> None:
    picture = BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "PNG")
    picture.seek(0)
    with app.app_context(), sqlite.transaction() as db:
        taken = ingest(picture, "lyktan.png", Limits(), now())
        file_id = keep(db, file_store(), taken, now()).id
    reference = opened(file_ids=(file_id,))
    image = desk.get(path_of(reference)).select_one(".photos img")
    assert image["src"] == f"{path_of(reference)}/fil/{file_id}"
    with desk.client.get(str(image["src"])) as answer:
        assert answer.status_code == 200 and answer.mimetype.startswith("image/")
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_form_without_its_token_changes_nothing(desk: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened()
    seen = seen_on(desk.get(path_of(reference)), "svara")
    form = {"svara-seen": seen, "svara-text": "Kvar?", "csrf_token": "x", "svara-csrf_token": "x"}
    page = desk.post(f"{path_of(reference)}/svara", form, 422)
    assert page.find("textarea", id="svara-text").text.strip() == "Kvar?"
    assert facts(sqlite, reference)[1] == [EventKind.OPENED]


# ---- the deeds ----------------------------------------------------------------------------------------------


def test_the_case_page_shows_what_the_citizen_said(desk: Visitor, opened: Open) -> None:
    page = desk.get(
        path_of(opened(contact_name="Karin Öhman", contact_phone="070-123 45 67", channel=Channel.PHONE))
    )
    text = page.main.text
    for said in ("Lyktan är släckt.", "Kvarngatan 14", "Karin Öhman", CITIZENS, "070-123 45 67", "Telefon"):
        assert said in text
    assert "Trasiga gatlyktor lagas inom tio arbetsdagar" in text


def test_taking_a_case_makes_it_mine(desk: Visitor, opened: Open, sqlite: Database, house: House) -> None:
    reference = opened()
    page = desk.get(path_of(reference))
    chosen = page.select_one("#ta-officer option[selected]")
    assert chosen["value"] == str(house.officer)
    send(desk, reference, "ta", seen_on(page, "ta"), officer=chosen["value"])
    assert "Anders Holm har ärendet nu." in desk.follow().text
    state, kinds = facts(sqlite, reference)
    assert state is State.ACTIVE and kinds[-1] is EventKind.ASSIGNED
    assert reference in desk.get("/arbete/").text


def test_a_case_is_not_given_to_somebody_of_another_department(
    desk: Visitor, opened: Open, house: House
) -> None:
    page = do(desk, opened(), "ta", 422, officer=str(house.builder))
    assert "Välj vem som ska ha ärendet." in page.select_one("#fel").text


def test_an_answer_is_posted_and_keeps_the_promise(
    desk: Visitor, opened: Open, sqlite: Database, house: House
) -> None:
    with sqlite.transaction() as db:
        a_pledge(
            db,
            service_by_slug(db, "felanmalan"),
            "svar-inom-tva",
            measure=Measure.FIRST_ANSWER,
            amount=2,
            short="Svar inom *två*",
        )
    reference = opened()
    do(desk, reference, "svara", text="Vi lagar den i morgon.")
    page = desk.follow()
    assert "Svaret är skickat till invånaren." in page.text
    assert letters_to(sqlite, CITIZENS)[-1] == f"Svar på ditt ärende {reference}"
    assert "Löftet hölls" in page.select_one(".timeline").text


def test_an_answer_needs_words(desk: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened()
    page = do(desk, reference, "svara", 422, text="  ")
    assert "Skriv svaret." in page.select_one("#fel").text
    assert page.select_one("details#svara").has_attr("open")
    assert page.title.text.startswith("Fel:")
    assert facts(sqlite, reference)[1] == [EventKind.OPENED]


def test_a_notice_promises_a_day(desk: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened()
    day = local_day(now()) + timedelta(days=5)
    do(desk, reference, "svara", text="Vi väntar på en del.", is_notice="y", expected=day.isoformat())
    assert "Beskedet är skickat" in desk.follow().text
    assert facts(sqlite, reference)[1][-1] is EventKind.HOLDING_ANSWER
    assert letters_to(sqlite, CITIZENS)[-1] == f"Besked om ditt ärende {reference}"


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"is_notice": "y", "expected": ""}, "Skriv när svaret kommer"),
        ({"expected": "2099-01-01"}, "Kryssa i att det är ett besked"),
        ({"is_notice": "y", "expected": "2020-01-01"}, "Dagen har redan varit."),
        ({"is_notice": "y", "expected": "2199-01-01"}, "mer än ett år bort"),
        ({"is_notice": "y", "expected": "i morgon"}, "Vi förstår inte datumet."),
    ],
)
def test_a_notice_and_its_day_belong_together(
    desk: Visitor, opened: Open, values: dict[str, str], problem: str
) -> None:
    page = do(desk, opened(), "svara", 422, text="Vi väntar.", **values)
    assert problem in page.select_one("#fel").text
    assert page.find("textarea", id="svara-text").text.strip() == "Vi väntar."
    assert page.find("input", id="svara-expected")["value"] == values["expected"]


def test_an_answer_without_address_is_kept_and_said_to_be(
    desk: Visitor, opened: Open, sqlite: Database
) -> None:
    do(desk, opened(contact_email=""), "svara", text="Hej")
    assert "inget brev har skickats" in desk.follow().text
    assert not letters_to(sqlite, "")


def test_a_question_stops_the_clock_and_its_answer_starts_it(
    desk: Visitor, opened: Open, sqlite: Database
) -> None:
    reference = opened()
    day = local_day(now()) + timedelta(days=9)
    do(desk, reference, "fraga", text="Vilket nummer?", answer_by=day.isoformat())
    page = desk.follow()
    assert "Väntar på svar" in page.select_one(".clocks").text
    assert not page.select("details#fraga")
    assert letters_to(sqlite, CITIZENS)[-1] == f"Vi behöver mer av dig: {reference}"
    do(desk, reference, "komplettera", text="Nummer 0412, säger hon på telefon.")
    page = desk.follow()
    assert "väntar inte längre på invånaren" in page.text
    assert "Pågår" in page.select_one(".clocks").text
    assert facts(sqlite, reference)[0] is State.ACTIVE


def test_a_question_to_nobody_is_refused(desk: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened(contact_email="")
    page = desk.get(path_of(reference))
    assert "Det finns ingen e-postadress i ärendet." in page.select_one("details#fraga").text
    seen = seen_on(page, "svara")
    page = send(desk, reference, "fraga", seen, 422, text="Var?", answer_by=local_day(now()).isoformat())
    assert "frågan kan inte skickas" in page.select_one("#fel").text
    assert facts(sqlite, reference)[0] is State.RECEIVED


def test_what_somebody_says_by_phone_is_written_down_unasked_too(
    desk: Visitor, opened: Open, sqlite: Database
) -> None:
    reference = opened()
    do(desk, reference, "komplettera", text="Det är värre nu.")
    assert "Meddelande från invånaren." in desk.follow().text
    assert facts(sqlite, reference)[1][-1] is EventKind.MESSAGE


def test_a_step_is_marked_and_the_fault_can_be_mended(desk: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened()
    do(desk, reference, "steg", step="work", text="Lyktan lyser.", remedied="y")
    page = desk.follow()
    assert "Hölls" in page.select_one(".clocks").text
    assert letters_to(sqlite, CITIZENS)[-1] == f"Ditt ärende {reference}: Åtgärd"
    assert [option.text for option in page.select("#steg-step option")] == ["Åtgärd"]


@pytest.mark.parametrize("step", ["", "received", "closed", "hittepa"])
def test_a_step_that_is_not_offered_is_refused(desk: Visitor, opened: Open, step: str) -> None:
    assert (
        "Välj vilket steg som är klart." in do(desk, opened(), "steg", 422, step=step).select_one("#fel").text
    )


def test_a_case_handed_over_leaves_my_sight(
    desk: Visitor, opened: Open, sqlite: Database, house: House
) -> None:
    reference = opened()
    do(desk, reference, "lamna-over", department=str(house.building), text="Stolpen står på en byggplats.")
    page = desk.follow()
    assert desk.response is not None and desk.response.request.path == "/arbete/"
    assert f"Ärendet {reference} är lämnat till Bygglov." in page.text
    desk.get(path_of(reference), status=403)
    assert letters_to(sqlite, CITIZENS)[-1] == f"Ditt ärende {reference} finns nu hos Bygglov"
    assert letters_to(sqlite, "bygglov@ekdala.example") == [f"Nytt ärende: {reference}"]


@pytest.mark.parametrize(
    ("to", "reason"), [("building", ""), ("", "Fel"), ("streets", "Fel"), ("999", "Fel")]
)
def test_handing_over_needs_another_department_and_a_reason(
    desk: Visitor, opened: Open, house: House, sqlite: Database, to: str, reason: str
) -> None:
    reference = opened()
    department = str(getattr(house, to, to))
    do(desk, reference, "lamna-over", 422, department=department, text=reason)
    assert facts(sqlite, reference)[1] == [EventKind.OPENED]


def test_a_note_is_marked_and_the_citizen_never_sees_it(
    desk: Visitor, opened: Open, sqlite: Database, settings: Settings
) -> None:
    reference = opened()
    do(desk, reference, "anteckna", text="Ring grannen först.")
    line = desk.follow().select_one(".timeline .staff-only")
    assert "Ring grannen först." in line.text and "Intern" in line.text
    with sqlite.reader() as db:
        case = db.scalars(select(Case).where(Case.reference == reference)).one()
        key = Access(settings.base_url, settings.secret_key).key(case)
    assert "Ring grannen" not in desk.get(f"/arende/{reference}?nyckel={key}").text
    assert len(letters_to(sqlite, CITIZENS)) == 1


def test_a_case_closes_with_an_outcome(desk: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened()
    do(desk, reference, "avsluta", outcome="remedied", text="Ny lampa.")
    page = desk.follow()
    assert "Ärendet är avslutat: Åtgärdat." in page.text
    assert [deed["id"] for deed in page.select("details.deed")] == ["anteckna", "oppna"]
    assert letters_to(sqlite, CITIZENS)[-1] == f"Ditt ärende {reference} är klart"
    assert facts(sqlite, reference)[0] is State.CLOSED


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({}, "Välj hur ärendet slutade."),
        ({"outcome": "remedied"}, "Ett ärende kan inte avslutas utan svar eller skäl."),
        ({"outcome": "no_action", "text": " "}, "Ett ärende kan inte avslutas utan svar eller skäl."),
        ({"outcome": "not_ours", "text": "Vägen är statlig."}, "Skriv vem du har skickat ärendet till."),
        ({"outcome": "duplicate", "text": "Finns."}, "Skriv numret på det ärende som redan finns."),
        ({"outcome": "duplicate", "text": "Finns.", "detail": "FEL-2222-22"}, "Vi hittar inget ärende"),
    ],
)
def test_no_case_is_closed_without_answer_or_reason(
    desk: Visitor, opened: Open, sqlite: Database, values: dict[str, str], problem: str
) -> None:
    reference = opened()
    page = do(desk, reference, "avsluta", 422, **values)
    assert problem in page.select_one("#fel").text
    assert facts(sqlite, reference) == (State.RECEIVED, [EventKind.OPENED])


def test_an_answered_case_closes_without_more_words(desk: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened()
    do(desk, reference, "svara", text="Den lyser nu.")
    do(desk, reference, "avsluta", outcome="answered")
    assert facts(sqlite, reference)[0] is State.CLOSED


def test_a_duplicate_names_the_other_case_however_it_is_typed(
    desk: Visitor, opened: Open, sqlite: Database
) -> None:
    other, reference = opened(), opened()
    typed = other.lower().replace("-", " ")
    page = do(desk, reference, "avsluta", 422, outcome="duplicate", text="Finns.", detail=reference)
    assert "numret på det här ärendet" in page.select_one("#fel").text
    do(desk, reference, "avsluta", outcome="duplicate", text="Finns redan.", detail=typed)
    assert f"Samma som {other}." in desk.follow().text


# ---- what happens at the same time ---------------------------------------------------------------------------


def test_a_double_submit_is_one_answer(desk: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened()
    seen = seen_on(desk.get(path_of(reference)), "svara")
    send(desk, reference, "svara", seen, text="Vi lagar den.")
    send(desk, reference, "svara", seen, text="Vi lagar den.")
    assert "Det är redan gjort." in desk.follow().text
    assert facts(sqlite, reference)[1].count(EventKind.ANSWERED) == 1


def test_handing_over_twice_is_no_error(desk: Visitor, opened: Open, house: House, sqlite: Database) -> None:
    reference = opened()
    seen = seen_on(desk.get(path_of(reference)), "lamna-over")
    for _ in range(2):
        send(desk, reference, "lamna-over", seen, department=str(house.building), text="Byggplats.")
        desk.follow()
    assert facts(sqlite, reference)[1].count(EventKind.HANDED_OVER) == 1


def test_a_stale_page_shows_the_news_and_keeps_the_words(
    desk: Visitor, opened: Open, sqlite: Database
) -> None:
    reference = opened()
    seen = seen_on(desk.get(path_of(reference)), "svara")
    with sqlite.transaction() as db:
        case = db.scalars(select(Case).where(Case.reference == reference)).one()
        actions.receive(
            db, case_to_change(db, case.id), CITIZEN, "Den lyser nu.", file_ids=(), access=ACCESS, at=now()
        )
    page = send(desk, reference, "svara", seen, 409, text="Vi kommer i morgon.")
    alert = page.select_one("[role=alert]")
    assert "Någon annan har gjort något i ärendet sedan du öppnade sidan" in alert.text
    assert "Den lyser nu." in alert.text
    assert page.find("textarea", id="svara-text").text.strip() == "Vi kommer i morgon."
    assert EventKind.ANSWERED not in facts(sqlite, reference)[1]
    send(desk, reference, "svara", seen_on(page, "svara"), text="Vi kommer i morgon.")
    assert facts(sqlite, reference)[1][-1] is EventKind.ANSWERED


def test_a_case_closed_meanwhile_gives_the_words_back(desk: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened()
    seen = seen_on(desk.get(path_of(reference)), "svara")
    with sqlite.transaction() as db:
        case = db.scalars(select(Case).where(Case.reference == reference)).one()
        who = Who(ActorKind.STAFF, None, "Sara Ek")
        actions.close(
            db,
            case_to_change(db, case.id),
            who,
            Outcome.REMEDIED,
            text="Ny lampa.",
            detail="",
            access=ACCESS,
            at=now(),
        )
    page = send(desk, reference, "svara", seen, 409, text="Vi kommer i morgon.")
    assert "Vi kommer i morgon." in page.select_one("[role=alert] blockquote").text
    assert not page.select("details#svara")


def test_a_deed_that_does_not_fit_any_more_gives_the_words_back(desk: Visitor, opened: Open) -> None:
    reference = opened()
    seen = seen_on(desk.get(path_of(reference)), "fraga")
    values = {"text": "Vilket nummer?", "answer_by": (local_day(now()) + timedelta(days=7)).isoformat()}
    send(desk, reference, "fraga", seen, 303, **values)
    seen = seen_on(desk.get(path_of(reference)), "svara")
    page = send(desk, reference, "fraga", seen, 409, **{**values, "text": "Vilken sida av gatan?"})
    assert "Vilken sida av gatan?" in page.select_one("[role=alert] blockquote").text
    assert page.select_one("[role=alert] h2").text == "Det går inte att göra nu"


def test_a_forged_mark_of_what_was_seen_is_stale(desk: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened()
    desk.get(path_of(reference))
    for seen in ("", "abc", "9" * 40):
        send(desk, reference, "anteckna", seen, 409, text="Hej")
    assert facts(sqlite, reference)[1] == [EventKind.OPENED]


def test_what_was_written_down_later_is_said_to_be(desk: Visitor, opened: Open, sqlite: Database) -> None:
    reference = opened()
    with sqlite.transaction() as db:
        event = db.scalars(select(CaseEvent)).one()
        event.recorded_at = event.at + timedelta(hours=3)
    assert "Inskrivet" in desk.get(path_of(reference)).select_one(".timeline").text


def test_the_page_reads_well_in_english_too(
    desk: Visitor, opened: Open, sqlite: Database, house: House
) -> None:
    reference = opened()
    desk.get(f"/en{path_of(reference)}")
    desk.get("/en/arbete/?ko=oppna")
    with sqlite.reader() as db:
        assert db.get_one(Department, house.streets).name in desk.soup.text
