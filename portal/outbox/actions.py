"""What changes letters: written once, claimed by one worker, marked as sent or failed, sent again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from portal.db import insert
from portal.errors import Conflict, NotFound
from portal.outbox.letter import Letter
from portal.outbox.models import Delivery, OutboxLetter
from portal.outbox.rules import LEASE, MOST_TRIES, next_try

STOPPED = "the worker stopped in the middle of every try"
LONGEST_ERROR = 500


@dataclass(frozen=True)
class Claimed:
    """A letter that one worker holds until `until`; `key` and `round` tell it from every other letter."""

    id: int
    key: str
    round: int
    letter: Letter
    written_at: datetime
    until: datetime


def post(db: Session, letter: Letter, key: str, about: str, at: datetime) -> bool:
    """Write a letter in the change that it tells about; tell whether it was written now.

    A letter with the same key is written once, however often it is posted. `about` is what people look for it by,
    as a rule a case reference. The worker is woken when the change is committed.
    """
    written = db.scalar(
        insert(db, OutboxLetter)
        .values(
            key=key,
            to=letter.to,
            content=letter.content(),
            about=about,
            state=Delivery.WAITING,
            written_at=at,
            due_at=at,
        )
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(OutboxLetter.id)
    )
    if written is not None:
        db.info["posted"] = True
    return written is not None


def claim_due(db: Session, at: datetime) -> Claimed | None:
    """Give the letter that has waited longest for its try, held for this worker for ten minutes; None when none is due.

    A try counts from its beginning, so a letter that makes the worker crash is given up at last, too.
    """
    while (row := _next_due(db, at)) is not None:
        if row.attempts >= MOST_TRIES:
            row.state, row.locked_until, row.last_error = Delivery.FAILED, None, row.last_error or STOPPED
            db.flush()
            continue
        row.attempts += 1
        row.locked_until = at + LEASE
        letter = Letter.stored(row.to, row.content)
        return Claimed(row.id, row.key, row.round, letter, row.written_at, row.locked_until)
    return None


def _next_due(db: Session, at: datetime) -> OutboxLetter | None:
    """On PostgreSQL what another worker is looking at is passed over; on SQLite only one change runs at a time."""
    return db.scalar(
        select(OutboxLetter)
        .where(
            OutboxLetter.state == Delivery.WAITING,
            OutboxLetter.due_at <= at,
            or_(OutboxLetter.locked_until.is_(None), OutboxLetter.locked_until <= at),
        )
        .order_by(OutboxLetter.due_at, OutboxLetter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def mark_sent(db: Session, claimed: Claimed, at: datetime) -> None:
    """Note that a letter has been delivered, also when somebody else claimed it meanwhile: it has left us."""
    row = _locked(db, claimed.id)
    if row.round == claimed.round:
        row.state, row.sent_at, row.locked_until, row.last_error = Delivery.SENT, at, None, ""


def mark_failed(db: Session, claimed: Claimed, error: str, at: datetime, *, permanent: bool = False) -> None:
    """Note why a try failed and when the next is: after 1, 5, 15 minutes, 1, 4, 8, 12 hours; after the eighth try, never.

    A `permanent` failure gives up at once. A worker whose hold has run out changes nothing.
    """
    row = _locked(db, claimed.id)
    if row.locked_until != claimed.until:
        return
    again = None if permanent else next_try(row.attempts, at)
    row.locked_until, row.last_error = None, error[:LONGEST_ERROR]
    if again is None:
        row.state = Delivery.FAILED
        return
    row.due_at = again


def resend(db: Session, letter_id: int, at: datetime) -> None:
    """Let a letter be sent again from the beginning, as soon as the worker comes to it.

    Raises NotFound, or Conflict when a worker is sending the letter right now.
    """
    row = _locked(db, letter_id)
    if row.locked_until is not None and row.locked_until > at:
        raise Conflict(f"letter {letter_id} is being sent")
    row.state, row.due_at, row.attempts, row.locked_until = Delivery.WAITING, at, 0, None
    row.round += 1
    db.info["posted"] = True


def _locked(db: Session, letter_id: int) -> OutboxLetter:
    row = db.scalar(select(OutboxLetter).where(OutboxLetter.id == letter_id).with_for_update())
    if row is None:
        raise NotFound(f"no letter {letter_id}")
    return row


def mark_all_sent(db: Session) -> None:
    """Count every waiting letter as delivered when it was written: for a history that is brought in."""
    db.execute(
        update(OutboxLetter)
        .where(OutboxLetter.state == Delivery.WAITING)
        .values(state=Delivery.SENT, sent_at=OutboxLetter.written_at)
    )
