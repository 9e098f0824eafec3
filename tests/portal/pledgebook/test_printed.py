"""Pledges on paper: what the printed pages say, and the figures that lie inside the file."""

import csv
from io import StringIO

import pytest

from portal.clock import local_day, now
from portal.i18n import language
from portal.pledgebook.figures.outcomes import month_after, month_of
from portal.pledgebook.figures.sights import sights_of
from portal.pledgebook.models import Pledge
from portal.pledgebook.printed import COLUMNS, manuscript_of, printed_parts, series_of
from portal.pledgebook.queries import pledges_to_print
from portal.pledgebook.wording import Wording
from tests.builders import a_department, a_pledge, a_service
from tests.portal.pledgebook.test_pages import add_tallies, words

TODAY = local_day(now())
LAST_MONTH = month_after(month_of(TODAY), -1)
HOSTILE = '</title><script src="//x"></script><img src="file:///etc/passwd"> {{ 7 + 7 }} *%s*'


def printed(db):
    return printed_parts(sights_of(db, pledges_to_print(db, None), TODAY), Wording(language("sv")))


def rows(parts):
    text = series_of(pledge for part in parts for pledge in part.pledges)
    return list(csv.reader(StringIO(text)))


def test_the_figures_in_the_file_are_those_of_the_page(db):
    add_tallies(db, a_pledge(db))
    found = rows(printed(db))
    assert tuple(found[0]) == COLUMNS
    last = next(row for row in found if row[2] == f"{LAST_MONTH:%Y-%m}")
    assert last == ["gatlyktor-lagas", "1", f"{LAST_MONTH:%Y-%m}", "41", "44", "93.1"]


def test_a_month_with_few_cases_has_no_numbers_in_the_file_either(db):
    add_tallies(db, a_pledge(db), kept=3, broken=0, running=0)
    assert {tuple(row[3:]) for row in rows(printed(db))[1:]} == {("", "", "")}


def test_the_whole_municipality_comes_first_and_secret_cases_are_not_drawn(db):
    a_pledge(db)
    whole = a_pledge(db, a_service(db, a_department(db, "x", "X"), "y"), "alla")
    pledge = db.get_one(Pledge, whole.pledge_id)
    pledge.department_id, pledge.statistics_only = None, True
    add_tallies(db, whole)
    parts = printed(db)
    assert [part.name for part in parts] == ["", "Gator och trafik"]
    (secret,) = parts[0].pledges
    assert secret.outcome.share is not None and secret.field is None and secret.months is None


def test_a_manuscript_says_the_day_and_holds_the_series(db):
    a_pledge(db)
    (part,) = printed(db)
    manuscript = manuscript_of("<p>", "https://x.example/", TODAY, "Utfall", part.pledges)
    assert manuscript.written == TODAY
    assert [(one.name, one.description) for one in manuscript.enclosures] == [("manader.csv", "Utfall")]


@pytest.fixture
def counted(fill):
    """A pledge under which 41 cases were kept, 3 broken, and 3 run."""
    fill(lambda db: add_tallies(db, a_pledge(db, registry_number="TN 2024-0311", paragraph="§ 94")))


def test_a_pledge_on_paper_shows_its_cases_and_says_who_decided_it(visitor, counted):
    page = visitor.get("/utskrift/loften/gatlyktor-lagas")
    text = words(page)
    assert page.h1.get_text().replace("\xa0", " ") == "Trasiga gatlyktor lagas inom tio arbetsdagar."
    assert len(page.select("svg[role=img]")) == 2
    assert len(page.select("table")) == 3
    assert "Tekniska nämnden" in text and "§ 94" in text and "TN 2024-0311" in text
    assert "http://127.0.0.1:8000/loften/gatlyktor-lagas" in text
    assert f"Siffrorna gäller {TODAY.day} " in page.body["data-when"].replace("\xa0", " ")


def test_a_department_on_paper_has_contents_that_lead_to_each_pledge(visitor, counted):
    page = visitor.get("/utskrift/verksamheter/gator-trafik/loften")
    (link,) = page.select(".contents a")
    assert page.find(id=link["href"][1:]).name == "h2"
    assert page.h1.get_text() == "Löften från Gator och trafik"


def test_all_pledges_on_paper_cost_as_many_statements_as_one(visitor, fill):
    def many(db):
        service = a_service(db)
        for number in range(30):
            add_tallies(db, a_pledge(db, service, f"lofte-{number}"))

    fill(many)
    assert len(visitor.get("/utskrift/loften").select("article.pledge")) == 30


def test_paper_in_english_keeps_the_swedish_words_marked(visitor, counted):
    page = visitor.get("/en/utskrift/loften/gatlyktor-lagas")
    assert page.html["lang"] == "en"
    assert page.h1["lang"] == "sv"


@pytest.mark.parametrize(
    "path",
    [
        "/loften/finns-inte.pdf",
        "/utskrift/loften/finns-inte",
        "/verksamheter/finns-inte/loften.pdf",
        "/utskrift/verksamheter/finns-inte/loften",
        "/loften/..%2f..%2fetc%2fpasswd.pdf",
        "/loften/.pdf",
    ],
)
def test_what_is_not_there_is_said_to_be_missing(visitor, path):
    visitor.get(path, status=404)


def test_a_version_that_never_was_is_said_to_be_missing(visitor, counted):
    visitor.get("/loften/gatlyktor-lagas.pdf?version=9", status=404)


def test_hostile_words_stay_words(visitor, fill):
    fill(lambda db: a_pledge(db, promise=HOSTILE, short=HOSTILE, remedy=[HOSTILE], content=[HOSTILE]))
    page = visitor.get("/utskrift/loften/gatlyktor-lagas")
    assert not page.select("script, img")
    assert "{{ 7 + 7 }}" in page.h1.get_text()


def test_without_any_pledge_the_page_says_so(visitor):
    assert "Här finns inga löften än." in words(visitor.get("/utskrift/loften"))
