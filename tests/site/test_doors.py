"""What changes something refuses whoever did not come from our own page; what is for staff asks who is there."""

from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal.accounts.rules import Role
from portal.cases.models import Case
from portal.demo.loading import DEMO_STAFF
from portal.outbox.models import OutboxLetter
from tests.site.demo import SIGN_IN, STAFF, Demo, signed_in
from tests.site.filling_in import DESCRIPTION, filled_in
from tests.visitor import Visitor

# Something real for each part of an address.
PARTS = {
    "slug": "felanmalan",
    "step_slug": "vad",
    "session_id": 1,
    "letter_id": 1,
    "file_id": 1,
    "event_id": 1,
    "draft_id": 1,
    "number": 4,
    "ending": "csv",
    "turn": "oppna-igen",
}
PLEDGE, LAW = {"slug": "gatlyktor-lagas"}, {"slug": "begaran-om-avgorande", "number": 2}
OF_ROOM: Mapping[str, Mapping[str, object]] = {
    "authoring_book": PLEDGE,
    "pledgebook_months": PLEDGE,
    "contests": PLEDGE,
    "statistics_desk": {"slug": "svar-i-telefon"},
    "services_desk": LAW,
}
SPECIAL: Mapping[str, Mapping[str, object]] = {
    "cases_desk.act": {"slug": "svara"},
    "authoring_desk.move": {"slug": "granska"},
}
# What an address must say besides, to come as far as the form.
ASKED = {"cases_intake.register": "tjanst=felanmalan&kategori=gatlykta"}
STREETLIGHT = "FEL-2K7Q-9"
REFUSED = {400, 403, 405, 422}
# Where somebody is sent back to, to read that nothing was done, instead of being refused on the spot.
SHOWN_AGAIN = ("/kontrollera", "/redaktion/siffror/driftstopp#klart")
WRITERS = {Role.EDITOR, Role.MANAGER, Role.ADMIN}
HEADS = {Role.MANAGER, Role.ADMIN}
# Who comes to what in the book of pledges, by how its addresses begin; the first that fits.
BOOK: Mapping[str, set[Role]] = {
    "/redaktion/loften/<slug>/manader": HEADS,
    "/redaktion/loften": WRITERS,
    "/redaktion/siffror": WRITERS,
    "/redaktion/kalendrar": HEADS,
}
# What opens first when something has happened that the demo does not have.
NEVER_IN_THE_DEMO = {"cases_desk.file"}


def address(app: Flask, rule: Rule, reference: str) -> str:
    """Give an address that the rule answers to."""
    room = OF_ROOM.get(rule.endpoint.partition(".")[0], {})
    parts = {**PARTS, "reference": reference, **room, **SPECIAL.get(rule.endpoint, {})}
    unknown = rule.arguments - parts.keys()
    assert not unknown, f"{rule.rule}: say in PARTS what {unknown} can be"
    with app.test_request_context():
        built = app.url_map.bind("localhost").build(
            rule.endpoint, {name: parts[name] for name in rule.arguments}
        )
    return str(built)


def rules(app: Flask, method: str) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if method in (rule.methods or ()))


def staff_rules(app: Flask, method: str) -> Iterator[Rule]:
    """Give every way that is only for those who work here."""
    return (rule for rule in rules(app, method) if rule.rule.startswith(STAFF) and rule.rule != SIGN_IN)


def a_reference(demo: Demo) -> str:
    with demo.reader() as db:
        return str(db.scalar(select(Case.reference).where(Case.reference.startswith(STREETLIGHT))))


def changing(demo: Demo) -> list[str]:
    """Give an address for every way to change something; a case is named with its key."""
    reference = a_reference(demo)
    key = demo.key(demo.case(reference))
    return [
        f"{address(demo.app, rule, reference)}?{ASKED.get(rule.endpoint, f'nyckel={key}')}"
        for rule in rules(demo.app, "POST")
    ]


def test_nothing_is_changed_for_a_stranger_without_a_token(looked_at: Demo):
    before = looked_at.fingerprint()
    for path in changing(looked_at):
        answer = looked_at.app.test_client().post(path, data={"text": "Hej", "email": "x@y.example"})
        to_the_form_again = answer.status_code == 303 and answer.headers["Location"].endswith(
            ("/e-tjanster/felanmalan/kontrollera", "/arbete/logga-in")
        )
        assert answer.status_code in REFUSED or to_the_form_again, f"{path}: {answer.status_code}"
    assert looked_at.fingerprint() == before


@pytest.mark.parametrize("email", ["gata@ekdala.example", "admin@ekdala.example", "vagledare@ekdala.example"])
def test_nothing_is_changed_in_somebodys_name_from_another_site(demo: Demo, email: str):
    begin_a_calendar(demo)
    visitor = signed_in(demo.app, email)
    before = demo.fingerprint()
    for path in changing(demo):
        values = {"text": "Hej", "csrf_token": "not-the-one-of-the-page"}
        answer = visitor.client.post(path, data=values, headers={"Origin": "https://elsewhere.example"})
        back = answer.status_code == 303 and answer.headers["Location"].endswith(SHOWN_AGAIN)
        assert answer.status_code in REFUSED or back, f"{path}: {answer.status_code}"
    assert demo.fingerprint() == before


def test_every_staff_page_asks_who_is_there(looked_at: Demo):
    reference = a_reference(looked_at)
    for rule in staff_rules(looked_at.app, "GET"):
        path = address(looked_at.app, rule, reference)
        answer = looked_at.app.test_client().get(path)
        assert answer.status_code == 303, f"{path}: {answer.status_code}"
        assert answer.headers["Location"] == f"{SIGN_IN}?vidare={path}", path
        assert "<main" not in answer.get_data(as_text=True), path


def test_every_staff_page_is_whole_or_closed_and_open_to_somebody(demo: Demo):
    reference, opened = a_reference(demo), set()
    begin_a_calendar(demo)
    for email in (person.email for person in DEMO_STAFF):
        visitor = signed_in(demo.app, email)
        for rule in staff_rules(demo.app, "GET"):
            path = address(demo.app, rule, reference)
            answer = visitor.client.get(path)
            assert answer.status_code in (200, 403, 404), f"{path} for {email}: {answer.status_code}"
            if "Content-Disposition" not in answer.headers:
                visitor.get(path, status=answer.status_code)
            opened |= {rule.endpoint} if answer.status_code == 200 else set()
    shut = {rule.endpoint for rule in staff_rules(demo.app, "GET")} - opened - NEVER_IN_THE_DEMO
    assert not shut, f"nobody can open {sorted(shut)}"


def begin_a_calendar(demo: Demo) -> None:
    """Let somebody begin a calendar; it is what `number` names in an address."""
    admin = signed_in(demo.app, "admin@ekdala.example")
    admin.get("/redaktion/kalendrar")
    admin.post("/redaktion/kalendrar", {"plats": "kommunen"})
    assert admin.response is not None
    assert admin.response.headers["Location"] == f"/redaktion/kalendrar/{PARTS['number']}/andra"


@pytest.mark.parametrize("email", [person.email for person in DEMO_STAFF])
def test_who_may_not_write_the_book_of_pledges_finds_it_closed(demo: Demo, email: str):
    visitor, reference = signed_in(demo.app, email), a_reference(demo)
    role = next(person.role for person in DEMO_STAFF if person.email == email)
    visitor.get("/arbete/konto")
    before, token = demo.fingerprint(), visitor.token
    assert token
    for rule in (*staff_rules(demo.app, "GET"), *staff_rules(demo.app, "POST")):
        allowed = next((roles for begins, roles in BOOK.items() if rule.rule.startswith(begins)), None)
        if allowed is None or role in allowed:
            continue
        path = address(demo.app, rule, reference)
        for answer in asked_both_ways(visitor, path, rule, token):
            assert answer.status_code == 403, f"{path} for {email}: {answer.status_code}"
    assert demo.fingerprint() == before


def asked_both_ways(visitor: Visitor, path: str, rule: Rule, token: str) -> Iterator[TestResponse]:
    """Look at an address, and send it a form, as far as it is for that."""
    if "GET" in (rule.methods or ()):
        yield visitor.client.get(path)
    if "POST" in (rule.methods or ()):
        yield visitor.client.post(path, data={"csrf_token": token, "text": "Hej", "plats": "kommunen"})


def test_after_signing_out_the_desk_is_closed(demo: Demo):
    visitor = signed_in(demo.app, "gata@ekdala.example")
    visitor.get("/arbete/konto")
    visitor.post("/arbete/logga-ut")
    assert visitor.client.get("/arbete/konto").status_code == 303


def test_a_stolen_address_leads_nowhere_outside_after_signing_in(demo: Demo):
    for elsewhere in (
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:alert(1)",
    ):
        visitor = Visitor(demo.app)
        visitor.get(SIGN_IN)
        visitor.post(
            f"{SIGN_IN}?vidare={elsewhere}", {"email": "gata@ekdala.example", "password": "ekdala-demo-2026"}
        )
        assert visitor.response is not None
        location = visitor.response.headers["Location"]
        assert location.startswith("/arbete") and not location.startswith("//"), location


def test_a_wrong_key_and_an_unknown_reference_cannot_be_told_apart(looked_at: Demo):
    reference = a_reference(looked_at)
    wrong = "A" * len(looked_at.key(looked_at.case(reference)))
    there = Visitor(looked_at.app).get(f"/arende/{reference}?nyckel={wrong}", status=404)
    nowhere = Visitor(looked_at.app).get(f"/arende/FEL-2222-22?nyckel={wrong}", status=404)
    for page in (there, nowhere):
        for hidden in page.find_all("input", attrs={"name": "csrf_token"}):
            hidden.decompose()
    assert str(there.find("main")).replace(reference, "*") == str(nowhere.find("main")).replace(
        "FEL-2222-22", "*"
    )


def test_sending_the_last_page_from_elsewhere_opens_no_case(demo: Demo):
    visitor = filled_in(demo)
    with demo.reader() as db:
        before = db.scalar(select(func.count(Case.id)))
    visitor.post("/e-tjanster/felanmalan/kontrollera", {"csrf_token": "tampered"}, status=422)
    with demo.reader() as db:
        assert db.scalar(select(func.count(Case.id))) == before


def test_pressing_send_twice_makes_one_case_and_one_receipt(demo: Demo):
    visitor = filled_in(demo)
    visitor.get("/e-tjanster/felanmalan/kontrollera")
    token = visitor.token
    first = visitor.post("/e-tjanster/felanmalan/kontrollera", {"csrf_token": token})
    second = visitor.post("/e-tjanster/felanmalan/kontrollera", {"csrf_token": token})
    assert str(first) == str(second)
    with demo.reader() as db:
        opened = db.scalars(select(Case).where(Case.description == DESCRIPTION)).all()
        assert len(opened) == 1
        about = select(func.count(OutboxLetter.id)).where(OutboxLetter.about == opened[0].reference)
        assert db.scalar(about) == 2


@pytest.mark.parametrize("host", ["x" * 64 + ".se", "a..se", ".", "x" * 3000])
def test_a_host_that_cannot_be_is_refused(looked_at: Demo, host: str):
    answer = looked_at.app.test_client().get("/arbete/", headers={"Host": host})
    assert answer.status_code < 500
    assert "Traceback" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/loften//", "/arbete//", "//evil.example/", "/static//site.css"])
def test_no_address_is_put_right_by_way_of_the_host_that_was_named(looked_at: Demo, path: str):
    answer = looked_at.app.test_client().get(path, headers={"Host": "evil.example"})
    assert "evil.example/" not in answer.headers.get("Location", "")


@pytest.mark.parametrize(
    "path", ["/", "/arende", "/sok", "/e-tjanster/felanmalan/vad", "/arbete/logga-in", "/halsa"]
)
def test_asking_for_the_head_is_answered_as_asking_for_the_page(looked_at: Demo, path: str):
    stranger = looked_at.app.test_client()
    assert stranger.head(path).status_code == stranger.get(path).status_code == 200
