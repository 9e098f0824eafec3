"""Writing in the register of legal clocks: a new wording, and that a lawyer has compared one with the law.

A wording is never edited here and nothing is taken away in silence: each change leaves an entry, signed and dated.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy.orm import Session

from pledges.limit import Unit
from portal.accounts.rules import Actor
from portal.errors import Conflict
from portal.services.models import LegalClockEntry, LegalClockRow
from portal.services.rules import EntryKind

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Wording:
    """What a law says from a day on: the columns of a row, as `pledges.law.LegalClock` explains them."""

    valid_from: date
    reference: str
    amount: int | None
    unit: Unit | None
    extension: int | None
    completion_order: int | None
    source: str
    note: str = ""


def wording_mark(row: LegalClockRow) -> str:
    """Give what tells the wording that somebody has seen from another."""
    seen = (
        row.reference,
        row.amount,
        row.unit,
        row.extension,
        row.completion_order,
        row.valid_from,
        row.kind,
    )
    return sha256(repr(seen).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Comparison:
    """That a lawyer has compared a wording with the law: who, with their role, and on which day.

    `seen` is the mark of the wording that was compared, `note` how the law is to be read after it.
    """

    read_by: str
    read_on: date
    seen: str
    note: str


def verify(db: Session, row: LegalClockRow, comparison: Comparison, actor: Actor, at: datetime) -> None:
    """Write that a lawyer has compared a wording with the law.

    `row` is held against other changes. The same said twice is one comparison. Raises Conflict when somebody else's
    is there, or when the wording is not the one that was compared.
    """
    read_on, read_by = comparison.read_on, comparison.read_by
    if (row.verified_on, row.verified_by) == (read_on, read_by):
        return
    if row.verified_on is not None or comparison.seen != wording_mark(row):
        raise Conflict(f"{row.key} from {row.valid_from} has changed")
    row.verified_on, row.verified_by, row.note = read_on, read_by, comparison.note
    _write(db, row, EntryKind.VERIFIED, actor, at, day=read_on, said=read_by)


def withdraw(db: Session, row: LegalClockRow, *, why: str, actor: Actor, at: datetime) -> None:
    """Take a comparison back, and say why; that it was made stays among the entries.

    `row` is held against other changes. Raises Conflict when there is none.
    """
    if row.verified_on is None:
        raise Conflict(f"{row.key} from {row.valid_from} is not verified")
    row.verified_on, row.verified_by = None, ""
    _write(db, row, EntryKind.WITHDRAWN, actor, at, said=why)


def add_wording(
    db: Session, latest: LegalClockRow, wording: Wording, actor: Actor, at: datetime
) -> LegalClockRow:
    """Add the next wording of a clock, which nobody has compared with the law yet; the latest one ends the day before.

    `latest` is held against other changes. Raises Conflict when the two would hold on the same day.
    """
    if overlaps(latest, wording.valid_from):
        raise Conflict(f"{latest.key} holds on {wording.valid_from}")
    if latest.valid_to is None:
        latest.valid_to = wording.valid_from - ONE_DAY
        _write(db, latest, EntryKind.ENDED, actor, at, day=latest.valid_to)
    row = LegalClockRow(
        key=latest.key,
        title=latest.title,
        kind=latest.kind,
        reference=wording.reference,
        amount=wording.amount,
        unit=wording.unit,
        extension=wording.extension,
        completion_order=wording.completion_order,
        valid_from=wording.valid_from,
        source=wording.source,
        note=wording.note,
    )
    db.add(row)
    db.flush()
    _write(db, row, EntryKind.ADDED, actor, at, day=row.valid_from)
    return row


def overlaps(latest: LegalClockRow, valid_from: date) -> bool:
    """Tell whether a wording that begins on a day would hold together with the latest one.

    One without a last day can be ended the day before, if it has held on a day before.
    """
    return valid_from <= (latest.valid_from if latest.valid_to is None else latest.valid_to)


def _write(
    db: Session,
    row: LegalClockRow,
    kind: EntryKind,
    actor: Actor,
    at: datetime,
    *,
    day: date | None = None,
    said: str = "",
) -> None:
    signed = ", ".join(filter(None, (actor.name, actor.title)))
    entry = LegalClockEntry(clock_id=row.id, kind=kind, day=day, said=said, signed=signed, written_at=at)
    db.add(entry)
    db.flush()
