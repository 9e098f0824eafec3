from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.departments.actions import import_departments, import_organisations
from portal.departments.models import Department
from portal.errors import ContentError

AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
ORGANISATION = {"slug": "ekdala-kommun", "name": "Ekdala kommun", "kind": "municipality"}
HOURS = [
    {"days": [0, 1], "opens": "08:00", "closes": "12:00"},
    {"days": [0], "opens": "13:00", "closes": "16:00"},
]


def department(**more: Any) -> dict[str, Any]:
    return {
        "slug": "gator-trafik",
        "organisation": "ekdala-kommun",
        "name": "Gator och trafik",
        "summary": "Vi sköter gator.",
        "hours": HOURS,
        **more,
    }


def bring_in(db: Session, *rows: Any) -> int:
    import_organisations(db, {"organisation": [ORGANISATION]}, AT)
    return import_departments(db, {"department": list(rows)}, AT)


def test_hours_become_one_row_for_each_day_and_interval(db):
    assert bring_in(db, department()) == 1
    found = db.scalars(select(Department).options(selectinload(Department.hours))).one()
    assert [(row.weekday, row.opens.hour) for row in found.hours] == [(0, 8), (0, 13), (1, 8)]


def test_reading_in_twice_brings_up_to_date_and_doubles_nothing(db):
    bring_in(db, department())
    bring_in(db, department(name="Gata och trafik", hours=HOURS[:1]))
    db.expire_all()
    found = db.scalars(select(Department).options(selectinload(Department.hours))).one()
    assert (found.name, len(found.hours)) == ("Gata och trafik", 2)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"slug": "Gator"}, "department Gator: slug must be lower-case"),
        ({"name": " "}, "department gator-trafik: name must not be empty"),
        ({"name": 7}, "department gator-trafik: name must be a text"),
        (
            {"organisation": "annan"},
            "department gator-trafik: organisation names 'annan', which does not exist",
        ),
        ({"phon": "1"}, "department gator-trafik: phon is not a key of such an entry"),
        ({"liaison": {"secret": "x"}}, "department gator-trafik: liaison may hold only"),
        (
            {"hours": [{"days": [7], "opens": "08:00", "closes": "09:00"}]},
            "hours 1: days must be a list of days",
        ),
        ({"hours": [{"days": [0], "opens": "8", "closes": "09:00"}]}, "hours 1: opens must be a time"),
        ({"hours": [{"days": [0], "opens": "10:00", "closes": "09:00"}]}, "hours 1: closes must be later"),
        (
            {"hours": [{"days": [0], "opens": "08:00", "closes": "09:00", "note": ""}]},
            "hours 1: note is not a key",
        ),
        ({"hours": "alltid"}, "department gator-trafik: hours must be a list"),
    ],
)
def test_a_fault_names_the_entry_and_the_key(db, change, fault):
    with pytest.raises(ContentError, match="(?s)" + fault.replace("(", r"\(")):
        bring_in(db, department(**change))


def test_the_same_name_twice_is_refused(db):
    with pytest.raises(ContentError, match="department gator-trafik: stands there twice"):
        bring_in(db, department(), department())


def test_a_table_of_another_kind_is_refused(db):
    with pytest.raises(ContentError, match=r"pledge: this file holds only \[\[department\]\]"):
        import_departments(db, {"pledge": []}, AT)
