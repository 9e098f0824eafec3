from datetime import UTC, datetime
from typing import Any

import pytest

from portal.errors import ContentError, NotFound
from portal.services.actions import import_services
from portal.services.queries import catalogue, service_by_slug
from tests.builders import STEPS, a_department

AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def service(**more: Any) -> dict[str, Any]:
    return {
        "slug": "felanmalan",
        "name": "Felanmälan",
        "department": "gator-trafik",
        "summary": "Anmäl fel.",
        "rosa_level": 3,
        "kind": "transaction",
        "secrecy": "open",
        "quality_owner": "gator-trafik",
        "delivery_owner": "gator-trafik",
        "prefix": "FEL",
        "steps": STEPS,
        "category": [{"key": "gatlykta", "name": "Gatlykta", "department": "gator-trafik"}],
        **more,
    }


def test_a_service_comes_with_department_owners_and_categories(db):
    a_department(db)
    assert import_services(db, {"service": [service()]}, AT) == 1
    found = service_by_slug(db, "felanmalan")
    assert (
        found.department.name
        == found.quality_owner.name
        == found.categories[0].department.name
        == "Gator och trafik"
    )
    assert [row.slug for row in catalogue(db)] == ["felanmalan"]


def test_a_category_keeps_its_row_when_it_is_read_in_again(db):
    a_department(db)
    import_services(db, {"service": [service()]}, AT)
    before = service_by_slug(db, "felanmalan").categories[0].id
    more = [*service()["category"], {"key": "klotter", "name": "Klotter", "department": "gator-trafik"}]
    import_services(db, {"service": [service(category=more)]}, AT)
    db.expire_all()
    assert [row.key for row in service_by_slug(db, "felanmalan").categories] == ["gatlykta", "klotter"]
    assert service_by_slug(db, "felanmalan").categories[0].id == before


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"rosa_level": 7}, "service felanmalan: rosa_level must be a whole number from 1 to 6"),
        ({"rosa_level": True}, "service felanmalan: rosa_level must be a whole number"),
        ({"kind": "magic"}, "service felanmalan: kind must be one of information, transaction, dialogue"),
        ({"prefix": "fel"}, "service felanmalan: prefix must be three capital letters"),
        ({"steps": STEPS[1:]}, "service felanmalan: steps must begin with received"),
        ({"steps": [STEPS[0]]}, "service felanmalan: steps must begin with received"),
        ({"category": [{"key": "a", "name": "A", "department": "x"}]}, "category 1: department names 'x'"),
        ({"category": service()["category"] * 2}, "service felanmalan: category has the same key twice"),
        ({"delivery_owner": None}, "service felanmalan: delivery_owner must be a text"),
    ],
)
def test_a_fault_names_the_entry_and_the_key(db, change, fault):
    a_department(db)
    with pytest.raises(ContentError, match=fault):
        import_services(db, {"service": [service(**change)]}, AT)


def test_an_unknown_service_is_not_found(db):
    with pytest.raises(NotFound):
        service_by_slug(db, "finns-inte")
