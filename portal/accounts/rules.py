"""Who may do what, and where; how long a sign-in lasts and how often it may be tried. The only place that says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(hours=2)
LONGEST_SESSION = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
MOST_FAILURES = 5
FAILURES_COUNT_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200


class Role(StrEnum):
    """What somebody is trusted with, in one department or in all."""

    SERVICE_ADVISOR = "service_advisor"
    CASE_OFFICER = "case_officer"
    EDITOR = "editor"
    MANAGER = "manager"
    ADMIN = "admin"


class Deed(StrEnum):
    """Something that not everybody may do."""

    READ_CASE = "read_case"
    HANDLE_CASE = "handle_case"
    READ_LETTERS = "read_letters"
    RESEND_LETTER = "resend_letter"
    READ_INTERNAL_ANSWERS = "read_internal_answers"
    WRITE_PLEDGE = "write_pledge"
    DECIDE_PLEDGE = "decide_pledge"
    EDIT_CALENDAR = "edit_calendar"
    REPORT_FIGURE = "report_figure"
    EXPLAIN_MONTH = "explain_month"
    EXCUSE_CLOCK = "excuse_clock"
    VERIFY_LAW = "verify_law"


ALLOWED: dict[Deed, frozenset[Role]] = {
    Deed.READ_CASE: frozenset({Role.SERVICE_ADVISOR, Role.CASE_OFFICER, Role.MANAGER}),
    Deed.HANDLE_CASE: frozenset({Role.SERVICE_ADVISOR, Role.CASE_OFFICER, Role.MANAGER}),
    Deed.READ_LETTERS: frozenset({Role.SERVICE_ADVISOR, Role.ADMIN}),
    Deed.RESEND_LETTER: frozenset({Role.ADMIN}),
    Deed.READ_INTERNAL_ANSWERS: frozenset(Role),
    Deed.WRITE_PLEDGE: frozenset({Role.EDITOR, Role.MANAGER, Role.ADMIN}),
    Deed.DECIDE_PLEDGE: frozenset({Role.MANAGER, Role.ADMIN}),
    Deed.EDIT_CALENDAR: frozenset({Role.MANAGER, Role.ADMIN}),
    Deed.REPORT_FIGURE: frozenset({Role.EDITOR, Role.MANAGER, Role.ADMIN}),
    Deed.EXPLAIN_MONTH: frozenset({Role.MANAGER, Role.ADMIN}),
    Deed.EXCUSE_CLOCK: frozenset({Role.MANAGER}),
    Deed.VERIFY_LAW: frozenset({Role.ADMIN}),
}


@dataclass(frozen=True)
class Grant:
    """A role in one department, or (None) in every one."""

    role: Role
    department_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who is signed in, with their grants as they were when the request began."""

    id: int
    name: str
    title: str
    email: str
    grants: frozenset[Grant]


def may(actor: Actor, deed: Deed, department_id: int | None = None) -> bool:
    """Tell whether the actor may do the deed in the department; without department: in any at all."""
    roles = ALLOWED[deed]
    return any(
        grant.role in roles and (department_id is None or grant.department_id in (None, department_id))
        for grant in actor.grants
    )


def may_in(actor: Actor, deed: Deed, department_id: int | None) -> bool:
    """Tell whether the actor may do the deed with what belongs to a department.

    What belongs to none belongs to the whole municipality: only a grant that holds everywhere reaches it.
    """
    roles = ALLOWED[deed]
    return any(grant.role in roles and grant.department_id in (None, department_id) for grant in actor.grants)


def departments(actor: Actor, deed: Deed) -> frozenset[int] | None:
    """Give the departments in which the actor may do the deed; None means every one."""
    places = {grant.department_id for grant in actor.grants if grant.role in ALLOWED[deed]}
    return None if None in places else frozenset(place for place in places if place is not None)


def may_try_again_at(failures: Sequence[datetime], at: datetime) -> datetime | None:
    """Give the moment from which signing in may be tried again, or None when it may be tried now.

    Five failures within fifteen minutes close the door until the oldest of the last five is fifteen minutes old.
    """
    recent = sorted(moment for moment in failures if moment > at - FAILURES_COUNT_FOR)
    return recent[-MOST_FAILURES] + FAILURES_COUNT_FOR if len(recent) >= MOST_FAILURES else None


def lasts(began_at: datetime, seen_at: datetime, at: datetime) -> bool:
    """Tell whether a session still lasts: not idle for two hours, not older than twelve (both exclusive)."""
    return at < seen_at + IDLE and at < began_at + LONGEST_SESSION
