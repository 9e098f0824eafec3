"""The sign that PostgreSQL cannot hold: whoever sends it is answered as if it were not there."""

import pytest
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.db import Database
from portal.faq.models import Answer
from portal.settings import Settings
from portal.web.security import limiter
from tests.builders import an_answer
from tests.visitor import Visitor

PLACES = (
    "/arende/%s/fil/1?nyckel=x",
    "/loften/%s",
    "/loften/%s.pdf",
    "/loften/%s/utfall.csv",
    "/loften/%s/fall.csv",
    "/loften/%s/holls-inte",
    "/loften/%s/holls-inte/klart?arende=x&nyckel=y",
    "/fragor/%s",
    "/verksamheter/%s",
    "/verksamheter/%s/loften.pdf",
    "/organisationer/%s",
    "/utskrift/loften/%s",
    "/e-tjanster/%s",
)


@pytest.fixture
def anyone(database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """Somebody at a site on a database of each kind."""
    monkeypatch.setattr(limiter, "enabled", False)
    return Visitor(create_app(settings, database))


@pytest.mark.parametrize("place", PLACES)
def test_an_address_with_it_leads_nowhere(anyone: Visitor, place: str):
    anyone.get(place % "a%00b", status=404)


@pytest.mark.parametrize("place", ["/api/v1/pledges/%s", "/api/v1/pledges/%s/outcomes"])
def test_a_program_that_asks_with_it_is_told_there_is_nothing(anyone: Visitor, place: str):
    answer = anyone.fetch(place % "a%00b", status=404)
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize("asked", ["period=%00", "from=2026%00-01", "to=%002026-01"])
def test_a_question_with_it_about_figures_is_not_understood(anyone: Visitor, asked: str):
    answer = anyone.fetch(f"/oppna-data/loften.csv?{asked}", status=422)
    assert answer.get_json()["errors"][0]["field"] == asked.partition("=")[0]


def test_a_case_is_not_found_by_it(anyone: Visitor):
    anyone.get("/arende")
    page = anyone.post("/arende", {"reference": "FEL\x00", "key": "a\x00"}, status=404)
    assert page.find("input", attrs={"name": "reference"})


def test_nobody_signs_in_with_it(anyone: Visitor):
    anyone.get("/arbete/logga-in")
    anyone.post("/arbete/logga-in", {"email": "a\x00@b.se", "password": "long enough \x00"}, status=422)


def test_a_text_is_kept_without_it(db: Session):
    answer = an_answer(db, question="Var \x00är du?")
    db.flush()
    db.expire_all()
    assert db.get_one(Answer, answer.id).question == "Var är du?"
