from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import event

from pledges.pause import Pausing
from portal.pledgebook.figures.sights import sight_of, sights_of
from portal.pledgebook.models import Grain, Tally, TallyState
from portal.pledgebook.queries import pledge_by_slug
from tests.builders import a_pledge

TODAY = date(2026, 11, 20)
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
MOST_STATEMENTS = 7


def tallies(db, version, lengths: int = 3) -> None:
    """Kept cases of each length in two months, by month and by day; two open ones, one of them late."""
    ids = {"pledge_id": version.pledge_id, "version_id": version.id}
    for month in (OCTOBER, NOVEMBER):
        for length in range(lengths):
            for grain in (Grain.MONTH, Grain.DAY):
                place = {"grain": grain, "day": month, "due": month, "length": length}
                db.add(Tally(**ids, **place, state=TallyState.KEPT, pausing=Pausing.HARMLESS, count=4))
    for due in (date(2026, 11, 12), date(2026, 11, 30)):
        place = {"grain": Grain.OPEN, "day": date(2026, 11, 3), "due": due}
        db.add(Tally(**ids, **place, state=TallyState.RUNNING, count=1))
    db.flush()


@contextmanager
def counted(db) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        statements.append(statement)

    engine = db.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_each_case_is_counted_once_however_closely_it_is_kept(db):
    version = a_pledge(db)
    tallies(db, version)
    pledge = pledge_by_slug(db, "gatlyktor-lagas")
    sight = sight_of(db, pledge, version, TODAY)
    assert (sight.outcome.figure.kept, sight.outcome.figure.outcomes, sight.outcome.figure.running) == (
        24,
        25,
        1,
    )
    assert dict(sight.detail.lengths.kept) == {0: 8, 1: 8, 2: 8}
    assert [(month.month, month.outcomes) for month in sight.months[-2:]] == [(OCTOBER, 12), (NOVEMBER, 13)]
    assert (sight.paused.number, sight.paused.outcomes) == (24, 25)


def test_a_pledge_seen_alone_and_among_all_says_the_same(db):
    version = a_pledge(db)
    tallies(db, version)
    pledge = pledge_by_slug(db, "gatlyktor-lagas")
    alone, (among,) = sight_of(db, pledge, version, TODAY), sights_of(db, [pledge], TODAY)
    assert (alone.outcome.count, alone.detail, alone.months) == (
        among.outcome.count,
        among.detail,
        among.months,
    )


def test_the_number_of_statements_does_not_grow_with_the_tallies(db):
    version = a_pledge(db)
    tallies(db, version, lengths=60)
    pledge = pledge_by_slug(db, "gatlyktor-lagas")
    with counted(db) as statements:
        sight_of(db, pledge, version, TODAY)
    assert len(statements) <= MOST_STATEMENTS
