"""Saying that a promise was not kept, and what becomes of it."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from portal.cases.models import Case, CaseEvent
from portal.cases.rules import EventKind
from portal.pledgebook.models import Grain, Pledge, Tally, TallyState
from portal.web.portal import KEY, portal
from portal.web.security import limiter
from tests.builders import a_case, a_department, a_pledge, a_service

ADDRESS = "/loften/gatlyktor-lagas/holls-inte"
SAID = {"text": "Lyktan lyser fortfarande inte.", "token": "t-1"}


@pytest.fixture
def pledge(fill):
    """A pledge of the streets, and the complaint service that another department delivers."""

    def content(db):
        a_pledge(db)
        a_service(db, a_department(db, "kundtjanst", "Kundtjänst"), "synpunkt", prefix="SYN", e_service="")

    fill(content)


def cases(sqlite) -> list[Case]:
    with sqlite.reader() as db:
        return list(db.scalars(select(Case)))


def test_it_becomes_a_case_of_the_pledges_department_tied_to_the_pledge(visitor, pledge, sqlite):
    visitor.get(ADDRESS)
    visitor.post(ADDRESS, {**SAID, "reference": "fel 2k7q 9m", "email": "a@b.example"})
    page = visitor.follow()
    (case,) = cases(sqlite)
    assert (case.about, case.contact_email, case.description) == (
        "FEL-2K7Q-9M",
        "a@b.example",
        "Lyktan lyser fortfarande inte.",
    )
    assert case.title == "Löftet hölls inte: Trasiga gatlyktor lagas inom tio arbetsdagar"
    assert case.reference in page.get_text()
    assert page.select_one(".officer a").get_text() == "Gator och trafik"
    with sqlite.reader() as db:
        assert db.scalar(select(Pledge.slug).where(Pledge.id == case.pledge_id)) == "gatlyktor-lagas"
        assert db.scalars(select(CaseEvent).where(CaseEvent.kind == EventKind.CONTESTED)).one()


def test_the_receipt_leads_to_the_case(visitor, pledge):
    visitor.get(ADDRESS)
    visitor.post(ADDRESS, SAID)
    page = visitor.follow()
    assert visitor.response.headers["Cache-Control"] == "no-store"
    assert "Du lämnade ingen e-postadress" in page.get_text()
    visitor.get(page.find("a", string="Följ ditt ärende", class_="ds-button")["href"])


def test_it_is_counted_beside_the_figure(visitor, pledge, sqlite):
    visitor.get(ADDRESS)
    visitor.post(ADDRESS, SAID)
    with sqlite.reader() as db:
        wanted = select(Tally.count).where(Tally.state == TallyState.CONTESTED, Tally.grain == Grain.MONTH)
        assert db.scalars(wanted).all() == [1]


def test_a_second_click_opens_nothing_new(visitor, pledge, sqlite):
    visitor.get(ADDRESS)
    visitor.post(ADDRESS, SAID)
    first = visitor.response.headers["Location"]
    visitor.get(ADDRESS)
    visitor.post(ADDRESS, SAID)
    assert visitor.response.headers["Location"] == first
    assert len(cases(sqlite)) == 1


def test_nothing_that_was_typed_is_lost(visitor, pledge, sqlite):
    visitor.get(ADDRESS)
    page = visitor.post(
        ADDRESS, {"text": "", "reference": "finns-inte", "email": "ingen adress", "token": "t"}, 422
    )
    assert "Berätta vad som hände" in page.get_text()
    assert "Ett ärendenummer ser ut som FEL-2K7Q-9M." in page.get_text()
    assert page.select_one("#reference")["value"] == "finns-inte"
    assert page.select_one("#email")["value"] == "ingen adress"
    page = visitor.post(ADDRESS, {**SAID, "csrf_token": "gammal"}, 422)
    assert "Lyktan lyser fortfarande inte." in page.select_one("#text").get_text()
    assert cases(sqlite) == []


def test_a_case_number_is_answered_alike_whether_there_is_such_a_case_or_not(visitor, fill, sqlite):
    def content(db):
        a_case(db)
        a_service(db, a_department(db, "kundtjanst", "Kundtjänst"), "synpunkt", prefix="SYN", e_service="")

    fill(content)
    (known,) = cases(sqlite)
    answers = []
    for number, reference in enumerate((known.reference, "FEL-2222-22")):
        visitor.get(ADDRESS)
        visitor.post(ADDRESS, {**SAID, "token": f"t-{number}", "reference": reference})
        page = visitor.follow()
        answers.append((visitor.response.status_code, page.h1.get_text()))
        assert reference not in page.main.get_text()
    assert answers[0] == answers[1]


def test_a_pledge_of_the_whole_municipality_is_answered_by_whom_the_service_names(
    visitor, pledge, fill, sqlite
):
    fill(lambda db: setattr(db.query(Pledge).one(), "department_id", None))
    visitor.get(ADDRESS)
    visitor.post(ADDRESS, SAID)
    assert visitor.follow().select_one(".officer a").get_text() == "Kundtjänst"


def test_without_the_complaint_service_there_is_no_such_page(visitor, fill):
    fill(a_pledge)
    visitor.get(ADDRESS, 404)
    assert not visitor.get("/loften/gatlyktor-lagas").find("a", href=ADDRESS)
    visitor.get("/loften/finns-inte/holls-inte", 404)


def test_the_receipt_opens_to_nobody_without_the_key(visitor, pledge, sqlite):
    visitor.get(ADDRESS)
    visitor.post(ADDRESS, SAID)
    (case,) = cases(sqlite)
    visitor.get(f"{ADDRESS}/klart?arende={case.reference}&nyckel=fel", 404)
    visitor.get(f"{ADDRESS}/klart", 404)


def test_how_often_it_may_be_sent_is_limited(visitor, pledge, monkeypatch, app):
    monkeypatch.setattr(limiter, "enabled", True)
    app.extensions[KEY] = replace(portal(app), settings=replace(portal(app).settings, submissions_per_hour=1))
    visitor.get(ADDRESS)
    visitor.post(ADDRESS, SAID)
    visitor.get(ADDRESS)
    visitor.post(ADDRESS, {**SAID, "token": "t-2"}, 429)
