"""The times when a clock stands still, why, and whether they may be taken out of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pledges.errors import BadPause
from pledges.local_time import aware


class PauseReason(StrEnum):
    """Why a clock stands still: a question was really sent to the citizen, or a law says so.

    There is no other reason. Work that waits for somebody else keeps the citizen waiting.
    """

    QUESTION = "question"
    LAW = "law"


class PausePolicy(StrEnum):
    """Which reasons stop the clock of a promise."""

    NONE = "none"
    QUESTION = "question"
    QUESTION_OR_LAW = "question_or_law"

    def allows(self, reason: PauseReason) -> bool:
        """Say whether time for this reason is taken out of the clock."""
        if reason is PauseReason.LAW:
            return self is PausePolicy.QUESTION_OR_LAW
        return self is not PausePolicy.NONE


class Pausing(StrEnum):
    """What pauses have meant to one clock."""

    # Nothing was taken out of the time.
    NONE = "none"
    # Something was, but the promise would have ended the same without it.
    HARMLESS = "harmless"
    # The promise was kept only because something was taken out.
    DECISIVE = "decisive"


@dataclass(frozen=True)
class Pause:
    """A time when the case stands still: from `began`, up to but not `ended`.

    Aware moments. A pause without `ended` is still running. Raises BadPause when it ends
    before it begins, NaiveMoment when a moment has no offset from UTC.
    """

    began: datetime
    ended: datetime | None
    reason: PauseReason

    def __post_init__(self) -> None:
        """Refuse moments that cannot be placed or stand in the wrong order."""
        aware(self.began)
        if self.ended is not None and aware(self.ended) < self.began:
            raise BadPause(f"A pause from {self.began} to {self.ended}")

    def covers(self, moment: datetime) -> bool:
        """Say whether the pause is running at a moment; its own end is no longer in it."""
        return self.began <= moment and (self.ended is None or moment < self.ended)

    def within(self, start: datetime, end: datetime) -> tuple[datetime, datetime] | None:
        """Give the part of the pause from `start` up to `end`; None when there is none.

        A pause that is still running reaches to `end`: what comes later is not known yet.
        """
        began = max(self.began, start)
        ended = end if self.ended is None else min(self.ended, end)
        return (began, ended) if began < ended else None


def allowed(pauses: Iterable[Pause], policy: PausePolicy) -> tuple[Pause, ...]:
    """Give the pauses whose reason stops the clock under a policy, in the same order."""
    return tuple(pause for pause in pauses if policy.allows(pause.reason))
