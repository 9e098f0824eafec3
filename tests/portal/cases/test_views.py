"""The citizen's side of a case, over the web."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import Access
from portal.cases.intake import Who
from portal.cases.models import Case, CaseEvent
from portal.cases.queries import case_to_change
from portal.cases.rules import ActorKind, EventKind, Outcome, State
from portal.clock import local_day, now
from portal.db import Database
from portal.files.models import StoredFile
from portal.outbox.models import OutboxLetter
from portal.services.models import Secrecy
from portal.settings import Settings
from portal.web.security import limiter
from tests.builders import a_case, a_pledge, a_service
from tests.visitor import Visitor

ANDERS = Who(ActorKind.STAFF, None, "Anders Holm")
KEY_LENGTH = 32


@dataclass(frozen=True)
class Opened:
    """A case in the site's database, and how its citizen opens it."""

    id: int
    reference: str
    key: str

    @property
    def path(self) -> str:
        """The tracker's path, key included."""
        return f"/arende/{self.reference}?nyckel={self.key}"


Open = Callable[..., Opened]


@pytest.fixture
def access(settings: Settings) -> Access:
    """How the site opens its cases."""
    return Access(settings.base_url, settings.secret_key)


@pytest.fixture
def opened(sqlite: Database, access: Access) -> Open:
    """Open a case yesterday and do something to it: `opened(lambda db, case: ...)`."""

    def make(
        then: Callable[[Session, Case], object] = lambda db, case: None, secrecy: Secrecy = Secrecy.OPEN
    ) -> Opened:
        received = now() - timedelta(days=1)
        with sqlite.transaction() as db:
            service = a_service(db, secrecy=secrecy)
            a_pledge(db, service)
            case = a_case(db, service, at=received, received_at=received)
            then(db, case)
            return Opened(case.id, case.reference, access.key(case))

    return make


@pytest.fixture
def ask(access: Access) -> Callable[[Session, Case], None]:
    """Ask the citizen something."""

    def make(db: Session, case: Case) -> None:
        last = local_day(now()) + timedelta(days=14)
        actions.ask(db, case, ANDERS, "Vilket nummer?", answer_by=last, access=access, at=now())

    return make


@pytest.fixture
def close(access: Access) -> Callable[[Session, Case], None]:
    """Close the case."""

    def make(db: Session, case: Case) -> None:
        text = "Lyktan lyser igen."
        actions.close(db, case, ANDERS, Outcome.REMEDIED, text=text, detail="", access=access, at=now())

    return make


def kinds(database: Database, opened: Opened) -> list[EventKind]:
    with database.reader() as db:
        return list(
            db.scalars(select(CaseEvent.kind).where(CaseEvent.case_id == opened.id).order_by(CaseEvent.id))
        )


def a_reply(visitor: Visitor, text: str = "Det är lykta 0412.", **more: object) -> dict[str, object]:
    """What the box on the page seen last sends."""
    return {"text": text, "token": visitor.soup.find("input", attrs={"name": "token"})["value"], **more}


def a_photo() -> BytesIO:
    content = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(content, "JPEG")
    content.seek(0)
    return content


def test_reference_and_key_open_the_case(visitor, opened):
    case = opened()
    visitor.get("/arende")
    visitor.post("/arende", {"reference": case.reference.lower().replace("-", " "), "key": f" {case.key} "})
    page = visitor.follow()
    assert page.h1.text == "Gatlykta: Kvarngatan 14"
    assert case.reference in page.find(class_="eyebrow").text


def test_a_wrong_key_and_an_unknown_reference_get_the_same_page(visitor, opened):
    case = opened()
    pages = []
    for reference in (case.reference, "FEL-XXXX-XX"):
        visitor.get("/arende")
        page = visitor.post("/arende", {"reference": reference, "key": "a" * KEY_LENGTH}, status=404)
        page.find("input", attrs={"name": "csrf_token"})["value"] = ""
        pages.append(str(page).replace(reference, "…"))
    assert pages[0] == pages[1]


def test_a_refused_pair_keeps_the_reference_and_forgets_the_key(visitor, opened):
    case = opened()
    visitor.get("/arende")
    page = visitor.post("/arende", {"reference": case.reference, "key": "b" * KEY_LENGTH}, status=404)
    assert page.find(id="reference")["value"] == case.reference
    assert page.find(id="key")["value"] == ""


def test_a_secret_case_is_nobody_s_to_find(visitor, opened):
    case = opened(secrecy=Secrecy.SECRET)
    page = visitor.get(case.path, status=404)
    assert "Vi hittar inget ärende" in page.text


def test_a_link_with_a_wrong_key_says_no_more_than_the_form(visitor, opened):
    case = opened()
    page = visitor.get(f"/arende/{case.reference}?nyckel=fel", status=404)
    assert "Gatlykta" not in page.text
    assert page.find(id="reference")["value"] == case.reference


def test_a_link_without_key_asks_for_it(visitor, opened):
    page = visitor.get(f"/arende/{opened().reference}")
    assert page.find(id="reference")["value"].startswith("FEL-")
    assert page.find(class_="ds-error-summary") is None


def test_what_is_missing_is_said_and_the_rest_kept(visitor):
    visitor.get("/arende")
    page = visitor.post("/arende", {"reference": "", "key": "c" * KEY_LENGTH}, status=422)
    assert "Skriv ärendenumret." in page.find(class_="ds-error-summary").text
    assert page.find(id="key")["value"] == "c" * KEY_LENGTH


def test_the_page_of_a_case_is_kept_private(visitor, opened):
    visitor.get(opened().path)
    headers = visitor.response.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]


def test_the_page_shows_only_a_hint_of_the_address(visitor, opened):
    page = visitor.get(opened().path)
    assert "a…n@post.example" in page.text
    assert "anmalan@post.example" not in page.text


def test_the_english_page_marks_what_is_swedish(visitor, opened):
    page = visitor.get(f"/en{opened().path}")
    assert page.html["lang"] == "en"
    assert page.find(string="Felanmälan").parent["lang"] == "sv"
    assert all(step.b["lang"] == "sv" for step in page.find(class_="steps").find_all("li"))


def test_a_case_reported_in_english_has_a_swedish_name(visitor, opened):
    def in_english(_: Session, case: Case) -> None:
        case.language = "en"

    page = visitor.get(f"/en{opened(in_english).path}")
    assert page.h1["lang"] == "sv"


def test_a_message_reaches_the_case_and_the_department(visitor, opened, sqlite):
    case = opened()
    visitor.get(case.path)
    visitor.post(case.path, a_reply(visitor))
    page = visitor.follow()
    assert "Vi har fått det du skickade" in page.find(role="status").text
    assert page.find(class_="timeline").li.q.text == "Det är lykta 0412."
    with sqlite.reader() as db:
        subjects = [letter.content["subject"] for letter in db.scalars(select(OutboxLetter))]
    assert f"Nytt från invånaren i ärende {case.reference}" in subjects


def test_the_answer_to_a_question_lets_the_clock_go_on(visitor, opened, ask, sqlite):
    case = opened(ask)
    page = visitor.get(case.path)
    assert page.find(class_="todo").find("label", attrs={"for": "text"}).text.startswith("Ditt svar")
    visitor.post(case.path, a_reply(visitor))
    assert kinds(sqlite, case)[-1] is EventKind.SUPPLEMENTED
    with sqlite.reader() as db:
        assert db.get_one(Case, case.id).state is State.ACTIVE


def test_the_same_sent_twice_is_there_once(visitor, opened, sqlite):
    case = opened()
    visitor.get(case.path)
    reply = {**a_reply(visitor), "csrf_token": visitor.token}
    for _ in range(2):
        visitor.post(case.path, reply)
    assert kinds(sqlite, case).count(EventKind.MESSAGE) == 1


def test_too_long_a_message_is_given_back(visitor, opened, sqlite):
    case = opened()
    visitor.get(case.path)
    page = visitor.post(case.path, a_reply(visitor, text="å" * 4001), status=422)
    assert page.find(id="text").text.strip() == "å" * 4001
    assert kinds(sqlite, case) == [EventKind.OPENED]


def test_a_reply_from_a_page_that_was_open_too_long_is_given_back(visitor, opened, sqlite):
    case = opened()
    visitor.get(case.path)
    page = visitor.post(case.path, a_reply(visitor, csrf_token="gammal"), status=422)
    assert "Det är lykta 0412." in page.find(id="text").text
    assert "Sidan hade varit öppen för länge" in page.find(class_="ds-error-summary").text
    assert kinds(sqlite, case) == [EventKind.OPENED]


def test_a_picture_comes_along_and_only_the_key_opens_it(visitor, opened):
    case = opened()
    visitor.get(case.path)
    visitor.post(case.path, a_reply(visitor, pictures=(a_photo(), "lykta.jpg")))
    link = visitor.follow().find(class_="files").a
    assert link.text == "lykta.jpg"
    with visitor.client.get(link["href"]) as response:
        assert response.mimetype == "image/jpeg"
        assert Image.open(BytesIO(response.data)).size == (40, 30)
    visitor.get(link["href"].partition("?")[0], status=404)


def test_a_picture_may_stand_for_words(visitor, opened, sqlite):
    case = opened()
    visitor.get(case.path)
    visitor.post(case.path, a_reply(visitor, text="", pictures=(a_photo(), "lykta.jpg")))
    assert kinds(sqlite, case)[-1] is EventKind.MESSAGE


def test_a_drawing_named_as_a_photo_is_refused_and_the_words_kept(visitor, opened, sqlite):
    case = opened()
    visitor.get(case.path)
    drawing = (BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "lykta.jpg")
    page = visitor.post(case.path, a_reply(visitor, pictures=drawing), status=422)
    assert "SVG" in page.find(id="pictures-error").text
    assert "Det är lykta 0412." in page.find(id="text").text
    with sqlite.reader() as db:
        assert db.scalars(select(StoredFile)).all() == []


def test_pictures_must_be_chosen_again_when_the_words_were_wrong(visitor, opened):
    case = opened()
    visitor.get(case.path)
    page = visitor.post(
        case.path, a_reply(visitor, text="å" * 4001, pictures=(a_photo(), "lykta.jpg")), status=422
    )
    assert "Välj dem en gång till" in page.find(id="pictures-error").text


def test_a_case_closed_long_ago_tells_whom_to_reach_and_has_no_box(visitor, opened, close, sqlite):
    case = opened(close)
    with sqlite.transaction() as db:
        case_to_change(db, case.id).closed_at = now() - timedelta(days=31)
    page = visitor.get(case.path)
    assert page.find("textarea") is None
    assert page.find("a", href="tel:+46980319210") is not None
    assert "Så här slutade det: Åtgärdat." in page.text


def test_words_to_a_case_that_closed_meanwhile_are_given_back(visitor, opened, close, sqlite):
    case = opened()
    visitor.get(case.path)
    reply = a_reply(visitor)
    with sqlite.transaction() as db:
        close(db, case_to_change(db, case.id))
    page = visitor.post(case.path, reply, status=409)
    assert page.find("blockquote").text == "Det är lykta 0412."
    assert EventKind.MESSAGE not in kinds(sqlite, case)


def test_somebody_who_guesses_is_stopped(visitor, monkeypatch):
    monkeypatch.setattr(limiter, "enabled", True)
    visitor.get("/arende")
    tried = {"reference": "FEL-XXXX-XX", "key": "d" * KEY_LENGTH, "csrf_token": visitor.token}
    for _ in range(20):
        visitor.post("/arende", tried, status=404)
    visitor.post("/arende", tried, status=429)
