from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.i18n import language
from portal.pledgebook.feed import ATOM, Publisher, atom, changes_of
from portal.pledgebook.models import Pledge, PledgeVersion
from tests.builders import a_pledge

AT = datetime(2026, 11, 20, 11, tzinfo=UTC)
PUBLISHER = Publisher("Ekdala kommun", "https://ekdala.example")
A = f"{{{ATOM}}}"


def a_second_version(db, first: PledgeVersion, **more) -> None:
    columns = {c.key: getattr(first, c.key) for c in PledgeVersion.__table__.columns if c.key != "id"}
    first.valid_to = date(2025, 12, 31)
    changes = {
        "number": 2,
        "short": "Lagas inom *fem dagar*",
        "valid_from": date(2026, 1, 1),
        "valid_to": None,
    }
    db.add(PledgeVersion(**{**columns, **changes, **more}))
    db.flush()


def pledges(db) -> list[Pledge]:
    db.expire_all()
    return list(db.scalars(select(Pledge).options(selectinload(Pledge.versions))))


def told(db, at: datetime = AT) -> list[tuple[str, str, date]]:
    return [(change.kind.value, change.key, change.at.date()) for change in changes_of(pledges(db), at)]


def test_a_pledge_is_new_then_changed_the_latest_first(db):
    a_second_version(db, a_pledge(db), published_at=datetime(2025, 12, 1, 8, tzinfo=UTC))
    assert told(db) == [
        ("changed", "gatlyktor-lagas/2", date(2025, 12, 1)),
        ("new", "gatlyktor-lagas/1", date(2024, 11, 11)),
    ]


def test_a_pledge_that_ends_without_another_is_told_the_day_after(db):
    a_pledge(db, valid_to=date(2026, 10, 31))
    assert told(db)[0] == ("ended", "gatlyktor-lagas/1/slut", date(2026, 10, 31))
    assert told(db, datetime(2026, 10, 31, 12, tzinfo=UTC))[0][0] == "new"


def test_a_pledge_taken_back_says_why(db):
    a_pledge(db, valid_to=date(2026, 10, 31), withdrawn_reason="Lampan säljs inte mer.")
    root = ET.fromstring(atom(changes_of(pledges(db), AT), PUBLISHER, language("sv"), AT))
    entry = root.find(f"{A}entry")
    assert entry.findtext(f"{A}title").startswith("Tillbakadraget löfte: Trasiga gatlyktor")
    assert "Lampan säljs inte mer." in entry.findtext(f"{A}summary")


def test_what_is_not_yet_published_is_not_told(db):
    a_second_version(db, a_pledge(db), published_at=datetime(2026, 12, 1, tzinfo=UTC))
    assert [kind for kind, _, _ in told(db)] == ["new"]


def test_the_feed_has_ids_that_never_change_and_whole_addresses(db):
    a_second_version(db, a_pledge(db))
    root = ET.fromstring(atom(changes_of(pledges(db), AT), PUBLISHER, language("sv"), AT))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "sv"
    assert root.findtext(f"{A}id") == "tag:ekdala.example,2026:loften/andringar"
    ids = [entry.findtext(f"{A}id") for entry in root.iter(f"{A}entry")]
    assert ids == [
        "tag:ekdala.example,2026:loften/gatlyktor-lagas/2",
        "tag:ekdala.example,2026:loften/gatlyktor-lagas/1",
    ]
    link = root.find(f"{A}entry/{A}link")
    assert link.get("href") == "https://ekdala.example/loften/gatlyktor-lagas?version=2"
    assert root.findtext(f"{A}updated") == root.findtext(f"{A}entry/{A}updated") == "2024-11-11T23:00:00Z"


def test_a_feed_without_pledges_is_still_a_feed():
    root = ET.fromstring(atom([], PUBLISHER, language("sv"), AT))
    assert root.findtext(f"{A}updated") == "2026-11-20T11:00:00Z"
