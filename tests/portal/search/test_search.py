from datetime import UTC, datetime

import pytest

from portal.faq.models import Visibility
from portal.feature import SearchEntry
from portal.search.hits import excerpt
from portal.search.index import find, generations, newest
from portal.search.indexing import index_folder, look_through, refresh
from portal.search.swedish import words
from portal.web.portal import portal
from tests.builders import a_department, a_pledge, a_service, an_answer

AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
ENTRIES = [
    SearchEntry("faq", "lykta", "Vem lagar gatlyktan?", "Vi lagar den. Ring oss.", "/fragor/lykta", "Gator"),
    SearchEntry(
        "faq",
        "sopor",
        "När hämtas sopor?",
        "Varannan vecka. Gatlyktor hämtas inte.",
        "/fragor/sopor",
        "Avfall",
    ),
]


@pytest.mark.parametrize("search", ["index", "plain"])
def test_endings_and_capitals_do_not_matter_and_titles_weigh_most(tmp_path, search):
    refresh(tmp_path, ENTRIES)
    place = newest(tmp_path)
    assert place is not None
    found = find(place, "GATLYKTOR", 10) if search == "index" else look_through(ENTRIES, "GATLYKTOR", 10)
    assert [hit.id for hit in found] == ["lykta", "sopor"]
    assert found[1].excerpt == "Gatlyktor hämtas inte."


def test_signs_of_a_query_language_are_only_signs(tmp_path):
    refresh(tmp_path, ENTRIES)
    place = newest(tmp_path)
    assert place is not None
    assert [hit.id for hit in find(place, 'title:"sopor" AND (NOT *', 10)] == ["sopor"]


def test_a_generation_is_built_only_when_the_content_has_changed(tmp_path):
    assert refresh(tmp_path, ENTRIES)
    assert not refresh(tmp_path, ENTRIES)
    assert refresh(tmp_path, ENTRIES[:1])
    assert refresh(tmp_path, ENTRIES)
    assert len(generations(tmp_path)) == 2


def test_an_excerpt_is_cut_at_a_word():
    assert excerpt("ord " * 100, set(words("annat"))).endswith("ord …")
    assert excerpt("", {"x"}) == ""


def content(db):
    department = a_department(db)
    a_pledge(db, a_service(db, department))
    an_answer(db, department, question="Vem lagar gatlyktan?")
    an_answer(
        db, department, "internt", question="Var är nyckeln till gatlyktan?", visibility=Visibility.INTERNAL
    )


def test_hits_are_grouped_by_kind_and_internal_answers_are_never_found(visitor, fill):
    fill(content)
    page = visitor.get("/sok?q=gatlyktor")
    assert {link["href"] for link in page.select(".hits a")} >= {
        "/fragor/nar-hamtas-soporna",
        "/loften/gatlyktor-lagas",
    }
    assert "nyckeln" not in page.get_text()
    assert visitor.get("/en/sok?q=gatlyktor").select_one(".hits a")["href"].startswith("/en/")


def test_nothing_found_says_so_and_whom_to_ask(visitor, fill):
    fill(lambda db: (content(db), a_department(db, "kundtjanst", "Kundtjänst")))
    page = visitor.get("/sok?q=xyzzy")
    assert "Vi hittar inget om det." in page.get_text()
    assert page.main.find("a", href="tel:+46980319210")


@pytest.mark.parametrize(
    "path", ["/sok", "/sok?q=", "/sok?q=%20%20", "/sok?q=%3F%21", "/sok?q=" + "x" * 3000]
)
def test_no_words_or_far_too_many_are_still_a_page(visitor, path):
    visitor.get(path)


def test_a_broken_index_is_passed_by(app, visitor, fill):
    fill(content)
    folder = index_folder(portal(app).settings)
    refresh(folder, ENTRIES)
    place = newest(folder)
    assert place is not None
    for file in place.iterdir():
        file.unlink()
    assert visitor.get("/sok?q=gatlyktor").select(".hits a")


def test_the_sweep_builds_what_the_page_then_finds(app, visitor, fill):
    fill(content)
    feature = next(one for one in portal(app).features if one.name == "search")
    with portal(app).database.transaction() as db:
        assert feature.sweeps[0](db, portal(app).settings, AT) == 1
        assert feature.sweeps[0](db, portal(app).settings, AT) == 0
    assert visitor.get("/sok?q=lagas").select_one(".hits a[href='/loften/gatlyktor-lagas']")
