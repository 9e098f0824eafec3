"""What the register says today of the law that a promise names, and what the page of the promise makes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from pledges.law import ClockKind, LegalClock
from pledges.limit import Unit
from portal.clock import local_day, now
from portal.pledgebook.law_read import law_today
from portal.pledgebook.models import PledgeVersion
from portal.services.models import LegalClockRow
from tests.builders import a_pledge
from tests.visitor import Visitor

TODAY = date(2026, 11, 20)
LAW: dict[str, Any] = {
    "key": "bygglov",
    "amount": 10,
    "unit": "weeks",
    "reference": "Plan- och bygglagen",
    "verified": False,
}
CLOCK = LegalClock(
    key="bygglov",
    title="Bygglov",
    reference="PBL 9 kap.",
    kind=ClockKind.BUILDING_PERMIT,
    amount=10,
    unit=Unit.WEEKS,
    valid_from=date(2025, 12, 1),
    extension=10,
    completion_order=3,
    verified_on=date(2026, 11, 10),
    verified_by="Eva Sund, kommunjurist",
)
UNREAD = replace(CLOCK, verified_on=None, verified_by="")
OLD = replace(CLOCK, valid_from=date(2019, 1, 1), valid_to=date(2025, 11, 30))
OLD_UNREAD = replace(OLD, verified_on=None, verified_by="")


def version(
    law: dict[str, Any], valid_from: date = date(2026, 1, 1), valid_to: date | None = None
) -> PledgeVersion:
    return PledgeVersion(law=law, valid_from=valid_from, valid_to=valid_to)


@pytest.mark.parametrize(
    ("register", "verified"),
    [
        ((CLOCK,), True),
        ((UNREAD,), False),
        ((OLD_UNREAD, CLOCK), True),
        ((replace(CLOCK, amount=12),), False),
        ((replace(CLOCK, valid_to=date(2026, 6, 30)), replace(UNREAD, valid_from=date(2026, 7, 1))), False),
        ((replace(CLOCK, valid_to=date(2026, 12, 31)), replace(UNREAD, valid_from=date(2027, 1, 1))), True),
        ((OLD,), False),
    ],
    ids=[
        "read",
        "not read",
        "what was over before the promise began is not asked",
        "read, and the law says another time",
        "changed while the promise held, and not read since",
        "will change, and holds until then",
        "nothing in the register holds while the promise does",
    ],
)
def test_a_limit_is_verified_when_every_wording_beside_the_promise_is(register, verified):
    assert law_today(version(LAW), register, TODAY) == {**LAW, "verified": verified}


def test_a_version_is_read_by_the_wordings_of_its_own_days():
    before = version(LAW, date(2025, 1, 1), date(2025, 11, 30))
    over = version(LAW, date(2025, 1, 1), date(2025, 12, 31))
    assert law_today(before, (OLD, UNREAD), TODAY)["verified"] is True
    assert law_today(over, (OLD, UNREAD), TODAY)["verified"] is False


def test_a_version_to_come_is_read_by_the_wording_of_its_first_day():
    ahead = version(LAW, date(2027, 3, 1))
    ended = replace(CLOCK, valid_to=date(2027, 2, 28))
    assert law_today(ahead, (CLOCK,), TODAY)["verified"] is True
    assert law_today(ahead, (ended, replace(UNREAD, valid_from=date(2027, 3, 1))), TODAY)["verified"] is False


def test_the_time_to_ask_for_what_is_missing_is_a_limit_of_its_own():
    assert law_today(version({**LAW, "amount": 3}), (CLOCK,), TODAY)["verified"] is True
    assert law_today(version({**LAW, "amount": 3, "unit": "months"}), (CLOCK,), TODAY)["verified"] is False


def test_a_law_without_a_number_is_verified_as_it_is():
    law = {"key": "bygglov", "reference": "PBL", "verified": False}
    assert (
        law_today(
            version(law),
            (
                replace(
                    CLOCK, kind=ClockKind.FIXED, amount=None, unit=None, extension=None, completion_order=None
                ),
            ),
            TODAY,
        )["verified"]
        is True
    )


def test_what_the_register_says_wins_over_what_was_written_and_only_there():
    written = {**LAW, "verified": True}
    assert law_today(version(written), (UNREAD,), TODAY)["verified"] is False
    assert law_today(version({**written, "key": "annat"}), (UNREAD,), TODAY)["verified"] is True
    assert law_today(version({}), (CLOCK,), TODAY) == {}


@pytest.fixture
def row(fill, sqlite) -> int:
    """A promise of ten working days beside a law of ten weeks that nobody has read; the wording's id."""

    def write(db):
        a_pledge(db, law=dict(LAW))
        db.add(
            LegalClockRow(
                key="bygglov",
                title="Bygglov",
                reference="PBL 9 kap.",
                kind=ClockKind.FIXED,
                amount=10,
                unit=Unit.WEEKS,
                valid_from=date(2019, 1, 1),
            )
        )

    fill(write)
    with sqlite.reader() as db:
        return db.query(LegalClockRow).one().id


UNREAD_WORDS = "Lagens gräns: tio veckor, ej kontrollerad av jurist."
READ_WORDS = "Lagens gräns är tio veckor. Vårt löfte är tio arbetsdagar."


def words_on(visitor: Visitor, path: str) -> str:
    """Give a page's words, with ordinary spaces between them."""
    return " ".join(visitor.get(path).get_text(" ", strip=True).split())


@pytest.mark.parametrize("path", ["/loften/gatlyktor-lagas", "/utskrift/loften/gatlyktor-lagas"])
def test_a_comparison_shows_on_the_page_without_a_new_version(visitor: Visitor, row, fill, path):
    assert UNREAD_WORDS in words_on(visitor, path)

    def read(db):
        found = db.get_one(LegalClockRow, row)
        found.verified_on, found.verified_by = local_day(now()), "Eva Sund, kommunjurist"

    fill(read)
    assert READ_WORDS in words_on(visitor, path)

    def take_back(db):
        found = db.get_one(LegalClockRow, row)
        found.verified_on, found.verified_by = None, ""

    fill(take_back)
    assert UNREAD_WORDS in words_on(visitor, path)


def test_programs_are_told_the_same(visitor: Visitor, row, fill):
    def told() -> bool:
        answer = visitor.client.get("/api/v1/pledges/gatlyktor-lagas")
        return bool(answer.get_json()["law"]["verified"])

    assert told() is False

    def read(db):
        found = db.get_one(LegalClockRow, row)
        found.verified_on, found.verified_by = (
            datetime(2026, 1, 2, tzinfo=UTC).date(),
            "Eva Sund, kommunjurist",
        )

    fill(read)
    assert told() is True
