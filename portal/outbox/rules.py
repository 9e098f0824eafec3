"""How long the portal goes on trying to deliver a letter."""

from datetime import datetime, timedelta

# The pause after the first, second, ... try. After the last try somebody has to look at it.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=8),
    timedelta(hours=12),
)
MOST_TRIES = len(PAUSES) + 1
# Longer than the slowest mail server can keep one letter waiting, so that no two workers hold the same letter.
LEASE = timedelta(minutes=10)


def next_try(tries: int, at: datetime) -> datetime | None:
    """Give the moment of the next try after `tries` failed ones, the last at `at`; None when it was the last."""
    return at + PAUSES[tries - 1] if tries < MOST_TRIES else None
