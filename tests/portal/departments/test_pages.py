from datetime import UTC, date, datetime, time
from typing import Any

from portal.departments.frame import frame
from portal.departments.models import OpeningException, Organisation, OrganisationKind
from portal.departments.queries import department_by_slug, hours_from
from tests.builders import a_department, a_pledge, a_service, an_answer

FRIDAY_NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def test_a_department_shows_how_to_reach_it_and_never_its_duty_phone(visitor, fill):
    secret: dict[str, Any] = {
        "liaison": {"name": "Vera Vik", "phone": "0980-319 222"},
        "duty_phone": "0980-319 243",
    }
    fill(lambda db: a_department(db, visit="Verkstadsgatan 8", about="Vi lagar hål.", **secret))
    text = visitor.get("/verksamheter/gator-trafik").get_text(" ", strip=True)
    assert "0980-319 210" in text
    assert "Verkstadsgatan 8" in text
    assert "Måndag 8–16" in text
    assert "Lördag stängt" in text
    assert "0980-319 243" not in text
    assert "Vera Vik" not in text


def test_the_parts_of_other_features_stand_on_the_page(visitor, fill):
    def content(db):
        department = a_department(db)
        a_pledge(db, a_service(db, department))
        an_answer(db, department, question="När plogas min gata?")

    fill(content)
    page = visitor.get("/verksamheter/gator-trafik")
    assert page.find("a", href="/loften/gatlyktor-lagas")
    assert page.find("a", href="/e-tjanster/felanmalan")
    assert page.find("a", href="/fragor/nar-hamtas-soporna")


def test_an_organisation_has_a_page_with_its_departments(visitor, fill):
    fill(a_department)
    visitor.get("/organisationer/finns-inte", status=404)
    page = visitor.get("/organisationer/ekdala-kommun")
    assert "212000-0000" in page.get_text()
    assert page.find("a", href="/verksamheter/gator-trafik")
    assert visitor.get("/verksamheter").find("a", href="/organisationer/ekdala-kommun")


def test_the_list_is_by_organisation_with_the_municipality_first(visitor, fill):
    def content(db):
        a_department(db, "vatten", "Vatten")
        company = Organisation(slug="bolag", name="A-bolaget", kind=OrganisationKind.COMPANY)
        partner = Organisation(
            slug="tallbo", name="Tallbo kommun", kind=OrganisationKind.PARTNER, phone="0980-319 249"
        )
        db.add_all([company, partner])
        db.flush()
        a_department(db, "energi", "Energi").organisation_id = company.id

    fill(content)
    page = visitor.get("/verksamheter")
    headings = [heading.get_text() for heading in page.main.find_all("h2")]
    assert headings == ["Ekdala kommun", "A-bolaget", "Grannar som vi svarar för"]


def test_an_unknown_department_is_not_found(visitor):
    visitor.get("/verksamheter/finns-inte", status=404)


def test_the_foot_says_how_to_reach_the_service_center(db):
    a_department(db, "kundtjanst", "Kundtjänst")
    around = frame(db, FRIDAY_NOON)
    assert around["service_center"].open_now.values == {"time": time(16)}
    assert around["number"] == "212000-0000"


def test_the_foot_stands_without_any_content(db):
    assert frame(db, FRIDAY_NOON) == {}


def test_a_day_decided_for_one_goes_before_one_decided_for_all(db):
    department = a_department(db)
    day = date(2026, 11, 27)
    db.add(OpeningException(department_id=None, day=day, note="Alla stänger"))
    db.add(OpeningException(department_id=department.id, day=day, opens=time(10), closes=time(11)))
    db.add(OpeningException(department_id=department.id, day=day, opens=time(12), closes=time(13)))
    db.flush()
    hours = hours_from(db, department_by_slug(db, "gator-trafik"), day)
    assert [(one.opens.hour, one.closes.hour) for one in hours.unusual[0].intervals] == [(10, 11), (12, 13)]
