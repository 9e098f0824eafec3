from datetime import date

import pytest
from flask import Flask

from pledges.fulfilment import Count, Verdict
from portal.db import Database
from portal.home.choice import shown_first
from portal.pledgebook.figures.outcomes import Period, outcome_of
from portal.pledgebook.models import Pledge, PledgeVersion
from tests.builders import a_pledge
from tests.visitor import Visitor

NOVEMBER = date(2026, 11, 1)


def test_the_first_page_leads_to_the_four_doors_and_every_department(visitor, fill):
    fill(a_pledge)
    page = visitor.get("/")
    assert [link["href"] for link in page.select(".doors a")] == [
        "/e-tjanster/felanmalan",
        "/arende",
        "/e-tjanster",
        "/fragor",
    ]
    assert page.select_one("form[role=search]")["action"] == "/sok"
    assert page.select_one(".areas a")["href"] == "/verksamheter/gator-trafik"


@pytest.mark.parametrize("path", ["/tillganglighet", "/personuppgifter", "/om-webbplatsen"])
def test_the_pages_about_the_site_stand_in_both_languages(visitor, path):
    visitor.get(path)
    visitor.get(f"/en{path}")


def test_robots_stay_out_of_the_desk_and_of_cases(visitor):
    visitor.get("/robots.txt")
    assert "Disallow: /arbete/\nDisallow: /arende/\n" in visitor.response.get_data(as_text=True)


def test_health_is_good_while_the_database_answers(visitor):
    visitor.get("/halsa")
    assert visitor.response.json == {"status": "ok", "parts": {"database": "ok"}}


def test_health_is_bad_without_a_database(app: Flask, tmp_path):
    portal = app.extensions["portal"]
    object.__setattr__(portal, "database", Database(f"sqlite:///{tmp_path / 'empty.db'}"))
    visitor = Visitor(app)
    visitor.get("/halsa", status=503)
    assert visitor.response.json == {"status": "down", "parts": {"database": "down"}}


def outcome(db, slug: str, count: Count, **more):
    version = db.query(PledgeVersion).one_or_none() or a_pledge(db)
    pledge = Pledge(id=count.outcomes, slug=slug, **{"paused_reason": "", **more})
    period = Period(NOVEMBER, NOVEMBER)
    return outcome_of(pledge, version, count, period, has_scope=True, today=NOVEMBER)


def test_the_first_page_never_shows_only_good_news(db):
    held = [outcome(db, f"held-{number}", Count(kept=100 + number)) for number in range(6)]
    broken = outcome(db, "broken", Count(kept=5, broken=5))
    unmeasured = outcome(db, "paused", Count(), paused_reason="Byte.")
    chosen = shown_first([unmeasured, broken, *held])
    assert [one.pledge.slug for one in chosen] == ["held-5", "held-4", "held-3", "broken", "paused"]
    assert chosen[-1].verdict is Verdict.NOT_MEASURED


def test_with_few_pledges_all_that_can_be_are_shown(db):
    assert shown_first([]) == []
    assert len(shown_first([outcome(db, "held", Count(kept=9))])) == 1
