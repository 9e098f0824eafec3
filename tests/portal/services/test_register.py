"""The register of legal clocks as staff keep it in a browser, and as everybody may read it."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from pledges.law import ClockKind
from pledges.limit import Unit
from portal.accounts.rules import Role
from portal.clock import local_day, now
from portal.db import Database
from portal.errors import ContentError
from portal.services.legal import import_legal_clocks
from portal.services.models import LegalClockEntry, LegalClockRow
from portal.services.queries import legal_clocks
from tests.builders import PASSWORD, a_department, staff
from tests.portal.services.test_legal import AT, OLD, period, register
from tests.visitor import Visitor

LIST, PUBLIC = "/redaktion/lagtider", "/lagens-granser"
PLACE = f"{LIST}/forskoleplats"
ADMIN, OFFICER, HEAD = "admin@ekdala.example", "gata@ekdala.example", "chef@ekdala.example"
READ = {
    "name": "Eva Sund",
    "role": "kommunjurist",
    "read_on": "2024-03-05",
    "note": "Tiden räknas från önskad dag.",
}


@pytest.fixture
def house(fill) -> None:
    """A register with one clock and one wording, somebody who looks after everything, an officer, and a head."""

    def write(db):
        import_legal_clocks(db, register(period(note="Tiden räknas från önskad dag.")), AT)
        streets = a_department(db)
        staff(db, ADMIN, Role.ADMIN)
        staff(db, OFFICER, Role.CASE_OFFICER, streets)
        staff(db, HEAD, Role.MANAGER, streets)

    fill(write)


def signed_in(app: Flask, email: str) -> Visitor:
    visitor = Visitor(app)
    visitor.get("/arbete/logga-in")
    visitor.post("/arbete/logga-in", {"email": email, "password": PASSWORD})
    return visitor


@pytest.fixture
def admin(app: Flask, house) -> Visitor:
    return signed_in(app, ADMIN)


def words(visitor: Visitor, path: str) -> str:
    return " ".join(visitor.get(path).main.get_text(" ", strip=True).split())


def clocks(sqlite: Database):
    with sqlite.reader() as db:
        return legal_clocks(db)


def entries(sqlite: Database) -> list[tuple[str, date | None, str, str]]:
    with sqlite.reader() as db:
        found = db.scalars(select(LegalClockEntry).order_by(LegalClockEntry.id))
        return [(entry.kind.value, entry.day, entry.said, entry.signed) for entry in found]


def address(sqlite: Database, deed: str, place: int = -1) -> str:
    with sqlite.reader() as db:
        ids = db.scalars(select(LegalClockRow.id).order_by(LegalClockRow.valid_from)).all()
    return f"{PLACE}/{ids[place]}/{deed}"


def seen(visitor: Visitor, path: str) -> str:
    """Give the mark of the wording that the page shows."""
    return str(visitor.get(path).find(id="seen")["value"])


def verify(visitor: Visitor, sqlite: Database, status: int = 303, **changed: str):
    path = address(sqlite, "granskad")
    return visitor.post(path, {"seen": seen(visitor, path), **READ, **changed}, status)


def withdraw(visitor: Visitor, sqlite: Database, why: str, status: int = 303):
    path = address(sqlite, "ta-tillbaka")
    visitor.get(path)
    return visitor.post(path, {"why": why}, status)


WORDING = {
    "valid_from": "2027-01-01",
    "reference": "Skollagen, ny lydelse",
    "amount": "3",
    "unit": "months",
    "extension": "",
    "completion_order": "",
    "source": "SFS 2026:1",
    "note": "",
}


def error(shown: Any, field: str) -> str:
    """Give what is said at a field."""
    return " ".join(shown.find(id=f"{field}-error").get_text().split())


def add(visitor: Visitor, status: int = 303, **changed: Any):
    path = f"{PLACE}/ny-lydelse"
    visitor.get(path)
    return visitor.post(path, {**WORDING, **changed}, status)


def test_everybody_reads_what_the_law_says_and_that_nobody_has_compared_it(visitor, house):
    told = words(visitor, PUBLIC)
    assert "Plats i förskola 4 månader. Tiden räknas från önskad dag." in told
    assert "Skollagen (2010:800) 8 kap. 14 § Inte granskad mot lagen" in told
    assert "Ingen jurist har ännu jämfört dem med lagtexten." in told


def test_the_method_page_leads_there(visitor, house):
    assert visitor.get("/sa-mater-vi").find("a", href=PUBLIC)


def test_an_empty_register_says_so(visitor):
    assert "Här finns inga lagtider än." in words(visitor, PUBLIC)


def test_a_law_without_a_number_gets_none(visitor, fill):
    fill(lambda db: import_legal_clocks(db, register(period(amount=None, unit=None)), AT))
    assert "Lagen nämner inget antal." in words(visitor, PUBLIC)


def test_what_a_permit_may_be_prolonged_by_is_told(visitor, fill):
    permit = period(amount=10, unit="weeks", extension=10, completion_order=3)
    fill(lambda db: import_legal_clocks(db, register(permit, kind="building_permit"), AT))
    told = words(visitor, PUBLIC)
    assert "10 veckor. Tiden får förlängas en gång, med högst 10 veckor." in told
    assert "Saknas något ska det begäras inom 3 veckor." in told


def test_a_comparison_is_written_down_and_shown(admin, visitor, sqlite):
    verify(admin, sqlite)
    told = " ".join(admin.follow().main.get_text(" ", strip=True).split())
    assert "Granskningen är sparad." in told
    assert "Granskad mot lagen 5 mars 2024 av Eva Sund, kommunjurist . Anders Holm, arbetsledare" in told
    (clock,) = clocks(sqlite)
    assert (clock.verified_on, clock.verified_by) == (date(2024, 3, 5), "Eva Sund, kommunjurist")
    assert "Granskad mot lagen 5 mars 2024, Eva Sund, kommunjurist" in words(visitor, PUBLIC)
    assert "En jurist har jämfört 1 av 1 med lagtexten." in words(visitor, PUBLIC)
    assert "1 av 1 är granskade." in words(admin, LIST)


def test_a_comparison_is_taken_back_with_a_reason_and_both_stay_in_the_history(admin, sqlite):
    verify(admin, sqlite)
    withdraw(admin, sqlite, "Fel lydelse lästes.")
    assert not clocks(sqlite)[0].verified
    signed = "Anders Holm, arbetsledare"
    assert entries(sqlite) == [
        ("verified", date(2024, 3, 5), "Eva Sund, kommunjurist", signed),
        ("withdrawn", None, "Fel lydelse lästes.", signed),
    ]
    assert "Granskningen togs tillbaka. Fel lydelse lästes." in words(admin, PLACE)


def test_the_comparison_may_change_how_the_law_is_to_be_read(admin, visitor, sqlite):
    assert (
        "Tiden räknas från önskad dag." in admin.get(address(sqlite, "granskad")).find(id="note").get_text()
    )
    verify(admin, sqlite, note="Räknas från ansökan.")
    assert "4 månader. Räknas från ansökan." in words(visitor, PUBLIC)


def test_a_second_click_is_one_comparison(admin, sqlite):
    verify(admin, sqlite)
    verify(admin, sqlite)
    assert [kind for kind, *_ in entries(sqlite)] == ["verified"]


def test_a_comparison_by_somebody_else_is_not_written_over(admin, sqlite):
    verify(admin, sqlite)
    shown = verify(admin, sqlite, 409, name="Någon Annan")
    assert "Någon annan hann före. Inget är sparat." in shown.get_text()
    assert clocks(sqlite)[0].verified_by == "Eva Sund, kommunjurist"


def test_a_wording_that_changed_while_somebody_read_it_is_not_verified(admin, sqlite, fill):
    path = address(sqlite, "granskad")
    mark = seen(admin, path)
    fill(lambda db: import_legal_clocks(db, register(period(amount=5)), AT))
    admin.post(path, {"seen": mark, **READ}, 409)
    assert not clocks(sqlite)[0].verified


def test_what_is_not_verified_cannot_be_taken_back(admin, sqlite):
    withdraw(admin, sqlite, "Fel.", 409)
    assert entries(sqlite) == []


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"name": " "}, "name", "Skriv vem som har granskat."),
        ({"name": "x" * 81}, "name", "högst 80 tecken"),
        ({"note": "x" * 1501}, "note", "högst 1 500 tecken"),
        ({"role": ""}, "role", "Skriv vilken roll juristen har."),
        ({"read_on": ""}, "read_on", "Skriv dagen då lydelsen granskades."),
        ({"read_on": "20266-01-01"}, "read_on", "Vi förstår inte datumet."),
        (
            {"read_on": "2017-12-30"},
            "read_on",
            "Lydelsen gäller först från 1 januari 2019. Kontrollera årtalet.",
        ),
    ],
)
def test_a_comparison_that_cannot_be_is_refused_at_its_field(admin, sqlite, changed, field, said):
    shown = verify(admin, sqlite, 422, **changed)
    assert said in error(shown, field)
    assert shown.find("a", href=f"#{field}")
    kept = {**READ, **changed}
    assert shown.find(id="role")["value"] == kept["role"].strip()
    assert shown.find(id="read_on")["value"] == kept["read_on"]
    assert not clocks(sqlite)[0].verified


def test_a_day_to_come_is_refused_and_today_is_not(admin, sqlite):
    today = local_day(now())
    shown = verify(admin, sqlite, 422, read_on=str(today + timedelta(days=1)))
    assert "Dagen har inte varit än." in shown.find(id="read_on-error").get_text()
    verify(admin, sqlite, read_on=str(today))
    assert clocks(sqlite)[0].verified_on == today


def test_a_law_can_be_read_before_it_holds(admin, sqlite):
    add(admin, valid_from=str(local_day(now()) + timedelta(days=60)))
    verify(admin, sqlite, read_on=str(local_day(now())))
    assert [clock.verified for clock in clocks(sqlite)] == [False, True]


def test_taking_back_needs_a_reason(admin, sqlite):
    verify(admin, sqlite)
    shown = withdraw(admin, sqlite, " ", 422)
    assert "Skriv varför granskningen tas tillbaka." in shown.find(id="why-error").get_text()
    assert clocks(sqlite)[0].verified


def test_a_new_wording_ends_the_one_before_the_day_before(admin, sqlite):
    verify(admin, sqlite)
    add(admin)
    old, new = clocks(sqlite)
    assert (old.valid_to, old.verified) == (date(2026, 12, 31), True)
    assert (new.valid_from, new.valid_to, new.amount, new.unit) == (date(2027, 1, 1), None, 3, Unit.MONTHS)
    assert (new.title, new.kind, new.verified) == ("Plats i förskola", ClockKind.FIXED, False)
    assert [(kind, day) for kind, day, *_ in entries(sqlite)[1:]] == [
        ("ended", date(2026, 12, 31)),
        ("added", date(2027, 1, 1)),
    ]


def test_the_form_begins_with_what_the_latest_wording_says(admin, sqlite):
    shown = admin.get(f"{PLACE}/ny-lydelse")
    assert shown.find(id="amount")["value"] == "4"
    assert shown.find("option", selected=True)["value"] == "months"
    assert shown.find(id="valid_from")["value"] == ""


def test_a_law_may_lose_its_number(admin, sqlite):
    add(admin, amount="", unit="")
    assert clocks(sqlite)[1].limit is None


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"valid_from": ""}, "valid_from", "Skriv dagen då lydelsen börjar gälla."),
        ({"valid_from": "20266-01-01"}, "valid_from", "Vi förstår inte datumet."),
        ({"valid_from": "0026-01-01"}, "valid_from", "Kontrollera årtalet."),
        ({"valid_from": "2999-01-01"}, "valid_from", "Kontrollera årtalet."),
        ({"valid_from": "2019-01-01"}, "valid_from", "måste börja efter 1 januari 2019"),
        ({"valid_from": "2018-06-01"}, "valid_from", "måste börja efter 1 januari 2019"),
        ({"reference": ""}, "reference", "Skriv i vilken lag och paragraf tiden står."),
        ({"reference": "x" * 301}, "reference", "högst 300 tecken"),
        ({"amount": "0"}, "amount", "Skriv ett helt tal från 1 till 1 000"),
        ({"amount": "fyra"}, "amount", "Skriv ett helt tal"),
        ({"amount": "1001"}, "amount", "Skriv ett helt tal"),
        ({"amount": "٣"}, "amount", "Skriv ett helt tal"),
        ({"amount": ""}, "unit", "Skriv både antal och enhet"),
        ({"unit": ""}, "unit", "Skriv både antal och enhet"),
        ({"unit": "working_hours"}, "unit", "Skriv både antal och enhet"),
        ({"amount": "", "unit": "", "extension": "2"}, "extension", "Skriv lagens tid först."),
        ({"amount": "", "unit": "", "completion_order": "2"}, "completion_order", "Skriv lagens tid först."),
        ({"source": ""}, "source", "Skriv var lydelsen går att läsa."),
        ({"note": "x" * 1501}, "note", "högst 1 500 tecken"),
    ],
)
def test_a_wording_that_cannot_be_is_refused_at_its_field_and_nothing_is_saved(
    admin, sqlite, changed, field, said
):
    shown = add(admin, 422, **changed)
    assert said in error(shown, field)
    assert shown.find(id="valid_from")["value"] == {**WORDING, **changed}["valid_from"]
    assert [clock.valid_to for clock in clocks(sqlite)] == [None]
    assert entries(sqlite) == []


def test_a_wording_may_not_begin_while_one_with_a_last_day_holds(app, fill, sqlite):
    def write(db):
        import_legal_clocks(db, register(OLD), AT)
        staff(db, ADMIN, Role.ADMIN)

    fill(write)
    shown = add(signed_in(app, ADMIN), 422, valid_from="2025-06-30")
    assert "måste börja efter 30 juni 2025" in error(shown, "valid_from")
    add(signed_in(app, ADMIN), valid_from="2025-07-01")
    assert [clock.valid_to for clock in clocks(sqlite)] == [date(2025, 6, 30), None]


@pytest.mark.parametrize("changed", [{"unit": "months"}, {"extension": ""}, {"completion_order": ""}])
def test_a_permit_keeps_all_that_its_clock_needs(app, fill, sqlite, changed):
    permit = period(amount=10, unit="weeks", extension=10, completion_order=3)

    def write(db):
        import_legal_clocks(db, register(permit, kind="building_permit"), AT)
        staff(db, ADMIN, Role.ADMIN)

    fill(write)
    whole: dict[str, Any] = {"amount": "8", "unit": "weeks", "extension": "8", "completion_order": "2"}
    shown = add(signed_in(app, ADMIN), 422, **{**whole, **changed})
    assert "Bygglovens tid räknas i veckor" in shown.find(id="unit-error").get_text()
    add(signed_in(app, ADMIN), **whole)
    assert clocks(sqlite)[1].completion_order == 2


@pytest.mark.parametrize("email", [OFFICER, HEAD])
def test_all_staff_read_the_register_and_few_may_write_in_it(app, house, sqlite, email):
    somebody = signed_in(app, email)
    assert "Plats i förskola" in words(somebody, LIST)
    shown = somebody.get(PLACE)
    assert not shown.find("a", string="Lägg till en ny lydelse")
    for path in (address(sqlite, "granskad"), address(sqlite, "ta-tillbaka"), f"{PLACE}/ny-lydelse"):
        somebody.get(path, status=403)
        somebody.post(path, {}, 403)


def test_who_is_not_signed_in_is_asked_to(app, house, sqlite):
    for path in (LIST, PLACE, address(sqlite, "granskad"), f"{PLACE}/ny-lydelse"):
        assert "/arbete/logga-in" in Visitor(app).client.get(path).headers["Location"]


def test_what_is_not_in_the_register_is_said_to_be_missing(admin, sqlite):
    admin.get(f"{LIST}/finns-inte", status=404)
    admin.get(f"{LIST}/finns-inte/ny-lydelse", status=404)
    admin.get(f"{PLACE}/99/granskad", status=404)
    admin.get(address(sqlite, "granskad").replace("forskoleplats", "bygglov"), status=404)


@pytest.fixture
def read(db):
    """A register in which a lawyer has read the one wording there is."""
    read_by = {"verified_on": "2024-03-05", "verified_by": "Eva Sund, kommunjurist"}
    import_legal_clocks(db, register(period(**read_by)), AT)


@pytest.mark.parametrize(
    "changed", [{"amount": 5}, {"unit": "weeks"}, {"reference": "Annan lag"}, {"extension": 1}]
)
def test_a_file_does_not_change_what_a_lawyer_has_read(db, read, changed):
    fault = "from 2019-01-01 differs from what was compared with the law 2024-03-05; take the comparison back"
    with pytest.raises(ContentError, match=fault):
        import_legal_clocks(db, register(period(**changed)), AT)


def test_a_file_does_not_change_the_kind_of_what_a_lawyer_has_read(db, read):
    with pytest.raises(ContentError, match="kind from 2019-01-01 differs"):
        import_legal_clocks(db, register(period(), kind="delay_notice"), AT)


def test_a_file_that_says_nothing_of_it_takes_no_comparison_back(db, read):
    import_legal_clocks(db, register(period(note="Ny läsanvisning.", valid_to="2026-12-31")), AT)
    (clock,) = legal_clocks(db)
    assert (clock.verified_by, clock.note) == ("Eva Sund, kommunjurist", "Ny läsanvisning.")
    assert len(db.scalars(select(LegalClockEntry)).all()) == 1
