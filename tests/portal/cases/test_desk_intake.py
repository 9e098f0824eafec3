"""Registering a case for somebody who rings, visits or writes: the way there, every refusal, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from pledges.clock import Unit
from pledges.pledge import Measure
from portal.accounts.queries import staff_by_email
from portal.accounts.rules import Role
from portal.cases import actions
from portal.cases.breaches import write_breaches
from portal.cases.models import Case
from portal.cases.queries import case_to_change
from portal.cases.rules import ActorKind, Channel, EventKind
from portal.clock import STOCKHOLM, local, local_day, now
from portal.db import Database
from portal.departments.models import Department
from portal.departments.queries import department_by_slug
from portal.i18n import language
from portal.outbox.models import OutboxLetter
from portal.pledgebook.models import TallyState
from portal.services.models import Secrecy, Service, ServiceCategory
from portal.services.queries import service_by_slug
from tests.builders import ACCESS, PASSWORD, a_department, a_pledge, a_service, an_officer, staff
from tests.visitor import Visitor

ADVISOR, OFFICER, EDITOR = "lina@ekdala.example", "gata@ekdala.example", "redaktor@ekdala.example"
WAY = "/arbete/nytt?tjanst=felanmalan&kategori=gatlykta"
TO_THE_PARK = "/arbete/nytt?tjanst=felanmalan&kategori=park"
QUESTION = "/arbete/nytt?tjanst=fraga"


@dataclass(frozen=True)
class House:
    """The ids of the one who answers the phone and of the department that has the street lights."""

    advisor: int
    streets: int


@pytest.fixture
def house(sqlite: Database) -> House:
    """Two departments that share a service with a pledge, a service without either, one that is secret."""
    with sqlite.transaction() as db:
        streets, parks = a_department(db), a_department(db, "parker", "Parker")
        service = a_service(db, streets)
        service.categories.append(ServiceCategory(key="park", name="Park och träd", department_id=parks.id))
        a_pledge(db, service, amount=3, unit=Unit.CALENDAR_DAYS, short="Lyktor lagas inom *tre dagar*")
        a_plain_service(db, parks, "fraga", name="Ställ en fråga", rosa_level=1)
        a_plain_service(db, parks, "orosanmalan", name="Orosanmälan", secrecy=Secrecy.SECRET)
        advisor = staff(db, ADVISOR, Role.SERVICE_ADVISOR)
        advisor.name = "Lina Berg"
        staff(db, OFFICER, department=streets)
        staff(db, EDITOR, Role.EDITOR, streets)
        return House(advisor.id, streets.id)


def a_plain_service(db: Session, department: Department, slug: str, **more: Any) -> Service:
    """A service without categories."""
    service = a_service(db, department, slug, **more)
    service.categories.clear()
    db.flush()
    return service


def sign_in(visitor: Visitor, email: str = ADVISOR) -> Visitor:
    """Come in as a member of staff."""
    visitor.get("/arbete/logga-in")
    visitor.post("/arbete/logga-in", {"email": email, "password": PASSWORD})
    return visitor


@pytest.fixture
def desk(visitor: Visitor, house: House) -> Visitor:
    """The one who answers the phone, signed in."""
    return sign_in(visitor)


def filled(page: BeautifulSoup, **values: str) -> dict[str, str]:
    """What a browser would send from the form on the page, with what was told on the phone filled in."""
    form = page.find("form", id="nytt")
    boxes = {str(box["name"]): str(box.get("value", "")) for box in form.select("input:not([type=radio])")}
    chosen = {str(radio["name"]): str(radio["value"]) for radio in form.select("input[type=radio][checked]")}
    told = {"channel": "phone", "description": "Lyktan är släckt."}
    return {**boxes, **chosen, **told, **values}


def send(desk: Visitor, way: str = WAY, status: int = 303, **values: str) -> BeautifulSoup:
    """Open the form and send it."""
    return desk.post(way, filled(desk.get(way), **values), status)


def days_ago(days: int) -> date:
    return local_day(now()) - timedelta(days=days)


def only_case(sqlite: Database) -> Case:
    """The one case there is, with its events and clocks."""
    whole = (selectinload(Case.events), selectinload(Case.clocks), joinedload(Case.department))
    with sqlite.reader() as db:
        return db.scalars(select(Case).options(*whole)).one()


def how_many(sqlite: Database) -> int:
    with sqlite.reader() as db:
        return len(db.scalars(select(Case.id)).all())


def letters_to(sqlite: Database, address: str) -> list[Mapping[str, Any]]:
    """The letters to an address, oldest first."""
    with sqlite.reader() as db:
        rows = db.scalars(select(OutboxLetter).where(OutboxLetter.to == address).order_by(OutboxLetter.id))
        return [row.content for row in rows]


def problems(page: BeautifulSoup) -> str:
    assert page.title.text.startswith("Fel:")
    return page.select_one("#fel").text


# ---- the way to the form ------------------------------------------------------------------------------------


def test_whoever_comes_is_asked_to_sign_in(visitor: Visitor, house: House) -> None:
    visitor.get("/arbete/nytt", status=303)
    assert visitor.response is not None and "/arbete/logga-in" in visitor.response.headers["Location"]


def test_who_handles_no_cases_registers_none(visitor: Visitor, house: House) -> None:
    sign_in(visitor, EDITOR).get("/arbete/nytt", status=403)
    page = visitor.get("/arbete/kunskapsbank")
    assert "Nytt ärende" not in page.select_one("header").text


def test_the_menu_leads_there(desk: Visitor) -> None:
    link = desk.get("/arbete/").find("a", string="Nytt ärende")
    assert link["href"] == "/arbete/nytt"
    assert desk.get(link["href"]).find("a", string="Nytt ärende")["aria-current"] == "true"


def test_services_stand_by_department_with_their_level_and_the_secret_ones_not_at_all(desk: Visitor) -> None:
    groups = desk.get("/arbete/nytt").select("#tjanst optgroup")
    said = [(group["label"], [option.text for option in group.select("option")]) for group in groups]
    assert said == [("Gator och trafik", ["Felanmälan (3)"]), ("Parker", ["Ställ en fråga (1)"])]


@pytest.mark.parametrize("slug", ["", "hittepa", "orosanmalan"])
def test_a_service_that_is_not_offered_is_asked_for_again(desk: Visitor, slug: str) -> None:
    page = desk.get(f"/arbete/nytt?tjanst={slug}", status=422)
    assert "Välj vilken tjänst ärendet gäller." in problems(page)


def test_a_service_with_categories_asks_which(desk: Visitor) -> None:
    page = desk.get("/arbete/nytt?tjanst=felanmalan")
    assert not page.select("#fel")
    assert [option["value"] for option in page.select("#kategori option")] == ["", "gatlykta", "park"]
    assert "Kundtjänst kan handlägga själv" in page.aside.text


@pytest.mark.parametrize("key", ["", "hittepa"])
def test_a_category_that_is_not_offered_is_asked_for_again(desk: Visitor, key: str) -> None:
    page = desk.get(f"/arbete/nytt?tjanst=felanmalan&kategori={key}", status=422)
    assert "Välj vad ärendet gäller." in problems(page)


def test_a_service_without_categories_leads_straight_to_the_form(desk: Visitor) -> None:
    page = desk.get(QUESTION)
    assert page.find("input", id="title")["value"] == "Ställ en fråga"
    assert "Kundtjänst svarar själv." in page.aside.text
    assert "Inget löfte har en tid" in page.select_one("#loften").text


def test_judgement_is_left_to_the_department(desk: Visitor, sqlite: Database) -> None:
    with sqlite.transaction() as db:
        a_plain_service(db, department_by_slug(db, "parker"), "bygglov", name="Bygglov", rosa_level=6)
    assert "Verksamheten bedömer." in desk.get("/arbete/nytt?tjanst=bygglov").aside.text


def test_the_form_begins_with_the_category_and_the_present_moment(desk: Visitor) -> None:
    page = desk.get(WAY)
    assert page.find("input", id="title")["value"] == "Gatlykta"
    typed = f"{page.find('input', id='day')['value']} {page.find('input', id='hour')['value']}"
    came_in = datetime.strptime(typed, "%Y-%m-%d %H:%M").replace(tzinfo=STOCKHOLM)
    assert timedelta(0) <= now() - came_in < timedelta(minutes=2)
    assert not page.select("#nytt input[name=channel][checked]")
    assert "web" not in [radio["value"] for radio in page.select("#nytt input[name=channel]")]


def test_the_form_tells_what_is_promised(desk: Visitor) -> None:
    text = desk.get(WAY).select_one("#loften").text
    assert "Löfte: Lyktor lagas inom tre\xa0dagar" in text
    assert f"Senast {language('sv').day(days_ago(-3))}." in text


# ---- what comes of it ---------------------------------------------------------------------------------------


def test_a_case_is_registered_for_who_rings(desk: Visitor, sqlite: Database, house: House) -> None:
    send(
        desk,
        title="Lyktan vid torget",
        place="Torget 1",
        contact_name="Karin Öhman",
        contact_email="karin@post.example",
        contact_phone="0701234567",
        language="en",
    )
    case = only_case(sqlite)
    page = desk.follow()
    assert desk.response.request.path == f"/arbete/arenden/{case.reference}"
    promised = language("sv").day(days_ago(-3))
    assert f"Ärendet {case.reference} är registrerat. Lovad dag: {promised}." in page.text
    assert (case.title, case.place, case.description) == (
        "Lyktan vid torget",
        "Torget 1",
        "Lyktan är släckt.",
    )
    assert (case.category, case.channel, case.language) == ("gatlykta", Channel.PHONE, "en")
    assert (case.contact_name, case.contact_phone) == ("Karin Öhman", "070-123 45 67")
    assert case.department_id == house.streets
    [letter] = letters_to(sqlite, "karin@post.example")
    assert letter["subject"] != "" and letter["language"] == "en"


def test_the_one_who_wrote_it_down_is_named(desk: Visitor, sqlite: Database, house: House) -> None:
    send(desk)
    [opened] = only_case(sqlite).events
    assert opened.kind is EventKind.OPENED
    assert (opened.actor_kind, opened.actor_id, opened.actor_name) == (
        ActorKind.STAFF,
        house.advisor,
        "Lina Berg",
    )


def test_without_an_address_no_letter_goes_to_the_citizen(desk: Visitor, sqlite: Database) -> None:
    page = desk.get(WAY)
    assert "Utan e-postadress skickas inga brev" in page.select_one("#contact_email-hint").text
    desk.post(WAY, filled(page))
    with sqlite.reader() as db:
        assert db.scalars(select(OutboxLetter.to)).all() == ["gator-trafik@ekdala.example"]


def test_a_case_without_a_promise_is_said_to_have_none(desk: Visitor, sqlite: Database) -> None:
    send(desk, QUESTION)
    assert "Inget löfte har en tid för det." in desk.follow().select_one("#klart").text
    assert only_case(sqlite).category == ""


def test_two_promises_give_the_nearest_day(desk: Visitor, sqlite: Database) -> None:
    with sqlite.transaction() as db:
        a_pledge(
            db,
            service_by_slug(db, "felanmalan"),
            "svar",
            measure=Measure.FIRST_ANSWER,
            amount=1,
            unit=Unit.CALENDAR_DAYS,
            short="Svar inom *en dag*",
        )
    said = [item.text for item in desk.get(WAY).select("#loften li")]
    assert "Svar inom" in said[0] and "Lyktor" in said[1]
    send(desk)
    assert f"Lovad dag: {language('sv').day(days_ago(-1))}." in desk.follow().text


def test_the_clock_starts_when_the_letter_came(desk: Visitor, sqlite: Database) -> None:
    before = now()
    send(desk, channel="post", day=days_ago(2).isoformat(), hour="09:15")
    case = only_case(sqlite)
    [clock], [opened] = case.clocks, case.events
    came_in = datetime.combine(days_ago(2), datetime.min.time(), STOCKHOLM).replace(hour=9, minute=15)
    assert case.received_at == clock.started_at == opened.at == came_in
    assert clock.due_on == days_ago(-1)
    assert before <= opened.recorded_at == case.registered_at <= now()
    assert "Inskrivet" in desk.follow().select_one(".timeline").text


def test_a_promise_already_passed_is_broken_from_the_start_and_admitted_once(
    desk: Visitor, sqlite: Database
) -> None:
    send(desk, day=days_ago(30).isoformat(), hour="8.00", contact_email="karin@post.example")
    assert f"Lovad dag: {language('sv').day(days_ago(27))}." in desk.follow().text
    with sqlite.transaction() as db:
        assert write_breaches(db, ACCESS, now()) == 0
    case = only_case(sqlite)
    assert case.clocks[0].state is TallyState.LATE
    assert case.events[-1].kind is EventKind.BREACHED
    assert case.reference in desk.get("/arbete/?ko=forsenade").text
    assert len(letters_to(sqlite, "karin@post.example")) == 1


def test_a_version_no_longer_in_force_is_promised_for_its_own_days(desk: Visitor, sqlite: Database) -> None:
    with sqlite.transaction() as db:
        service = a_plain_service(db, department_by_slug(db, "parker"), "sno", name="Snö")
        a_pledge(db, service, "gammalt", amount=9, unit=Unit.CALENDAR_DAYS, valid_to=days_ago(10))
    way = "/arbete/nytt?tjanst=sno"
    assert "Inget löfte" in desk.get(way).select_one("#loften").text
    send(desk, way, day=days_ago(20).isoformat(), hour="12:00")
    assert f"Lovad dag: {language('sv').day(days_ago(11))}." in desk.follow().text


# ---- once, and only once ------------------------------------------------------------------------------------


def test_a_double_click_makes_one_case(desk: Visitor, sqlite: Database) -> None:
    form = filled(desk.get(WAY))
    for _ in range(2):
        desk.post(WAY, form)
    reference = only_case(sqlite).reference
    assert desk.response.headers["Location"] == f"/arbete/arenden/{reference}#klart"
    assert f"Ärendet {reference} var redan registrerat." in desk.follow().text


def test_each_opened_form_is_a_case_of_its_own(desk: Visitor, sqlite: Database) -> None:
    send(desk)
    send(desk)
    assert how_many(sqlite) == 2


def test_a_token_means_nothing_from_somebody_else(app: Flask, desk: Visitor, sqlite: Database) -> None:
    form = filled(desk.get(WAY))
    desk.post(WAY, form)
    other = sign_in(Visitor(app), OFFICER)
    other.post(WAY, filled(other.get(WAY), submission=form["submission"]))
    assert how_many(sqlite) == 2


@pytest.mark.parametrize("token", ["", "x" * 65])
def test_a_token_that_is_not_ours_is_replaced(desk: Visitor, sqlite: Database, token: str) -> None:
    send(desk, submission=token)
    assert len(only_case(sqlite).submission) < 64


def test_a_resent_form_of_a_case_that_went_elsewhere_leads_to_the_queue(
    app: Flask, house: House, sqlite: Database
) -> None:
    officer = sign_in(Visitor(app), OFFICER)
    form = filled(officer.get(WAY))
    officer.post(WAY, form)
    with sqlite.transaction() as db:
        case = case_to_change(db, db.scalars(select(Case.id)).one())
        park, who = department_by_slug(db, "parker"), an_officer(staff_by_email(db, OFFICER))
        actions.hand_over(db, case, who, park, reason="Lyktan står i parken.", access=ACCESS, at=now())
    officer.post(WAY, form)
    assert officer.response.headers["Location"] == "/arbete/#klart"
    assert how_many(sqlite) == 1


# ---- what is wrong is told, and nothing typed is lost -------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"title": "  "}, "Skriv en rubrik."),
        ({"description": ""}, "Skriv vad ärendet gäller."),
        ({"description": "x" * 4001}, "högst 4 000 tecken"),
        ({"title": "x" * 201}, "högst 200 tecken"),
        ({"channel": ""}, "Välj hur ärendet kom in."),
        ({"channel": "web"}, "Välj hur ärendet kom in."),
        ({"day": ""}, "Skriv vilken dag ärendet kom in."),
        ({"day": "i går"}, "Vi förstår inte datumet."),
        ({"day": "0001-01-01"}, "mer än ett år bakåt"),
        ({"day": "9999-12-31"}, "Dagen har inte varit än."),
        ({"hour": ""}, "Skriv vilket klockslag ärendet kom in."),
        ({"hour": "25:00"}, "Vi förstår inte klockslaget."),
        ({"contact_email": "karin"}, "namn@exempel.se"),
        ({"contact_phone": "12"}, "070-123 45 67"),
        ({"language": "fi"}, "Välj vilket språk breven ska ha."),
    ],
)
def test_what_is_missing_or_wrong_is_said_first(
    desk: Visitor, sqlite: Database, values: dict[str, str], problem: str
) -> None:
    typed = {"title": "Min rubrik", "place": "Torget 1", "contact_name": "Karin", **values}
    page = send(desk, status=422, **typed)
    assert problem in problems(page)
    for name in ("title", "place", "contact_name", "contact_email", "contact_phone", "day", "hour"):
        if name in typed:
            assert page.find("input", id=name)["value"] == typed[name].strip()
    assert how_many(sqlite) == 0


def test_the_hour_to_come_is_refused_and_the_present_is_not(desk: Visitor, sqlite: Database) -> None:
    soon = local(now()) + timedelta(minutes=2)
    page = send(desk, status=422, day=soon.date().isoformat(), hour=f"{soon:%H:%M}")
    assert "inte varit än" in problems(page)
    assert "När vi vet dag och klockslag" in page.select_one("#loften").text
    send(desk)
    assert how_many(sqlite) == 1


def test_a_year_back_is_taken_and_a_day_more_is_not(desk: Visitor, sqlite: Database) -> None:
    send(desk, QUESTION, 422, day=days_ago(367).isoformat())
    send(desk, QUESTION, day=days_ago(366).isoformat())
    assert local_day(only_case(sqlite).received_at) == days_ago(366)


def test_the_promised_day_is_counted_anew_and_nothing_is_registered(desk: Visitor, sqlite: Database) -> None:
    typed = {
        "day": days_ago(7).isoformat(),
        "hour": "10:00",
        "title": "",
        "description": "Hej",
        "rakna": "ja",
    }
    page = send(desk, status=200, **typed)
    promised = page.select_one("#loften").text
    assert f"Senast {language('sv').day(days_ago(4))}." in promised
    assert "Den dagen har redan gått" in promised
    assert not page.select("#fel")
    assert page.find("textarea", id="description").text.strip() == "Hej"
    assert page.find("input", id="title")["value"] == ""
    assert how_many(sqlite) == 0


def test_the_promised_day_of_a_day_to_come_is_not_counted(desk: Visitor) -> None:
    page = send(desk, status=422, day=days_ago(-1).isoformat(), rakna="ja")
    assert "Dagen har inte varit än." in problems(page)
    assert "Skriv" not in problems(page)


def test_the_first_button_of_the_form_registers(desk: Visitor) -> None:
    """The Enter key presses the first one, also of those that stand outside the form but belong to it."""
    page = desk.get(WAY)
    buttons = [b for b in page.select("main button") if b.get("form") == "nytt" or b.find_parent(id="nytt")]
    assert [button.get("name") for button in buttons] == [None, "rakna"]


def test_a_stale_page_is_sent_again_with_all_that_was_typed(
    desk: Visitor, sqlite: Database, app: Flask
) -> None:
    page = send(desk, status=422, csrf_token="gammal", title="Lyktan vid torget")
    assert "Sidan hade varit öppen för länge." in problems(page)
    assert page.find("input", id="title")["value"] == "Lyktan vid torget"
    assert how_many(sqlite) == 0
    again = filled(page)
    desk.post(WAY, again)
    assert only_case(sqlite).title == "Lyktan vid torget"


@pytest.mark.parametrize(
    "way", ["/arbete/nytt", "/arbete/nytt?tjanst=orosanmalan", "/arbete/nytt?tjanst=felanmalan&kategori=x"]
)
def test_a_form_for_nothing_we_have_is_not_found(desk: Visitor, sqlite: Database, way: str) -> None:
    desk.post(way, filled(desk.get(WAY)), status=404)
    assert how_many(sqlite) == 0


# ---- whose case it becomes ----------------------------------------------------------------------------------


def test_an_officer_registers_in_their_own_department(
    visitor: Visitor, house: House, sqlite: Database
) -> None:
    send(sign_in(visitor, OFFICER))
    assert only_case(sqlite).department_id == house.streets


def test_an_officer_is_told_who_registers_for_another_department(visitor: Visitor, house: House) -> None:
    page = sign_in(visitor, OFFICER).get(TO_THE_PARK, status=403)
    assert "Ärendet hamnar hos Parker" in page.select_one("[role=alert]").text
    assert "Be kundtjänst" in page.select_one("[role=alert]").text
    assert not page.find("form", id="nytt")


def test_a_form_for_another_department_registers_nothing_and_loses_nothing(
    visitor: Visitor, house: House, sqlite: Database
) -> None:
    officer = sign_in(visitor, OFFICER)
    page = officer.post(TO_THE_PARK, filled(officer.get(WAY), title="Trädet"), status=403)
    assert "Ärendet hamnar hos Parker" in page.select_one("[role=alert]").text
    assert page.find("input", id="title")["value"] == "Trädet"
    assert how_many(sqlite) == 0


def test_kundtjanst_registers_for_every_department(desk: Visitor, sqlite: Database) -> None:
    send(desk, TO_THE_PARK)
    assert only_case(sqlite).department.slug == "parker"


def test_the_pages_hold_in_english_too(desk: Visitor) -> None:
    for way in ("/arbete/nytt", "/arbete/nytt?tjanst=felanmalan", WAY):
        assert desk.get(f"/en{way}").html["lang"] == "en"
