"""Questions about letters: which there are, and how it goes for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from portal.errors import NotFound
from portal.outbox.models import Delivery, OutboxLetter


@dataclass(frozen=True)
class Wanted:
    """Which letters are looked for: in these states, and about a case when `about` names one."""

    states: tuple[Delivery, ...] = tuple(Delivery)
    about: str = ""


def letter_by_id(db: Session, letter_id: int) -> OutboxLetter:
    """Give a letter. Raises NotFound."""
    letter = db.get(OutboxLetter, letter_id)
    if letter is None:
        raise NotFound(f"no letter {letter_id}")
    return letter


def how_many(db: Session, wanted: Wanted) -> int:
    """Give the number of letters looked for."""
    return db.scalar(_choose(select(func.count(OutboxLetter.id)), wanted)) or 0


def letters(db: Session, wanted: Wanted, first: int, most: int) -> Sequence[OutboxLetter]:
    """Give at most `most` of the letters looked for, from number `first` (0 is the first).

    Those that failed come first, then those that wait, then those that are sent; within each, the newest first.
    """
    query = _choose(select(OutboxLetter), wanted)
    order = [] if len(wanted.states) == 1 else [_urgency()]
    return db.scalars(query.order_by(*order, OutboxLetter.id.desc()).offset(first).limit(most)).all()


def counts(db: Session) -> Mapping[Delivery, int]:
    """Give the number of letters in each state."""
    found = db.execute(select(OutboxLetter.state, func.count()).group_by(OutboxLetter.state))
    return dict.fromkeys(Delivery, 0) | {row[0]: row[1] for row in found}


def _urgency() -> ColumnElement[int]:
    return case(
        (OutboxLetter.state == Delivery.FAILED, 0), (OutboxLetter.state == Delivery.WAITING, 1), else_=2
    )


def _choose(query: Select, wanted: Wanted) -> Select:  # type: ignore[type-arg]
    if len(wanted.states) < len(Delivery):
        query = query.where(OutboxLetter.state.in_(wanted.states))
    return query.where(OutboxLetter.about == wanted.about) if wanted.about else query
