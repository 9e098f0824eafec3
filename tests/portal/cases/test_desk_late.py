# ruff: noqa: F811  fixtures of another file are asked for by their names
"""What officers and heads do about delays, broken promises, the law and a case's turns, over the web."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from pledges.law import ClockKind
from pledges.limit import Unit
from pledges.pledge import Measure
from portal.accounts.rules import Role
from portal.cases import actions
from portal.cases.access import Access
from portal.cases.breaches import write_breaches
from portal.cases.intake import SYSTEM
from portal.cases.models import Case, FollowUp
from portal.cases.queries import case_for_staff
from portal.cases.rules import EventKind, Outcome, State
from portal.clock import local_day, now
from portal.departments.models import Department
from portal.pledgebook.models import PledgeVersion, TallyState
from portal.services.models import LegalClockRow
from portal.web.portal import portal
from tests.builders import ACCESS, staff
from tests.portal.cases.test_desk import (  # noqa: F401  fixtures
    CITIZENS,
    House,
    desk,
    do,
    house,
    letters_to,
    opened,
    path_of,
    sign_in,
)
from tests.visitor import Visitor

ALL = [
    {"kind": "apology"},
    {"kind": "explanation"},
    {"kind": "fee_reduction", "share": "1/4", "per": "once", "most": "1/4"},
]
HEAD = "chef@ekdala.example"
LONG_AGO = 60


@pytest.fixture
def owing(sqlite, house) -> None:
    """The pledge of the house owes everything when it is broken."""
    with sqlite.transaction() as db:
        db.scalars(select(PledgeVersion)).one().compensation = ALL


def somebody(app, email: str) -> Visitor:
    """Another person, signed in at a browser of their own."""
    visitor = Visitor(app)
    sign_in(visitor, email)
    return visitor


def break_it(db, case) -> None:
    write_breaches(db, ACCESS, now())


def found(sqlite, reference: str) -> Case:
    with sqlite.reader() as db:
        return case_for_staff(db, reference)


def kinds(case: Case) -> list[EventKind]:
    return [event.kind for event in case.events]


def tomorrow(days: int = 1) -> str:
    return (local_day(now()) + timedelta(days=days)).isoformat()


def test_a_delay_is_explained_with_a_reason_and_a_new_day(desk, opened, owing, sqlite):
    reference = opened(break_it, days=LONG_AGO)
    page = desk.get(path_of(reference))
    assert "Ge besked till invånaren" in page.select_one(".nextstep").text
    assert len(page.select(".owed li")) == 3
    do(desk, reference, "forklara", text="Delen är slut.", new_day=tomorrow(9))
    page = desk.follow()
    assert "Invånaren har fått veta varför det dröjer." in page.text
    assert "håll den dagen" in page.select_one(".nextstep").text
    assert len(page.select(".owed li")) == 2
    assert letters_to(sqlite, CITIZENS)[-1] == f"Det dröjer med ditt ärende {reference}"


@pytest.mark.parametrize(
    ("text", "day", "problem"),
    [
        ("", tomorrow(), "Skriv varför det dröjer"),
        ("Slut.", "", "Skriv vilken dag som gäller"),
        ("Slut.", tomorrow(0), "ska komma senare än i dag"),
        ("Slut.", tomorrow(-1), "Dagen har redan varit"),
        ("Slut.", "20266-01-01", "Vi förstår inte datumet"),
    ],
)
def test_an_explanation_that_says_too_little_is_refused(desk, opened, sqlite, text, day, problem):
    reference = opened()
    page = do(desk, reference, "forklara", 422, text=text, new_day=day)
    assert problem in page.select_one("#fel").text
    assert kinds(found(sqlite, reference)) == [EventKind.OPENED]


def test_what_is_owed_stands_in_one_list_and_leaves_it_when_done(desk, opened, owing, sqlite):
    reference = opened(break_it, days=LONG_AGO)
    with sqlite.transaction() as db:
        for work in db.scalars(select(FollowUp)):
            work.due_on = local_day(now()) - timedelta(days=1)
    page = desk.get("/arbete/uppfoljning")
    assert "3 saker är kvar att göra. 3 skulle ha varit gjorda." in " ".join(page.text.split())
    assert [link["href"].split("gor=")[1].split("#")[0] for link in page.select("tbody a")] == [
        "forklara",
        "folj-upp",
        "sank-avgiften",
    ]
    assert "Skulle ha varit gjort" in page.text
    do(desk, reference, "folj-upp", text="Vi missade beställningen.")
    assert "Förklaringen är skickad" in desk.follow().text
    assert len(desk.get("/arbete/uppfoljning").select("tbody tr")) == 2


def test_other_departments_do_not_see_the_work(desk, opened, owing, app):
    opened(break_it, days=LONG_AGO)
    visitor = somebody(app, "bygg@ekdala.example")
    assert "Inget är kvar att göra." in visitor.get("/arbete/uppfoljning").text
    visitor = somebody(app, "redaktor@ekdala.example")
    visitor.get("/arbete/uppfoljning", status=403)


@pytest.mark.parametrize(
    ("typed", "left"), [("12 400", "9 300 kronor"), ("12.400 kr", "9 300 kronor"), ("100,50", "75,37 kronor")]
)
def test_a_fee_is_typed_in_kronor_and_lowered_by_the_share(desk, opened, owing, sqlite, typed, left):
    reference = opened(break_it, days=LONG_AGO)
    assert "25 procent av avgiften" in desk.get(path_of(reference)).find(id="sank-avgiften").text
    do(desk, reference, "sank-avgiften", fee=typed)
    said = " ".join(desk.follow().text.split())
    assert f"Avgiften är sänkt med 25 procent. Invånaren betalar {left}." in said
    letter = letters_to(sqlite, CITIZENS)[-1]
    assert letter == f"Avgiften sänks i ärende {reference}"


@pytest.mark.parametrize("typed", ["", "gratis", "-5", "0", "1e9", "999999999"])
def test_what_is_no_fee_is_refused_and_kept(desk, opened, owing, sqlite, typed):
    reference = opened(break_it, days=LONG_AGO)
    page = do(desk, reference, "sank-avgiften", 422, fee=typed)
    assert page.find(id="sank-avgiften-fee")["value"] == typed
    assert EventKind.FOLLOWED_UP not in kinds(found(sqlite, reference))


def test_only_a_head_may_leave_a_promise_out_and_everybody_may_read_why(desk, opened, app, sqlite, house):
    reference = opened(break_it, days=LONG_AGO)
    assert desk.get(path_of(reference)).find(id="undanta") is None
    clock = found(sqlite, reference).clocks[0]
    chosen = f"{clock.version_id}-{clock.cycle}"
    do(desk, reference, "undanta", 403, clock=chosen, text="Stormen.")
    with sqlite.transaction() as db:
        staff(db, HEAD, Role.MANAGER, db.get_one(Department, house.streets))
    visitor = somebody(app, HEAD)
    do(visitor, reference, "undanta", 422, clock="", text="Stormen.")
    do(visitor, reference, "undanta", 422, clock=chosen, text="")
    letters = letters_to(sqlite, CITIZENS)
    do(visitor, reference, "undanta", clock=chosen, text="Stormen tog ut hela nätet.")
    case = found(sqlite, reference)
    assert case.clocks[0].state is TallyState.EXCUSED
    assert case.events[-1].public
    assert letters_to(sqlite, CITIZENS) == letters
    page = visitor.get(f"/arende/{reference}?nyckel={key_of(visitor, case)}")
    assert "Stormen tog ut hela nätet." in page.text


def key_of(visitor, case: Case) -> str:
    settings = portal(visitor.app).settings
    return Access(settings.base_url, settings.secret_key).key(case)


def close(db, case) -> None:
    actions.close(db, case, SYSTEM, Outcome.REMEDIED, text="Klart.", detail="", access=ACCESS, at=now())


def test_staff_open_a_closed_case_again_with_a_reason(desk, opened, sqlite):
    reference = opened(close)
    do(desk, reference, "oppna", 422, text="")
    do(desk, reference, "oppna", text="Lyktan slocknade igen.")
    assert "Ärendet är öppet igen." in desk.follow().text
    case = found(sqlite, reference)
    assert (case.state, case.cycle, len(case.clocks)) == (State.ACTIVE, 2, 2)


def test_a_double_of_an_open_case_is_merged_into_it(desk, opened, sqlite):
    first, second = opened(days=8), opened(days=1)
    do(desk, first, "avsluta", outcome="duplicate", detail=second, text="Samma lykta.")
    assert f"hopslaget med {second}" in desk.follow().text
    assert found(sqlite, first).clocks[0].state is TallyState.VOID
    into = found(sqlite, second)
    assert kinds(into)[-1] is EventKind.ABSORBED
    assert local_day(into.clocks[0].started_at) == local_day(now() - timedelta(days=8))
    page = desk.get(f"/arende/{first}?nyckel={key_of(desk, found(sqlite, first))}")
    assert f"Samma sak finns i ärende {second}. Vi arbetar vidare där" in page.text
    assert page.find(id="oppna-igen-text") is None


def test_a_double_of_a_closed_case_is_only_closed(desk, opened, sqlite):
    first, second = opened(close, days=8), opened(days=1)
    do(desk, second, "avsluta", outcome="duplicate", detail=first, text="Samma lykta.")
    assert "Ärendet är avslutat: Redan anmält." in desk.follow().text
    assert kinds(found(sqlite, first))[-1] is not EventKind.ABSORBED


def with_law(sqlite, *, verified: bool) -> None:
    """Let the pledge of the house name a legal clock of ten weeks."""
    checked = {"verified_on": date(2026, 1, 1), "verified_by": "Kommunjuristen"} if verified else {}
    with sqlite.transaction() as db:
        version = db.scalars(select(PledgeVersion)).one()
        version.law, version.measure = (
            {"key": "bygglov", "reference": "PBL", "verified": verified},
            Measure.DECISION,
        )
        db.add(
            LegalClockRow(
                key="bygglov",
                title="Beslut om bygglov",
                reference="Plan- och bygglagen (2010:900) 9 kap.",
                kind=ClockKind.BUILDING_PERMIT,
                amount=10,
                unit=Unit.WEEKS,
                extension=10,
                completion_order=3,
                valid_from=date(2019, 1, 1),
                **checked,
            )
        )


@pytest.mark.parametrize("verified", [True, False])
def test_the_laws_limit_is_told_apart_from_ours_and_only_when_somebody_has_read_the_law(
    desk, opened, sqlite, verified
):
    with_law(sqlite, verified=verified)
    reference = opened()
    law = desk.get(path_of(reference)).select_one("section.law")
    assert "Lagens gräns är" in law.text
    assert ("Inte kontrollerad av jurist" in law.text) is not verified
    page = desk.get(f"/arende/{reference}?nyckel={key_of(desk, found(sqlite, reference))}")
    assert (page.select_one("section.law") is not None) is verified


def test_the_laws_time_is_prolonged_from_the_desk_once(desk, opened, sqlite):
    with_law(sqlite, verified=True)
    reference = opened()
    do(desk, reference, "forlang", 422, weeks="11", text="Grannar.")
    do(desk, reference, "forlang", 422, weeks="4", text="")
    do(desk, reference, "forlang", weeks="4", text="Grannarna ska höras.")
    page = desk.follow()
    assert "Lagens tid är förlängd." in page.text
    assert page.find(id="forlang") is None
    assert letters_to(sqlite, CITIZENS)[-1].startswith("Tiden för beslut är förlängd")
