"""The catalogue, the page before a form, and what a case is called."""

import pytest

from portal.eservices.rules import case_title
from tests.builders import a_department, a_service
from tests.portal.eservices.conftest import A_LAMP, WHAT, WHERE


def test_the_catalogue_shows_what_can_be_done_on_the_web_first(resident, fill):
    fill(
        lambda db: a_service(
            db, a_department(db, "bygglov", "Bygglov"), "ansok-om-bygglov", name="Ansök om bygglov"
        )
    )
    page = resident.get("/e-tjanster")
    assert [heading.text for heading in page.main.find_all("h2")] == [
        "Gör det direkt här",
        "Bygglov",
        "Gator och trafik",
    ]
    assert "tar ungefär 3 minuter" in page.find(class_="listing").get_text()


def test_an_empty_catalogue_says_so(visitor):
    assert "Här finns inga tjänster än." in visitor.get("/e-tjanster").get_text()


def test_the_page_before_the_form_says_what_it_takes_and_what_we_promise(resident):
    text = resident.get("/e-tjanster/felanmalan").get_text(" ", strip=True).replace("\xa0", " ")
    for words in (
        "Det tar ungefär 3 minuter.",
        "En beskrivning av felet.",
        "Vi lagar felet.",
        "Bedömt",
        "Trasiga gatlyktor lagas inom tio arbetsdagar",
        "Gator och trafik",
        "Är det farligt just nu? Ring 0980-319 243",
        "Börja",
    ):
        assert words in text


def test_a_service_without_a_form_says_how_to_do_it(resident, fill):
    fill(
        lambda db: a_service(
            db, a_department(db, "bygglov", "Bygglov"), "fraga", channels="Ring oss på 0980-319 200."
        )
    )
    page = resident.get("/e-tjanster/fraga")
    assert "Ring oss på 0980-319 200." in page.get_text()
    assert not page.find("a", class_="ds-button")
    resident.get("/e-tjanster/fraga/vad", 404)


def test_who_has_begun_can_go_on_or_begin_again(resident):
    resident.fill(WHAT, A_LAMP)
    page = resident.get("/e-tjanster/felanmalan")
    assert [link["href"] for link in page.select("a.ds-button")] == [WHERE, f"{WHAT}?ny=ja"]


def test_an_unknown_service_is_not_found(visitor):
    visitor.get("/e-tjanster/finns-inte", 404)


@pytest.mark.parametrize(
    ("matter", "place", "title"),
    [
        ("Gatlykta", "Kvarngatan 14", "Gatlykta: Kvarngatan 14"),
        ("Gatlykta", "", "Gatlykta"),
        ("Klotter", "vid skolan\noch bron", "Klotter: vid skolan och bron"),
        ("Klotter", "x" * 500, f"Klotter: {'x' * 110}…"),
    ],
)
def test_a_case_is_called_by_its_matter_and_place(matter, place, title):
    assert case_title(matter, place) == title
