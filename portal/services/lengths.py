"""Times in their own unit, as words: what a promise and what the law says is told in the same way."""

from collections.abc import Mapping
from datetime import time

from pledges.law import LegalClock
from pledges.limit import Unit
from portal.i18n import N_, Text

# One of a unit, and several.
_AMOUNTS: Mapping[Unit, tuple[str, str]] = {
    Unit.WORKING_DAYS: (N_("%(number)s arbetsdag"), N_("%(number)s arbetsdagar")),
    Unit.WEEKS: (N_("%(number)s vecka"), N_("%(number)s veckor")),
    Unit.CALENDAR_DAYS: (N_("%(number)s kalenderdag"), N_("%(number)s kalenderdagar")),
    Unit.MONTHS: (N_("%(number)s månad"), N_("%(number)s månader")),
    Unit.WORKING_HOURS: (N_("%(number)s timme under öppettid"), N_("%(number)s timmar under öppettid")),
    Unit.CLOCK_HOURS: (N_("%(number)s timme"), N_("%(number)s timmar")),
}
SAME_DAY = N_("samma dag, om det kommer före kl. %(hour)s")


def limit_words(amount: int, unit: Unit) -> Text:
    """Give a time in its own unit, in figures: "10 arbetsdagar"."""
    if unit is Unit.SAME_DAY:
        return Text(SAME_DAY, {"hour": time(amount)})
    one, many = _AMOUNTS[unit]
    return Text(one if amount == 1 else many, {"number": str(amount)})


def longest_extension(clock: LegalClock) -> Text | None:
    """Give how long the law's time may be prolonged; None when it may not."""
    return _of(clock.extension, clock.unit)


def time_to_ask(clock: LegalClock) -> Text | None:
    """Give the time within which what is missing must be asked for; None when the law says nothing of it."""
    return _of(clock.completion_order, clock.unit)


def law_words(clock: LegalClock) -> Text | None:
    """Give the law's time; None when the law names no number."""
    return _of(clock.amount, clock.unit)


def _of(amount: int | None, unit: Unit | None) -> Text | None:
    return None if amount is None or unit is None else limit_words(amount, unit)
