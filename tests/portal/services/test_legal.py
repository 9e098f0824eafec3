"""The register of legal clocks: read in from a file, and asked for by day."""

import tomllib
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pledges.law import ClockKind
from pledges.limit import Limit, Unit
from pledges.permit import PermitRules, permit_rules
from portal.demo.loading import CONTENT
from portal.errors import ContentError
from portal.services.legal import import_legal_clocks
from portal.services.queries import legal_clock, legal_clocks

AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def period(**more: Any) -> dict[str, Any]:
    values = {
        "reference": "Skollagen (2010:800) 8 kap. 14 §",
        "amount": 4,
        "unit": "months",
        "valid_from": "2019-01-01",
        "source": "SFS 2010:800",
        **more,
    }
    return {key: value for key, value in values.items() if value is not None}


def register(*periods: dict[str, Any], **more: Any) -> dict[str, Any]:
    clock = {"slug": "forskoleplats", "title": "Plats i förskola", "kind": "fixed", "period": list(periods)}
    return {"clock": [{**clock, **more}]}


OLD = period(valid_to="2025-06-30")
NEW = period(valid_from="2025-07-01", amount=3, reference="Skollagen, ny lydelse")


def test_what_comes_in_is_timed_by_the_law_of_its_day(db):
    assert import_legal_clocks(db, register(OLD, NEW), AT) == 2
    found = {
        day: legal_clock(db, "forskoleplats", date.fromisoformat(day)) for day in ("2025-06-30", "2025-07-01")
    }
    assert found["2025-06-30"].limit == Limit(4, Unit.MONTHS)
    assert found["2025-07-01"].limit == Limit(3, Unit.MONTHS)
    assert found["2025-07-01"].reference == "Skollagen, ny lydelse"


def test_before_the_register_begins_and_for_another_clock_there_is_none(db):
    import_legal_clocks(db, register(OLD, NEW), AT)
    assert legal_clock(db, "forskoleplats", date(2018, 12, 31)) is None
    assert legal_clock(db, "bygglov", date(2026, 11, 24)) is None


def test_a_law_without_a_number_gets_none(db):
    import_legal_clocks(db, register(period(amount=None, unit=None)), AT)
    (clock,) = legal_clocks(db)
    assert (clock.limit, clock.verified) == (None, False)


def test_a_verified_period_says_who_read_the_law_and_when(db):
    import_legal_clocks(db, register(period(verified_on="2026-11-20", verified_by="Stadsjuristen")), AT)
    (clock,) = legal_clocks(db)
    assert (clock.verified, clock.verified_on, clock.verified_by) == (
        True,
        date(2026, 11, 20),
        "Stadsjuristen",
    )


def test_a_period_is_brought_up_to_date_by_the_day_it_begins(db):
    import_legal_clocks(db, register(period()), AT)
    import_legal_clocks(db, register(OLD, NEW, title="Förskoleplats"), AT)
    assert [(c.title, c.valid_from, c.valid_to) for c in legal_clocks(db)] == [
        ("Förskoleplats", date(2019, 1, 1), date(2025, 6, 30)),
        ("Förskoleplats", date(2025, 7, 1), None),
    ]


def test_a_period_that_the_file_leaves_out_stays(db):
    import_legal_clocks(db, register(OLD, NEW), AT)
    import_legal_clocks(db, register(NEW, title="Förskoleplats"), AT)
    assert [(c.title, c.limit.amount) for c in legal_clocks(db)] == [
        ("Förskoleplats", 4),
        ("Förskoleplats", 3),
    ]


def test_a_period_may_not_overlap_one_that_is_there_already(db):
    import_legal_clocks(db, register(period()), AT)
    fault = "clock forskoleplats: period holds twice: from 2019-01-01 without end, and from 2025-07-01; end the first"
    with pytest.raises(ContentError, match=fault):
        import_legal_clocks(db, register(NEW), AT)


@pytest.mark.parametrize(
    ("periods", "fault"),
    [
        ([], "clock forskoleplats: period must stand there at least once"),
        ([period(), period(amount=5)], "clock forskoleplats: period begins twice on the same day"),
        (
            [period(valid_to="2025-07-01"), NEW],
            "clock forskoleplats: period holds twice: from 2019-01-01 to 2025-07-01",
        ),
        (
            [NEW, period()],
            "clock forskoleplats: period holds twice: from 2019-01-01 without end, and from 2025-07-01",
        ),
    ],
)
def test_periods_of_one_clock_never_hold_on_the_same_day(db, periods, fault):
    with pytest.raises(ContentError, match=fault):
        import_legal_clocks(db, register(*periods), AT)
    assert legal_clocks(db) == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            {"valid_from": "20266-01-01"},
            "period 1: valid_from must be a day as in 2026-11-24, not '20266-01-01'",
        ),
        (
            {"valid_from": "0026-01-01"},
            "period 1: valid_from must be a day from 1734 to 2199, not 0026-01-01",
        ),
        ({"valid_to": "2999-12-31"}, "period 1: valid_to must be a day from 1734 to 2199, not 2999-12-31"),
        ({"valid_to": "2018-12-31"}, "period 1: valid_to must not be earlier than valid_from, 2019-01-01"),
        ({"amount": 0}, "period 1: amount must be a whole number from 1 to 1000"),
        ({"amount": "4"}, "period 1: amount must be a whole number from 1 to 1000"),
        ({"amount": None}, "period 1: unit must stand there together with amount"),
        ({"unit": None}, "period 1: unit must stand there together with amount"),
        ({"unit": "years"}, "period 1: unit must be one of working_days"),
        (
            {"unit": "working_hours"},
            "period 1: unit must be one of calendar_days, .*: no law counts working_hours",
        ),
        (
            {"amount": None, "unit": None, "extension": 4},
            "period 1: extension must not stand there without an amount",
        ),
        ({"verified_on": "2026-11-20"}, "period 1: verified_by must stand there together with verified_on"),
        (
            {"verified_by": "Stadsjuristen"},
            "period 1: verified_by must stand there together with verified_on",
        ),
        (
            {"verified_on": "2026-11-21", "verified_by": "Stadsjuristen"},
            "period 1: verified_on must not be later than today, 2026-11-20",
        ),
        ({"reference": " "}, "period 1: reference must not be empty"),
        ({"source": None}, "period 1: source must be a text"),
        ({"weeks": 10}, "period 1: weeks is not a key of such an entry"),
    ],
)
def test_a_fault_names_the_period_the_key_and_what_to_do(db, change, fault):
    with pytest.raises(ContentError, match=f"clock forskoleplats: {fault}"):
        import_legal_clocks(db, register(period(**change)), AT)


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"kind": "magic"}, "clock forskoleplats: kind must be one of fixed, building_permit"),
        ({"title": ""}, "clock forskoleplats: title must not be empty"),
        ({"slug": "Förskola"}, "clock Förskola: slug must be lower-case letters"),
        ({"amount": 4}, "clock forskoleplats: amount is not a key of such an entry"),
        (
            {"kind": "building_permit"},
            "period 1: amount must stand in weeks with extension and completion_order",
        ),
    ],
)
def test_a_fault_of_the_clock_itself_names_it(db, more, fault):
    with pytest.raises(ContentError, match=fault):
        import_legal_clocks(db, register(period(), **more), AT)


def test_the_same_clock_twice_in_a_file_is_refused(db):
    twice = {"clock": register(OLD)["clock"] * 2}
    with pytest.raises(ContentError, match="clock forskoleplats: stands there twice"):
        import_legal_clocks(db, twice, AT)


@pytest.fixture
def shipped(db):
    with (CONTENT / "legal.toml").open("rb") as file:
        import_legal_clocks(db, tomllib.load(file), AT)
    return {(clock.key, clock.valid_from): clock for clock in legal_clocks(db)}


def test_the_shipped_register_claims_no_lawyer_has_read_it(shipped):
    assert [clock.key for clock in shipped.values() if clock.verified or not clock.source] == []


def test_building_law_has_one_period_before_december_2025_and_one_from_it(db, shipped):
    for day, reference in ((date(2025, 11, 30), "före"), (date(2025, 12, 1), "från")):
        clock = legal_clock(db, "bygglov", day)
        assert f"lydelse {reference} 1 december 2025" in clock.reference
        assert permit_rules(clock) == PermitRules(10, 10, 3)
        assert permit_rules(legal_clock(db, "bygganmalan", day)) == PermitRules(4, 4, 3)


# What the sources name no number for has none.
@pytest.mark.parametrize(
    "key", ["allman-handling", "registrering", "underrattelse-forsening", "skolklagomal"]
)
def test_no_number_is_made_up_for_a_law_that_names_none(db, shipped, key):
    assert legal_clock(db, key, AT.date()).limit is None


@pytest.mark.parametrize(
    ("key", "amount", "unit"),
    [
        ("begaran-om-avgorande", 6, Unit.MONTHS),
        ("svar-pa-begaran-om-avgorande", 4, Unit.WEEKS),
        ("overklagande", 3, Unit.WEEKS),
        ("forskoleplats", 4, Unit.MONTHS),
        ("serveringstillstand", 4, Unit.MONTHS),
        ("miljoanmalan", 6, Unit.WEEKS),
        ("motion-medborgarforslag", 12, Unit.MONTHS),
        ("forhandsbedomning-barn", 14, Unit.CALENDAR_DAYS),
    ],
)
def test_the_shipped_numbers(db, shipped, key, amount, unit):
    assert legal_clock(db, key, AT.date()).limit == Limit(amount, unit)


def test_every_kind_of_clock_is_shipped(shipped):
    assert {clock.kind for clock in shipped.values()} == set(ClockKind)
