"""Calendars as staff write them in a browser: begin, type, be refused, publish; and who may not."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.rules import Role
from portal.calendars.models import CalendarRevision
from portal.calendars.queries import calendar, number_for
from portal.clock import local_day, now
from portal.db import Database
from tests.builders import PASSWORD, a_department, staff
from tests.visitor import Visitor

LIST = "/redaktion/kalendrar"
HEAD, ADMIN, OFFICER = "chef@ekdala.example", "admin@ekdala.example", "gata@ekdala.example"
HOURS = "08.00-16.00"


@dataclass(frozen=True)
class House:
    """The ids of two departments."""

    streets: int
    building: int


@pytest.fixture
def house(sqlite: Database) -> House:
    """Two departments; the head of one of them, somebody who looks after everything, and an officer."""
    with sqlite.transaction() as db:
        streets, building = a_department(db), a_department(db, "bygglov", "Bygglov")
        staff(db, HEAD, Role.MANAGER, building)
        staff(db, ADMIN, Role.ADMIN)
        staff(db, OFFICER, Role.CASE_OFFICER, streets)
        return House(streets.id, building.id)


def signed_in(app: Flask, email: str) -> Visitor:
    visitor = Visitor(app)
    visitor.get("/arbete/logga-in")
    visitor.post("/arbete/logga-in", {"email": email, "password": PASSWORD})
    return visitor


@pytest.fixture
def admin(app: Flask, house: House) -> Visitor:
    """Somebody who may write every calendar."""
    return signed_in(app, ADMIN)


@pytest.fixture
def head(app: Flask, house: House) -> Visitor:
    """The head of Bygglov."""
    return signed_in(app, HEAD)


def begun(visitor: Visitor, place: str = "kommunen") -> str:
    """The address of a draft that was just begun."""
    visitor.get(LIST)
    visitor.post(LIST, {"plats": place})
    visitor.follow()
    return str(visitor.response.request.path).removesuffix("/andra")


def typed(visitor: Visitor, **fields: str) -> dict[str, str]:
    """The form of the page seen last as a browser would send it, with some fields written in."""
    form: dict[str, Any] = {}
    for tag in visitor.soup.select("form.calform input"):
        if tag["type"] not in ("checkbox", "submit"):
            form[str(tag["name"])] = str(tag.get("value", ""))
    changed = {name.replace("_", "-"): value for name, value in fields.items()}
    assert set(changed) <= set(form), f"not on the page: {set(changed) - set(form)}"
    return {**form, **changed, "gor": "spara"}


def whole_week(number: int = 1, first: str = "") -> dict[str, str]:
    """A season that holds from today, open on weekdays."""
    return {
        f"season_{number}_first": first or local_day(now()).isoformat(),
        **{f"season_{number}_day_{weekday}": HOURS for weekday in range(5)},
    }


def in_force(sqlite: Database, department_id: int) -> int:
    with sqlite.reader() as db:
        return number_for(db, department_id, now())


def drafts(sqlite: Database) -> list[CalendarRevision]:
    with sqlite.reader() as db:
        return list(db.scalars(select(CalendarRevision).where(CalendarRevision.published_at.is_(None))))


def closed_day() -> str:
    """A Tuesday some weeks ahead that the law does not make free."""
    day = local_day(now()) + timedelta(days=30)
    while day.weekday() != 1 or (day.month, day.day) in {
        (12, 24),
        (12, 25),
        (12, 31),
        (1, 1),
        (1, 6),
        (5, 1),
        (6, 6),
    }:
        day += timedelta(days=1)
    return day.isoformat()


def test_the_list_says_who_goes_by_what(admin):
    soup = admin.get(LIST)
    words = soup.main.get_text(" ", strip=True)
    assert "Ingen egen. Går efter lagens år: vardagar kl. 8–16.30, helgdagar stängt." in words
    assert [tag.get_text(strip=True) for tag in soup.select(".calendars h2")] == [
        "Hela kommunen",
        "Ekdala kommun",
        "Bygglov",
        "Gator och trafik",
    ]


def test_a_calendar_is_written_looked_at_and_published(admin, sqlite, house):
    address = begun(admin)
    day = closed_day()
    fields = {**whole_week(), "name": "Öppettider 2027", "day_1_day": day, "day_1_hours": "stängt"}
    admin.post(f"{address}/andra", typed(admin, **fields, day_1_reason="Klämdag"))
    words = admin.follow().main.get_text(" ", strip=True)
    assert "Utkastet är sparat" in words
    assert "Vardagar kl. 8–16" in words
    assert "Med kalendern som gäller nu" in words
    assert in_force(sqlite, house.streets) == 1
    assert "Ärenden som redan är öppna behåller kalendern" in admin.get(f"{address}/publicera").main.text
    seen = admin.soup.find("input", id="seen")["value"]
    admin.post(f"{address}/publicera", {"seen": seen})
    assert "Kalendern är publicerad" in admin.follow().main.text
    with sqlite.reader() as db:
        number = number_for(db, house.streets, now())
        assert str(number) == address.rpartition("/")[2]
        found = db.scalars(select(CalendarRevision)).one()
        assert (found.name, found.published_by) == ("Öppettider 2027", "Anders Holm")
        closed = [each.day.isoformat() for each in calendar(db, number).hours.exceptions]
        assert closed == [day]


def test_a_mistake_is_shown_at_its_field_and_nothing_is_saved(admin, sqlite):
    address = begun(admin)
    fields = {**whole_week(first="20266-01-01"), "name": "Öppettider", "season_1_day_1": "8-12, 11-15"}
    soup = admin.post(f"{address}/andra", typed(admin, **fields), 422)
    assert [link["href"] for link in soup.select("#fel a")] == ["#season-1-first", "#season-1-day-1"]
    assert soup.find(id="season-1-first")["value"] == "20266-01-01"
    assert soup.find(id="season-1-first")["aria-invalid"] == "true"
    assert "Vi kan inte räkna med år 20266" in soup.find(id="season-1-first-error").text
    assert soup.title.text.startswith("Fel:")
    (draft,) = drafts(sqlite)
    assert (draft.name, draft.content["seasons"]) == ("", [])


def test_more_seasons_and_days_keep_what_is_typed_and_save_nothing(admin, sqlite):
    address = begun(admin)
    form = typed(admin, name="Öppettider", season_1_first="2026-11-01", day_1_reason="Klämdag")
    soup = admin.post(f"{address}/andra", {**form, "gor": "period"}, 200)
    assert soup.find(id="season-2-first") is not None
    rows = len(soup.select(".calrow"))
    form = typed(admin)
    soup = admin.post(f"{address}/andra", {**form, "gor": "rader"}, 200)
    assert len(soup.select(".calrow")) > rows
    assert soup.find(id="season-1-first")["value"] == "2026-11-01"
    assert soup.find(id="day-1-reason")["value"] == "Klämdag"
    assert drafts(sqlite)[0].name == ""


def test_a_season_that_is_ticked_away_is_gone(admin, sqlite):
    address = begun(admin)
    admin.post(f"{address}/andra", typed(admin, **whole_week(), name="Öppettider"))
    admin.get(f"{address}/andra")
    admin.post(f"{address}/andra", {**typed(admin), "season-1-gone": "ja"})
    assert drafts(sqlite)[0].content["seasons"] == []


def test_suggested_days_are_taken_over_only_when_chosen(admin, sqlite):
    address = begun(admin)
    offered = [tag["value"] for tag in admin.soup.select("input[name=forslag-dag]")]
    assert len(offered) > 10
    assert "Det här är förslag, inte lag" in admin.soup.main.text
    form = {**typed(admin, **whole_week(), name="Öppettider"), "gor": "forslag", "forslag-dag": offered[0]}
    soup = admin.post(f"{address}/andra", form, 200)
    assert soup.find(id="day-1-day")["value"] == offered[0]
    assert offered[0] not in [tag["value"] for tag in soup.select("input[name=forslag-dag]")]
    admin.post(f"{address}/andra", typed(admin))
    assert [each["day"] for each in drafts(sqlite)[0].content["exceptions"]] == [offered[0]]


def publish(visitor: Visitor, address: str) -> None:
    visitor.get(f"{address}/publicera")
    visitor.post(f"{address}/publicera", {"seen": visitor.soup.find("input", id="seen")["value"]})


def test_a_published_calendar_refuses_every_change(admin, sqlite):
    address = begun(admin)
    form = typed(admin, **whole_week(), name="Öppettider")
    admin.post(f"{address}/andra", form)
    publish(admin, address)
    before = frozen(sqlite)
    admin.get(address)
    for what in ("andra", "publicera", "ta-bort"):
        soup = admin.post(f"{address}/{what}", {**form, "name": "Annat"}, 409)
        assert "Kalendern är publicerad och ändras aldrig mer" in soup.main.text
    assert frozen(sqlite) == before
    admin.get(f"{address}/andra", 303)
    admin.get(f"{address}/publicera", 303)


def frozen(sqlite: Database) -> tuple[Any, ...]:
    with sqlite.reader() as db:
        row = db.scalars(select(CalendarRevision)).one()
        return row.name, row.content, row.hours, row.published_at


def test_a_new_revision_begins_with_what_holds(admin):
    address = begun(admin)
    admin.post(f"{address}/andra", typed(admin, **whole_week(), name="Öppettider"))
    publish(admin, address)
    again = begun(admin)
    assert again != address
    assert admin.get(f"{again}/andra").find(id="season-1-day-0")["value"] == HOURS


def test_two_who_write_at_once_do_not_overwrite_each_other(app, admin, sqlite):
    address, other = begun(admin), signed_in(app, ADMIN)
    first = typed(admin, **whole_week(), name="Den ena")
    other.get(f"{address}/andra")
    other.post(f"{address}/andra", typed(other, **whole_week(), name="Den andra"))
    soup = admin.post(f"{address}/andra", first, 409)
    assert "Någon annan har sparat utkastet" in soup.main.text
    assert soup.find(id="name")["value"] == "Den ena"
    assert drafts(sqlite)[0].name == "Den andra"
    admin.post(f"{address}/andra", typed(admin))
    assert drafts(sqlite)[0].name == "Den ena"


def test_a_draft_that_changed_after_the_last_look_is_not_published(app, admin, sqlite, house):
    address, other = begun(admin), signed_in(app, ADMIN)
    admin.post(f"{address}/andra", typed(admin, **whole_week(), name="Den ena"))
    admin.get(f"{address}/publicera")
    seen = admin.soup.find("input", id="seen")["value"]
    other.get(f"{address}/andra")
    other.post(f"{address}/andra", typed(other, name="Den andra"))
    assert "Inget är publicerat" in admin.post(f"{address}/publicera", {"seen": seen}, 409).main.text
    assert in_force(sqlite, house.streets) == 1


def test_a_draft_without_name_cannot_be_published(admin):
    address = begun(admin)
    admin.get(f"{address}/publicera", 303)
    assert admin.response.headers["Location"].endswith("/andra")


def test_a_draft_is_thrown_away(admin, sqlite):
    address = begun(admin)
    admin.get(address)
    admin.post(f"{address}/ta-bort")
    assert "Utkastet är borta" in admin.follow().main.text
    assert not drafts(sqlite)
    admin.get(address, 404)


def test_a_form_that_is_too_old_keeps_what_was_typed(admin, sqlite):
    address = begun(admin)
    form = {**typed(admin, **whole_week(), name="Öppettider"), "csrf_token": "gammal"}
    soup = admin.post(f"{address}/andra", form, 422)
    assert soup.find(id="name")["value"] == "Öppettider"
    assert drafts(sqlite)[0].name == ""


# ---- who may ---------------------------------------------------------------------------------------


def test_a_head_writes_the_calendar_of_their_department_and_no_other(head):
    assert begun(head, "verksamhet:bygglov")
    for place in ("kommunen", "organisation:ekdala-kommun", "verksamhet:gator-trafik"):
        head.get(LIST)
        head.post(LIST, {"plats": place}, 403)


def test_a_head_reads_the_municipalitys_draft_and_may_not_change_it(app, admin, head):
    address = begun(admin)
    assert "Ändra utkastet" not in head.get(address).main.text
    head.get(f"{address}/andra", 403)
    head.get(f"{address}/publicera", 403)
    for what in ("andra", "publicera", "ta-bort"):
        head.get(LIST)
        head.post(f"{address}/{what}", {}, 403)


def test_an_officer_has_nothing_to_do_with_calendars(app, house):
    officer = signed_in(app, OFFICER)
    officer.get(LIST, 403)
    assert "Kalendrar" not in officer.get("/arbete/").find("header").text


def test_nobody_who_is_not_signed_in_comes_in(visitor, house):
    visitor.get(LIST, 303)


def test_a_place_or_a_number_that_is_not_is_not_found(admin):
    for place in ("", "verksamhet:ingen", "organisation:ingen", "annat"):
        admin.get(LIST)
        admin.post(LIST, {"plats": place}, 404)
    admin.get(f"{LIST}/1", 404)
    admin.get(f"{LIST}/99", 404)


# ---- what is inherited -----------------------------------------------------------------------------


def test_a_department_sees_what_it_inherits_and_who_follows(admin, sqlite, house):
    address = begun(admin)
    day = closed_day()
    fields = {**whole_week(), "day_1_day": day, "day_1_hours": "stängt", "day_1_reason": "Klämdag"}
    admin.post(f"{address}/andra", typed(admin, **fields, name="Kommunens tider"))
    soup = admin.get(f"{address}/publicera")
    assert (
        "De här har ingen egen kalender och följer med: Ekdala kommun, Bygglov, Gator och trafik."
        in " ".join(soup.main.text.split())
    )
    publish(admin, address)
    own = begun(admin, "verksamhet:bygglov")
    admin.post(f"{own}/andra", typed(admin, name="Bygglovs tider"))
    words = admin.follow().main.get_text(" ", strip=True)
    assert "Dagar som ärvs (1)" in words
    assert "Klämdag" in words
    publish(admin, own)
    with sqlite.reader() as db:
        days = calendar(db, number_for(db, house.building, now()))
        assert [each.day.isoformat() for each in days.hours.exceptions] == [day]
