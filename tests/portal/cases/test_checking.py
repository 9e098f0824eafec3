"""`portal check` finds nothing in a true database, and everything that was planted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from portal.cases import actions
from portal.cases.breaches import write_breaches
from portal.cases.checking import differences
from portal.cases.intake import CITIZEN
from portal.cases.models import Case, CaseClock
from portal.cases.rules import Outcome, State
from portal.pledgebook.models import Tally
from tests.builders import ACCESS, a_case, a_pledge, a_service, an_officer, staff

LATER = datetime(2026, 12, 10, 9, tzinfo=UTC)
NOVEMBER_12 = datetime(2026, 11, 12, 9, tzinfo=UTC)


@pytest.fixture
def history(db):
    """Cases in every state."""
    service = a_service(db)
    a_pledge(db, service)
    officer = an_officer(staff(db))
    cases = [a_case(db, service, f"s-{number}") for number in range(5)]
    actions.close(
        db, cases[0], officer, Outcome.REMEDIED, text="Lagat.", detail="", access=ACCESS, at=NOVEMBER_12
    )
    for case in cases[1:3]:
        actions.ask(db, case, officer, "Var?", answer_by=date(2026, 11, 27), access=ACCESS, at=NOVEMBER_12)
    actions.receive(
        db, cases[2], CITIZEN, "Där.", file_ids=(), access=ACCESS, at=NOVEMBER_12 + timedelta(days=6)
    )
    write_breaches(db, ACCESS, LATER)
    db.flush()
    return cases


def test_a_true_database_has_no_differences(db, history):
    db.expire_all()
    assert list(differences(db, LATER)) == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (update(Case).values(state=State.CLOSED).where(Case.submission == "s-3"), "state"),
        (update(Case).values(due_at=LATER).where(Case.submission == "s-0"), "due_at"),
        (update(Case).values(step="work").where(Case.submission == "s-4"), "step"),
        (update(CaseClock).values(due_on=date(2026, 12, 24)).where(CaseClock.id == 2), "due_on"),
        (update(CaseClock).values(length=3).where(CaseClock.id == 1), "length"),
        (update(Tally).values(count=Tally.count + 1), "tally"),
    ],
)
def test_a_planted_difference_is_found(db, history, change, told):
    db.execute(change)
    db.expire_all()
    assert any(told in line for line in differences(db, LATER))
