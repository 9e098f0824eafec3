"""Measuring anew: every cache of the cases, and every tally, written as the events say. One pass, bounded memory."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from portal.cases.checking import off, rules_of
from portal.cases.legal.checking import correct
from portal.cases.models import Case, CaseClock
from portal.cases.queries import RECORDED_AT_A_TIME, Recorded, how_many, recorded, touches
from portal.cases.recount import Difference, counted, differences_in, facts_of
from portal.pledgebook.actions import TallyKey, add_tallies
from portal.pledgebook.models import Tally

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Measured:
    """How many cases were gone through, and how many kept values and counts were not as the events say."""

    cases: int
    corrected: int
    counts: int


def measure(db: Session, tell: Tell, pledge_id: int | None = None) -> Measured:
    """Recompute all cases from their events, or those of one pledge, and correct what is kept of them.

    Only what differs is written. Nobody else changes a case meanwhile: on SQLite the change holds the database, on
    PostgreSQL the table of cases. `tell` is told how many are done, and of how many.
    """
    _keep_still(db)
    wanted = touches(pledge_id) if pledge_id is not None else None
    rules, of = rules_of(db), how_many(db, wanted)
    found: Counter[TallyKey] = Counter()
    wrong = _Wrong(db)
    done = 0
    for case in recorded(db, wanted):
        facts = facts_of(case, rules)
        found.update(counted(case, facts, rules))
        wrong.note(case, differences_in(case, facts))
        done += 1
        if done % RECORDED_AT_A_TIME == 0:
            tell(done, of)
    wrong.write()
    if done % RECORDED_AT_A_TIME or not done:
        tell(done, of)
    corrected = wrong.corrected + (correct(db) if pledge_id is None else 0)
    return Measured(done, corrected, _correct_tallies(db, found, pledge_id))


def is_uncounted(db: Session) -> bool:
    """Tell whether there are clocks and no tally at all: the database has just taken a new shape."""
    return (
        db.scalar(select(Tally.id).limit(1)) is None and db.scalar(select(CaseClock.id).limit(1)) is not None
    )


class _Wrong:
    """The values that are off, written some cases at a time."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.corrected = 0
        self.cases: dict[int, dict[str, Any]] = {}
        self.clocks: dict[int, dict[str, Any]] = {}

    def note(self, case: Recorded, found: Iterable[Difference]) -> None:
        """Remember what is off in a case; what is remembered is written when it has become much."""
        for one in found:
            rows, number = (self.cases, case.case.id) if one.clock_id is None else (self.clocks, one.clock_id)
            rows.setdefault(number, {"id": number})[one.name] = one.fact
            self.corrected += 1
        if len(self.cases) + len(self.clocks) >= RECORDED_AT_A_TIME:
            self.write()

    def write(self) -> None:
        """Write what is remembered, and forget it."""
        for table, rows in ((Case, self.cases), (CaseClock, self.clocks)):
            if rows:
                self.db.execute(update(table), list(rows.values()))
            rows.clear()


def _correct_tallies(db: Session, found: Counter[TallyKey], pledge_id: int | None) -> int:
    changes = {key: fact - kept for key, kept, fact in off(db, found, pledge_id)}
    add_tallies(db, changes)
    db.execute(delete(Tally).where(Tally.count == 0))
    return len(changes)


def _keep_still(db: Session) -> None:
    """On PostgreSQL, let nobody change or lock a case before this change is over; on SQLite it holds all already."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("LOCK TABLE cases IN EXCLUSIVE MODE"))
