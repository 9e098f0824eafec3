"""The JSON API: its names, its errors, and that its document tells the truth."""

import re
from typing import Any

import pytest

from portal.pledgebook.figures.outcomes import month_after
from portal.pledgebook.models import Pledge
from tests.builders import a_pledge, a_service
from tests.portal.statistics.counted import LAST_MONTH, a_reported_pledge, ended, reported

TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "object": dict,
    "array": list,
    "null": type(None),
}
CONTRACT = {
    "started",
    "kept",
    "broken",
    "running",
    "late_now",
    "excused",
    "kept_ratio",
    "median",
    "p90",
    "paused_share",
}


@pytest.fixture
def content(fill):
    """A counted pledge with a law, and one of the whole municipality that is reported."""

    def put(db):
        service = a_service(db)
        law = {"reference": "Lagen 1 §", "verified": True, "amount": 4, "unit": "weeks"}
        version = a_pledge(db, service, law=law)
        ended(db, version, "kept", LAST_MONTH, 9)
        ended(db, version, "broken", LAST_MONTH, 1, length=12)
        ended(db, version, "kept", month_after(LAST_MONTH, -1), 7)
        whole = a_reported_pledge(db, service=service)
        db.get_one(Pledge, whole.pledge_id).department_id = None
        reported(db, whole, LAST_MONTH, 8, 10)

    fill(put)


def ask(visitor, path, status=200):
    visitor.get(f"/api/v1{path}", status=status)
    kind = "application/json" if status == 200 else "application/problem+json"
    assert visitor.response.content_type == kind
    return visitor.response.get_json()


def test_the_months_have_the_names_that_scripts_rely_on(visitor, content):
    found = ask(visitor, "/pledges/gatlyktor-lagas/outcomes")["outcomes"]
    assert all(month.keys() >= CONTRACT for month in found)
    month = next(month for month in found if month["month"] == f"{LAST_MONTH:%Y-%m}")
    assert (month["kept"], month["broken"], month["kept_ratio"], month["p90"]) == (9, 1, 0.9, 4)
    assert found[-1]["suppressed"] and found[-1]["kept"] is None


def test_the_months_asked_for_are_given(visitor, content):
    month = f"{LAST_MONTH:%Y-%m}"
    found = ask(visitor, f"/pledges/gatlyktor-lagas/outcomes?from={month}&to={month}")["outcomes"]
    assert [each["month"] for each in found] == [month]


def test_the_list_says_how_each_pledge_went(visitor, content):
    found = {each["slug"]: each for each in ask(visitor, "/pledges")["pledges"]}
    outcome = found["gatlyktor-lagas"]["outcome"]
    assert (outcome["kept"], outcome["outcomes"], outcome["verdict"]) == (16, 17, "held")
    assert found["svar-i-telefon"]["department"] is None


def test_a_pledge_has_its_versions_and_no_marks(visitor, content):
    found = ask(visitor, "/pledges/gatlyktor-lagas")
    assert found["promise"] == "Trasiga gatlyktor lagas inom tio arbetsdagar."
    assert found["limit"] == {"amount": 10, "unit": "working_days"}
    assert [version["number"] for version in found["versions"]] == [1]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2026-99", "from"),
        ("to=x", "to"),
        ("from=20266-01-01", "from"),
        ("from=2026-02&to=2026-01", "from"),
    ],
)
def test_a_day_that_cannot_be_read_names_its_field(visitor, content, query, field):
    found = ask(visitor, f"/pledges/gatlyktor-lagas/outcomes?{query}", status=422)
    assert (found["status"], [each["field"] for each in found["errors"]]) == (422, [field])


@pytest.mark.parametrize("path", ["/pledges/finns-inte", "/pledges/finns-inte/outcomes", "/finns-inte"])
def test_what_is_not_there_is_told_as_json(visitor, path):
    assert ask(visitor, path, status=404)["errors"] == []


def test_what_cannot_be_done_is_told_as_json(visitor):
    visitor.post("/api/v1/pledges", status=405)
    assert visitor.response.content_type == "application/problem+json"
    assert visitor.response.get_json()["title"] == "Method Not Allowed"


@pytest.mark.parametrize(
    ("path", "operation"),
    [
        ("/pledges", "/pledges"),
        ("/pledges/gatlyktor-lagas", "/pledges/{slug}"),
        ("/pledges/svar-i-telefon", "/pledges/{slug}"),
        ("/pledges/gatlyktor-lagas/outcomes", "/pledges/{slug}/outcomes"),
        ("/pledges/svar-i-telefon/outcomes", "/pledges/{slug}/outcomes"),
    ],
)
def test_every_answer_is_as_the_document_says(visitor, content, path, operation):
    document = ask(visitor, "/openapi.json")
    answer = document["paths"][operation]["get"]["responses"]["200"]
    hold(ask(visitor, path), answer["content"]["application/json"]["schema"], document)


def test_an_error_is_as_the_document_says(visitor, content):
    document = ask(visitor, "/openapi.json")
    found = ask(visitor, "/pledges/gatlyktor-lagas/outcomes?from=x", status=422)
    hold(found, document["components"]["schemas"]["Problem"], document)


def test_every_address_of_the_api_is_in_the_document(visitor, app):
    document = ask(visitor, "/openapi.json")
    assert document["openapi"].startswith("3.1")
    rules = {
        re.sub(r"<(\w+)>", r"{\1}", rule.rule.removeprefix("/api/v1"))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }
    assert rules == set(document["paths"])


def hold(value: Any, schema: dict[str, Any], document: dict[str, Any], where: str = "$") -> None:
    """Hold a value to its schema, strictly: no field that the schema does not name."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert any(isinstance(value, TYPES[kind]) for kind in kinds), f"{where}: {value!r} is no {kinds}"
    assert value is None or "enum" not in schema or value in schema["enum"], f"{where}: {value!r}"
    if isinstance(value, dict) and "properties" in schema:
        missing = set(schema.get("required", ())) - value.keys()
        assert not missing, f"{where}: without {missing}"
        assert value.keys() <= schema["properties"].keys(), (
            f"{where}: {value.keys() - schema['properties'].keys()}"
        )
        for name, part in value.items():
            hold(part, schema["properties"][name], document, f"{where}.{name}")
    if isinstance(value, list):
        for number, part in enumerate(value):
            hold(part, schema["items"], document, f"{where}[{number}]")
