"""Whether a pledge has been looked at in time. Pure."""

from datetime import date, timedelta
from enum import StrEnum

from portal.pledgebook.models import PledgeVersion

SOON = timedelta(days=30)


class Review(StrEnum):
    """How a pledge stands to the day on which it is to be looked at: in good time, within thirty days, or past it."""

    FRESH = "fresh"
    SOON = "soon"
    STALE = "stale"


def due_for(version: PledgeVersion, today: date) -> Review:
    """Tell how a version stands to its review day, which itself still counts as in time.

    A version without such a day, and one that no longer holds, has nothing to be looked at.
    """
    has_ended = version.valid_to is not None and version.valid_to < today
    if version.review_by is None or has_ended:
        return Review.FRESH
    if version.review_by < today:
        return Review.STALE
    return Review.SOON if version.review_by - SOON <= today else Review.FRESH
