import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from bs4 import BeautifulSoup

from pledges.pause import Pausing
from pledges.pledge import Measure, Source
from portal.clock import local_day, now
from portal.pledgebook.figures.outcomes import month_after, month_of
from portal.pledgebook.models import (
    Grain,
    MonthNote,
    Pledge,
    PledgeVersion,
    ReportedFigure,
    Tally,
    TallyState,
    TargetUnit,
)
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
    said = words(page)
    assert "Hölls i 41 av 44 fall" in said
    assert not page.select(".chart")
    assert not re.search(r"\d pågår|försenat nu|för sent|pauser", said)


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


def a_tally(db, version: PledgeVersion, state: str, count: int, **more: Any) -> None:
    ids = {"pledge_id": version.pledge_id, "version_id": version.id}
    place = {"grain": Grain.MONTH, "day": LAST_MONTH, "due": LAST_MONTH, "length": 0, **more}
    db.add(Tally(**ids, state=TallyState(state), count=count, **place))
    db.flush()


def test_what_stands_beside_the_figure_is_said_in_words(visitor, fill):
    def content(db):
        version = a_pledge(db)
        a_tally(db, version, "kept", 40, length=4)
        a_tally(db, version, "kept", 6, length=9, pausing=Pausing.DECISIVE)
        a_tally(db, version, "kept", 2, length=8, pausing=Pausing.HARMLESS)
        a_tally(db, version, "broken", 2, length=12)
        a_tally(db, version, "excused", 3)
        a_tally(db, version, "contested", 2)

    fill(content)
    page = words(visitor.get("/loften/gatlyktor-lagas"))
    assert "Hölls i 48 av 50 fall (96 %)" in page
    assert "I 8 av 50 fall (16 %) har tid räknats bort" in page
    assert "Räknar vi med den tiden hölls löftet i 42 av 50 fall (84 %)." in page
    assert "3 fall räknas inte" in page
    assert "2 personer har sagt att löftet inte hölls" in page
    assert "Det motsvarar 4 % av fallen." in page
    assert "Hälften blev klara inom 4 arbetsdagar, nio av tio inom 9 arbetsdagar." in page


def test_nothing_stands_beside_a_figure_that_is_not_shown(visitor, fill):
    def content(db):
        version = a_pledge(db)
        a_tally(db, version, "kept", 4, length=4)
        a_tally(db, version, "excused", 3)
        a_tally(db, version, "contested", 2)

    fill(content)
    page = words(visitor.get("/loften/gatlyktor-lagas"))
    assert "3 fall" not in page
    assert "2 personer" not in page


@pytest.mark.parametrize("period", ["kvartal", "ar", "90dagar"])
def test_longer_periods_are_drawn_and_told_in_numbers(visitor, fill, period):
    def content(db):
        version = a_pledge(db)
        for grain in (Grain.MONTH, Grain.DAY):
            a_tally(db, version, "kept", 30, length=4, grain=grain)
            a_tally(db, version, "broken", 10, length=14, grain=grain)

    fill(content)
    page = visitor.get(f"/loften/gatlyktor-lagas?period={period}")
    table = page.select_one("#manader").find_parent("section").select("table")[-1]
    assert ["30", "40", "75 %"] in [
        [cell.get_text().replace("\xa0", " ") for cell in row.select("td.num")[:3]]
        for row in table.select("tbody tr")
    ]
    drawing = page.select_one("#manader ~ .chart svg.wide")
    assert sum(path["d"].count("M") for path in drawing.select("path.g-broken, path.g-held")) >= 40
    link = page.find("a", string="Siffrorna som CSV")
    assert link["href"].endswith(f"period={period}")
    assert visitor.client.get(link["href"]).status_code == 200


def test_a_month_is_explained_signed_and_dated(visitor, counted, fill):
    def note(db):
        pledge = db.query(Pledge).one()
        for text in ("Fel text.", "Två handläggare hade semester."):
            db.add(
                MonthNote(
                    pledge_id=pledge.id,
                    month=LAST_MONTH,
                    text=text,
                    signed="Maria Lind, chef",
                    written_at=now(),
                )
            )
            db.flush()

    fill(note)
    page = words(visitor.get("/loften/gatlyktor-lagas"))
    assert "Två handläggare hade semester. Skrivet av Maria Lind, chef" in page
    assert "Fel text." not in page


def test_a_pledge_that_should_have_been_looked_at_says_so(visitor, fill):
    fill(lambda db: a_pledge(db, review_by=date(2026, 1, 31)))
    assert "Löftet ska ses över. Det skulle ha gjorts senast 31 januari 2026." in words(
        visitor.get("/loften/gatlyktor-lagas")
    )


def test_a_pledge_taken_back_says_why(visitor, fill):
    fill(lambda db: a_pledge(db, valid_to=date(2026, 1, 31), withdrawn_reason="Vi sålde lyktorna."))
    page = words(visitor.get("/loften/gatlyktor-lagas"))
    assert "Löftet är tillbakadraget. Det gällde till 31 januari 2026. Vi sålde lyktorna." in page


def test_versions_tell_what_changed_and_who_decided(visitor, fill):
    def content(db):
        old = a_pledge(db, valid_to=date(2025, 12, 31))
        columns = {c.key: getattr(old, c.key) for c in PledgeVersion.__table__.columns if c.key != "id"}
        more = {
            "number": 2,
            "amount": 5,
            "valid_from": date(2026, 1, 1),
            "valid_to": None,
            "paragraph": "§ 94",
        }
        db.add(PledgeVersion(**{**columns, **more}))

    fill(content)
    page = visitor.get("/loften/gatlyktor-lagas")
    newest, oldest = page.select(".versions > li")
    assert "Från 10 arbetsdagar till 5 arbetsdagar" in words(newest)
    assert "Tekniska nämnden, 12 november 2024, § 94" in words(newest).replace(" ,", ",")
    assert not oldest.select("details")


def reported(db, version: PledgeVersion, **values: Any) -> None:
    row = {
        "month": LAST_MONTH,
        "source": "Enkäten Ekdala frågar",
        "vouched_by": "Kim Ek",
        "recorded_at": now(),
    }
    db.add(ReportedFigure(version_id=version.id, key=str(values), **row, **values))
    db.flush()


def test_a_reported_index_names_its_source_and_who_vouches(visitor, fill):
    more: dict[str, Any] = {"source": Source.SURVEY, "measure": Measure.SURVEY, "amount": None, "unit": None}

    def content(db):
        version = a_pledge(db, target=Decimal("74.0"), target_unit=TargetUnit.INDEX, **more)
        reported(db, version, value=Decimal("72.5"), outcomes=200)

    fill(content)
    page = visitor.get("/loften/gatlyktor-lagas")
    assert page.select_one(".outcome .is-near")
    assert "Index 72,5 , mål index 74" in words(page)
    assert "Källa: Enkäten Ekdala frågar . För den svarar Kim Ek" in words(page)
    assert "72,5" in page.select_one("table").get_text()
    assert visitor.get("/loften").select_one(".unmeasured .is-near")


def test_reported_calls_are_shown_month_by_month(visitor, fill):
    more: dict[str, Any] = {"source": Source.PHONE, "measure": Measure.CALLS, "amount": None, "unit": None}
    fill(lambda db: reported(db, a_pledge(db, **more), kept=900, outcomes=1000))
    page = visitor.get("/loften/gatlyktor-lagas")
    assert "Hölls i 900 av 1 000 fall (90 %)" in words(page)
    assert "Siffran är rapporterad" in words(page)
    visitor.get("/loften/gatlyktor-lagas?period=ar")


@pytest.mark.parametrize(
    ("unit", "amount", "promised", "axis"),
    [
        ("working_hours", 8, "åtta arbetstimmar", "Arbetstimmar"),
        ("clock_hours", 24, "24 timmar", "Timmar"),
        ("months", 3, "tre månader", "Dagar"),
        ("same_day", 16, "samma dag, före kl. 16", "Arbetsdagar"),
    ],
)
def test_every_unit_has_its_own_words_and_axis(visitor, fill, unit, amount, promised, axis):
    def content(db):
        version = a_pledge(db, unit=unit, amount=amount)
        a_tally(db, version, "kept", 9, length=1)

    fill(content)
    page = visitor.get("/loften/gatlyktor-lagas")
    assert f"Vårt löfte: {promised}" in words(page.select_one("svg.medium"))
    assert page.select_one("table thead th").get_text() == axis


def test_the_index_is_narrowed_down_and_says_what_was_chosen(visitor, counted):
    page = visitor.get("/loften?utfall=nara")
    assert "1 löfte av 1" in words(page.select_one(".picked"))
    assert page.select_one(".filters [aria-current]").get_text(" ", strip=True).startswith("Nära")
    page = visitor.get("/loften?utfall=nara&verksamhet=finns-inte")
    assert "1 löfte av 1" in words(page)


def test_choices_that_no_pledge_fits_say_what_to_do(visitor, counted, fill):
    fill(lambda db: setattr(db.query(Pledge).one(), "life_situations", ["trasigt"]))
    page = visitor.get("/loften?handelse=foretag")
    assert "Inga löften passar med alla dina val. Ta bort ett av dem." in words(page)


def test_changes_are_told_in_words_and_as_a_feed(visitor, fill):
    fill(a_pledge)
    page = visitor.get("/loften/andringar")
    assert "Nytt löfte Trasiga gatlyktor lagas inom tio arbetsdagar Gäller från 1 januari 2025." in words(
        page
    )
    link = visitor.get("/loften").find("link", type="application/atom+xml")
    answer = visitor.client.get(link["href"])
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    again = visitor.client.get(link["href"], headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_method_shows_examples_and_the_calendar_in_force(visitor):
    page = visitor.get("/sa-mater-vi")
    rows = page.select(".worked tbody tr")
    assert len(rows) == 13
    assert all(len(row.select("td, th")) == 6 for row in rows)
    assert "Vardagar kl. 8–16.30" in words(page)


def test_a_department_shows_what_the_whole_municipality_promises(visitor, fill):
    def content(db):
        a_pledge(db)
        whole = a_pledge(db, a_service(db, a_department(db, "x", "X"), "y"), "alla")
        db.get_one(Pledge, whole.pledge_id).department_id = None

    fill(content)
    section = visitor.get("/verksamheter/gator-trafik").select_one("details.whole")
    assert "1 löfte gäller hela kommunen, också här" in words(section)
    assert section.select_one('a[href="/loften/alla"]')


def test_an_unknown_pledge_or_version_is_not_found(visitor, fill):
    fill(a_pledge)
    visitor.get("/loften/finns-inte", status=404)
    visitor.get("/loften/gatlyktor-lagas?version=2", status=404)
    visitor.get("/loften/gatlyktor-lagas?version=x", status=404)


def test_every_page_stands_without_any_content_and_in_english(visitor):
    for path in ("/loften", "/sa-mater-vi", "/en/loften", "/en/sa-mater-vi", "/fragor", "/verksamheter", "/"):
        visitor.get(path)
