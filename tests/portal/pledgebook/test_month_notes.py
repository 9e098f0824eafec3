"""Why a month went as it did: written by those who answer for it, signed, dated, and never lost."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.accounts.rules import Role
from portal.clock import local_day, now
from portal.pledgebook.figures.outcomes import month_after, month_of
from portal.pledgebook.models import MonthNote, Pledge
from portal.pledgebook.notes import notes_of
from tests.builders import PASSWORD, a_department, a_pledge, a_service, staff
from tests.visitor import Visitor

ADDRESS = "/redaktion/loften/gatlyktor-lagas/manader"
HEAD, OTHER_HEAD, OFFICER = "gatuchef@ekdala.example", "chef@ekdala.example", "gata@ekdala.example"
WHY = "Två montörer var sjuka i augusti. De är tillbaka nu."


def last_month() -> date:
    return month_after(month_of(local_day(now())), -1)


@pytest.fixture
def house(fill) -> None:
    """A pledge of the streets, their head, an officer there, and the head of another department."""

    def write(db):
        streets = a_department(db)
        a_pledge(db, a_service(db, streets))
        staff(db, HEAD, Role.MANAGER, streets)
        staff(db, OFFICER, Role.CASE_OFFICER, streets)
        staff(db, OTHER_HEAD, Role.MANAGER, a_department(db, "bygglov", "Bygglov"))

    fill(write)


def signed_in(app, email: str) -> Visitor:
    visitor = Visitor(app)
    visitor.get("/arbete/logga-in")
    visitor.post("/arbete/logga-in", {"email": email, "password": PASSWORD})
    return visitor


@pytest.fixture
def head(app, house) -> Visitor:
    """The head of those who made the pledge."""
    return signed_in(app, HEAD)


def written(sqlite) -> list[tuple[str, str]]:
    with sqlite.reader() as db:
        return [(note.text, note.signed) for note in db.scalars(select(MonthNote).order_by(MonthNote.id))]


def write(visitor: Visitor, text: str, month: str = "", status: int = 303):
    visitor.get(ADDRESS)
    return visitor.post(ADDRESS, {"month": month or last_month().isoformat(), "text": text}, status)


def test_a_month_is_explained_and_signed(head, sqlite):
    write(head, WHY)
    words = head.follow().main.get_text(" ", strip=True)
    assert WHY in words
    assert "Anders Holm, arbetsledare" in words
    assert written(sqlite) == [(WHY, "Anders Holm, arbetsledare")]


def test_what_was_written_before_stays_and_the_latest_stands_first(head, sqlite):
    write(head, "Det första.")
    write(head, "Det andra.")
    soup = head.follow()
    assert "En tidigare text" in soup.find("summary", string=lambda text: text and "tidigare" in text).text
    with sqlite.reader() as db:
        pledge_id = db.scalars(select(Pledge.id)).one()
        found = notes_of(db, pledge_id, [last_month(), month_after(last_month(), -1)])
    assert [note.text for note in found[last_month()]] == ["Det andra.", "Det första."]
    assert len(found) == 1


def test_a_second_click_writes_nothing_more(head, sqlite):
    write(head, WHY)
    write(head, WHY)
    assert len(written(sqlite)) == 1
    assert "fanns redan" in head.follow().main.text


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("  ", "Skriv varför månaden gick som den gick."),
        ("x" * 1501, "Texten är för lång. Använd högst 1 500 tecken."),
    ],
)
def test_nothing_and_too_much_are_refused(head, sqlite, text, what):
    assert what in write(head, text, status=422).find(id="text-error").text
    assert not written(sqlite)


@pytest.mark.parametrize("month", ["2024-12-01", "20266-01-01", "augusti", "2999-01-01"])
def test_a_month_that_is_not_offered_is_refused_and_the_words_are_kept(head, sqlite, month):
    soup = write(head, WHY, month, 422)
    assert "Välj en månad i listan." in soup.find(id="month-error").text
    assert WHY in soup.find("textarea").text
    assert not written(sqlite)


def test_this_month_may_be_explained_but_none_to_come(head):
    offered = [option["value"] for option in head.get(ADDRESS).select("select option")]
    this = month_of(local_day(now()))
    assert offered[0] == this.isoformat()
    assert (this + timedelta(days=32)).replace(day=1).isoformat() not in offered


@pytest.mark.parametrize("email", [OTHER_HEAD, OFFICER])
def test_only_those_who_answer_for_the_department_may_explain(app, house, sqlite, email):
    visitor = signed_in(app, email)
    visitor.get(ADDRESS, 403)
    visitor.get("/arbete/konto")
    visitor.post(ADDRESS, {"month": last_month().isoformat(), "text": WHY}, 403)
    assert not written(sqlite)


def test_a_pledge_that_is_not_is_not_found(head):
    head.get("/redaktion/loften/finns-inte/manader", 404)
