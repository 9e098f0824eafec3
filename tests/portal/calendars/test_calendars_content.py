"""Calendars read in from a file, and the demo municipality's own."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from pledges.calendar import swedish_calendar
from portal.calendars.content import import_calendars
from portal.calendars.models import CalendarRevision
from portal.calendars.queries import calendar, number_for
from portal.errors import ContentError
from tests.builders import RECEIVED, a_department
from tests.conftest import NOON

DEMO = Path(__file__).parents[3] / "portal" / "demo" / "content" / "calendars.toml"
WEEK = ["08.00-16.00"] * 5 + ["stängt", "stängt"]


def a_calendar(**more: Any) -> dict[str, Any]:
    """A calendar of the whole municipality as a parsed file holds it."""
    values = {
        "place": "kommunen",
        "name": "Öppettider",
        "published": date(2025, 1, 1),
        "published_by": "Tor Vik",
        "season": [{"first": date(2025, 1, 1), "week": WEEK}],
        "exception": [{"day": date(2026, 5, 15), "hours": "stängt", "reason": "Klämdag"}],
    }
    return {"calendar": [{**values, **more}]}


def revisions(db) -> int:
    return db.scalar(select(func.count(CalendarRevision.id)))


def test_a_calendar_is_read_in_as_it_was_published(db):
    department = a_department(db)
    assert import_calendars(db, a_calendar(), NOON) == 1
    number = number_for(db, department.id, RECEIVED)
    assert not calendar(db, number).is_working_day(date(2026, 5, 15))
    assert number_for(db, department.id, datetime(2024, 12, 31, 22, 59, tzinfo=UTC)) == 1
    assert number_for(db, department.id, datetime(2024, 12, 31, 23, 0, tzinfo=UTC)) == number


def test_reading_the_same_in_again_changes_nothing(db):
    a_department(db)
    import_calendars(db, a_calendar(), NOON)
    import_calendars(db, a_calendar(), NOON)
    assert revisions(db) == 1


def test_a_changed_calendar_is_a_new_revision_from_a_later_day(db):
    a_department(db)
    import_calendars(db, a_calendar(), NOON)
    with pytest.raises(ContentError, match="must be later than the calendar that holds"):
        import_calendars(db, a_calendar(exception=[]), NOON)
    import_calendars(db, a_calendar(exception=[], published=date(2026, 1, 1)), NOON)
    assert revisions(db) == 2


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"place": "verksamhet:ingen"}, "calendar verksamhet:ingen: place names 'verksamhet:ingen'"),
        ({"published": date(2027, 1, 1)}, "calendar kommunen: published must not be a day to come"),
        (
            {"season": [{"first": date(2025, 1, 1), "week": WEEK[:6]}]},
            "season 1: week must have the hours of seven",
        ),
        (
            {"season": [{"first": "20266-01-01", "week": WEEK}]},
            "calendar kommunen: season 1: first must be a day as in 2026-11-24, not '20266-01-01'",
        ),
        (
            {"season": [{"first": date(2025, 1, 1), "week": ["8-12, 11-16", *WEEK[1:]]}]},
            "calendar kommunen: Period 1, måndag: Tiderna 08.00-12.00 och 11.00-16.00 går in i varandra.",
        ),
        (
            {"season": [{"first": date(2025, 2, 1), "week": WEEK}]},
            "Period 1, första dag: Perioden börjar först 2025-02-01, och från 2025-01-01",
        ),
        ({"colour": "red"}, "calendar kommunen: colour is not a key"),
    ],
)
def test_what_is_wrong_in_the_file_is_named_and_nothing_is_kept(db, more, message):
    a_department(db)
    with pytest.raises(ContentError, match=message.replace("(", r"\(")):
        import_calendars(db, a_calendar(**more), NOON)
    assert revisions(db) == 0


def test_ekdala_closes_on_its_own_days_and_the_service_center_inherits_them(db):
    center = a_department(db, "kundtjanst", "Kundtjänst")
    streets = a_department(db)
    import_calendars(db, tomllib.loads(DEMO.read_text("utf-8")), NOON)
    whole = calendar(db, number_for(db, streets.id, NOON))
    own = calendar(db, number_for(db, center.id, NOON))
    squeezed = date(2026, 5, 15)
    assert swedish_calendar().is_working_day(squeezed)
    assert not whole.is_working_day(squeezed)
    assert not own.is_working_day(squeezed)
    # Summer hours on Wednesday 1 July 2026: half past three in the afternoon, and a quarter to eight in the morning.
    afternoon, morning = datetime(2026, 7, 1, 13, 30, tzinfo=UTC), datetime(2026, 7, 1, 5, 45, tzinfo=UTC)
    assert (whole.is_open(afternoon), own.is_open(afternoon)) == (False, True)
    assert (whole.is_open(morning), own.is_open(morning)) == (False, True)
    # Twelfth Night's Eve closes at one for both.
    eve = datetime(2026, 1, 5, 12, 30, tzinfo=UTC)
    assert (whole.is_open(eve), own.is_open(eve)) == (False, False)
