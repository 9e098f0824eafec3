"""Reading in calendars as they were decided. What is published is never changed by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from pledges.opening import OpeningHours
from portal.calendars import actions
from portal.calendars.draft import DayRow, SeasonRow, Typed, judge
from portal.calendars.opening import content_of
from portal.calendars.revisions import Place, draft_of, find_place, latest_of, revision_by_number
from portal.clock import STOCKHOLM
from portal.departments.content import Entry, listed
from portal.errors import ContentError, NotFound
from portal.i18n import SOURCE, language

KIND = "calendar"
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class _Decided:
    """A calendar as somebody decided it, and from when it holds."""

    place: Place
    name: str
    hours: OpeningHours
    published_at: datetime
    published_by: str


def import_calendars(db: Session, values: Mapping[str, Any], at: datetime) -> int:
    """Bring the calendars of a parsed file in, as they were published; gives how many there are in it.

    Organisations and departments must exist, and what is inherited stands before those who inherit. A calendar that
    says what the latest revision of its place says is passed over. Raises ContentError, naming the calendar, and the
    season or the day that is wrong.
    """
    for key in values:
        if key != KIND:
            raise ContentError(f"{key}: this file holds only [[{KIND}]]")
    count = 0
    for entry in listed(values.get(KIND, []), KIND, "place"):
        decided = _decided(db, entry)
        entry.finish()
        _bring_in(db, entry, decided, at)
        count += 1
    return count


def _decided(db: Session, entry: Entry) -> _Decided:
    place, published_on = _place(db, entry), entry.day("published")
    typed = Typed(entry.text("name"), tuple(_seasons(entry)), tuple(_days(entry)))
    judgement = judge(typed, start=None if place.above else published_on)
    if judgement.hours is None:
        tongue, problem = language(SOURCE), judgement.problems[0]
        raise ContentError(f"{entry.name}: {tongue.say(problem.where)}: {tongue.say(problem.what)}")
    published_at = datetime.combine(published_on, time.min, STOCKHOLM)
    return _Decided(place, typed.name, judgement.hours, published_at, entry.text("published_by"))


def _bring_in(db: Session, entry: Entry, decided: _Decided, at: datetime) -> None:
    place = decided.place
    if decided.published_at > at:
        raise entry.wrong("published", "must not be a day to come")
    latest = latest_of(db, (place.columns,), at)
    if latest is not None and (latest.name, latest.content) == (decided.name, content_of(decided.hours)):
        return
    if latest is not None and latest.published_at and latest.published_at >= decided.published_at:
        raise entry.wrong(
            "published", "must be later than the calendar that holds; a change is a new revision"
        )
    if draft_of(db, place) is not None:
        raise entry.wrong("place", "has a draft; publish it or throw it away first")
    number = actions.begin(db, place, decided.published_at).number
    draft = revision_by_number(db, number)
    actions.write(db, draft, decided.name, decided.hours, decided.published_at)
    actions.publish(db, draft, decided.published_by, decided.published_at)


def _place(db: Session, entry: Entry) -> Place:
    key = entry.text("place")
    try:
        return find_place(db, key)
    except NotFound as error:
        raise entry.wrong("place", f"names {key!r}, which does not exist") from error


def _seasons(entry: Entry) -> list[SeasonRow]:
    rows = []
    for part in entry.parts("season"):
        week = part.texts("week")
        if len(week) != DAYS_A_WEEK:
            raise part.wrong("week", "must have the hours of seven days, Monday first")
        last = part.optional_day("last")
        rows.append(SeasonRow(part.day("first").isoformat(), _written(last), tuple(week)))
        part.finish()
    return rows


def _days(entry: Entry) -> list[DayRow]:
    rows = []
    for part in entry.parts("exception"):
        rows.append(DayRow(part.day("day").isoformat(), part.text("hours"), part.text("reason")))
        part.finish()
    return rows


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""
