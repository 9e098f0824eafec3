"""A draft tried on real cases: what it would have come to, which cases would have failed, and when it must be tried again."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.rules import Actor, Role
from portal.authoring import actions
from portal.authoring.content import Content
from portal.authoring.models import PledgeDraft
from portal.cases import actions as cases
from portal.cases.models import Case
from portal.cases.queries import case_to_change
from portal.cases.rules import Outcome
from portal.clock import now
from portal.db import Database
from portal.pledgebook.queries import pledge_by_slug
from tests.builders import ACCESS, PASSWORD, a_case, a_department, a_pledge, a_service, an_officer, staff
from tests.visitor import Visitor

HEAD = "chef@ekdala.example"
TRIAL = "/redaktion/loften/utkast/1/prov"
# Days that the six cases took, by the calendar.
TOOK = (1, 1, 2, 3, 40, 50)


@pytest.fixture
def head(app: Flask, sqlite: Database) -> Visitor:
    """The head of a department with six closed cases and a draft of ten working days, signed in."""
    with sqlite.transaction() as db:
        department = a_department(db)
        service = a_service(db, department)
        a_pledge(db, service)
        officer = staff(db, HEAD, Role.MANAGER, department)
        for number, days in enumerate(TOOK):
            began = now() - timedelta(days=100)
            a_case(db, service, f"s-{number}", began, received_at=began)
            case = case_to_change(db, number + 1)
            cases.close(
                db,
                case,
                an_officer(officer),
                Outcome.REMEDIED,
                text="Lagat.",
                detail="",
                access=ACCESS,
                at=began + timedelta(days=days),
            )
        pledge = pledge_by_slug(db, "gatlyktor-lagas")
        actor = Actor(officer.id, officer.name, "", officer.email, frozenset())
        content = Content.of(pledge, pledge.versions[0])
        actions.start_draft(db, actor, department.id, pledge, content, now())
    visitor = Visitor(app)
    visitor.get("/arbete/logga-in")
    visitor.post("/arbete/logga-in", {"email": HEAD, "password": PASSWORD})
    return visitor


def test_a_draft_is_tried_on_past_cases_and_the_failing_ones_are_named(head: Visitor, sqlite: Database):
    assert "Löftet är inte prövat än." in head.get(TRIAL).text
    head.post(TRIAL)
    page = head.follow()
    assert "hade hållits i 4 av 6 fall (66,6" in page.h1.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Målet 85 % hade inte nåtts." in page.text.replace("\N{NO-BREAK SPACE}", " ")
    with sqlite.reader() as db:
        slowest = {case.reference for case in db.scalars(select(Case).where(Case.id > 4))}
    rows = page.find_all("a", href=lambda href: href and href.startswith("/arbete/arenden/"))
    assert {row.text for row in rows} == slowest
    head.get(str(rows[0]["href"]))
    assert page.find("svg", attrs={"role": "img"})
    assert "Löftet är prövat på riktiga ärenden" in head.get("/redaktion/loften/utkast/1").text


def test_a_changed_draft_must_be_tried_again(head: Visitor, sqlite: Database):
    head.get(TRIAL)
    head.post(TRIAL)
    with sqlite.transaction() as db:
        draft = db.scalars(select(PledgeDraft)).one()
        draft.content = {**draft.content, "amount": 40}
    page = head.get(TRIAL)
    assert "Löftet är ändrat sedan det prövades." in page.text and "av 6 fall" not in page.text
    head.post(TRIAL)
    assert "hade hållits i 6 av 6 fall (100" in head.follow().h1.text


def test_a_draft_without_time_is_not_tried(head: Visitor, sqlite: Database):
    with sqlite.transaction() as db:
        draft = db.scalars(select(PledgeDraft)).one()
        draft.content = {**draft.content, "amount": None}
    page = head.get(TRIAL)
    assert "Löftet går inte att pröva än." in page.text
    token = head.get("/redaktion/loften").find("input", attrs={"name": "csrf_token"})["value"]
    head.post(TRIAL, {"csrf_token": token}, 409)
