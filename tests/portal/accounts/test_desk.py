"""Staff come in, look after their account, and go out."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from portal.accounts.gate import COOKIE
from portal.accounts.models import StaffSession
from portal.accounts.rules import Role
from portal.app import create_app
from portal.clock import now
from tests.builders import PASSWORD, staff
from tests.visitor import Visitor

SIGN_IN = "/arbete/logga-in"
ACCOUNT = "/arbete/konto"
EMAIL = "gata@ekdala.example"
WRONG = "E-postadressen eller lösenordet stämmer inte."


@pytest.fixture
def somebody(fill) -> None:
    fill(lambda db: staff(db, EMAIL, Role.ADMIN))


def come_in(
    visitor: Visitor, password: str = PASSWORD, email: str = EMAIL, status: int = 303, at: str = SIGN_IN
):
    visitor.get(at)
    return visitor.post(at, {"email": email, "password": password}, status)


def cookie_of(visitor: Visitor) -> str:
    assert visitor.response is not None
    (cookie,) = [one for one in visitor.response.headers.getlist("Set-Cookie") if one.startswith(COOKIE)]
    return cookie


def test_a_page_for_staff_asks_who_you_are_and_then_takes_you_there(visitor, somebody):
    visitor.get(ACCOUNT, 303)
    visitor.follow()
    asked = visitor.response.request.full_path
    visitor.post(asked, {"email": EMAIL, "password": PASSWORD})
    assert visitor.response.headers["Location"] == ACCOUNT
    assert "Anders Holm" in visitor.follow().text


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(visitor, somebody):
    come_in(visitor)
    cookie = cookie_of(visitor)
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie


def test_the_cookie_of_an_encrypted_site_stays_encrypted(settings, sqlite, somebody):
    app = create_app(replace(settings, base_url="https://ekdala.example"), sqlite)
    app.config.update(RATELIMIT_ENABLED=False)
    visitor = Visitor(app)
    visitor.get(SIGN_IN, base_url="https://ekdala.example")
    visitor.post(SIGN_IN, {"email": EMAIL, "password": PASSWORD}, base_url="https://ekdala.example")
    assert "Secure" in cookie_of(visitor)


@pytest.mark.parametrize(("email", "password"), [(EMAIL, "fel lösenord"), ("ingen@ekdala.example", PASSWORD)])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(visitor, somebody, email, password):
    page = come_in(visitor, password, email, status=422)
    assert WRONG in page.text
    assert page.find("input", id="email")["value"] == email
    assert not page.find("input", id="password").get("value")


@pytest.mark.parametrize("email", [EMAIL, "ingen@ekdala.example"])
def test_after_five_failures_the_page_says_when_to_come_back(visitor, somebody, email):
    for _ in range(5):
        come_in(visitor, "fel lösenord", email, status=422)
    page = come_in(visitor, PASSWORD, email, status=422)
    assert "för många försök" in page.text
    assert "Vänta till kl." in page.text.replace("\N{NO-BREAK SPACE}", " ")


def test_too_many_attempts_from_one_place_get_a_page_that_says_so(settings, sqlite):
    visitor = Visitor(create_app(settings, sqlite))
    visitor.get(SIGN_IN)
    token = visitor.token
    for _ in range(30):
        visitor.post(SIGN_IN, {"email": "", "password": "", "csrf_token": token}, 422)
    assert "för många försök" in visitor.post(SIGN_IN, {"csrf_token": token}, 429).text


def test_an_empty_form_says_what_is_missing(visitor):
    page = come_in(visitor, "", "", status=422)
    assert "Skriv din e-postadress" in page.text and "Skriv ditt lösenord." in page.text


def test_a_stale_form_keeps_the_address(visitor, somebody):
    visitor.get(SIGN_IN)
    page = visitor.post(SIGN_IN, {"email": EMAIL, "password": PASSWORD, "csrf_token": "gammal"}, 422)
    assert "öppen för länge" in page.text
    assert page.find("input", id="email")["value"] == EMAIL


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "arbete",
        "/a\nb",
        "/\t/evil.example",
    ],
)
def test_nobody_is_sent_on_to_another_site(visitor, somebody, wanted):
    come_in(visitor, at=f"{SIGN_IN}?{urlencode({'vidare': wanted})}")
    assert visitor.response.headers["Location"].startswith("/arbete/")


def test_the_language_is_kept_on_the_way_in(visitor, somebody):
    visitor.get("/en" + ACCOUNT, 303)
    visitor.follow()
    visitor.post(
        visitor.response.request.full_path,
        {"email": EMAIL, "password": PASSWORD},
    )
    assert visitor.response.headers["Location"] == "/en" + ACCOUNT


def test_who_has_no_wish_comes_to_the_first_page_of_their_menu(visitor, fill):
    fill(lambda db: staff(db, EMAIL, Role.CASE_OFFICER))
    come_in(visitor)
    visitor.get(visitor.response.headers["Location"], 303)
    assert visitor.response.headers["Location"] == "/arbete/"


def test_who_is_signed_in_need_not_sign_in_again(visitor, somebody):
    come_in(visitor)
    visitor.get(SIGN_IN, 303)
    assert visitor.response.headers["Location"] != SIGN_IN


def test_signing_out_closes_the_pages(visitor, somebody):
    come_in(visitor)
    visitor.get(ACCOUNT)
    visitor.post("/arbete/logga-ut")
    visitor.get(ACCOUNT, 303)
    assert SIGN_IN in visitor.response.headers["Location"]


def test_signing_out_needs_the_token_of_a_page(visitor, somebody):
    come_in(visitor)
    visitor.post("/arbete/logga-ut", {"csrf_token": "fel"}, 422)
    visitor.get(ACCOUNT)


def test_what_staff_see_is_not_kept_by_the_browser(visitor, somebody):
    come_in(visitor)
    visitor.get(ACCOUNT)
    assert visitor.response.headers["Cache-Control"] == "no-store"


def test_one_question_finds_out_who_is_here(visitor, somebody):
    come_in(visitor)
    visitor.most_statements = 3
    visitor.get(ACCOUNT)


def test_another_browser_can_be_signed_out_from_here(app, visitor, somebody):
    other = Visitor(app)
    come_in(other)
    come_in(visitor)
    page = visitor.get(ACCOUNT)
    rows = [row for row in page.find_all("tr") if "En annan webbläsare" in row.text]
    assert len(rows) == 1
    visitor.post(rows[0].form["action"])
    other.get(ACCOUNT, 303)
    visitor.get(ACCOUNT)


def test_a_new_password_is_used_from_now_on(app, visitor, somebody):
    other = Visitor(app)
    come_in(other)
    come_in(visitor)
    visitor.get(ACCOUNT)
    new = "fyra gröna ekollon"
    visitor.post(ACCOUNT, {"current": PASSWORD, "new": new, "again": new})
    assert "Lösenordet är bytt" in visitor.follow().text
    other.get(ACCOUNT, 303)
    come_in(other, PASSWORD, status=422)
    come_in(other, new)


@pytest.mark.parametrize(
    ("current", "new", "again", "said"),
    [
        ("fel lösenord", "fyra gröna ekollon", "fyra gröna ekollon", "Det är inte lösenordet du har nu."),
        (PASSWORD, "elva tecken", "elva tecken", "Använd minst 12 tecken."),
        (PASSWORD, "fyra gröna ekollon", "fem gröna ekollon", "inte lika"),
        (PASSWORD, PASSWORD, PASSWORD, "samma som det gamla"),
        (PASSWORD, "x" * 201, "x" * 201, "högst 200 tecken"),
        ("", "", "", "Skriv lösenordet du har nu."),
    ],
)
def test_a_password_that_will_not_do_is_explained(visitor, somebody, current, new, again, said):
    come_in(visitor)
    visitor.get(ACCOUNT)
    assert said in visitor.post(ACCOUNT, {"current": current, "new": new, "again": again}, 422).text


def test_a_session_left_alone_for_two_hours_is_over(visitor, somebody, fill):
    come_in(visitor)

    def leave_alone(db) -> None:
        db.query(StaffSession).one().seen_at = now() - timedelta(hours=2)

    fill(leave_alone)
    visitor.get(ACCOUNT, 303)


def test_a_visit_is_noted(visitor, somebody, fill, sqlite):
    come_in(visitor)
    earlier = now() - timedelta(minutes=30)

    def some_time_ago(db) -> None:
        db.query(StaffSession).one().seen_at = earlier

    fill(some_time_ago)
    visitor.get(ACCOUNT)
    with sqlite.reader() as db:
        assert db.query(StaffSession).one().seen_at > earlier + timedelta(minutes=29)


def test_the_menu_shows_what_one_may_do(visitor, somebody, fill):
    fill(lambda db: staff(db, "red@ekdala.example", Role.EDITOR))
    come_in(visitor)
    assert visitor.get(ACCOUNT).find("a", string="Brev")
    visitor.post("/arbete/logga-ut")
    come_in(visitor, email="red@ekdala.example")
    assert not visitor.get(ACCOUNT).find("a", string="Brev")
