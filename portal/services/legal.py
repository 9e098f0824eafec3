"""Reading in the register of legal clocks: the times that the law sets, period by period."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from pledges.law import ClockKind
from pledges.limit import Unit
from portal.clock import local_day
from portal.departments.content import Entry, entries
from portal.services.models import LegalClockEntry, LegalClockRow
from portal.services.rules import FIRST_YEAR, LAST_YEAR, LAW_UNITS, MOST_UNITS, EntryKind, is_sane

# What a lawyer has compared with the law; the rest only says where it stands and how it is to be read.
WORDING = ("kind", "amount", "unit", "extension", "completion_order", "reference")
# Where a comparison is taken back.
DESK = "/redaktion/lagtider"


def import_legal_clocks(db: Session, values: Mapping[str, Any], at: datetime) -> int:
    """Bring the legal clocks of a parsed file in; gives how many periods. Raises ContentError, naming period and key.

    A period is known again by its clock and the day it begins, and brought up to date. Periods that the file leaves
    out stay: cases have been timed by them. No two periods of one clock may hold on the same day. A wording that has
    been compared with the law is never changed by it, and what the comparison said is never taken back by it.
    """
    known: dict[str, dict[date, LegalClockRow]] = {}
    for row in db.scalars(select(LegalClockRow)):
        known.setdefault(row.key, {})[row.valid_from] = row
    count = 0
    for entry in entries(values, "clock"):
        count += _bring_in(db, entry, known.get(entry.slug(), {}), at)
    db.flush()
    return count


def _bring_in(db: Session, entry: Entry, rows: Mapping[date, LegalClockRow], at: datetime) -> int:
    key, title, kind = entry.slug(), entry.text("title"), entry.choice("kind", ClockKind)
    periods = [_period(part, kind, local_day(at)) for part in entry.parts("period")]
    entry.finish()
    if not periods:
        raise entry.wrong("period", "must stand there at least once")
    stay = {start: row.valid_to for start, row in rows.items()}
    stay |= _unlike(periods, entry)
    _refuse_overlap(sorted(stay.items()), entry)
    for row in rows.values():
        _refuse_change(row, {"kind": kind}, entry)
        row.title, row.kind = title, kind
    for columns in periods:
        found = rows.get(columns["valid_from"])
        if found is not None:
            _refuse_change(found, columns, entry)
        _write(db, found or LegalClockRow(key=key), {"title": title, "kind": kind, **columns}, at)
    return len(periods)


def _refuse_change(row: LegalClockRow, columns: Mapping[str, Any], entry: Entry) -> None:
    """What a lawyer has read must go on saying what they read."""
    for name in WORDING:
        if row.verified_on is not None and name in columns and getattr(row, name) != columns[name]:
            raise entry.wrong(
                name,
                f"from {row.valid_from} differs from what was compared with the law {row.verified_on}; take the"
                f" comparison back at {DESK} first, or write a new period",
            )


def _write(db: Session, row: LegalClockRow, columns: dict[str, Any], at: datetime) -> None:
    read_before = (row.verified_on, row.verified_by)
    if columns["verified_on"] is None and row.verified_on is not None:
        columns = {**columns, "verified_on": row.verified_on, "verified_by": row.verified_by}
    for name, value in columns.items():
        setattr(row, name, value)
    db.add(row)
    db.flush()
    if row.verified_on is not None and (row.verified_on, row.verified_by) != read_before:
        entry = LegalClockEntry(
            clock_id=row.id, kind=EntryKind.VERIFIED, day=row.verified_on, said=row.verified_by, written_at=at
        )
        db.add(entry)


def _unlike(periods: Sequence[Mapping[str, Any]], entry: Entry) -> dict[date, date | None]:
    spans = {columns["valid_from"]: columns["valid_to"] for columns in periods}
    if len(spans) != len(periods):
        raise entry.wrong("period", "begins twice on the same day; remove one of the two")
    return spans


def _period(part: Entry, kind: ClockKind, today: date) -> dict[str, Any]:
    columns: dict[str, Any] = _limit(part, kind) | _validity(part) | _verified(part, today)
    columns["reference"] = part.text("reference")
    columns["source"] = part.text("source")
    columns["note"] = part.text("note", "")
    part.finish()
    return columns


def _limit(part: Entry, kind: ClockKind) -> dict[str, Any]:
    names = ("amount", "extension", "completion_order")
    numbers = {name: part.whole(name, 1, MOST_UNITS) if part.has(name) else None for name in names}
    unit = part.choice("unit", Unit) if part.has("unit") else None
    if (numbers["amount"] is None) != (unit is None):
        raise part.wrong("unit", "must stand there together with amount; a law without a number has neither")
    if unit is not None and unit not in LAW_UNITS:
        raise part.wrong("unit", f"must be one of {', '.join(sorted(LAW_UNITS))}: no law counts {unit.value}")
    if unit is None and any(numbers.values()):
        raise part.wrong("extension", "must not stand there without an amount to extend")
    if kind is ClockKind.BUILDING_PERMIT and (unit is not Unit.WEEKS or None in numbers.values()):
        raise part.wrong("amount", f"must stand in weeks with {' and '.join(names[1:])} for {kind.value}")
    return {**numbers, "unit": unit}


def _validity(part: Entry) -> dict[str, date | None]:
    valid_from = _sane(part, "valid_from", part.day("valid_from"))
    last = part.optional_day("valid_to")
    valid_to = None if last is None else _sane(part, "valid_to", last)
    if valid_to is not None and valid_to < valid_from:
        raise part.wrong("valid_to", f"must not be earlier than valid_from, {valid_from}")
    return {"valid_from": valid_from, "valid_to": valid_to}


def _verified(part: Entry, today: date) -> dict[str, Any]:
    verified_on, verified_by = part.optional_day("verified_on"), part.text("verified_by", "")
    if (verified_on is None) != (not verified_by):
        raise part.wrong(
            "verified_by", "must stand there together with verified_on: who read the law, and when"
        )
    if verified_on is not None and _sane(part, "verified_on", verified_on) > today:
        raise part.wrong("verified_on", f"must not be later than today, {today}")
    return {"verified_on": verified_on, "verified_by": verified_by}


def _sane(part: Entry, key: str, day: date) -> date:
    if not is_sane(day):
        raise part.wrong(key, f"must be a day from {FIRST_YEAR} to {LAST_YEAR}, not {day}")
    return day


def _refuse_overlap(spans: Sequence[tuple[date, date | None]], entry: Entry) -> None:
    for (began, ended), (follows, _) in pairwise(spans):
        if ended is None or follows <= ended:
            until = "without end" if ended is None else f"to {ended}"
            remedy = f"end the first before {follows}"
            raise entry.wrong("period", f"holds twice: from {began} {until}, and from {follows}; {remedy}")
