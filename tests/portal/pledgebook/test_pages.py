from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup

from portal.clock import local_day, now
from portal.pledgebook.models import Grain, Pledge, PledgeVersion, Tally, TallyState
from portal.pledgebook.outcomes import month_after, month_of
from tests.builders import a_department, a_pledge, a_service, grain_of

THIS_MONTH = month_of(local_day(now()))
LAST_MONTH = month_after(THIS_MONTH, -1)

# The looks of a case that kept its promise, broke it, is under way.
MARKS = ("g-held", "g-broken", "g-run")


def words(page: BeautifulSoup) -> str:
    return " ".join(page.get_text(" ", strip=True).replace("\xa0", " ").split())


def add_tallies(db, version: PledgeVersion, kept: int = 41, broken: int = 3, running: int = 3) -> None:
    rows = [("kept", LAST_MONTH, LAST_MONTH, 4, kept), ("broken", LAST_MONTH, LAST_MONTH, 12, broken)]
    rows += [("running", local_day(now()), date(2050, 1, 1), 0, running)]
    for state, day, due, length, count in rows:
        if count:
            ids = {"pledge_id": version.pledge_id, "version_id": version.id}
            db.add(
                Tally(
                    **ids,
                    grain=grain_of(state),
                    state=TallyState(state),
                    day=day,
                    due=due,
                    length=length,
                    count=count,
                )
            )
    db.flush()


@pytest.fixture
def counted(fill):
    """A pledge under which 41 cases were kept, 3 broken, and 3 run."""
    fill(lambda db: add_tallies(db, a_pledge(db, target="95.0", amount=2, unit="weeks")))


def test_the_list_says_how_each_pledge_went(visitor, counted):
    page = visitor.get("/loften")
    assert "Hölls i 41 av 44 fall (93,1 %), mål 95 %" in words(page)
    assert ", 3 pågår." in words(page)
    assert page.select(".pledge .strip svg .g-broken")
    assert "Just nu håller vi 0 av 1 löfte som vi har siffror för. Ett är nära." in words(page)


def test_the_list_can_be_narrowed_down_by_department(visitor, fill):
    def content(db):
        a_pledge(db)
        whole = a_pledge(db, a_service(db, a_department(db, "x", "X"), "y"), "alla")
        db.get_one(Pledge, whole.pledge_id).department_id = None

    fill(content)
    page = visitor.get("/loften")
    links = [link["href"] for link in page.select("details:last-of-type .areas a")]
    assert links == ["/loften?verksamhet=hela-kommunen", "/loften?verksamhet=gator-trafik"]
    page = visitor.get("/loften?verksamhet=gator-trafik")
    assert [heading["id"] for heading in page.select("section.part > .sectionhead h2")] == [
        "gator-trafik",
        "hela-kommunen",
    ]


def test_a_pledge_shows_every_case_and_the_same_numbers_as_a_table(visitor, counted):
    page = visitor.get("/loften/gatlyktor-lagas")
    assert page.h1.get_text().replace("\xa0", " ") == "Trasiga gatlyktor lagas inom tio arbetsdagar."
    assert page.h1.strong.get_text().replace("\xa0", " ") == "tio arbetsdagar"
    drawing = page.select_one("svg.wide")
    marks = {css: sum(path["d"].count("M") for path in drawing.select(f"path.{css}")) for css in MARKS}
    assert marks == {"g-held": 41, "g-broken": 3, "g-run": 3}
    rows = [
        [int(cell.get_text()) for cell in row.select("td")]
        for row in page.select("table")[0].select("tbody tr")
    ]
    assert [sum(column) for column in zip(*rows, strict=True)] == [41, 3, 0, 3]


def test_a_pledge_with_few_cases_tells_no_number_at_all(visitor, fill):
    fill(lambda db: add_tallies(db, a_pledge(db), kept=4, broken=0, running=7))
    page = visitor.get("/loften/gatlyktor-lagas")
    assert "För få för att visas" in words(page)
    assert not page.select(".chart")
    assert "7 pågår" not in words(page)


def test_a_month_with_few_cases_is_not_told(visitor, counted, fill):
    def four_more(db):
        version = db.query(PledgeVersion).one()
        ids = {"pledge_id": version.pledge_id, "version_id": version.id}
        month = month_after(THIS_MONTH, -2)
        db.add(
            Tally(**ids, grain=Grain.MONTH, state=TallyState.KEPT, day=month, due=month, length=2, count=4)
        )

    fill(four_more)
    table = visitor.get("/loften/gatlyktor-lagas").select("table")[1]
    assert "för få för att visas" in table.get_text()


def test_secret_cases_are_summed_but_never_drawn(visitor, fill):
    def content(db):
        version = a_pledge(db)
        add_tallies(db, version)
        db.get_one(Pledge, version.pledge_id).statistics_only = True

    fill(content)
    page = visitor.get("/loften/gatlyktor-lagas")
    assert "Hölls i 41 av 44 fall" in words(page)
    assert not page.select(".chart")


def test_the_anatomy_stands_in_order(visitor, fill):
    law = {"reference": "Lagen 1 §", "verified": True, "amount": 4, "unit": "weeks"}
    terms: dict[str, Any] = {
        "duties": ["Säg vilken lykta."],
        "not_applies": ["Vid storm."],
        "content": ["En lampa byts."],
    }
    fill(
        lambda db: (
            a_service(db, slug="synpunkt", e_service=""),
            a_pledge(db, _felanmalan(db), law=law, **terms),
        )
    )
    page = visitor.get("/loften/gatlyktor-lagas")
    assert [heading.get_text() for heading in page.select(".terms h2")] == [
        "Det här lovar vi",
        "Det här behöver vi av dig",
        "När löftet inte gäller",
        "Om vi inte håller löftet",
        "Ärenden som löftet gäller",
        "Lagen och löftet",
        "Beslut och versioner",
    ]
    assert "Lagens gräns är fyra veckor. Vårt löfte är tio arbetsdagar." in words(page)
    assert page.find("a", href="/loften/gatlyktor-lagas/holls-inte", string="Löftet hölls inte för mig")
    assert page.find("a", href="/e-tjanster/felanmalan", string="Felanmälan")


def _felanmalan(db):
    return a_service(db, a_department(db, "annan", "Annan"))


def test_a_law_that_is_not_verified_sets_no_limit(visitor, fill):
    law = {"reference": "Lagen 1 §", "verified": False, "amount": 4, "unit": "weeks"}
    fill(lambda db: a_pledge(db, law=law))
    page = words(visitor.get("/loften/gatlyktor-lagas"))
    assert "Lagens gräns: fyra veckor, ej kontrollerad av jurist." in page
    assert "Lagens gräns är" not in page


def test_an_older_version_keeps_its_words_and_its_outcome(visitor, fill):
    def content(db):
        old = a_pledge(db, valid_from=date(2024, 1, 1), valid_to=date(2024, 12, 31))
        columns = {c.key: getattr(old, c.key) for c in PledgeVersion.__table__.columns if c.key != "id"}
        changes = {
            "number": 2,
            "promise": "Lagas inom *fem arbetsdagar*.",
            "valid_from": date(2025, 1, 1),
            "valid_to": None,
        }
        db.add(PledgeVersion(**{**columns, **changes}))
        ids = {"pledge_id": old.pledge_id, "version_id": old.id}
        for month, count in ((date(2024, 3, 1), 6), (date(2025, 1, 1), 2)):
            db.add(
                Tally(
                    **ids,
                    grain=Grain.MONTH,
                    state=TallyState.KEPT,
                    day=month,
                    due=month,
                    length=3,
                    count=count,
                )
            )

    fill(content)
    page = visitor.get("/loften/gatlyktor-lagas")
    assert page.h1.strong.get_text().replace("\xa0", " ") == "fem arbetsdagar"
    older = page.find("a", string="Se utfallet då")
    page = visitor.get(older["href"])
    assert page.h1.strong.get_text().replace("\xa0", " ") == "tio arbetsdagar"
    assert "Hölls i 8 av 8 fall (100 %), mål 85 %, februari 2024–januari 2025." in words(page)
    assert "Den gällde 1 januari 2024 till 31 december 2024." in words(page)


def test_a_pledge_to_come_says_from_when(visitor, fill):
    fill(lambda db: a_pledge(db, valid_from=date(2999, 1, 1)))
    assert "Börjar gälla 1 januari 2999." in words(visitor.get("/loften/gatlyktor-lagas"))
    assert "Börjar gälla 1 januari 2999." in words(visitor.get("/loften"))


def test_an_unknown_pledge_or_version_is_not_found(visitor, fill):
    fill(a_pledge)
    visitor.get("/loften/finns-inte", status=404)
    visitor.get("/loften/gatlyktor-lagas?version=2", status=404)
    visitor.get("/loften/gatlyktor-lagas?version=x", status=404)


def test_every_page_stands_without_any_content_and_in_english(visitor):
    for path in ("/loften", "/sa-mater-vi", "/en/loften", "/en/sa-mater-vi", "/fragor", "/verksamheter", "/"):
        visitor.get(path)
