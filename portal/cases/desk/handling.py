"""A deed of an officer: its form, the right it takes, what it leaves behind, and when it has been done already."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.rules import Deed
from portal.cases.access import Access
from portal.cases.desk.forms import DeedForm
from portal.cases.intake import Who
from portal.cases.models import Case
from portal.cases.rules import EventKind
from portal.errors import Conflict
from portal.i18n import Language, Text


class Stale(Conflict):
    """Something has happened in the case that the officer had not seen when the deed was sent."""


@dataclass(frozen=True)
class Doing:
    """A deed on its way: the change, the locked case, who does it, when, and in which language it is confirmed."""

    db: Session
    case: Case
    who: Who
    access: Access
    tongue: Language
    at: datetime


Do = Callable[[Doing, Any], Text]


@dataclass(frozen=True)
class Handling:
    """A deed. `does` does it and gives the sentence that confirms it; `leaves` are the kinds of event it adds.

    `right` is what somebody must be trusted with to do it.
    """

    slug: str
    title: str
    button: str
    form: type[DeedForm]
    leaves: frozenset[EventKind]
    does: Do
    right: Deed = Deed.HANDLE_CASE


def done_already(case: Case, deed: Handling, form: DeedForm, staff_id: int) -> bool:
    """Tell whether the same officer has done the very same since the page was drawn: a double click, a resent page."""
    return any(
        event.id > form.seen_id
        and event.actor_id == staff_id
        and event.kind in deed.leaves
        and _words_of(event.content) == form.words
        for event in case.events
    )


def _words_of(content: Mapping[str, Any]) -> str:
    return str(
        content.get("officer") or content.get("reason") or content.get("text") or content.get("fee") or ""
    )


def must_be_fresh(case: Case, form: DeedForm) -> None:
    """Raise Stale when the case has an event that the officer had not seen."""
    if case.events[-1].id != form.seen_id:
        raise Stale(f"{case.reference} has changed")
