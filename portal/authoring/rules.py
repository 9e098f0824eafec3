"""How a pledge is decided: the states of a draft, what may be done in each, and the days that fit."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.accounts.rules import Deed

REMIND_BEFORE = timedelta(days=30)
REVIEWED_EVERY = timedelta(days=365)
LONGEST_AHEAD = timedelta(days=5 * 365)
FIRST_DECISION = date(1990, 1, 1)
LONGEST_SLUG = 60
ONE_DAY = timedelta(days=1)


class DraftState(StrEnum):
    """How far a draft has come: being written, with the head, reviewed, decided, published as a version, or dropped."""

    WRITING = "writing"
    IN_REVIEW = "in_review"
    REVIEWED = "reviewed"
    DECIDED = "decided"
    PUBLISHED = "published"
    DROPPED = "dropped"


OPEN = (DraftState.WRITING, DraftState.IN_REVIEW, DraftState.REVIEWED, DraftState.DECIDED)


class Move(StrEnum):
    """What can be done with a draft besides writing in it; the values stand in addresses."""

    SEND = "skicka"
    RETURN = "tillbaka"
    APPROVE = "granska"
    DECIDE = "besluta"
    PUBLISH = "publicera"
    DROP = "slang"


@dataclass(frozen=True)
class Step:
    """Where a move begins, where it leads, and which deed it is."""

    begins: tuple[DraftState, ...]
    leads: DraftState
    deed: Deed


STEPS: Mapping[Move, Step] = {
    Move.SEND: Step((DraftState.WRITING,), DraftState.IN_REVIEW, Deed.WRITE_PLEDGE),
    Move.APPROVE: Step((DraftState.IN_REVIEW,), DraftState.REVIEWED, Deed.DECIDE_PLEDGE),
    Move.DECIDE: Step((DraftState.REVIEWED,), DraftState.DECIDED, Deed.DECIDE_PLEDGE),
    Move.PUBLISH: Step((DraftState.DECIDED,), DraftState.PUBLISHED, Deed.DECIDE_PLEDGE),
    Move.RETURN: Step(
        (DraftState.IN_REVIEW, DraftState.REVIEWED, DraftState.DECIDED),
        DraftState.WRITING,
        Deed.DECIDE_PLEDGE,
    ),
    Move.DROP: Step(OPEN, DraftState.DROPPED, Deed.WRITE_PLEDGE),
}
# What is decided is dropped by those who decide, never by those who only write.
DROPPED_BY_HEADS = (DraftState.REVIEWED, DraftState.DECIDED)


def deed_of(move: Move, state: DraftState) -> Deed:
    """Give the deed that a move is in a state."""
    is_heads = move is Move.DROP and state in DROPPED_BY_HEADS
    return Deed.DECIDE_PLEDGE if is_heads else STEPS[move].deed


def moves_from(state: DraftState) -> tuple[Move, ...]:
    """Give what can be done with a draft in a state, the way on first."""
    return tuple(move for move, step in STEPS.items() if state in step.begins)


def earliest_start(today: date, decided_on: date | None, last_start: date | None) -> date:
    """Give the first day on which a version may begin to hold.

    Tomorrow at the earliest, since a promise is known before it holds; not before it was decided; and after the day
    on which the version before it began, so that every version has had its time.
    """
    days = [today + ONE_DAY]
    if decided_on is not None:
        days.append(decided_on)
    if last_start is not None:
        days.append(last_start + ONE_DAY)
    return max(days)


def first_day(wished: date | None, earliest: date) -> date:
    """Give the day on which a version is to begin: the one wished for while it is possible, else the earliest."""
    return max(earliest, wished) if wished else earliest


def slug_of(words: str, taken: Collection[str]) -> str:
    """Give a name for addresses made of words, unlike those that are taken: "svar-inom-tva-dagar"."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    while len(slug) > LONGEST_SLUG:
        slug = slug[:LONGEST_SLUG].rpartition("-")[0] or slug[:LONGEST_SLUG]
    base = slug or "lofte"
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(name for name in numbered if name not in taken)


def remind_from(review_by: date) -> date:
    """Give the day on which somebody is reminded that a pledge is to be looked at, 30 days before its day."""
    return review_by - REMIND_BEFORE
