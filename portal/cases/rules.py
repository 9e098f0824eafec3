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
