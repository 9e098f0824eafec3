"""On an English page, what is written in Swedish is marked as Swedish, and nothing else is."""

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString

from portal.pledgebook.models import Grain, Pledge, Tally, TallyState
from tests.builders import a_department, a_pledge, a_service, an_answer

CONTENT = ("Gator och trafik", "Kundtjänst", "Felanmälan", "gatlyktor", "Tekniska nämnden", "soporna")
PAGES = (
    "/",
    "/loften",
    "/loften/gatlyktor-lagas",
    "/verksamheter",
    "/verksamheter/gator-trafik",
    "/organisationer/ekdala-kommun",
    "/fragor/nar-hamtas-soporna",
    "/e-tjanster",
    "/e-tjanster/felanmalan",
    "/e-tjanster/felanmalan/vad",
    "/personuppgifter",
    "/sok?q=lagas",
)


def spoken(text: NavigableString) -> str:
    """Give the language a text is read out in."""
    return next(str(parent["lang"]) for parent in text.parents if parent.get("lang"))


def said(page: BeautifulSoup, words: str) -> list[NavigableString]:
    """Give the texts in which some words stand."""
    return [text for text in page.find_all(string=True) if words in text]


@pytest.fixture
def everything(fill):
    """A service center, and a department with a service, a pledge and an answer."""

    def content(db):
        a_department(db, "kundtjanst", "Kundtjänst", visit="Storgatan 1")
        department = a_department(db)
        service = a_service(db, department)
        a_pledge(db, service)
        an_answer(db, department, related_service="felanmalan")

    fill(content)


@pytest.mark.parametrize("path", PAGES)
def test_content_is_marked_wherever_it_stands(visitor, everything, path):
    page = visitor.get(f"/en{path}")
    unmarked = {str(text.parent) for words in CONTENT for text in said(page, words) if spoken(text) != "sv"}
    assert not unmarked


@pytest.mark.parametrize(
    "path",
    [
        "/loften/gatlyktor-lagas",
        "/verksamheter/gator-trafik",
        "/e-tjanster/felanmalan",
        "/fragor/nar-hamtas-soporna",
    ],
)
def test_a_page_named_by_its_content_has_a_swedish_title(visitor, everything, path):
    assert visitor.get(f"/en{path}").title["lang"] == "sv"


def test_a_page_named_by_us_has_a_title_in_the_language_of_the_page(visitor):
    assert "lang" not in visitor.get("/en/loften").title.attrs


def test_the_day_of_a_decision_is_in_the_language_of_the_page(visitor, everything):
    page = visitor.get("/en/loften/gatlyktor-lagas")
    assert spoken(said(page, "Tekniska nämnden")[0]) == "sv"
    assert spoken(said(page, "12\xa0November\xa02024")[0]) == "en"


def test_the_whole_municipality_is_called_so_in_english(visitor, fill):
    def content(db):
        version = a_pledge(db)
        db.get_one(Pledge, version.pledge_id).department_id = None

    fill(content)
    page = visitor.get("/en/")
    assert {spoken(text) for text in said(page, "The whole municipality")} == {"en"}


@pytest.mark.parametrize("path", ["/loften", "/loften/gatlyktor-lagas", "/e-tjanster/felanmalan"])
def test_too_few_cases_are_told_once(visitor, fill, path):
    def content(db):
        version = a_pledge(db)
        ids = {"pledge_id": version.pledge_id, "version_id": version.id}
        day = version.valid_from
        db.add(
            Tally(
                **ids,
                grain=Grain.OPEN,
                state=TallyState.RUNNING,
                day=day,
                due=version.review_by,
                length=0,
                count=2,
            )
        )

    fill(content)
    text = visitor.get(path).main.get_text().lower()
    assert text.count("för få för att visas") == 1
    assert text.count("färre än fem fall") == 1
