"""Why a month went as it did, in the words of those who answer for the pledge; what was written stays."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.rules import Actor
from portal.pledgebook.models import MonthNote, Pledge

LONGEST_NOTE = 1500


def notes_of(db: Session, pledge_id: int, months: Collection[date]) -> Mapping[date, tuple[MonthNote, ...]]:
    """Give what is written about the months, each named by its first day; the latest note of a month stands first.

    A month about which nothing is written is left out. One statement.
    """
    found: defaultdict[date, list[MonthNote]] = defaultdict(list)
    wanted = select(MonthNote).where(MonthNote.pledge_id == pledge_id, MonthNote.month.in_(months))
    for note in db.scalars(wanted.order_by(MonthNote.month.desc(), MonthNote.id.desc())):
        found[note.month].append(note)
    return {month: tuple(notes) for month, notes in found.items()}


def explain(db: Session, pledge: Pledge, month: date, text: str, actor: Actor, at: datetime) -> bool:
    """Write why a month, named by its first day, went as it did; the latest is shown, the ones before stay.

    Gives False when these very words are already the latest, as after a second click: then nothing is written.
    """
    # Two clicks at once come one after the other.
    db.get_one(Pledge, pledge.id, with_for_update={"key_share": True})
    latest = notes_of(db, pledge.id, (month,)).get(month)
    if latest and latest[0].text == text:
        return False
    signed = ", ".join(filter(None, (actor.name, actor.title)))
    db.add(
        MonthNote(
            pledge_id=pledge.id, month=month, text=text, signed=signed, staff_id=actor.id, written_at=at
        )
    )
    db.flush()
    return True
