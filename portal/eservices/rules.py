"""How long what is filled in is kept, and what a case is called."""

from datetime import datetime, timedelta

DRAFT_KEPT = timedelta(days=14)
RECEIPT_KEPT = timedelta(days=1)
LONGEST_TITLE = 120


def draft_expires(at: datetime) -> datetime:
    """Give the moment when a draft last changed at `at` is thrown away."""
    return at + DRAFT_KEPT


def receipt_expires(at: datetime) -> datetime:
    """Give the moment until which the browser that submitted at `at` may see its receipt again."""
    return at + RECEIPT_KEPT


def case_title(matter: str, place: str) -> str:
    """Give what a case is called in lists: "Gatlykta: Kvarngatan 14", or the matter alone; at most 120 characters."""
    where = " ".join(place.split())
    title = f"{matter}: {where}" if where else matter
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"
