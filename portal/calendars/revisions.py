"""What staff ask about calendars: who goes by which revision, what is being written, and what is inherited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from pledges.opening import OFFICE_HOURS, OpeningHours
from portal.calendars.models import CalendarRevision
from portal.calendars.opening import hours_of
from portal.departments.models import Department, Organisation
from portal.departments.queries import organisations_with_departments
from portal.errors import NotFound


@dataclass(frozen=True)
class Place:
    """Whose calendar it is: a department's, an organisation's, or (neither) the whole municipality's."""

    organisation: Organisation | None = None
    department: Department | None = None

    @property
    def key(self) -> str:
        """The place in a form: kommunen, organisation:<slug> or verksamhet:<slug>."""
        if self.department:
            return f"verksamhet:{self.department.slug}"
        return f"organisation:{self.organisation.slug}" if self.organisation else "kommunen"

    @property
    def name(self) -> str:
        """What it is called; nothing for the whole municipality."""
        owner = self.department or self.organisation
        return owner.name if owner else ""

    @property
    def columns(self) -> tuple[int | None, int | None]:
        """The place as a revision holds it: organisation and department, one of them at most."""
        if self.department:
            return None, self.department.id
        return (self.organisation.id if self.organisation else None), None

    @property
    def above(self) -> tuple[tuple[int | None, int | None], ...]:
        """The places that this one inherits from, the nearest first."""
        if self.department:
            return (self.department.organisation_id, None), (None, None)
        return ((None, None),) if self.organisation else ()


@dataclass(frozen=True)
class Holding:
    """A place with its own revision in force and its draft, and the revision it inherits from; each may be missing."""

    place: Place
    own: CalendarRevision | None
    draft: CalendarRevision | None
    inherited: CalendarRevision | None


def place_of(revision: CalendarRevision) -> Place:
    """Give whose calendar a revision, loaded with its owner, is."""
    return Place(revision.organisation, revision.department)


def find_place(db: Session, key: str) -> Place:
    """Give the place by its key. Raises NotFound."""
    kind, _, slug = key.partition(":")
    if key == "kommunen":
        return Place()
    if kind == "organisation":
        organisation = db.scalar(select(Organisation).where(Organisation.slug == slug))
        if organisation is not None:
            return Place(organisation=organisation)
    if kind == "verksamhet":
        department = db.scalar(select(Department).where(Department.slug == slug))
        if department is not None:
            return Place(department=department)
    raise NotFound(f"no place {key}")


def holdings(db: Session, at: datetime) -> list[Holding]:
    """Give every place: the whole municipality, then each organisation with its departments. Two statements."""
    revisions = db.scalars(
        _with_owner().order_by(CalendarRevision.published_at, CalendarRevision.number)
    ).all()
    own = {_columns(row): row for row in revisions if row.published_at and row.published_at <= at}
    drafts = {_columns(row): row for row in revisions if row.published_at is None}
    places = [Place()]
    for organisation, departments in organisations_with_departments(db):
        places.append(Place(organisation=organisation))
        places += [Place(department=department) for department in departments]
    return [
        Holding(
            place,
            own.get(place.columns),
            drafts.get(place.columns),
            next((own[above] for above in place.above if above in own), None),
        )
        for place in places
    ]


def revision_by_number(db: Session, number: int) -> CalendarRevision:
    """Give a revision, published or not, with its owner. Raises NotFound."""
    found = db.scalar(_with_owner().where(CalendarRevision.number == number))
    if found is None:
        raise NotFound(f"no calendar {number}")
    return found


def revision_to_change(db: Session, number: int) -> CalendarRevision:
    """Give a revision with its owner, held against other changes until this one is over. Raises NotFound."""
    locked = select(CalendarRevision.id).where(CalendarRevision.number == number).with_for_update()
    db.scalar(locked)
    return revision_by_number(db, number)


def revisions_of(db: Session, place: Place) -> Sequence[CalendarRevision]:
    """Give the published revisions of a place, the newest first."""
    published = _of(place.columns).where(CalendarRevision.published_at.is_not(None))
    return db.scalars(
        published.order_by(CalendarRevision.published_at.desc(), CalendarRevision.number.desc())
    ).all()


def draft_of(db: Session, place: Place) -> CalendarRevision | None:
    """Give the draft of a place, if somebody has begun one."""
    return db.scalar(_of(place.columns).where(CalendarRevision.published_at.is_(None)))


def latest_of(
    db: Session, places: Iterable[tuple[int | None, int | None]], at: datetime
) -> CalendarRevision | None:
    """Give the revision in force at `at` of the first place that has one."""
    for columns in places:
        published = _of(columns).where(CalendarRevision.published_at <= at)
        found = db.scalars(
            published.order_by(CalendarRevision.published_at.desc(), CalendarRevision.number.desc()).limit(1)
        ).first()
        if found is not None:
            return found
    return None


def inherited_hours(revision: CalendarRevision | None) -> OpeningHours:
    """Give what is inherited from a revision; without one, the office hours that hold when nobody has decided."""
    return OFFICE_HOURS if revision is None else hours_of(revision.hours)


def _columns(revision: CalendarRevision) -> tuple[int | None, int | None]:
    return (None if revision.department_id else revision.organisation_id), revision.department_id


def _of(columns: tuple[int | None, int | None]) -> Select[CalendarRevision]:
    organisation_id, department_id = columns
    return _with_owner().where(
        CalendarRevision.organisation_id.is_not_distinct_from(organisation_id),
        CalendarRevision.department_id.is_not_distinct_from(department_id),
    )


def _with_owner() -> Select[CalendarRevision]:
    return select(CalendarRevision).options(
        joinedload(CalendarRevision.organisation), joinedload(CalendarRevision.department)
    )
