from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from portal.errors import ContentError
from portal.pledgebook.content import import_pledges
from portal.pledgebook.models import PledgeScope
from portal.pledgebook.queries import pledge_by_slug
from tests.builders import a_service

AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def version(**more: Any) -> dict[str, Any]:
    return {
        "number": 1,
        "promise": "Trasiga gatlyktor lagas inom *tio arbetsdagar*.",
        "short": "Gatlyktor lagas inom *tio arbetsdagar*",
        "measure": "remedy",
        "source": "cases",
        "amount": 10,
        "unit": "working_days",
        "target": "85",
        "target_unit": "percent",
        "decided_on": "2025-10-28",
        "valid_from": "2026-01-01",
        "valid_to": "",
        "review_by": "",
        "scope": [{"service": "felanmalan", "category": "gatlykta"}],
        "position": 2,
        **more,
    }


def pledge(*versions: dict[str, Any], **more: Any) -> dict[str, Any]:
    whole = {"slug": "gatlyktor", "department": "gator-trafik", "status": "active", "version": list(versions)}
    return {"pledge": [{**whole, **more}]}


def test_a_pledge_comes_with_versions_and_the_scopes_of_the_latest(db):
    a_service(db)
    first = version(amount=15, valid_from="2025-01-01", valid_to="2025-12-31", scope=[])
    assert import_pledges(db, pledge(first, version(number=2)), AT) == 1
    db.expire_all()
    found = pledge_by_slug(db, "gatlyktor")
    assert [(row.number, row.amount, row.valid_to) for row in found.versions] == [
        (2, 10, None),
        (1, 15, date(2025, 12, 31)),
    ]
    assert [(row.service.slug, row.category, row.position) for row in found.scopes] == [
        ("felanmalan", "gatlykta", 2)
    ]


def test_reading_in_twice_changes_nothing(db):
    a_service(db)
    import_pledges(db, pledge(version()), AT)
    before = db.scalars(select(PledgeScope.id)).all()
    import_pledges(db, pledge(version()), AT)
    assert db.scalars(select(PledgeScope.id)).all() == before


def test_a_version_that_holds_may_end_but_not_change(db):
    a_service(db)
    import_pledges(db, pledge(version()), AT)
    import_pledges(db, pledge(version(valid_to="2026-12-31")), AT)
    db.expire_all()
    assert pledge_by_slug(db, "gatlyktor").versions[0].valid_to == date(2026, 12, 31)
    with pytest.raises(
        ContentError, match="pledge gatlyktor: version 1: amount differs from the version that already"
    ):
        import_pledges(db, pledge(version(amount=12)), AT)


def test_a_version_to_come_may_still_change(db):
    a_service(db)
    import_pledges(db, pledge(version(valid_from="2027-01-01")), AT)
    import_pledges(db, pledge(version(valid_from="2027-02-01", amount=12)), AT)
    db.expire_all()
    assert pledge_by_slug(db, "gatlyktor").versions[0].amount == 12


def test_a_pledge_without_department_is_everybodys(db):
    a_service(db)
    import_pledges(db, pledge(version(), department=""), AT)
    assert pledge_by_slug(db, "gatlyktor").department is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"promise": "Utan märke."}, "version 1: promise must mark what is measured"),
        ({"number": 2}, "version 1: number must be 1"),
        ({"unit": None}, "version 1: unit must stand there together with amount"),
        ({"amount": 0}, "version 1: amount must be a whole number from 1"),
        ({"target": "101"}, "version 1: target must be over 0, at most 100"),
        ({"target": "många"}, "version 1: target must be a number"),
        ({"target_unit": "stars"}, "version 1: target_unit must be one of"),
        ({"valid_to": "2025-12-31"}, "version 1: valid_to must not be earlier"),
        ({"measure": "luck"}, "version 1: measure must be one of"),
        ({"holding_answer": "ja"}, "version 1: holding_answer must be true or false"),
        ({"scope": [{"service": "annan"}]}, "scope 1: service names 'annan'"),
        (
            {"scope": [{"service": "felanmalan", "category": "x"}]},
            "scope 1: category names 'x', which the service",
        ),
        ({"law": {"reference": "PBL"}}, "version 1: law must say verified"),
        ({"law": {"text": "PBL", "verified": True}}, "version 1: law must have the texts"),
        (
            {"law": {"reference": "PBL", "verified": True, "amount": 2, "unit": "moons"}},
            "version 1: law must have a whole",
        ),
        ({"valid_until": "2026-01-01"}, "version 1: valid_until is not a key"),
    ],
)
def test_a_fault_names_the_pledge_the_version_and_the_key(db, change, fault):
    a_service(db)
    with pytest.raises(ContentError, match=f"pledge gatlyktor: .*{fault}"):
        import_pledges(db, pledge(version(**change)), AT)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"status": "paused"}, "pause_reason must stand there when the status is paused"),
        ({"pause_reason": "Byte av system."}, "pause_reason must stand there when the status is paused"),
        ({"version": []}, "version must stand there at least once"),
        (
            {"version": [version(), version(number=2, valid_from="2026-06-01")]},
            "version holds before the version before it",
        ),
    ],
)
def test_a_fault_of_the_pledge_itself_is_told(db, change, fault):
    a_service(db)
    with pytest.raises(ContentError, match=f"pledge gatlyktor: {fault}"):
        import_pledges(db, pledge(version(), **change), AT)
