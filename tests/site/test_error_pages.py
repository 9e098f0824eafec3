"""Whatever goes wrong, the page keeps its status, says what to do now, and tells nothing it should not."""

import pytest
from flask import Flask, abort
from sqlalchemy import text
from werkzeug.exceptions import RequestEntityTooLarge, UnprocessableEntity

from portal.app import create_app
from portal.db import Database
from portal.errors import Busy, Conflict, Forbidden, NotFound, TooManyAttempts
from portal.i18n import language
from portal.settings import Settings
from portal.web.errors import PAGES
from portal.web.security import limiter
from tests.site.demo import Demo
from tests.visitor import Visitor

SECRET = "the inside of the machine"
RAISED: dict[int, Exception] = {
    403: Forbidden(SECRET),
    404: NotFound(SECRET),
    409: Conflict(SECRET),
    413: RequestEntityTooLarge(SECRET),
    422: UnprocessableEntity(SECRET),
    429: TooManyAttempts(SECRET),
    500: RuntimeError(SECRET),
    503: Busy(SECRET),
}


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody at a site that has one page for each way to fail."""

    def fail(status: int) -> str:
        raise RAISED[status]

    app.add_url_rule("/prov/<int:status>", "fail", fail)
    app.add_url_rule("/prov/av/<int:code>", "stop", abort)
    return Visitor(app)


@pytest.mark.parametrize("status", RAISED)
@pytest.mark.parametrize("code", ["sv", "en"])
def test_an_error_page_says_what_has_happened_and_what_to_do(visitor: Visitor, status: int, code: str):
    tongue, said = language(code), PAGES[status]
    page = visitor.get(f"{'' if code == 'sv' else '/en'}/prov/{status}", status=status)
    assert page.html is not None and page.html["lang"] == code
    assert page.h1 is not None and page.h1.text == tongue.gettext(said.title)
    shown = page.main
    assert shown is not None
    assert tongue.gettext(said.what) in shown.text and tongue.gettext(said.now) in shown.text
    assert shown.find("a", href="/" if code == "sv" else "/en/"), "a way out"
    assert SECRET not in str(page)


@pytest.mark.parametrize("status", RAISED)
def test_an_error_page_is_kept_nowhere_and_can_be_told_of(visitor: Visitor, status: int):
    page = visitor.get(f"/prov/{status}", status=status)
    assert visitor.response is not None
    assert visitor.response.headers["Cache-Control"] == "no-store"
    assert visitor.response.headers["X-Request-ID"] in page.text


@pytest.mark.parametrize("status", [400, 401, 406, 410, 414, 418, 451, 501, 502, 504])
def test_a_rare_error_keeps_its_status_too(visitor: Visitor, status: int):
    page = visitor.get(f"/prov/av/{status}", status=status)
    assert page.h1 is not None and page.h1.text == PAGES[400 if status < 500 else 500].title


@pytest.mark.parametrize("status", [429, 503])
def test_who_should_wait_is_told_how_long(visitor: Visitor, status: int):
    visitor.get(f"/prov/{status}", status=status)
    assert visitor.response is not None
    assert int(visitor.response.headers["Retry-After"]) > 0


def test_a_method_that_a_page_does_not_know_gives_a_page(visitor: Visitor):
    answer = visitor.client.put("/loften")
    assert answer.status_code == 405
    assert PAGES[405].now in answer.get_data(as_text=True)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_method_that_data_does_not_know_changes_nothing(visitor: Visitor, method: str):
    for path in ("/api/v1/pledges", "/oppna-data/loften.csv", "/statistik", "/loften/andringar.atom"):
        answer = getattr(visitor.client, method)(path)
        assert answer.status_code == 405, path
    assert visitor.client.post("/api/v1/pledges").mimetype == "application/problem+json"


def test_what_goes_wrong_for_a_program_is_told_as_json(visitor: Visitor, sqlite: Database):
    with sqlite.engine.begin() as connection:
        connection.execute(text("ALTER TABLE pledges RENAME TO gone"))
    answer = visitor.fetch("/api/v1/pledges", status=500)
    assert answer.mimetype == "application/problem+json" and answer.get_json()["status"] == 500
    assert "gone" not in answer.text and "SELECT" not in answer.text


def test_too_large_a_form_gives_a_page(visitor: Visitor):
    answer = visitor.client.post("/arende", data={"reference": "x" * 1_100_000})
    assert answer.status_code == 413
    assert PAGES[413].now in answer.get_data(as_text=True)


def test_who_tries_too_often_is_asked_to_wait(
    settings: Settings, sqlite: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(limiter, "enabled", True)
    visitor = Visitor(create_app(settings, sqlite))
    statuses = [
        visitor.client.post("/arende", data={"reference": "FEL-2222-22"}).status_code for _ in range(21)
    ]
    assert set(statuses[:20]) == {422} and statuses[20] == 429
    page = visitor.post("/arende", {"reference": "FEL-2222-22"}, status=429)
    assert page.h1 is not None and page.h1.text == PAGES[429].title


def test_a_database_that_is_gone_gives_a_page_and_an_alarm(visitor: Visitor, sqlite: Database):
    with sqlite.engine.begin() as connection:
        connection.execute(text("ALTER TABLE departments RENAME TO gone"))
    page = visitor.get("/verksamheter", status=500)
    assert "gone" not in page.text and "SELECT" not in page.text
    assert visitor.client.get("/halsa").status_code == 503


def test_a_database_that_is_held_makes_the_writer_wait_and_then_say_so(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("portal.db.LONGEST_WAIT", 0.05)
    visitor = Visitor(demo.app)
    visitor.get("/e-tjanster/felanmalan/vad")
    with demo.database.transaction() as db:
        db.execute(text("SELECT 1"))
        page = visitor.post("/e-tjanster/felanmalan/vad", {"beskrivning": "Lyktan är släckt."}, status=503)
    assert page.h1 is not None and page.h1.text == PAGES[503].title
