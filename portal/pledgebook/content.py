"""Reading in pledges with their versions and scopes. A version that has begun to hold is never changed by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from pledges.calendar import Calendar
from pledges.compensation import Kind, Per, rules_from, written
from pledges.errors import BadCompensation, BadTarget
from pledges.limit import Unit
from pledges.pause import PausePolicy
from pledges.pledge import Measure, Source, Start, Target
from portal.accounts.queries import plain_address, staff_by_email
from portal.calendars.queries import calendars_at
from portal.clock import local_day
from portal.departments.content import Entry, entries
from portal.departments.queries import department_ids
from portal.pledgebook.law_content import read_law, refuse_looser
from portal.pledgebook.life import SITUATIONS
from portal.pledgebook.models import Pledge, PledgeVersion, TargetUnit
from portal.pledgebook.scopes import replace_scopes
from portal.services.queries import legal_clocks, service_categories, service_ids

LONGEST_PROMISE = 1000
# What a version may still have set after it began to hold: the day it ends and why, and when it is looked at again.
STILL_OPEN = ("valid_to", "review_by", "withdrawn_reason", "published_at")


class Status(StrEnum):
    """Whether a pledge is measured."""

    ACTIVE = "active"
    PAUSED = "paused"


def import_pledges(db: Session, values: Mapping[str, Any], at: datetime) -> int:
    """Bring the pledges of a parsed file in, by slug; gives how many. Raises ContentError, naming entry and key.

    A version that has not begun must not be longer than the law, by the calendar its department has at `at`.
    Departments and services must exist. The scopes of a pledge are those of its latest version. A version that
    was in force before `at` keeps its words: a changed promise is a new version, not another text.
    """
    known = {row.slug: row for row in db.scalars(select(Pledge).options(selectinload(Pledge.versions)))}
    departments = department_ids(db)
    reading = _Reading(
        services=service_ids(db),
        categories=service_categories(db),
        laws=frozenset(clock.key for clock in legal_clocks(db)),
        calendars=calendars_at(db, at),
        today=local_day(at),
    )
    count = 0
    for entry in entries(values, "pledge"):
        slug = entry.slug()
        row = known.get(slug) or Pledge(slug=slug, versions=[])
        row.department_id = entry.known("department", departments) if entry.text("department", "") else None
        row.paused_reason = _paused_reason(entry)
        row.statistics_only = entry.yes("statistics_only")
        row.life_situations = _life_situations(entry)
        row.keeper_id = _keeper(db, entry)
        db.add(row)
        reading.versions(db, row, entry)
        entry.passed_over("seed")
        entry.finish()
        count += 1
    db.flush()
    return count


def _paused_reason(entry: Entry) -> str:
    status, reason = entry.choice("status", Status), entry.text("pause_reason", "")
    if (status is Status.PAUSED) != bool(reason):
        raise entry.wrong("pause_reason", "must stand there when the status is paused, and only then")
    return reason


def _life_situations(entry: Entry) -> list[str]:
    found = entry.texts("life_situations")
    for key in found:
        if key not in SITUATIONS:
            raise entry.wrong("life_situations", f"must be among {', '.join(SITUATIONS)}, not {key!r}")
    return found


def _keeper(db: Session, entry: Entry) -> int | None:
    """Give whoever is reminded of the pledge, named by e-mail address."""
    email = entry.text("keeper", "")
    if not email:
        return None
    person = staff_by_email(db, plain_address(email))
    if person is None:
        raise entry.wrong("keeper", f"names {email!r}, and nobody here has that address")
    return person.id


@dataclass(frozen=True)
class _Reading:
    """One run over a file: what may be named in it, by which calendars, and the day it is read in."""

    services: Mapping[str, int]
    categories: set[tuple[int, str]]
    laws: frozenset[str]
    calendars: Mapping[int | None, Calendar]
    today: date

    def versions(self, db: Session, pledge: Pledge, entry: Entry) -> None:
        known = {version.number: version for version in pledge.versions}
        parts = list(entry.parts("version"))
        if not parts:
            raise entry.wrong("version", "must stand there at least once")
        spans, scopes = [], []
        for number, part in enumerate(parts, 1):
            if part.whole("number", 1, 999) != number:
                raise part.wrong("number", f"must be {number}: versions stand in order from 1")
            columns = _version(part, self.laws)
            self._write(pledge, known.get(number), {"number": number, **columns}, part)
            spans.append((columns["valid_from"], columns["valid_to"]))
            scopes = self._scopes(part)
            part.finish()
        _refuse_overlap(spans, entry)
        db.flush()
        replace_scopes(db, pledge, scopes)

    def _write(
        self, pledge: Pledge, version: PledgeVersion | None, columns: dict[str, Any], part: Entry
    ) -> None:
        has_begun = version is not None and version.valid_from <= self.today
        if not has_begun:
            refuse_looser(part, columns, self.calendars[pledge.department_id])
        if version is None:
            pledge.versions.append(PledgeVersion(**columns))
            return
        for key, value in columns.items():
            if has_begun and key not in STILL_OPEN and getattr(version, key) != value:
                raise part.wrong(
                    key, "differs from the version that already holds; write a new version instead"
                )
            setattr(version, key, value)

    def _scopes(self, part: Entry) -> list[tuple[int, str, int]]:
        position = part.whole("position", 1, 99) if part.has("position") else 1
        scopes = []
        for scope in part.parts("scope"):
            service, category = scope.known("service", self.services), scope.text("category", "")
            if category and (service, category) not in self.categories:
                raise scope.wrong("category", f"names {category!r}, which the service does not have")
            scope.finish()
            scopes.append((service, category, position))
        return scopes


def _version(part: Entry, laws: frozenset[str]) -> dict[str, Any]:
    columns: dict[str, Any] = {key: _promise(part, key) for key in ("promise", "short")}
    columns |= {key: part.texts(key) for key in ("content", "not_applies", "duties", "remedy")}
    columns |= {
        key: part.text(key, "") for key in ("applies_to", "measured_as", "owner", "decided_by", "paragraph")
    }
    columns["registry_number"] = part.text("registry_number", "")
    columns["measure"] = part.choice("measure", Measure)
    columns["source"] = part.choice("source", Source)
    columns["amount"] = part.whole("amount", 1, 1000) if part.has("amount") else None
    columns["unit"] = part.choice("unit", Unit) if part.has("unit") else None
    if (columns["amount"] is None) != (columns["unit"] is None):
        raise part.wrong("unit", "must stand there together with amount")
    columns["target"] = _target(part)
    columns["target_unit"] = part.choice("target_unit", TargetUnit)
    columns["holding_answer"] = part.yes("holding_answer")
    columns["law"] = read_law(part, laws)
    columns["compensation"] = _compensation(part)
    columns["starts_at"] = part.choice("starts_at", Start) if part.has("starts_at") else Start.RECEIVED
    has_policy = part.has("pause_policy")
    columns["pause_policy"] = (
        part.choice("pause_policy", PausePolicy) if has_policy else PausePolicy.QUESTION_OR_LAW
    )
    columns["withdrawn_reason"] = part.text("withdrawn_reason", "")
    columns["published_at"] = _moment(part, "published_at")
    columns |= _days(part)
    return columns


def _compensation(part: Entry) -> list[dict[str, Any]]:
    """What follows when the promise is broken, as `pledges.compensation.written` writes it."""
    rules = part.listed("compensation")
    try:
        return [dict(rule) for rule in written(rules_from(rules))]
    except BadCompensation as error:
        raise part.wrong(
            "compensation",
            f"must be a list of rules with a kind of {', '.join(Kind)}; a fee reduction, and no other, also has share"
            f" (as 1/5), per ({' or '.join(Per)}) and maybe most",
        ) from error


def _moment(part: Entry, key: str) -> datetime | None:
    """A moment with its offset from UTC, as in 2026-11-24T07:52:00+00:00; None when it is left out."""
    text = part.text(key, "")
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise part.wrong(key, f"must be a moment as in 2026-11-24T07:52:00+00:00, not {text!r}") from error
    if moment.tzinfo is None:
        raise part.wrong(key, "must say its offset from UTC")
    return moment


def _promise(part: Entry, key: str) -> str:
    text = part.text(key)
    if text.count("*") != 2 or len(text) > LONGEST_PROMISE:
        raise part.wrong(key, "must mark what is measured with one pair of asterisks")
    return text


def _target(part: Entry) -> Decimal:
    target = part.decimal("target")
    try:
        return Target(target).percent
    except BadTarget as error:
        raise part.wrong("target", "must be over 0, at most 100, with one decimal at most") from error


def _days(part: Entry) -> dict[str, date | None]:
    valid_from, valid_to = part.day("valid_from"), part.optional_day("valid_to")
    if valid_to is not None and valid_to < valid_from:
        raise part.wrong("valid_to", "must not be earlier than valid_from")
    decided_on, review_by = part.day("decided_on"), part.optional_day("review_by")
    return {"decided_on": decided_on, "valid_from": valid_from, "valid_to": valid_to, "review_by": review_by}


def _refuse_overlap(spans: Iterable[tuple[date, date | None]], entry: Entry) -> None:
    before: date | None = date.min
    for valid_from, valid_to in spans:
        if before is None or valid_from <= before:
            raise entry.wrong("version", "holds before the version before it has ended")
        before = valid_to
