"""What the register says today of the law that a promise names. Pure: the register comes as it is.

A version keeps the law's limit as it stood when it was decided, and that never changes. Whether a lawyer has compared
that limit with the law is no part of the decision: it is asked of the register each time a page is drawn, so that a
comparison made or taken back later shows without a new version.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pledges.law import LegalClock
from portal.pledgebook.models import PledgeVersion


def law_today(version: PledgeVersion, register: Iterable[LegalClock], today: date) -> Mapping[str, Any]:
    """Give the law of a version with what the register says of it; without a key the register knows, as it was written.

    It is verified when every wording that has held while the version has is verified and says the same time, or sets
    the same time for asking for what is missing. A law changed since then, which nobody has compared, takes the limit
    away again.
    """
    own = [clock for clock in register if clock.key == version.law.get("key")]
    if not own:
        return version.law
    last = today if version.valid_to is None else min(version.valid_to, today)
    held = [clock for clock in own if _overlap(clock, version.valid_from, max(last, version.valid_from))]
    verified = bool(held) and all(clock.verified and _says(clock, version.law) for clock in held)
    return {**version.law, "verified": verified}


def _overlap(clock: LegalClock, first: date, last: date) -> bool:
    return clock.valid_from <= last and (clock.valid_to is None or clock.valid_to >= first)


def _says(clock: LegalClock, law: Mapping[str, Any]) -> bool:
    times = ((clock.amount, clock.unit), (clock.completion_order, clock.unit))
    return "amount" not in law or (law["amount"], law.get("unit")) in times
