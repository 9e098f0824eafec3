"""What a case is, by its events; who disputes a figure begins here."""

from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    ACTIVE = "active"
    WAITING = "waiting"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a closed case ended."""

    REMEDIED = "remedied"
    ANSWERED = "answered"
    APPROVED = "approved"
    REJECTED = "rejected"
    NO_ACTION = "no_action"
    NOT_OURS = "not_ours"
    DUPLICATE = "duplicate"
    NOT_FOUND = "not_found"
    WITHDRAWN = "withdrawn"


class Channel(StrEnum):
    """How a case came in."""

    WEB = "web"
    PHONE = "phone"
    EMAIL = "email"
    POST = "post"
    VISIT = "visit"
    API = "api"


class ActorKind(StrEnum):
    """Who did something to a case."""

    CITIZEN = "citizen"
    STAFF = "staff"
    SYSTEM = "system"


class EventKind(StrEnum):
    """What can happen to a case."""

    OPENED = "opened"
    ASSIGNED = "assigned"
    ADVANCED = "advanced"
    ANSWERED = "answered"
    HOLDING_ANSWER = "holding_answer"
    ASKED = "asked"
    SUPPLEMENTED = "supplemented"
    MESSAGE = "message"
    NOTED = "noted"
    HANDED_OVER = "handed_over"
    KEPT = "kept"
    BREACHED = "breached"
    CLOSED = "closed"
    REOPENED = "reopened"
    ABSORBED = "absorbed"
    EXCUSED = "excused"
    WARNED = "warned"
    DELAY_EXPLAINED = "delay_explained"
    EXTENDED = "extended"
    DECISION_REQUESTED = "decision_requested"
    FOLLOWED_UP = "followed_up"
    CONTESTED = "contested"


# The ends of a case that take its promises back: they were kept or broken in another case, or are asked for no more.
VOIDING = frozenset({Outcome.DUPLICATE, Outcome.WITHDRAWN})
# What must be told besides the outcome: to whom the matter was sent, or which case it doubles.
NEEDS_DETAIL = frozenset({Outcome.NOT_OURS, Outcome.DUPLICATE})
# What always needs its reason, however much has been said before.
NEEDS_REASON = frozenset(
    {Outcome.NO_ACTION, Outcome.NOT_OURS, Outcome.NOT_FOUND, Outcome.REJECTED, Outcome.WITHDRAWN}
)
# For how long a citizen may have a closed case opened again; staff always may.
REOPEN_WITHIN = timedelta(days=30)


def missing_from_closing(outcome: Outcome, text: str, detail: str, *, answered: bool) -> str:
    """Give what is missing for a case to be closed: "text", "detail", or nothing.

    A case cannot be closed without an answer or a recorded reason.
    """
    if outcome in NEEDS_DETAIL and not detail.strip():
        return "detail"
    if not text.strip() and (outcome in NEEDS_REASON or not answered):
        return "text"
    return ""


def may_reopen(by: ActorKind, outcome: Outcome | None, closed_at: datetime | None, at: datetime) -> bool:
    """Tell whether a case may be opened again: by staff always, by the citizen within 30 days to the very moment.

    A case that doubled another is not opened again by the citizen: the other one is where it goes on.
    """
    if closed_at is None:
        return False
    return by is ActorKind.STAFF or (outcome is not Outcome.DUPLICATE and at <= closed_at + REOPEN_WITHIN)
