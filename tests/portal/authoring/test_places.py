"""Where a pledge holds begins and ends with its versions: each case falls under what held the day it came."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from pledges.pledge import Measure
from portal.accounts.models import Staff
from portal.accounts.rules import Actor, Role
from portal.authoring import actions
from portal.authoring.content import Content, Place
from portal.authoring.queries import rivals
from portal.authoring.rules import Move
from portal.cases.actions import open_case
from portal.cases.intake import Intake
from portal.eservices.queries import pledges_of_service
from portal.pledgebook.content import import_pledges
from portal.pledgebook.export import export_pledges
from portal.pledgebook.figures.sights import sight_of
from portal.pledgebook.models import PledgeScope, PledgeVersion
from portal.pledgebook.queries import in_force, pledge_by_slug
from portal.services.models import Service
from tests.builders import ACCESS, a_department, a_pledge, a_service, staff

HOME, SLUG = "https://ekdala.example", "gatlyktor-lagas"
TODAY, LAST, FIRST = date(2026, 11, 20), date(2026, 11, 30), date(2026, 12, 1)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def _actor(person: Staff) -> Actor:
    return Actor(person.id, person.name, person.title, person.email, frozenset())


@pytest.fixture
def service(db) -> Service:
    """A service under a pledge, whose next version from the first of December holds for street lights only."""
    found = a_service(db)
    a_pledge(db, found)
    _publish(db, {"scopes": [str(Place("felanmalan", "gatlykta"))]}, FIRST)
    return found


def _publish(db, change: Mapping[str, Any], first: date) -> PledgeVersion:
    """Take the next version of the pledge all the way, decided in November, to hold from a day."""
    db.expire_all()
    head, at = _actor(staff(db, f"chef{first:%m%d}@ekdala.example", Role.MANAGER)), _noon(TODAY)
    pledge = pledge_by_slug(db, SLUG)
    content = Content.read({**Content.of(pledge, pledge.versions[0]).stored(), **change})
    draft = actions.start_draft(db, head, pledge.department_id, pledge, content, at)
    db.refresh(draft, ["pledge", "department", "written_by"])
    for revision, move in enumerate((Move.SEND, Move.APPROVE), 1):
        actions.move(db, draft, head, move, "", revision, HOME, at)
    decision = actions.Decision("Tekniska nämnden", date(2026, 11, 18), "§ 1", "TN 2026-1")
    actions.decide(db, draft, head, decision, 3, at)
    made = actions.publish(db, draft, head, valid_from=first, slug="", revision=4, base_url=HOME, at=at)
    db.flush()
    return made


def _spans(db) -> list[tuple[str, date | None, date | None]]:
    rows = db.scalars(select(PledgeScope).order_by(PledgeScope.id))
    return [(row.category, row.valid_from, row.valid_to) for row in rows]


def _numbers(db, service: Service, category: str, day: date) -> list[int]:
    return [one.version.number for one in in_force(db, service.id, category, day)]


def test_publishing_ends_the_old_places_the_day_before_the_new_begin(db, service):
    assert _spans(db) == [("", None, LAST), ("gatlykta", FIRST, None)]
    versions = db.scalars(select(PledgeVersion).order_by(PledgeVersion.number)).all()
    assert [(v.valid_from, v.valid_to) for v in versions] == [(date(2025, 1, 1), LAST), (FIRST, None)]


@pytest.mark.parametrize(
    ("category", "day", "number"),
    [("hal", LAST, [1]), ("hal", FIRST, []), ("gatlykta", LAST, [1]), ("gatlykta", FIRST, [2])],
)
def test_the_day_a_case_is_received_says_which_places_hold(db, service, category, day, number):
    assert _numbers(db, service, category, day) == number


@pytest.mark.parametrize(("received", "number"), [(LAST, [1]), (FIRST, [])])
def test_a_case_written_down_late_falls_under_what_held_when_it_came(db, service, received, number):
    intake = Intake("brev", service, "Ett hål i gatan", category="hal", received_at=_noon(received))
    case = open_case(db, intake, ACCESS, _noon(date(2026, 12, 3))).case
    assert [clock.version.number for clock in case.clocks] == number


def test_a_version_once_more_of_the_same_places_leaves_no_gap(db, service):
    _publish(db, {}, date(2027, 1, 1))
    assert _spans(db)[1:] == [
        ("gatlykta", FIRST, date(2026, 12, 31)),
        ("gatlykta", date(2027, 1, 1), None),
    ]
    assert [_numbers(db, service, "gatlykta", day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [
        [2],
        [3],
    ]


def test_a_page_shows_the_places_of_its_version(db, service):
    db.expire_all()
    pledge = pledge_by_slug(db, SLUG)
    new, old = pledge.versions

    def shown(version: PledgeVersion, today: date) -> list[str]:
        return [scope.category for scope in sight_of(db, pledge, version, today).scopes]

    assert (shown(old, TODAY), shown(new, TODAY)) == ([""], ["gatlykta"])
    assert (shown(old, FIRST), shown(new, FIRST)) == ([""], ["gatlykta"])


def test_a_service_stands_under_a_pledge_until_its_places_end(db, service):
    other = a_service(db, a_department(db, "bygglov", "Bygglov"), slug="bygglov")
    _publish(db, {"scopes": [str(Place("bygglov", ""))]}, date(2027, 1, 1))
    for day, old, new in ((date(2026, 12, 31), [2], []), (date(2027, 1, 1), [], [3])):
        assert [each.version.number for each in pledges_of_service(db, service.id, day)] == old
        assert [each.version.number for each in pledges_of_service(db, other.id, day)] == new


def test_another_draft_meets_only_the_places_that_still_hold_or_will(db, service):
    holes = [Place("felanmalan", "hal")]
    assert len(rivals(db, holes, Measure.REMEDY, None, LAST)) == 1
    assert rivals(db, holes, Measure.REMEDY, None, FIRST) == ()


def test_the_next_draft_begins_where_the_latest_version_holds(db, service):
    db.expire_all()
    pledge = pledge_by_slug(db, SLUG)
    new, old = pledge.versions
    assert Content.of(pledge, new).scopes == (Place("felanmalan", "gatlykta"),)
    assert Content.of(pledge, old).scopes == (Place("felanmalan", ""),)


def test_reading_in_what_was_written_out_keeps_the_places_that_have_ended(db, service):
    before = _spans(db)
    db.expire_all()
    written = export_pledges(db)
    assert written["pledge"][0]["version"][-1]["scope"] == [{"service": "felanmalan", "category": "gatlykta"}]
    import_pledges(db, written, _noon(TODAY))
    assert _spans(db) == before
    written["pledge"][0]["version"][-1]["scope"] = [{"service": "felanmalan"}]
    import_pledges(db, written, _noon(TODAY))
    assert _spans(db) == [("", None, LAST), ("", FIRST, None)]
