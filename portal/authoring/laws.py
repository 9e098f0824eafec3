"""What the register of legal clocks says of a draft on the day it begins to hold. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pledges.law import LegalClock, in_force
from pledges.law_check import Looser
from portal.authoring.content import Content
from portal.authoring.form_values import law_of
from portal.i18n import Language, Text


def as_of(content: Content, register: Iterable[LegalClock], day: date) -> Content:
    """Give the content with its law in the wording that holds for what comes in on a day.

    A law that the register has no wording of that day, or that has no key in it, stays as it was written.
    """
    key = content.law.get("key")
    found = next((clock for clock in in_force(register, day) if clock.key == key), None)
    return content if found is None else replace(content, law=law_of(found))


def choices(register: Sequence[LegalClock], today: date, first: date) -> tuple[LegalClock, ...]:
    """Give each law once that holds today or on the first day, in the wording of the first day where there is one."""
    held = {clock.key: clock for clock in in_force(register, today)}
    held |= {clock.key: clock for clock in in_force(register, first)}
    return tuple(held.values())


def in_words(found: Looser, tongue: Language) -> Text:
    """Give the reason with its days in full: they may lie in any year."""
    values: Mapping[str, Any] = found.values
    written = {
        name: tongue.full_day(value) if type(value) is date else value for name, value in values.items()
    }
    return Text(found.message, written)
