"""The public figures: the page, and the files from which a stranger counts them again."""

import csv
import json
import re
from io import StringIO

import pytest

from portal.pledgebook.figures.outcomes import month_after
from portal.pledgebook.models import Pledge
from tests.builders import a_department, a_pledge, a_service
from tests.portal.statistics.counted import (
    LAST_MONTH,
    THIS_MONTH,
    a_reported_pledge,
    ended,
    reported,
    still_open,
)


def words(page):
    return " ".join(page.get_text(" ", strip=True).replace("\xa0", " ").split())


def rows_of(visitor, address):
    visitor.get(address)
    assert visitor.response.content_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(visitor.response.get_data(as_text=True))))


@pytest.fixture
def counted(fill):
    """A pledge with four months: 20 of 22, 30 of 30, 9 of 12 with one of them late now."""

    def content(db):
        version = a_pledge(db, target="95.0")
        for back, kept, broken in ((3, 20, 2), (2, 30, 0), (1, 9, 2)):
            month = month_after(THIS_MONTH, -back)
            ended(db, version, "kept", month, kept, length=3)
            if broken:
                ended(db, version, "broken", month, broken, length=15)
        still_open(db, version, "late", month_after(THIS_MONTH, -2), LAST_MONTH, 1)
        still_open(db, version, "running", LAST_MONTH, month_after(THIS_MONTH, 30), 4)

    fill(content)


def test_the_figure_of_the_page_is_counted_again_from_the_file(visitor, counted):
    rows = [row for row in rows_of(visitor, "/loften/gatlyktor-lagas/utfall.csv") if row["dold"] == "falskt"]
    kept = sum(int(row["hallna"]) for row in rows)
    outcomes = sum(int(row["hallna"]) + int(row["brutna"]) + int(row["forsenade_nu"]) for row in rows)
    percent = kept * 1000 // outcomes / 10
    page = words(visitor.get("/loften/gatlyktor-lagas"))
    assert (kept, outcomes) == (59, 64)
    assert f"Hölls i {kept} av {outcomes} fall ({str(percent).replace('.', ',')} %), mål 95 %" in page


def test_each_row_holds_what_its_share_is_made_of(visitor, counted):
    rows = rows_of(visitor, "/loften/gatlyktor-lagas/utfall.csv")
    last = next(row for row in rows if row["period_fran"] == LAST_MONTH.isoformat())
    assert (last["hallna"], last["brutna"], last["forsenade_nu"], last["utfall"]) == ("9", "2", "1", "12")
    assert (last["andel_hallna"], last["pagar"], last["median"], last["nio_av_tio"]) == (
        "0.750",
        "4",
        "3",
        "15",
    )
    assert rows[-1]["dold"] == "sant" and rows[-1]["hallna"] == ""


def test_the_dots_of_the_page_are_in_their_file(visitor, counted):
    rows = rows_of(visitor, "/loften/gatlyktor-lagas/fall.csv")
    found = {(row["lage"], row["tid"]): int(row["antal"]) for row in rows}
    assert found["kept", "3"] == 59
    assert found["broken", "15"] == 4
    assert sum(number for (state, _), number in found.items() if state in ("late", "running")) == 5


def test_no_case_is_told_of_a_pledge_about_secret_cases_or_of_few(visitor, fill, counted):
    def content(db):
        version = a_pledge(db, a_service(db, a_department(db, "x", "X"), "y"), "fa")
        ended(db, version, "kept", LAST_MONTH, 4)
        db.query(Pledge).filter_by(slug="gatlyktor-lagas").one().statistics_only = True

    fill(content)
    assert rows_of(visitor, "/loften/gatlyktor-lagas/fall.csv") == []
    assert rows_of(visitor, "/loften/fa/fall.csv") == []
    assert all(row["hallna"] == "" for row in rows_of(visitor, "/loften/fa/utfall.csv"))


@pytest.mark.parametrize("period", ["manad", "kvartal", "ar", "90dagar"])
def test_every_period_is_given_as_csv_and_as_json(visitor, counted, period):
    rows = rows_of(visitor, f"/loften/gatlyktor-lagas/utfall.csv?period={period}")
    visitor.get(f"/loften/gatlyktor-lagas/utfall.json?period={period}")
    found = json.loads(visitor.response.get_data())["rader"]
    assert [row["period_fran"] for row in rows] == [row["period_fran"] for row in found]
    assert [row["hallna"] for row in rows] == [
        str(r["hallna"]) if r["hallna"] is not None else "" for r in found
    ]
    assert any(row["hallna"] for row in found)


def test_every_column_is_in_the_dictionary(visitor, counted):
    visitor.get("/oppna-data/ordlista.json")
    words = [each["namn"] for each in json.loads(visitor.response.get_data())["utfall"]]
    assert words == list(rows_of(visitor, "/oppna-data/loften.csv")[0])
    page = visitor.get("/oppna-data")
    assert words == [code.get_text() for code in page.select_one("table").select("code")]


def test_a_reported_pledge_is_in_the_data_with_its_months(visitor, fill):
    def content(db):
        version = a_reported_pledge(db)
        reported(db, version, LAST_MONTH, 1834, 2104)

    fill(content)
    row = next(row for row in rows_of(visitor, "/oppna-data/loften.csv") if row["dold"] == "falskt")
    assert (row["hallna"], row["utfall"], row["andel_hallna"], row["kalla"]) == (
        "1834",
        "2104",
        "0.871",
        "phone",
    )
    visitor.get("/statistik?period=90dagar")
    assert "87,1 %" in words(visitor.get("/statistik?period=manad"))


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("period=vecka", "period"),
        ("from=20266-01", "from"),
        ("to=2026-02-30", "to"),
        ("from=igår", "from"),
        ("from=2026-05&to=2026-04", "from"),
    ],
)
def test_a_question_that_cannot_be_understood_says_which_part(visitor, counted, query, field):
    visitor.get(f"/loften/gatlyktor-lagas/utfall.csv?{query}", status=422)
    assert visitor.response.content_type == "application/problem+json"
    (error,) = visitor.response.get_json()["errors"]
    assert error["field"] == field and error["message"]


def test_a_file_that_has_not_changed_is_not_sent_again(visitor, counted):
    visitor.get("/oppna-data/loften.csv")
    tag = visitor.response.headers["ETag"]
    visitor.get("/oppna-data/loften.csv", status=304, headers={"If-None-Match": tag})


def test_the_catalogue_names_every_file_and_its_licence(visitor, counted):
    visitor.get("/oppna-data/katalog.ttl")
    text = visitor.response.get_data(as_text=True)
    assert visitor.response.content_type == "text/turtle; charset=utf-8"
    for address in re.findall(r"dcat:downloadURL <http://[^/]+(/[^>]+)>", text):
        visitor.get(address)
    assert text.count("a dcat:Distribution") == text.count("dcterms:license") - 1 == 4


def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(visitor, fill):
    fill(lambda db: a_pledge(db, short="=1+1"))
    assert rows_of(visitor, "/oppna-data/loften.csv")[0]["lofte_kort"] == "'=1+1"


def test_the_pages_stand_without_any_pledge_and_in_english(visitor):
    for path in (
        "/statistik",
        "/oppna-data",
        "/en/statistik",
        "/oppna-data/loften.csv",
        "/oppna-data/katalog.ttl",
    ):
        visitor.get(path)


def test_an_unknown_pledge_has_no_file(visitor):
    visitor.get("/loften/finns-inte/utfall.csv", status=404)
    visitor.get("/loften/finns-inte/fall.csv", status=404)
