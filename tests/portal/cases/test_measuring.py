"""`portal measure` writes every cache and every count as the events say, and touches nothing that is right."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, update

from portal.cases import queries
from portal.cases.checking import differences
from portal.cases.measuring import Measured, measure
from portal.cases.models import Case, CaseClock
from portal.cases.rules import State
from portal.pledgebook.models import Tally, TallyState
from tests.builders import a_case, a_pledge, a_service

LATER = datetime(2026, 12, 10, 9, tzinfo=UTC)


@pytest.fixture
def pledges(db):
    """Five cases under two pledges each."""
    service = a_service(db)
    versions = [a_pledge(db, service), a_pledge(db, service, "annat", amount=3)]
    for number in range(5):
        a_case(db, service, f"s-{number}")
    db.flush()
    return versions


def quiet(done: int, of: int) -> None:
    """Tell nobody."""


def test_what_is_right_is_left_alone(db, pledges):
    assert measure(db, quiet) == Measured(cases=5, corrected=0, counts=0)


def test_everything_that_has_drifted_is_put_right(db, pledges):
    db.execute(update(Case).values(state=State.CLOSED, due_at=LATER).where(Case.submission == "s-3"))
    db.execute(update(CaseClock).values(state=TallyState.KEPT, length=7).where(CaseClock.id == 2))
    db.execute(update(Tally).values(count=Tally.count + 2).where(Tally.state == TallyState.STARTED))
    db.execute(delete(Tally).where(Tally.state == TallyState.RUNNING))
    db.expire_all()
    done = measure(db, quiet)
    assert (done.cases, done.corrected) == (5, 4)
    db.expire_all()
    assert list(differences(db, LATER)) == []


def test_a_count_of_something_that_never_was_is_taken_away(db, pledges):
    (row, *_) = db.scalars(select(Tally))
    columns = {c.key: getattr(row, c.key) for c in Tally.__table__.columns if c.key != "id"}
    db.add(Tally(**{**columns, "state": TallyState.KEPT, "count": 3}))
    db.flush()
    assert measure(db, quiet).counts == 1
    assert not db.scalars(select(Tally).where(Tally.state == TallyState.KEPT)).all()


def test_one_pledge_can_be_measured_alone(db, pledges):
    first, other = pledges
    db.execute(update(Tally).values(count=99))
    measure(db, quiet, first.pledge_id)
    db.expire_all()
    counts = select(Tally.count).where(Tally.version_id == first.id)
    assert set(db.scalars(counts)) == {5}
    assert set(db.scalars(select(Tally.count).where(Tally.version_id == other.id))) == {99}


def test_it_tells_how_far_it_has_come(db, pledges, monkeypatch):
    monkeypatch.setattr(queries, "RECORDED_AT_A_TIME", 2)
    monkeypatch.setattr("portal.cases.measuring.RECORDED_AT_A_TIME", 2)
    told: list[tuple[int, int]] = []
    measure(db, lambda done, of: told.append((done, of)))
    assert told == [(2, 5), (4, 5), (5, 5)]
