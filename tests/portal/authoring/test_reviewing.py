"""What happens by itself: reminders to look at pledges, once each."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from portal.accounts.models import Staff
from portal.accounts.rules import Actor, Role
from portal.authoring.reviewing import confirm, remind
from portal.outbox.models import OutboxLetter
from portal.pledgebook.queries import pledge_by_slug
from portal.pledgebook.reviews import Review, due_for
from tests.builders import a_department, a_pledge, a_service, staff

HOME = "https://ekdala.example"
REVIEW_BY = date(2027, 10, 1)


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 11, tzinfo=UTC)


def _letters(db) -> list[tuple[str, str]]:
    return [
        (row.to, row.content["subject"]) for row in db.scalars(select(OutboxLetter).order_by(OutboxLetter.id))
    ]


def _actor(person: Staff) -> Actor:
    return Actor(person.id, person.name, person.title, person.email, frozenset())


def test_the_keeper_is_reminded_once_a_month_before_and_once_when_it_has_passed(db):
    version = a_pledge(db, review_by=REVIEW_BY)
    keeper = staff(db)
    db.refresh(version, ["pledge"])
    version.pledge.keeper_id = keeper.id
    assert remind(db, HOME, _noon(date(2027, 8, 31))) == 0
    assert remind(db, HOME, _noon(date(2027, 9, 1))) == 1
    assert remind(db, HOME, _noon(date(2027, 9, 20))) == 0
    assert remind(db, HOME, _noon(REVIEW_BY)) == 0
    assert remind(db, HOME, _noon(date(2027, 10, 2))) == 1
    assert remind(db, HOME, _noon(date(2027, 12, 1))) == 0
    assert [subject.partition(":")[0] for _, subject in _letters(db)] == [
        "Dags att se över löftet",
        "Löftet är inte översett",
    ]
    assert {to for to, _ in _letters(db)} == {keeper.email}


def test_without_a_keeper_the_heads_of_the_department_are_reminded(db):
    department = a_department(db)
    a_pledge(db, a_service(db, department), review_by=REVIEW_BY)
    staff(db, "chef@ekdala.example", Role.MANAGER, department)
    staff(db, "redaktor@ekdala.example", Role.EDITOR, department)
    staff(db, "annan@ekdala.example", Role.MANAGER, a_department(db, "bygglov", "Bygglov"))
    remind(db, HOME, _noon(date(2027, 9, 1)))
    assert [to for to, _ in _letters(db)] == ["chef@ekdala.example"]


def test_a_pledge_that_was_looked_at_is_reminded_of_again_the_next_time(db):
    version = a_pledge(db, review_by=REVIEW_BY)
    person = staff(db, role=Role.MANAGER)
    remind(db, HOME, _noon(date(2027, 9, 1)))
    confirm(
        db,
        pledge_by_slug(db, "gatlyktor-lagas"),
        _actor(person),
        "",
        date(2028, 10, 1),
        _noon(date(2027, 9, 2)),
    )
    db.flush()
    assert due_for(version, date(2028, 8, 31)) is Review.FRESH
    assert remind(db, HOME, _noon(date(2028, 9, 1))) == 1
    assert due_for(version, date(2028, 9, 1)) is Review.SOON
    assert due_for(version, date(2028, 10, 1)) is Review.SOON
    assert due_for(version, date(2028, 10, 2)) is Review.STALE
