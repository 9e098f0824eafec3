"""Writing calendars: a draft is begun, written and published; what is published is never changed again."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pledges.opening import OpeningHours, layered
from portal.calendars.models import CalendarRevision
from portal.calendars.opening import content_of, hours_of
from portal.calendars.queries import LAW
from portal.calendars.revisions import (
    Holding,
    Place,
    draft_of,
    holdings,
    inherited_hours,
    latest_of,
    place_of,
)
from portal.clock import local_day
from portal.departments.models import Organisation
from portal.errors import Conflict

EMPTY = OpeningHours(())


def begin(db: Session, place: Place, at: datetime) -> CalendarRevision:
    """Give the draft of a place: the one that is there, else a new one that says what the latest revision says.

    What is over is left out: it can time nothing that comes in from now on.
    """
    _one_at_a_time(db)
    found = draft_of(db, place)
    if found is not None:
        return found
    latest = latest_of(db, (place.columns,), at)
    organisation_id, department_id = place.columns
    draft = CalendarRevision(
        number=_next_number(db),
        organisation_id=organisation_id,
        department_id=department_id,
        name=latest.name if latest else "",
        content=content_of(_ahead(hours_of(latest.content), local_day(at)) if latest else EMPTY),
        written_at=at,
        published_at=None,
    )
    db.add(draft)
    db.flush()
    return draft


def write(db: Session, draft: CalendarRevision, name: str, own: OpeningHours, at: datetime) -> None:
    """Let a draft say this instead, as a whole. Raises Conflict when it is published."""
    _must_be_draft(draft)
    draft.name, draft.content, draft.written_at = name, content_of(own), at
    db.flush()


def discard(db: Session, draft: CalendarRevision) -> None:
    """Throw a draft away. Raises Conflict when it is published."""
    _must_be_draft(draft)
    db.delete(draft)
    db.flush()


def publish(db: Session, draft: CalendarRevision, by: str, at: datetime) -> list[CalendarRevision]:
    """Let a draft, loaded with its owner, hold from `at`, with what it inherits put in.

    Gives the new revisions of the places that inherit from it: they say what they said, over the new hours. A place
    whose hours stay the same gets none. Raises Conflict when the draft is published already.
    """
    _must_be_draft(draft)
    _one_at_a_time(db)
    place = place_of(draft)
    _put_in_force(draft, latest_of(db, place.above, at), by, at)
    db.flush()
    # Organisations stand before their departments, so each inherits from what its own has just become.
    renewed = (_renewed(db, held, by, at) for held in heirs_of(holdings(db, at), place))
    return [heir for heir in renewed if heir is not None]


def heirs_of(held: list[Holding], place: Place) -> list[Holding]:
    """Give the places that have a calendar of their own and inherit from this one."""
    return [each for each in held if each.own is not None and place.columns in each.place.above]


def followers_of(held: list[Holding], place: Place) -> list[Holding]:
    """Give the places without a calendar of their own that go by this one: nothing nearer to them is in force."""
    named = {each.place.columns for each in held if each.own is not None} | {place.columns}
    return [
        each
        for each in held
        if each.own is None
        and next((above for above in each.place.above if above in named), None) == place.columns
    ]


def _ahead(hours: OpeningHours, today: date) -> OpeningHours:
    """Give the seasons that have not ended and the days that have not been."""
    return OpeningHours(
        tuple(season for season in hours.seasons if season.last is None or season.last >= today),
        tuple(each for each in hours.exceptions if each.day >= today),
    )


def _renewed(db: Session, held: Holding, by: str, at: datetime) -> CalendarRevision | None:
    own, above = held.own, latest_of(db, held.place.above, at)
    hours = content_of(layered(hours_of(own.content), inherited_hours(above))) if own else {}
    if own is None or hours == own.hours:
        return None
    heir = CalendarRevision(
        number=_next_number(db),
        organisation_id=own.organisation_id,
        department_id=own.department_id,
        name=own.name,
        content=own.content,
        hours=hours,
        written_at=at,
        published_at=at,
        published_by=by,
    )
    db.add(heir)
    db.flush()
    return heir


def _put_in_force(draft: CalendarRevision, parent: CalendarRevision | None, by: str, at: datetime) -> None:
    draft.hours = content_of(layered(hours_of(draft.content), inherited_hours(parent)))
    draft.published_at, draft.published_by = at, by


def _must_be_draft(revision: CalendarRevision) -> None:
    if revision.published_at is not None:
        raise Conflict(f"calendar {revision.number} is published")


def _one_at_a_time(db: Session) -> None:
    """Hold everybody else who numbers a revision until this change is over."""
    db.scalar(select(Organisation.id).order_by(Organisation.id).limit(1).with_for_update(key_share=True))


def _next_number(db: Session) -> int:
    return (db.scalar(select(func.max(CalendarRevision.number))) or LAW) + 1
