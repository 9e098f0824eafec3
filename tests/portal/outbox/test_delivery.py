"""A letter is written once, delivered at least once, and never lost."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from portal.db import Database
from portal.errors import Conflict, NotFound
from portal.outbox.actions import claim_due, post, resend
from portal.outbox.channel import NotDelivered, Refused
from portal.outbox.delivery import PostOffice
from portal.outbox.models import Delivery, OutboxLetter
from portal.outbox.rules import LEASE, PAUSES
from tests.portal.outbox.post import MORNING, SENDER, HandClock, Memory, a_letter


def put(database: Database, key: str = "case:1:1:citizen", **more: object) -> None:
    with database.transaction() as db:
        post(db, a_letter(**more), key, "FEL-2K7Q-9M", MORNING)


def row(database: Database) -> OutboxLetter:
    with database.reader() as db:
        return db.query(OutboxLetter).one()


def change(database: Database, letter_id: int, clock: HandClock) -> None:
    with database.transaction() as db:
        resend(db, letter_id, clock())


def test_a_letter_is_delivered_and_marked(database, office, channel, clock):
    put(database)
    assert office.deliver_due() == 1
    assert channel.handed[0]["To"] == "karin@post.example"
    assert (row(database).state, row(database).sent_at) == (Delivery.SENT, clock())
    assert office.deliver_due() == 0


def test_the_same_key_writes_one_letter(database):
    with database.transaction() as db:
        assert post(db, a_letter(), "k", "FEL-2K7Q-9M", MORNING)
        assert not post(db, a_letter(), "k", "FEL-2K7Q-9M", MORNING)
    assert row(database).key == "k"


def test_a_letter_of_a_change_that_fails_was_never_written(database):
    def half_a_change() -> None:
        with database.transaction() as db:
            post(db, a_letter(), "k", "", MORNING)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_a_change()
    with database.reader() as db:
        assert db.query(OutboxLetter).count() == 0


def test_a_posted_letter_wakes_the_worker_after_the_change(database: Database):
    seen: list[int] = []

    def wake() -> None:
        with database.reader() as db:
            seen.append(db.query(OutboxLetter).count())

    database.wake = wake
    try:
        put(database)
    finally:
        database.wake = lambda: None
    assert seen == [1]


def test_a_failure_that_passes_is_tried_again_in_a_minute(database, office, channel, clock):
    channel.troubles = [NotDelivered("451 kom igen senare")]
    put(database)
    assert office.deliver_due() == 0
    assert (row(database).state, row(database).last_error) == (Delivery.WAITING, "451 kom igen senare")
    clock.turn(seconds=59)
    assert office.deliver_due() == 0
    clock.turn(seconds=1)
    assert office.deliver_due() == 1
    assert (row(database).state, row(database).last_error) == (Delivery.SENT, "")


def test_pauses_grow_and_the_eighth_try_is_the_last(database, office, channel, clock):
    channel.troubles = [NotDelivered("nere")] * 9
    put(database)
    for pause in PAUSES:
        office.deliver_due()
        assert row(database).due_at == clock() + pause
        clock.turn(seconds=pause.total_seconds())
    office.deliver_due()
    assert (row(database).state, row(database).attempts) == (Delivery.FAILED, 8)
    clock.turn(days=30)
    assert office.deliver_due() == 0
    assert len(channel.troubles) == 1


def test_a_refusal_is_final_and_visible_at_once(database, office, channel):
    channel.troubles = [Refused("550 finns inte")]
    put(database)
    office.deliver_due()
    assert (row(database).state, row(database).attempts) == (Delivery.FAILED, 1)
    assert row(database).last_error == "550 finns inte"


def test_an_address_that_cannot_be_written_to_stops_no_other_letter(database, office, channel):
    put(database, key="bad", to="inte en adress")
    put(database, key="good")
    assert office.deliver_due() == 1


def test_an_unforeseen_error_keeps_the_letter_and_stops_no_other(database, office, channel):
    channel.troubles = [RuntimeError("trasig kanal")]
    put(database, key="first")
    put(database, key="second")
    assert office.deliver_due() == 1
    with database.reader() as db:
        left = db.query(OutboxLetter).filter_by(state=Delivery.WAITING).one()
    assert left.last_error == "RuntimeError: trasig kanal"


def test_a_crash_between_sending_and_marking_sends_the_same_mail_again(database, office, channel, clock):
    put(database)
    with database.transaction() as db:
        claimed = claim_due(db, clock())
    assert claimed is not None
    deliver_and_die = PostOffice(database, _DiesAfter(channel), SENDER, clock)
    clock.turn(seconds=LEASE.total_seconds())
    with pytest.raises(SystemExit):
        deliver_and_die.deliver_due()
    assert office.deliver_due() == 0, "held by the one who died"
    clock.turn(seconds=LEASE.total_seconds())
    assert office.deliver_due() == 1
    assert len(channel.ids) == 2
    assert len(set(channel.ids)) == 1


def test_a_letter_that_kills_every_worker_is_given_up(database, clock):
    put(database)
    for _ in range(8):
        with database.transaction() as db:
            assert claim_due(db, clock()) is not None
        clock.turn(seconds=LEASE.total_seconds())
    with database.transaction() as db:
        assert claim_due(db, clock()) is None
    assert row(database).state == Delivery.FAILED
    assert "stopped in the middle" in row(database).last_error


def test_a_worker_whose_hold_ran_out_does_not_disturb_the_next(database, office, channel, clock):
    put(database)

    class Slow(Memory):
        def deliver(self, message):
            clock.turn(seconds=LEASE.total_seconds())
            with database.transaction() as db:
                assert claim_due(db, clock()) is not None
            raise NotDelivered("för sent")

    PostOffice(database, Slow(), SENDER, clock).deliver_due(go_on=iter([True, False]).__next__)
    assert row(database).last_error == ""
    assert row(database).locked_until == clock() + LEASE


def test_two_workers_never_send_the_same_letter(database: Database, clock: HandClock):
    for number in range(30):
        put(database, key=f"k{number}")
    channels = [Memory(), Memory()]
    start = threading.Barrier(2)

    def work(channel: Memory) -> None:
        start.wait()
        PostOffice(database, channel, SENDER, clock).deliver_due()

    threads = [threading.Thread(target=work, args=(channel,)) for channel in channels]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = channels[0].ids + channels[1].ids
    assert len(ids) == len(set(ids)) == 30


def test_a_letter_can_be_sent_again_from_the_beginning(database, office, channel, clock):
    channel.troubles = [Refused("550 finns inte")]
    put(database)
    office.deliver_due()
    change(database, row(database).id, clock)
    assert (row(database).state, row(database).attempts) == (Delivery.WAITING, 0)
    assert office.deliver_due() == 1


def test_a_letter_sent_again_is_a_mail_of_its_own(database, office, channel, clock):
    put(database)
    office.deliver_due()
    change(database, row(database).id, clock)
    office.deliver_due()
    assert len(set(channel.ids)) == 2


def test_a_letter_under_way_cannot_be_sent_again(database, clock):
    put(database)
    with database.transaction() as db:
        claim_due(db, clock())
    with pytest.raises(Conflict):
        change(database, row(database).id, clock)


def test_a_letter_that_does_not_exist_cannot_be_sent_again(db: Session):
    with pytest.raises(NotFound):
        resend(db, 4711, MORNING)


def test_the_longest_waiting_letter_goes_first(database, office, channel):
    with database.transaction() as db:
        post(db, a_letter(to="sen@post.example"), "late", "", MORNING)
        post(db, a_letter(to="tidig@post.example"), "early", "", MORNING - timedelta(minutes=1))
    office.deliver_due()
    assert [message["To"] for message in channel.handed] == ["tidig@post.example", "sen@post.example"]


class _DiesAfter:
    """Hands over, and then the process is gone."""

    def __init__(self, channel: Memory) -> None:
        self.channel = channel

    def deliver(self, message):
        self.channel.deliver(message)
        raise SystemExit
