"""Reading in what a promise says of the law: the limit beside it, which legal clock that is, and that ours is no longer."""

from collections.abc import Collection, Mapping
from typing import Any

from pledges.calendar import Calendar
from pledges.errors import BadLimit
from pledges.law_check import Looser, never_looser
from pledges.limit import Limit, Unit
from portal.departments.content import Entry
from portal.pledgebook.promises import CLOCKED

LAW_TEXTS = ("key", "reference", "text")


def read_law(part: Entry, register: Collection[str]) -> dict[str, Any]:
    """Give the law's limit as a version keeps it; empty when none is named. Raises ContentError.

    `register` are the keys of the legal clocks there are: a key that is not among them is refused, unless there are
    none at all.
    """
    law = part.table("law")
    if not law:
        return {}
    limit: dict[str, Any] = {key: law.pop(key) for key in ("amount", "unit") if key in law}
    verified = law.pop("verified", None)
    if not law.get("reference") or any(
        key not in LAW_TEXTS or not isinstance(text, str) for key, text in law.items()
    ):
        raise part.wrong("law", f"must have the texts {', '.join(LAW_TEXTS)} and no other")
    if not isinstance(verified, bool):
        raise part.wrong("law", "must say verified = true or false")
    if register and law.get("key") and law["key"] not in register:
        raise part.wrong("law", f"has the key {law['key']!r}; use one of {', '.join(sorted(register))}")
    if limit:
        _limit(part, "law", limit.get("amount"), limit.get("unit"))
    return {**law, **limit, "verified": verified}


def refuse_looser(part: Entry, columns: Mapping[str, Any], calendar: Calendar) -> None:
    """Refuse a promised time that lets some case wait longer than the law does. Raises ContentError with its days."""
    law = columns["law"]
    if columns["amount"] is None or "amount" not in law or columns["measure"] not in CLOCKED:
        return
    ours = _limit(part, "amount", columns["amount"], columns["unit"])
    found = never_looser(ours, _limit(part, "law", law["amount"], law["unit"]), calendar)
    if found is not None:
        raise part.wrong("amount", f"is longer than the law: {_said(found)}; promise a shorter time")


def _limit(part: Entry, key: str, amount: Any, unit: Any) -> Limit:
    units = [each.value for each in Unit]
    if not isinstance(amount, int) or isinstance(amount, bool) or unit not in units:
        raise part.wrong(key, f"must have a whole amount and a unit of {', '.join(units)}")
    try:
        return Limit(amount, Unit(unit))
    except BadLimit as error:
        raise part.wrong(key, f"must have an amount that {unit} can have, not {amount}") from error


def _said(found: Looser) -> str:
    came, ours, law = found.received_on, found.our_day, found.law_day
    if ours != law:
        return f"a case that comes {came} may wait until {ours}, and the law says {law}"
    times = {name: f"{found.values[name]:%H:%M}" for name in ("received_time", "ours_time", "law_time")}
    return (
        f"a case that comes {came} {times['received_time']} may wait until {ours} {times['ours_time']},"
        f" and the law says {law} {times['law_time']}"
    )
