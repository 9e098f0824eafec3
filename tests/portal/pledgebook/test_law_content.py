"""What a promise says of the law, read in: a key of the register, and never a time longer than the law's."""

import tomllib
from datetime import UTC, datetime
from typing import Any

import pytest

from portal.calendars.content import import_calendars
from portal.demo.loading import CONTENT
from portal.errors import ContentError
from portal.pledgebook.content import import_pledges
from portal.pledgebook.queries import pledge_by_slug
from portal.services.legal import import_legal_clocks
from portal.services.models import LegalClockRow
from tests.builders import a_service
from tests.portal.pledgebook.test_content import pledge, version

AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def law(**more: Any) -> dict[str, Any]:
    return {
        "key": "bygglov",
        "amount": 4,
        "unit": "weeks",
        "reference": "PBL 9 kap.",
        "verified": False,
        **more,
    }


@pytest.fixture
def house(db):
    a_service(db)
    with (CONTENT / "legal.toml").open("rb") as file:
        import_legal_clocks(db, tomllib.load(file), AT)


def test_a_promise_names_its_legal_clock(db, house):
    import_pledges(db, pledge(version(measure="decision", law=law())), AT)
    db.expire_all()
    assert pledge_by_slug(db, "gatlyktor").versions[0].law == law()


def test_a_key_that_the_register_does_not_have_is_refused(db, house):
    fault = "pledge gatlyktor: version 1: law has the key 'bygglof'; use one of allman-handling, .*bygglov"
    with pytest.raises(ContentError, match=fault):
        import_pledges(db, pledge(version(law=law(key="bygglof"))), AT)


def test_without_a_register_any_key_is_taken(db):
    a_service(db)
    import_pledges(db, pledge(version(measure="decision", law=law(key="bygglof"))), AT)
    assert db.query(LegalClockRow).count() == 0


# Four weeks from Monday 30 November 2026 end on 28 December; twenty working days take in five days that are none.
def test_twenty_working_days_are_longer_than_four_weeks_when_christmas_comes(db, house):
    fault = (
        "version 1: amount is longer than the law: a case that comes 20.*-.* may wait until 20.*,"
        " and the law says 20.*; promise a shorter time"
    )
    with pytest.raises(ContentError, match=fault):
        import_pledges(db, pledge(version(measure="decision", amount=20, law=law())), AT)


def test_what_is_no_longer_than_the_law_is_taken(db, house):
    import_pledges(db, pledge(version(measure="decision", amount=4, unit="weeks", law=law())), AT)


def test_a_figure_that_no_case_clocks_is_not_held_against_the_law(db, house):
    whole = version(measure="survey", source="survey", amount=20, law=law())
    import_pledges(db, pledge(whole), AT)


def shut_for_two_weeks(db) -> None:
    """The whole municipality closes from Monday 11 January 2027, by a calendar of its own."""
    days = [
        {"day": f"2027-01-{day}", "hours": "stängt", "reason": "Flytt"}
        for day in (*range(11, 16), *range(18, 23))
    ]
    week = [*["08.00-16.30"] * 5, "stängt", "stängt"]
    calendar = {"place": "kommunen", "name": "Flytten", "published": "2026-11-01", "published_by": "Tor Vik"}
    import_calendars(
        db,
        {"calendar": [{**calendar, "season": [{"first": "2026-11-01", "week": week}], "exception": days}]},
        AT,
    )


# Three working days never last two weeks, unless the house is shut.
THREE_DAYS = version(measure="decision", amount=3, law=law(amount=2))


def test_a_house_that_shuts_makes_the_same_promise_longer(db, house):
    import_pledges(db, pledge(THREE_DAYS, slug="fore-flytten"), AT)
    shut_for_two_weeks(db)
    with pytest.raises(ContentError, match=r"case that comes 2027-01-0. may wait until 2027-01-2"):
        import_pledges(db, pledge(THREE_DAYS), AT)


def test_a_version_that_holds_is_read_in_again_whatever_the_calendar_has_become(db, house):
    import_pledges(db, pledge(THREE_DAYS), AT)
    shut_for_two_weeks(db)
    assert import_pledges(db, pledge(THREE_DAYS), AT) == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"law": law(amount=0)}, "law must have an amount that weeks can have, not 0"),
        ({"law": law(amount=True)}, "law must have a whole amount"),
        ({"law": law(unit=None)}, "law must have a whole amount"),
        ({"law": law(amount=25, unit="same_day")}, "law must have an amount that same_day can have, not 25"),
        ({"law": law(), "amount": 24, "unit": "same_day"}, "amount must have an amount that same_day can"),
        (
            {"compensation": [{"kind": "fee_reduction", "share": "2", "per": "once"}]},
            r"compensation must be a list of rules with a kind of apology, .*per \(started_week or once\)",
        ),
        ({"compensation": [{"kind": "apology", "share": "1/5"}]}, "compensation must be a list of rules"),
        ({"pause_policy": "never"}, "pause_policy must be one of none, question, question_or_law"),
    ],
)
def test_a_fault_names_the_version_the_key_and_what_to_do(db, house, change, fault):
    with pytest.raises(ContentError, match=f"pledge gatlyktor: version 1: {fault}"):
        import_pledges(db, pledge(version(**{"measure": "decision", **change})), AT)


def test_what_is_left_out_is_as_it_was_before_it_could_be_said(db, house):
    import_pledges(db, pledge(version()), AT)
    found = pledge_by_slug(db, "gatlyktor").versions[0]
    assert (found.starts_at, found.pause_policy, found.compensation, found.law) == (
        "received",
        "question_or_law",
        [],
        {},
    )
