"""What people write, who they are and the key to their case stand in no line of the log."""

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
from sqlalchemy import select, text

from portal.cases.models import Case
from portal.outbox.models import OutboxLetter
from portal.web.logs import JsonLines
from portal.web.portal import portal, transaction
from tests.site.demo import SIGN_IN, Demo, open_demo
from tests.site.filling_in import filled_in, send
from tests.visitor import Visitor

PERSONAL = {
    "beskrivning": "Markord-beskrivning",
    "adress": "Markord-adress 7",
    "plats": "Markord-plats",
    "namn": "Markord Namnsson",
    "epost": "markord@post.example",
    "telefon": "0700-111 222",
}
WRITTEN = "Markord"
MARKS = ("markord", "0700-111 222", "0700111222", "+46700111222", "namnsson")


class Log:
    """Everything that any logger says, as the lines that are kept."""

    def __init__(self) -> None:
        self.kept = StringIO()
        self.handler = logging.StreamHandler(self.kept)
        self.handler.setFormatter(JsonLines())

    @property
    def text(self) -> str:
        return self.kept.getvalue()

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text.splitlines()]

    def must_not_tell(self, *secrets: str) -> None:
        told = self.text.lower()
        assert self.lines, "nothing was logged at all"
        assert not [secret for secret in secrets if secret.lower() in told], self.text[-2000:]


@pytest.fixture
def log() -> Iterator[Log]:
    """The log at its most talkative, as long as the test runs."""
    found, root = Log(), logging.getLogger()
    level = root.level
    root.addHandler(found.handler)
    root.setLevel(logging.DEBUG)
    yield found
    root.removeHandler(found.handler)
    root.setLevel(level)


def test_a_report_leaves_nothing_of_the_person_in_the_log(demo: Demo, log: Log):
    visitor = filled_in(demo, **PERSONAL)
    reference = send(visitor)
    tracker = demo.tracker(reference)
    visitor.get(tracker)
    visitor.post(tracker, {"text": "Markord-svar", "token": "ett"})
    with demo.reader() as db:
        assert db.scalar(select(Case.contact_email).where(Case.reference == reference)) == PERSONAL["epost"]
    log.must_not_tell(*MARKS, demo.key(demo.case(reference)), reference)


def test_wrong_answers_and_wrong_doors_leave_nothing_either(demo: Demo, log: Log):
    visitor = Visitor(demo.app)
    visitor.get("/e-tjanster/felanmalan/vad")
    visitor.post("/e-tjanster/felanmalan/vad", {"beskrivning": "Markord", "kategori": "Markord"}, status=422)
    visitor.get("/Markord/finns-inte", status=404)
    visitor.get("/sok?q=Markord")
    visitor.get("/arende/MARKORD?nyckel=Markord", status=404)
    visitor.get(SIGN_IN)
    visitor.post(SIGN_IN, {"email": "markord@ekdala.example", "password": "Markord-lösenord"}, status=422)
    log.must_not_tell(*MARKS)


def test_a_failure_of_the_database_does_not_tell_what_it_was_to_keep(demo: Demo, log: Log):
    def fail() -> str:
        with transaction() as db:
            db.execute(text("INSERT INTO nowhere (word) VALUES (:word)"), {"word": WRITTEN})
        return ""

    demo.app.add_url_rule("/prov/databasen", "fail", fail)
    Visitor(demo.app).get("/prov/databasen", status=500)
    assert any(line["level"] == "error" for line in log.lines)
    log.must_not_tell(*MARKS)


def test_a_broken_constraint_does_not_tell_what_was_to_be_kept(demo: Demo, log: Log):
    def fail() -> str:
        with transaction() as db:
            row = db.scalars(select(OutboxLetter)).first()
            assert row is not None
            db.execute(
                text('INSERT INTO outbox_letters (id, key, "to") VALUES (:id, :key, :to)'),
                {"id": row.id, "key": row.key, "to": PERSONAL["epost"]},
            )
        return ""

    demo.app.add_url_rule("/prov/villkor", "fail", fail)
    Visitor(demo.app).get("/prov/villkor", status=500)
    log.must_not_tell(*MARKS)


def test_an_exception_is_told_by_its_place_and_not_by_its_words(looked_at: Demo, log: Log):
    def fail() -> str:
        return str(int(WRITTEN))

    with open_demo(looked_at.settings.home) as other:
        other.app.add_url_rule("/prov/ord", "fail", fail)
        Visitor(other.app).get("/prov/ord", status=500)
    told = next(line for line in log.lines if line["level"] == "error")
    assert told["error"] == "ValueError" and "test_logs.py" in str(told["trace"])
    log.must_not_tell("invalid literal")


def test_a_line_of_the_log_can_be_found_from_the_page(looked_at: Demo, log: Log):
    visitor = Visitor(looked_at.app)
    visitor.get("/loften")
    assert visitor.response is not None
    request = [line for line in log.lines if line.get("said") == "request"]
    assert [line["request"] for line in request] == [visitor.response.headers["X-Request-ID"]]
    assert request[0]["page"] == "pledgebook.pledges" and request[0]["status"] == 200


def test_no_line_of_the_log_holds_the_key_of_the_site(demo: Demo, log: Log):
    send(filled_in(demo))
    Visitor(demo.app).get("/")
    log.must_not_tell(portal(demo.app).settings.secret_key)
