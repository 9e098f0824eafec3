"""The demo municipality's content: its shape, its references and its tone."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

CONTENT = Path(__file__).parents[3] / "portal" / "demo" / "content"
FILES = ("organisations", "departments", "services", "pledges", "streets", "phrases")
CLOCKED = {"first_answer", "remedy", "decision", "forwarding", "call_back", "officer_named", "completeness"}
MEASURES = CLOCKED | {"first_contact", "calls", "survey", "availability", "readability", "work_log"}
SOURCES = {"cases", "phone", "survey", "monitor", "work_log", "text"}
UNITS = {"working_days", "weeks", "calendar_days"}
LONGEST_SHORT = 70
HIGHEST_LIX = 45

FAULTS = {
    "gatlykta", "hal-i-gatan", "klotter", "snorojning", "lekplats",
    "park-trad", "nedskrapning", "vattenlacka", "missad-hamtning", "annat",
}  # fmt: skip
# The catalogue of 52 pledges, in its own order.
CATALOGUE = (
    "svar-pa-epost", "svar-pa-brev", "lost-direkt", "svar-i-telefon", "ringer-upp", "ratt-fran-borjan",
    "vanligt-bemott", "oppet-dygnet-runt", "begripliga-texter", "allman-handling", "bygglov-enkelt",
    "bygglov-saknas-nagot", "bygglov-handlaggare", "startbesked-anmalan", "planbesked-tre-manader",
    "varmepump-besked", "buller-forsta-bedomning", "livsmedel-forsta-kontroll", "kontrollrapport",
    "farliga-hal", "gatlyktor-lagas", "klotter-tas-bort", "snorojning-bostadsgator", "lekplatser-ses-over",
    "besked-nar-det-ar-klart", "nodvatten", "stopp-i-ledning", "va-pris", "missad-hamtning",
    "forskoleplats-i-tid", "forskola-besked-i-forvag", "inskolning-en-vecka", "klagomal-pa-skola",
    "skolskjuts-beslut", "utvecklingssamtal", "bistand-ringer", "trygghetslarm-fem-dagar",
    "hemtjanst-fa-personer", "genomforandeplan", "forsorjningsstod-sju-dagar", "forsta-besok-sju-dagar",
    "faderskap-tid", "parkeringstillstand-fyra-veckor", "foreningsbidrag-besked", "lokal-bekraftas",
    "inkopsforslag-svar", "foretagslots-en-dag", "serveringstillstand-sex-veckor", "nojda-foretag",
    "eldning-svar", "fakturafraga-svar", "medborgarforslag-besked",
)  # fmt: skip
# The example pledges and answer times the municipality started from.
SEEDS = {*(f"S0-{number}" for number in range(5, 14)), "S1-17", "S1-22a", "S1-22b", "S1-22c", "S1-22d"}
VERSION_KEYS = {
    "number", "promise", "short", "content", "applies_to", "not_applies", "duties", "remedy", "measure",
    "measured_as", "target", "target_unit", "source", "holding_answer", "owner", "decided_by", "decided_on",
    "paragraph", "registry_number", "valid_from", "valid_to", "review_by",
}  # fmt: skip
OUTCOMES = {
    "remedied", "answered", "approved", "rejected", "no_action", "not_ours", "duplicate", "not_found",
}  # fmt: skip
PHRASED = {
    "felanmalan", "fraga", "synpunkt", "bygglov-ansokan", "anmalan-startbesked", "buller-klagomal", "varmepump",
    "forskoleplats", "skolskjuts", "parkeringstillstand", "fakturafraga", "utlamnande-handling", "foretagslots",
    "hyra-lokal", "medborgarforslag", "serveringstillstand",
}  # fmt: skip


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / f"{name}.toml").read_text(encoding="utf-8"))


ORGANISATIONS = read("organisations")["organisation"]
DEPARTMENTS = read("departments")["department"]
SERVICES = read("services")["service"]
PLEDGES = read("pledges")["pledge"]
PLACES = read("streets")["place"]
PHRASES = read("phrases")["phrase"]
QUESTIONS = json.loads((CONTENT / "faq.json").read_text(encoding="utf-8"))

VERSIONS = [
    pytest.param(version, id=f"{pledge['slug']}-{version['number']}")
    for pledge in PLEDGES
    for version in pledge["version"]
]


def slugs(rows: list[dict[str, Any]]) -> list[str]:
    return [row["slug"] for row in rows]


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def lix(text: str) -> float:
    plain = re.sub(r"kl\. |\S+@\S+|(?<=\d)\.(?=\d)|\*", "", text)
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", plain)
    sentences = max(1, len(re.findall(r"[.?](?=\s|$)", plain)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


# ---- the whole -------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [ORGANISATIONS, DEPARTMENTS, SERVICES, PLEDGES])
def test_a_slug_names_one_thing(rows):
    assert len(slugs(rows)) == len(set(slugs(rows)))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs(rows))


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_shouted_or_padded(name):
    found = list(texts(read(name)))
    assert found
    assert not [text for text in found if "!" in text]
    assert not [text for text in found if text != text.strip()]


@pytest.mark.parametrize("name", FILES)
def test_phone_numbers_belong_to_the_series_for_fiction(name):
    numbers = re.findall(r"\b0\d{1,3}-[\d ]{5,10}\d", "\n".join(texts(read(name))))
    assert [number for number in numbers if not re.fullmatch(r"0980-319 2[0-4]\d", number)] == []


def test_invented_organisation_numbers_can_belong_to_nobody():
    for organisation in ORGANISATIONS:
        assert organisation["number_is_fictional"] is True
        digits = [int(sign) for sign in organisation["number"] if sign != "-"]
        doubled = [
            sum(divmod(digit * 2, 10)) if place % 2 == 0 else digit for place, digit in enumerate(digits)
        ]
        assert len(digits) == 10
        assert sum(doubled) % 10 != 0


# ---- departments and services -----------------------------------------------------------------------


def test_departments_are_those_of_the_questions():
    assert set(slugs(DEPARTMENTS)) == {question["verksamhet"] for question in QUESTIONS}


@pytest.mark.parametrize("department", DEPARTMENTS, ids=lambda row: row["slug"])
def test_a_department_can_be_reached(department):
    assert department["organisation"] in slugs(ORGANISATIONS)
    assert department["email"].endswith("@ekdala.example")
    assert department["liaison"].keys() == {"name", "role", "phone", "email"}
    assert department["duty_phone"] != department["phone"]
    for interval in department["hours"]:
        assert set(interval["days"]) <= set(range(7))
        assert interval["opens"] < interval["closes"]


def test_every_service_that_a_question_leads_to_exists():
    wanted = {question.get("related_service") for question in QUESTIONS} - {None}
    assert wanted <= set(slugs(SERVICES))


def test_every_department_has_a_service():
    assert {service["department"] for service in SERVICES} == set(slugs(DEPARTMENTS))


@pytest.mark.parametrize("service", SERVICES, ids=lambda row: row["slug"])
def test_a_service_says_what_it_is_and_who_answers_for_it(service):
    assert {service[key] for key in ("department", "quality_owner", "delivery_owner")} <= set(
        slugs(DEPARTMENTS)
    )
    assert service["kind"] in {"information", "transaction", "dialogue"}
    assert service["secrecy"] in {"open", "needs_check", "secret"}
    assert service["rosa_level"] in range(1, 7)
    assert service["contains"]
    assert service["needs"]
    assert service["channels"]
    keys = [step["key"] for step in service["steps"]]
    assert (keys[0], keys[-1]) == ("received", "closed")
    assert service["steps"][0]["name"] == "Mottaget"
    assert len(keys) == len(set(keys))


def test_a_hard_case_is_not_handed_to_the_service_centre():
    hard = [service for service in SERVICES if service["rosa_level"] > 4]
    assert hard
    assert all(service["delivery_owner"] != "kundtjanst" for service in hard)


def test_a_reference_tells_which_service_it_belongs_to():
    prefixes = [service["prefix"] for service in SERVICES]
    assert all(re.fullmatch(r"[A-Z]{3}", prefix) for prefix in prefixes)
    assert len(prefixes) == len(set(prefixes))


def test_fault_reports_have_their_ten_categories():
    felanmalan = next(service for service in SERVICES if service["slug"] == "felanmalan")
    assert {category["key"] for category in felanmalan["category"]} == FAULTS
    assert {category["department"] for category in felanmalan["category"]} <= set(slugs(DEPARTMENTS))
    assert felanmalan["e_service"] == "felanmalan"


# ---- pledges ---------------------------------------------------------------------------------------


def test_the_whole_catalogue_is_there():
    assert len(set(CATALOGUE)) == 52
    assert set(CATALOGUE) <= set(slugs(PLEDGES))


def test_every_example_pledge_is_covered_once():
    covered = [seed for pledge in PLEDGES for seed in pledge["seed"]]
    assert sorted(covered) == sorted(SEEDS)
    beside_the_catalogue = [pledge for pledge in PLEDGES if pledge["slug"] not in CATALOGUE]
    assert all(pledge["seed"] for pledge in beside_the_catalogue)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_version_has_its_whole_anatomy(version):
    assert version.keys() >= VERSION_KEYS
    assert all(version[key] for key in VERSION_KEYS - {"valid_to", "holding_answer"})
    assert version["measure"] in MEASURES
    assert version["source"] in SOURCES
    assert ("amount" in version) == ("unit" in version)
    assert version.get("unit", "weeks") in UNITS
    assert 0 < Decimal(version["target"]) <= 100
    assert version["target_unit"] in {"percent", "index", "persons_at_most"}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_promise_marks_the_one_part_that_is_measured(version):
    for text in (version["promise"], version["short"]):
        assert re.fullmatch(r"[^*]*\*[^*]+\*[^*]*", text)
    assert version["promise"].endswith(".")
    assert len(version["short"].replace("*", "")) <= LONGEST_SHORT


@pytest.mark.parametrize("version", VERSIONS)
def test_a_promise_is_easy_to_read(version):
    keys = ("promise", "content", "applies_to", "not_applies", "duties", "remedy", "measured_as")
    assert lix(" ".join(texts([version[key] for key in keys]))) <= HIGHEST_LIX


@pytest.mark.parametrize("version", VERSIONS)
def test_a_scope_names_cases_that_a_clock_can_follow(version):
    categories = {
        (service["slug"], category["key"]) for service in SERVICES for category in service.get("category", [])
    }
    assert ("scope" in version) == ("position" in version)
    for scope in version.get("scope", []):
        assert scope["service"] in slugs(SERVICES)
        assert "category" not in scope or (scope["service"], scope["category"]) in categories
        assert version["source"] == "cases"
        assert version["measure"] in CLOCKED | {"first_contact"}
        assert ("amount" in version) == (version["measure"] in CLOCKED)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_legal_limit_is_unverified_and_never_stricter_than_the_promise(version):
    law = version.get("law")
    if law is None:
        return
    days = {"working_days": 1.4, "calendar_days": 1, "weeks": 7, "months": 30}
    assert law["verified"] is False
    assert law["reference"]
    assert ("amount" in law) == ("unit" in law)
    if "amount" in law and "amount" in version:
        assert version["amount"] * days[version["unit"]] <= law["amount"] * days[law["unit"]]


@pytest.mark.parametrize("pledge", PLEDGES, ids=lambda row: row["slug"])
def test_versions_follow_each_other_without_gap_or_overlap(pledge):
    versions = pledge["version"]
    assert pledge["department"] in {"", *slugs(DEPARTMENTS)}
    assert [version["number"] for version in versions] == list(range(1, len(versions) + 1))
    assert all(
        date.fromisoformat(version["decided_on"]) < date.fromisoformat(version["valid_from"])
        for version in versions
    )
    for earlier, later in pairwise(versions):
        gap = date.fromisoformat(later["valid_from"]) - date.fromisoformat(earlier["valid_to"])
        assert gap.days == 1
    assert versions[-1]["valid_to"] == ""


def test_some_pledges_have_a_past_one_is_paused_and_one_has_not_begun():
    paused = [pledge for pledge in PLEDGES if pledge["status"] == "paused"]
    coming = [pledge for pledge in PLEDGES if pledge["version"][0]["valid_from"] == "2027-01-01"]
    assert len([pledge for pledge in PLEDGES if len(pledge["version"]) == 2]) >= 3
    assert [pledge["pause_reason"] != "" for pledge in paused] == [True]
    assert slugs(coming) == ["skolskjuts-beslut"]
    assert all(pledge["pause_reason"] == "" for pledge in PLEDGES if pledge["status"] == "active")


def test_every_kind_of_fault_has_one_main_pledge():
    for fault in FAULTS:
        positions = [
            pledge["version"][-1]["position"]
            for pledge in PLEDGES
            for scope in pledge["version"][-1].get("scope", [])
            if scope["service"] == "felanmalan" and scope.get("category", fault) == fault
        ]
        assert positions
        assert positions.count(min(positions)) == 1


# ---- words for a history of cases --------------------------------------------------------------------


def test_places_are_named_once():
    names = [place["name"] for place in PLACES]
    assert len(names) == len(set(names)) >= 25
    assert all(place["highest_number"] > 0 for place in PLACES if place["kind"] == "street")


def test_faults_and_the_common_services_have_words():
    assert {phrase["service"] for phrase in PHRASES} == PHRASED
    assert {phrase["category"] for phrase in PHRASES if phrase["service"] == "felanmalan"} == FAULTS


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda row: f"{row['service']}-{row['category']}")
def test_a_phrase_can_be_filled_in(phrase):
    service = next(row for row in SERVICES if row["slug"] == phrase["service"])
    categories = {category["key"] for category in service.get("category", [])}
    assert phrase["category"] in (categories or {""})
    assert set(phrase["place_kinds"]) <= {place["kind"] for place in PLACES}
    assert set(phrase["months"]) <= set(range(1, 13))
    assert phrase["weight"] > 0
    assert len(phrase["descriptions"]) >= 5
    assert len(phrase.get("titles", phrase["descriptions"])) == len(phrase["descriptions"])
    assert len(phrase["answers"]) == len(phrase["descriptions"])
    assert phrase["progress"]
    assert phrase["completion"]
    assert len(phrase.get("passed_to", phrase["descriptions"])) == len(phrase["descriptions"])
    assert set(phrase.get("passed_to", ())) <= set(slugs(DEPARTMENTS)) - {service["department"]}
    assert ("passed_to" in phrase) == (0 < phrase.get("passed_share", 0) < 1)
    placeholders = re.findall(r"\{[^}]*\}", " ".join(texts(phrase)))
    assert set(placeholders) <= {"{place}"}


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda row: f"{row['service']}-{row['category']}")
def test_a_case_can_end_well_and_otherwise(phrase):
    outcomes = phrase["outcomes"]
    assert outcomes.keys() == OUTCOMES
    good = [outcomes[name] for name in ("remedied", "answered", "approved") if outcomes[name]]
    assert [len(endings) for endings in good] == [len(phrase["descriptions"])]
    assert outcomes["no_action"]
    assert all(end["reason"] and end["note"] for end in [*outcomes["no_action"], *outcomes["rejected"]])
    assert all(end["to"] and end["note"] for end in outcomes["not_ours"])
    if phrase["service"] == "felanmalan":
        assert all(outcomes[name] for name in ("remedied", "not_ours", "duplicate", "not_found"))
