"""Recomputing every cache of the cases from their events, to show that nothing has drifted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from portal.calendars.queries import calendar
from portal.cases.queries import Recorded, recorded
from portal.cases.recount import Facts, Rules, counted, differences_in, facts_of
from portal.pledgebook.actions import TallyKey
from portal.pledgebook.tallies import every_tally, every_version


def rules_of(db: Session) -> Rules:
    """Give what cases are recomputed by."""
    return Rules(every_version(db), partial(calendar, db))


def differences(db: Session, at: datetime) -> Iterable[str]:
    """Give one line for each cached value that is not what the events say: of cases, clocks and tallies.

    Cases are read some at a time; what is remembered of them is how many are counted under each key.
    """
    rules = rules_of(db)
    found: Counter[TallyKey] = Counter()
    for case in recorded(db):
        facts = facts_of(case, rules)
        yield from _of_case(case, facts)
        found.update(counted(case, facts, rules))
    for key, kept, fact in off(db, found):
        yield f"tally {key}: {kept} is kept, the facts say {fact}"


def _of_case(case: Recorded, facts: Facts) -> Iterator[str]:
    for one in differences_in(case, facts):
        of = f" clock {one.clock_id}" if one.clock_id is not None else ""
        yield f"{case.case.reference}{of} {one.name}: {one.kept} is kept, the facts say {one.fact}"


def off(
    db: Session, found: Counter[TallyKey], pledge_id: int | None = None
) -> Iterator[tuple[TallyKey, int, int]]:
    """Give each tally that is off, with what is kept and what was found; of one pledge, or of all. Empties `found`."""
    for key, kept in every_tally(db, pledge_id):
        fact = found.pop(key, 0)
        if kept != fact:
            yield key, kept, fact
    for key, fact in found.items():
        if pledge_id is None or key.pledge_id == pledge_id:
            yield key, 0, fact
