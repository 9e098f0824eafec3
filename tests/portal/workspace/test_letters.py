"""Staff see which letters did not arrive, read them, and send them again."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy.orm import Session

from portal.accounts.rules import Role
from portal.clock import now
from portal.outbox.actions import claim_due, mark_failed, mark_sent, post
from portal.outbox.letter import Letter
from portal.outbox.models import Delivery, OutboxLetter
from tests.builders import PASSWORD, RECEIVED, staff
from tests.visitor import Visitor

LIST = "/arbete/brev"


def a_letter(subject: str = "Vi har tagit emot ditt ärende", to: str = "karin@post.example") -> Letter:
    return Letter(
        to=to,
        subject=subject,
        paragraphs=("Vi lagar lyktan.", "<b>Inte fetstil</b>"),
        sender="Gator och trafik",
        facts=(("Ärendenummer", "FEL-2K7Q-9M"),),
        button=("Följ ditt ärende", "https://ekdala.example/arende/FEL-2K7Q-9M?nyckel=hemlig"),
    )


def put(
    db: Session, subject: str, about: str = "FEL-2K7Q-9M", error: str = "", sent: bool = False, **more: str
) -> None:
    """A letter that waits, or failed for good with the error, or is sent."""
    post(db, a_letter(subject, **more), subject, about, RECEIVED)
    if not error and not sent:
        return
    claimed = claim_due(db, RECEIVED)
    assert claimed is not None
    mark_failed(db, claimed, error, RECEIVED, permanent=True) if error else mark_sent(db, claimed, RECEIVED)
    db.flush()


def many(db: Session, number: int) -> None:
    for place in range(number):
        put(db, f"Brev {place}")


@pytest.fixture
def three(fill) -> None:
    """One letter of each kind: sent, failed, waiting, written in this order."""

    def write(db: Session) -> None:
        put(db, "Brev som är framme", sent=True)
        put(db, "Brev som studsade", error="550 5.1.1 No such user")
        put(db, "Brev som väntar", about="FEL-7M3C-4X")

    fill(write)


@pytest.fixture
def admin(visitor: Visitor, fill) -> Visitor:
    fill(lambda db: staff(db, "admin@ekdala.example", Role.ADMIN))
    return come_in(visitor, "admin@ekdala.example")


def come_in(visitor: Visitor, email: str) -> Visitor:
    visitor.get("/arbete/logga-in")
    visitor.post("/arbete/logga-in", {"email": email, "password": PASSWORD})
    return visitor


def subjects(page) -> list[str]:
    return [link.text for link in page.select(".queue .subj")]


def only(sqlite) -> OutboxLetter:
    with sqlite.reader() as db:
        return db.query(OutboxLetter).one()


def test_what_has_not_arrived_comes_first_and_failed_before_waiting(admin, three):
    page = admin.get(LIST)
    assert subjects(page) == ["Brev som studsade", "Brev som väntar"]
    assert "Ett brev kom inte fram." in page.h1.text


@pytest.mark.parametrize(
    ("view", "found"),
    [
        ("misslyckade", ["Brev som studsade"]),
        ("vantar", ["Brev som väntar"]),
        ("skickade", ["Brev som är framme"]),
        ("nonsens", ["Brev som studsade", "Brev som väntar"]),
    ],
)
def test_the_list_can_be_narrowed(admin, three, view, found):
    assert subjects(admin.get(f"{LIST}?lage={view}")) == found


def test_letters_are_found_by_case_however_the_number_is_typed(admin, three):
    assert subjects(admin.get(f"{LIST}?arende=fel+2k7q+9m")) == ["Brev som studsade", "Brev som är framme"]


def test_a_case_without_letters_is_told_so(admin, three):
    assert "Vi hittar inga brev om det ärendet." in admin.get(f"{LIST}?arende=FEL-0000-00").text


def test_an_empty_list_says_that_all_is_well(admin):
    assert "Alla brev har kommit iväg" in admin.get(LIST).h1.text


def test_fifty_letters_make_a_page(admin, fill):
    fill(lambda db: many(db, 51))
    page = admin.get(LIST)
    assert len(subjects(page)) == 50
    assert "Sida 1 av 2" in page.text
    assert subjects(admin.get(f"{LIST}?sida=2")) == ["Brev 0"]


def test_the_list_costs_four_questions_however_long_it_is(admin, fill):
    fill(lambda db: many(db, 60))
    admin.most_statements = 4
    admin.get(LIST)


def test_a_letter_is_shown_as_it_reads_with_what_went_wrong(admin, fill, sqlite):
    fill(lambda db: put(db, "Brev som studsade", error="550 5.1.1 No such user"))
    page = admin.get(f"{LIST}/1")
    assert "Vi lagar lyktan." in page.find(class_="letter").text
    assert "<b>Inte fetstil</b>" in page.find(class_="letter").text
    for words in ("Kom inte fram", "550 5.1.1 No such user", "1 av 8", "karin@post.example"):
        assert words in page.main.text
    assert admin.response.headers["Cache-Control"] == "no-store"


def test_a_failed_letter_is_sent_again(admin, fill, sqlite):
    fill(lambda db: put(db, "Brev som studsade", error="550 5.1.1 No such user"))
    page = admin.get(f"{LIST}/1")
    admin.post(page.main.form["action"])
    assert admin.response.headers["Location"] == f"{LIST}/1"
    assert "Väntar" in admin.follow().main.text
    assert (only(sqlite).state, only(sqlite).attempts, only(sqlite).round) == (Delivery.WAITING, 0, 1)


def test_sending_again_wakes_the_worker(admin, fill, sqlite):
    fill(lambda db: put(db, "Brev som studsade", error="550"))
    woken = []
    sqlite.wake = lambda: woken.append(True)
    admin.get(f"{LIST}/1")
    admin.post(f"{LIST}/1/skicka-igen")
    assert woken == [True]


def test_a_letter_under_way_has_no_button(admin, fill):
    def under_way(db: Session) -> None:
        put(db, "Brev")
        db.query(OutboxLetter).one().locked_until = now() + timedelta(minutes=5)

    fill(under_way)
    page = admin.get(f"{LIST}/1")
    assert "Brevet skickas just nu." in page.text
    assert not page.select("main form")
    admin.post(f"{LIST}/1/skicka-igen", status=409)


def test_the_mail_can_be_taken_away(admin, fill):
    fill(lambda db: put(db, "Brev"))
    admin.get(f"{LIST}/1.eml")
    mail = message_from_bytes(admin.response.data, policy=policy.default)
    assert mail["To"] == "karin@post.example"
    assert admin.response.headers["Content-Disposition"] == 'attachment; filename="brev-1.eml"'


def test_the_html_letter_can_do_nothing_on_our_site(admin, fill):
    fill(lambda db: put(db, "Brev"))
    response = admin.client.get(f"{LIST}/1.html")
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "&lt;b&gt;Inte fetstil&lt;/b&gt;" in response.get_data(as_text=True)


def test_a_letter_to_no_address_has_no_mail_but_a_page(admin, fill):
    fill(lambda db: put(db, "Brev", to="ingen adress"))
    admin.get(f"{LIST}/1")
    admin.get(f"{LIST}/1.eml", 404)


@pytest.mark.parametrize("path", ["", "/1", "/1.eml", "/1.html"])
def test_letters_are_for_those_who_may_read_them(visitor, fill, path):
    fill(lambda db: staff(db, "gata@ekdala.example", Role.CASE_OFFICER))
    fill(lambda db: put(db, "Brev"))
    visitor.get(f"{LIST}{path}", 303)
    come_in(visitor, "gata@ekdala.example").get(f"{LIST}{path}", 403)


def test_the_service_center_reads_letters_and_sends_none(visitor, fill):
    fill(lambda db: staff(db, "vagledare@ekdala.example", Role.SERVICE_ADVISOR))
    fill(lambda db: put(db, "Brev"))
    page = come_in(visitor, "vagledare@ekdala.example").get(f"{LIST}/1")
    assert not page.select("main form")
    visitor.post(f"{LIST}/1/skicka-igen", status=403)


def test_a_letter_that_does_not_exist_is_not_found(admin):
    admin.get(f"{LIST}/4711", 404)
    admin.get(f"{LIST}/99999999999999999999", 404)


def test_several_failed_letters_are_counted(admin, fill):
    fill(lambda db: put(db, "Brev 1", error="550"))
    fill(lambda db: put(db, "Brev 2", error="550"))
    assert "2 brev kom inte fram." in admin.get(LIST).h1.text
