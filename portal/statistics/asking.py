"""What a question about figures asks for: which periods, from when, to when; read from an address. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.i18n import N_, Text
from portal.pledgebook.figures.periods import PeriodKind, last_day_of
from portal.pledgebook.models import Pledge

PERIODS: Final[Mapping[str, PeriodKind]] = {
    "manad": PeriodKind.MONTH,
    "kvartal": PeriodKind.QUARTER,
    "ar": PeriodKind.YEAR,
    "90dagar": PeriodKind.ROLLING90,
}
FIRST_YEAR, LAST_YEAR = 2000, 2099
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
NO_PERIOD = N_("Skriv manad, kvartal, ar eller 90dagar.")
NO_DAY = N_("Skriv en månad eller en dag, till exempel 2026-10 eller 2026-10-31.")
BACKWARDS = N_("Den första dagen är senare än den sista. Byt plats på dem.")


class Unclear(ValueError):
    """A question cannot be understood; `field` is the part of it, `text` what is wrong and what to do."""

    def __init__(self, field: str, text: Text) -> None:
        super().__init__(field)
        self.field, self.text = field, text


@dataclass(frozen=True)
class Asked:
    """Which periods, and the days between which they must hold one; both included."""

    name: str
    first: date
    last: date

    @property
    def kind(self) -> PeriodKind:
        """How long the periods are."""
        return PERIODS[self.name]


def asked(arguments: Mapping[str, str], began: date, today: date, *, first: str, last: str) -> Asked:
    """Read a question from the arguments of an address; `first` and `last` are the names of the two days.

    Without days it is about everything from `began` to today. Raises Unclear.
    """
    name = arguments.get("period", "") or "manad"
    if name not in PERIODS:
        raise Unclear("period", Text(NO_PERIOD))
    begins = _day(arguments, first, ends=False) or min(began, today)
    ends = _day(arguments, last, ends=True) or today
    if begins > ends and arguments.get(first):
        raise Unclear(first, Text(BACKWARDS))
    return Asked(name, begins, ends)


def _day(arguments: Mapping[str, str], name: str, *, ends: bool) -> date | None:
    written = arguments.get(name, "").strip()
    if not written:
        return None
    found = _DAY.fullmatch(written)
    try:
        if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            raise ValueError
        day = date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError as error:
        raise Unclear(name, Text(NO_DAY)) from error
    return last_day_of(day.replace(day=1)) if ends and not found[3] else day


def began(pledges: list[Pledge] | tuple[Pledge, ...], today: date) -> date:
    """Give the day on which the first version of any of the pledges began; today when none has."""
    return min((version.valid_from for pledge in pledges for version in pledge.versions), default=today)
