"""What a case is, by its events; who disputes a figure begins here."""

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


# What must be told besides the outcome: to whom the matter was sent, or which case it doubles.
NEEDS_DETAIL = frozenset({Outcome.NOT_OURS, Outcome.DUPLICATE})
# What always needs its reason, however much has been said before.
NEEDS_REASON = frozenset({Outcome.NO_ACTION, Outcome.NOT_OURS, Outcome.NOT_FOUND, Outcome.REJECTED})


def missing_from_closing(outcome: Outcome, text: str, detail: str, *, answered: bool) -> str:
    """Give what is missing for a case to be closed: "text", "detail", or nothing.

    A case cannot be closed without an answer or a recorded reason.
    """
    if outcome in NEEDS_DETAIL and not detail.strip():
        return "detail"
    if not text.strip() and (outcome in NEEDS_REASON or not answered):
        return "text"
    return ""
