"""The closed list of statuses; `templates/macros/status.html` draws each as shape, word and colour."""

from enum import StrEnum


class Status(StrEnum):
    """How a pledge, a case or a step stands. Position, shape and word say it before colour does."""

    HELD = "held"
    NEAR = "near"
    BROKEN = "broken"
    RUNNING = "running"
    LATE = "late"
    NONE = "none"
    WAITING = "waiting"
    DONE = "done"
    NOW = "now"
    NEXT = "next"


MARKS = tuple(Status)
