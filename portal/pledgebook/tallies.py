"""What recomputing the tallies asks for: the counts as they are kept, and the versions they are counted under."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.pledgebook.actions import TallyKey
from portal.pledgebook.models import PledgeVersion, Tally

AT_A_TIME = 2000


def every_tally(db: Session, pledge_id: int | None = None) -> Iterator[tuple[TallyKey, int]]:
    """Give every count that is kept, under its key, some at a time; of one pledge, or of all."""
    columns = (Tally.pledge_id, Tally.version_id, Tally.grain, Tally.state, Tally.day, Tally.due)
    statement = select(Tally.id, *columns, Tally.length, Tally.pausing, Tally.count).order_by(Tally.id)
    if pledge_id is not None:
        statement = statement.where(Tally.pledge_id == pledge_id)
    last = 0
    while batch := db.execute(statement.where(Tally.id > last).limit(AT_A_TIME)).all():
        for number, *key, count in batch:
            yield TallyKey(*key), count
            last = number


def every_version(db: Session) -> Mapping[int, PledgeVersion]:
    """Give every version of every pledge by its id."""
    return {version.id: version for version in db.scalars(select(PledgeVersion))}
