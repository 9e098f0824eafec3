"""Reporting figures: by hand, as a file, and the stops of the site."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.accounts.rules import Role
from portal.clock import local, now
from portal.pledgebook.models import Pledge, PledgeVersion, ReportedFigure
from portal.statistics.forms import NO_SUCH_HOUR, StopForm
from portal.statistics.models import PlannedStop
from tests.builders import PASSWORD, a_department, a_service, staff
from tests.portal.statistics.counted import LAST_MONTH, a_reported_pledge, reported
from tests.visitor import Visitor

EDITOR, ADMIN, OFFICER = "redaktor@ekdala.example", "admin@ekdala.example", "gata@ekdala.example"
MONTH = f"{LAST_MONTH:%Y-%m}"
PAGE = "/redaktion/siffror/svar-i-telefon"
HEAD = "lofte;manad;hallna;utfall;varde;kalla;ansvarig;anmarkning\n"
GOOD = f"svar-i-telefon;{MONTH};1834;2104;;Växeln;Kundcenterchef;\n"


@pytest.fixture
def house(fill):
    """An editor of one department with a reported pledge, one of the whole municipality, and an administrator."""

    def content(db):
        department = a_department(db)
        service = a_service(db, department)
        a_reported_pledge(db, service=service)
        whole = a_reported_pledge(db, "e-tjanster-oppna", service, source="monitor")
        db.get_one(Pledge, whole.pledge_id).department_id = None
        staff(db, EDITOR, Role.EDITOR, department)
        staff(db, OFFICER, Role.CASE_OFFICER, department)
        staff(db, ADMIN, Role.ADMIN)

    fill(content)


def sign_in(visitor, email=EDITOR):
    visitor.get("/arbete/logga-in")
    visitor.post("/arbete/logga-in", {"email": email, "password": PASSWORD})
    return visitor


def words(page):
    return " ".join(page.get_text(" ", strip=True).replace("\xa0", " ").split())


def rows(sqlite):
    with sqlite.reader() as db:
        return db.scalars(select(ReportedFigure).order_by(ReportedFigure.id)).all()


def a_form(visitor, **changes):
    token = visitor.get(PAGE).find("input", id="token")["value"]
    values = {"manad": MONTH, "hallna": "1834", "utfall": "2104", "kalla": "Växeln", "ansvarig": "Chefen"}
    return {"token": token, "anmarkning": "", **values, **changes}


def test_the_list_shows_what_is_missing_in_ones_own_departments(visitor, house):
    page = sign_in(visitor).get("/redaktion/siffror")
    assert [link["href"] for link in page.select("tbody a")] == [PAGE]
    assert "saknas" in words(page)
    assert page.select_one('nav a[aria-current="true"]').get_text() == "Siffror"


def test_a_month_is_reported_once_however_often_it_is_sent(visitor, house, sqlite):
    form = a_form(sign_in(visitor))
    visitor.post(PAGE, form)
    assert "är sparad" in words(visitor.follow())
    visitor.post(PAGE, form)
    (row,) = rows(sqlite)
    assert (row.month, row.kept, row.outcomes, row.vouched_by) == (LAST_MONTH, 1834, 2104, "Chefen")


def test_a_correction_is_a_new_row_and_needs_its_reason(visitor, house, sqlite):
    visitor = sign_in(visitor)
    visitor.post(PAGE, a_form(visitor))
    page = visitor.post(PAGE, a_form(visitor, hallna="1800"), status=422)
    assert "Skriv varför den ändras." in words(page)
    assert page.find("input", id="hallna")["value"] == "1800"
    visitor.post(PAGE, a_form(visitor, hallna="1800", anmarkning="Räknefel"))
    assert [row.kept for row in rows(sqlite)] == [1834, 1800]
    assert "rättad" in words(visitor.get(PAGE))


def test_bad_input_is_told_at_its_box_and_what_was_typed_is_kept(visitor, house, sqlite):
    visitor = sign_in(visitor)
    page = visitor.post(PAGE, a_form(visitor, manad="20266-10", hallna="87 %", kalla=""), status=422)
    assert "fler än fyra siffror" in page.find(id="manad-error").get_text()
    assert "var siffran kommer" in page.find(id="kalla-error").get_text()
    assert page.find("input", id="manad")["value"] == "20266-10"
    assert page.find("input", id="hallna")["value"] == "87 %"
    assert rows(sqlite) == []


@pytest.mark.parametrize("address", ["/redaktion/siffror", "/redaktion/siffror/las-in", PAGE])
def test_only_those_who_report_come_in(visitor, house, address):
    visitor.get(address, status=303)
    sign_in(visitor, OFFICER).get(address, status=403)


def test_what_belongs_to_the_whole_municipality_is_for_those_who_reach_it(visitor, house):
    sign_in(visitor).get("/redaktion/siffror/e-tjanster-oppna", status=403)
    visitor.get("/redaktion/siffror/driftstopp", status=403)
    sign_in(Visitor(visitor.app), ADMIN).get("/redaktion/siffror/e-tjanster-oppna")


def send(visitor, content, status=200):
    visitor.get("/redaktion/siffror/las-in")
    file = (BytesIO(content.encode() if isinstance(content, str) else content), "siffror.csv")
    return visitor.post("/redaktion/siffror/las-in", {"fil": file}, status=status)


def test_a_file_is_shown_first_and_kept_when_it_is_confirmed(visitor, house, sqlite):
    page = send(sign_in(visitor), HEAD + GOOD)
    assert "ny siffra" in words(page) and rows(sqlite) == []
    form = {"filtext": page.find("input", id="filtext")["value"]}
    visitor.post("/redaktion/siffror/las-in/spara", form)
    assert "1 siffror är sparade." in words(visitor.follow())
    assert [row.kept for row in rows(sqlite)] == [1834]
    assert "redan inläst" in words(send(visitor, HEAD + GOOD))
    visitor.get("/redaktion/siffror")
    visitor.get("/redaktion/siffror/las-in")
    visitor.post("/redaktion/siffror/las-in/spara", form)
    assert len(rows(sqlite)) == 1


def test_a_file_with_a_fault_saves_nothing_and_names_the_row(visitor, house, sqlite):
    page = send(sign_in(visitor), HEAD + GOOD + GOOD.replace(";1834;", ";9999;"), status=422)
    cells = [cell.get_text() for cell in page.select("tbody tr")[0].select("th, td")]
    assert cells[:2] == ["3", "hallna"]
    assert not page.find("input", id="filtext")
    visitor.post("/redaktion/siffror/las-in/spara", {"filtext": HEAD + "okant;x;1;2;;K;A;"}, status=422)
    assert rows(sqlite) == []


@pytest.mark.parametrize("content", [b"PK\x00\x00", b"", b"x" * 300_001])
def test_what_is_no_file_of_figures_is_refused_in_words(visitor, house, content):
    page = send(sign_in(visitor), content, status=422)
    assert page.select(".ds-error-summary")


def test_no_file_at_all_is_refused_and_so_is_a_stale_page(visitor, house, sqlite):
    visitor = sign_in(visitor)
    visitor.get("/redaktion/siffror/las-in")
    assert "Välj en fil." in words(visitor.post("/redaktion/siffror/las-in", {}, status=422))
    stale = {"filtext": HEAD + GOOD, "csrf_token": "gammal"}
    page = visitor.post("/redaktion/siffror/las-in/spara", stale, status=422)
    assert "öppen för länge" in words(page) and page.find("input", id="filtext")
    assert rows(sqlite) == []


def test_the_template_has_a_row_for_each_pledge_one_reports_for(visitor, house):
    sign_in(visitor).get("/redaktion/siffror/mall.csv")
    lines = visitor.response.get_data(as_text=True).lstrip("\ufeff").splitlines()
    assert lines == [HEAD.strip(), f"svar-i-telefon;{MONTH};;;;;;"]


def test_the_last_source_is_suggested(visitor, house, fill):
    def before(db):
        version = db.query(PledgeVersion).join(Pledge).filter(Pledge.slug == "svar-i-telefon").one()
        reported(db, version, LAST_MONTH, 1, 2)

    fill(before)
    assert sign_in(visitor).get(PAGE).find("input", id="kalla")["value"] == "Telefonväxeln"


STOPS = "/redaktion/siffror/driftstopp"


def wall(days=0, hours=0):
    return f"{local(now()) + timedelta(days=days, hours=hours):%Y-%m-%dT%H:%M}"


def test_a_stop_is_announced_beforehand_and_can_be_called_off(visitor, house, sqlite):
    visitor = sign_in(visitor, ADMIN)
    visitor.get(STOPS)
    page = visitor.post(STOPS, {"fran": wall(days=-1), "till": "x", "text": ""}, status=422)
    assert "aviseras i förväg" in words(page) and "Vi förstår inte tiden" in words(page)
    page = visitor.post(STOPS, {"fran": wall(days=20), "till": wall(days=19), "text": "x"}, status=422)
    assert "slutar innan det börjar" in words(page)
    visitor.post(STOPS, {"fran": wall(days=20), "till": wall(days=20, hours=1), "text": "Ny server"})
    assert "Ny server" in words(visitor.follow())
    with sqlite.reader() as db:
        (stop,) = db.scalars(select(PlannedStop)).all()
    assert f"{local(stop.began_at):%Y-%m-%dT%H:%M}" == wall(days=20)
    visitor.post(f"{STOPS}/{stop.id}/stall-in", {"csrf_token": "x"})
    assert "Ny server" in words(visitor.follow())
    visitor.post(f"{STOPS}/{stop.id}/stall-in")
    assert "Driftstoppet är inställt." in words(visitor.follow())
    visitor.post(f"{STOPS}/{stop.id}/stall-in", status=404)
    with sqlite.reader() as db:
        assert not db.scalars(select(PlannedStop)).all()


def test_a_stop_that_has_begun_stays(visitor, house, fill, sqlite):
    begun = now() - timedelta(hours=1)
    fill(
        lambda db: db.add(PlannedStop(began_at=begun, ended_at=begun + timedelta(days=1), announced_at=begun))
    )
    visitor = sign_in(visitor, ADMIN)
    assert "Ställ in" not in words(visitor.get(STOPS))
    visitor.post(f"{STOPS}/1/stall-in", status=409)
    sign_in(Visitor(visitor.app)).get(STOPS, status=403)


@pytest.mark.parametrize(
    ("began", "ended", "told"),
    [
        ("0001-01-01T00:00", "0001-01-01T00:00", "mer än ett år bakåt"),
        ("9999-12-31T23:59", "9999-12-31T23:59", "mer än ett år framåt"),
        (wall(days=10), "9999-12-31T23:59", "mer än ett år framåt"),
        (wall(days=10), wall(days=42), "högst 31 dagar"),
    ],
)
def test_a_stop_on_an_impossible_day_keeps_what_was_typed(visitor, house, began, ended, told):
    visitor = sign_in(visitor, ADMIN)
    visitor.get(STOPS)
    page = visitor.post(STOPS, {"fran": began, "till": ended, "text": "Ny server"}, status=422)
    assert told in words(page)
    assert (page.find(id="fran")["value"], page.find(id="text")["value"]) == (began, "Ny server")


@pytest.mark.parametrize(
    ("began", "ended", "told"),
    [
        ("2027-03-28T02:30", "2027-03-28T03:30", {"fran": [NO_SUCH_HOUR]}),
        ("2027-03-28T01:30", "2027-03-28T02:30", {"till": [NO_SUCH_HOUR]}),
        ("2027-03-28T01:30", "2027-03-28T03:30", {}),
    ],
)
def test_an_hour_that_no_clock_shows_is_told(visitor, began, ended, told):
    sent = {"fran": began, "till": ended, "text": "x"}
    with visitor.app.test_request_context(method="POST", data=sent):
        form = StopForm(meta={"csrf": False})
        form.at = datetime(2027, 3, 1, tzinfo=UTC)
        form.validate()
        assert {field.name: list(field.errors) for field in form if field.errors} == told


def test_a_file_read_again_after_a_correction_is_a_correction(visitor, house, sqlite):
    sign_in(visitor)
    first, second = HEAD + GOOD, HEAD + GOOD.replace(";1834;", ";1800;").replace("chef;", "chef;Rättad")
    first = first.replace("chef;", "chef;Rapporterad")
    for content in (first, second, first):
        page = send(visitor, content)
        form = {"filtext": page.find("input", id="filtext")["value"]}
        visitor.post("/redaktion/siffror/las-in/spara", form)
        assert "1 siffror är sparade." in words(visitor.follow())
        visitor.get("/redaktion/siffror/las-in")
        visitor.post("/redaktion/siffror/las-in/spara", form)
    assert [row.kept for row in rows(sqlite)] == [1834, 1800, 1834]
