"""What is asked about drafts, the pledges they become, and who is to know of them."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from pledges.pledge import Measure
from portal.accounts.models import Staff, StaffGrant
from portal.accounts.queries import trusted_in
from portal.accounts.rules import ALLOWED, Deed
from portal.authoring.content import Place
from portal.authoring.models import PledgeDraft, Review
from portal.authoring.rules import OPEN, REMIND_BEFORE
from portal.errors import NotFound
from portal.pledgebook.models import Pledge, PledgeScope, PledgeVersion
from portal.pledgebook.scopes import first_day_left, held_on
from portal.services.models import Service


def pledges_in(db: Session, departments: frozenset[int] | None) -> Sequence[Pledge]:
    """Give the pledges of some departments (None: of every one) and of the whole municipality, with their versions."""
    wanted = select(Pledge).options(
        joinedload(Pledge.department), joinedload(Pledge.keeper), selectinload(Pledge.versions)
    )
    if departments is not None:
        wanted = wanted.where(or_(Pledge.department_id.is_(None), Pledge.department_id.in_(departments)))
    return db.scalars(wanted.order_by(Pledge.id)).all()


def open_drafts(db: Session, departments: frozenset[int] | None) -> Sequence[PledgeDraft]:
    """Give the drafts under way in some departments and for the whole municipality, the latest changed first."""
    wanted = (
        select(PledgeDraft)
        .where(PledgeDraft.state.in_(OPEN))
        .options(joinedload(PledgeDraft.department), joinedload(PledgeDraft.written_by))
        .options(joinedload(PledgeDraft.pledge))
        .order_by(PledgeDraft.changed_at.desc(), PledgeDraft.id.desc())
    )
    if departments is not None:
        is_mine = PledgeDraft.department_id.in_(departments)
        wanted = wanted.where(or_(PledgeDraft.department_id.is_(None), is_mine))
    return db.scalars(wanted).all()


def draft_by_id(db: Session, draft_id: int) -> PledgeDraft:
    """Give a draft with all that has happened to it and the pledge it changes. Raises NotFound."""
    return _one(db, _draft(draft_id))


def draft_to_change(db: Session, draft_id: int) -> PledgeDraft:
    """Give the same draft, held against everybody else until the change is over. Raises NotFound."""
    return _one(db, _draft(draft_id).with_for_update(of=PledgeDraft))


def _draft(draft_id: int) -> Select[PledgeDraft]:
    pledge = joinedload(PledgeDraft.pledge)
    return (
        select(PledgeDraft)
        .where(PledgeDraft.id == draft_id)
        .options(joinedload(PledgeDraft.department), joinedload(PledgeDraft.written_by))
        .options(selectinload(PledgeDraft.steps), pledge.selectinload(Pledge.versions))
    )


def _one(db: Session, wanted: Select[PledgeDraft]) -> PledgeDraft:
    found = db.scalar(wanted)
    if found is None:
        raise NotFound("no such draft")
    return found


def open_draft_of(db: Session, pledge_id: int) -> int | None:
    """Give the id of the draft under way for a pledge, if there is one."""
    return db.scalar(
        select(PledgeDraft.id).where(PledgeDraft.pledge_id == pledge_id, PledgeDraft.state.in_(OPEN))
    )


def pledge_to_change(db: Session, slug: str) -> Pledge:
    """Give a pledge with its versions and where it holds, held against everybody else. Raises NotFound."""
    found = db.scalar(
        select(Pledge)
        .where(Pledge.slug == slug)
        .options(selectinload(Pledge.versions))
        .options(selectinload(Pledge.scopes).joinedload(PledgeScope.service))
        .with_for_update(of=Pledge)
    )
    if found is None:
        raise NotFound(f"no pledge {slug}")
    return found


def slugs_taken(db: Session) -> frozenset[str]:
    """Give the names in addresses that pledges have."""
    return frozenset(db.scalars(select(Pledge.slug)))


def drafts_of(db: Session, pledge_id: int) -> Sequence[PledgeDraft]:
    """Give every draft there has been for a pledge, the latest first."""
    return db.scalars(
        select(PledgeDraft).where(PledgeDraft.pledge_id == pledge_id).order_by(PledgeDraft.id.desc())
    ).all()


def reviews_of(db: Session, pledge_id: int) -> Sequence[Review]:
    """Give every time somebody has looked at a pledge in force, the latest first."""
    return db.scalars(select(Review).where(Review.pledge_id == pledge_id).order_by(Review.id.desc())).all()


def writers_in(db: Session, department_id: int | None) -> Sequence[Staff]:
    """Give those who may write for a department, or (None) for the whole municipality, by name."""
    place = StaffGrant.department_id
    here = or_(place == department_id, place.is_(None))
    granted = select(StaffGrant.staff_id).where(StaffGrant.role.in_(ALLOWED[Deed.WRITE_PLEDGE]), here)
    wanted = select(Staff).where(Staff.active, Staff.id.in_(granted)).order_by(Staff.name, Staff.id)
    return db.scalars(wanted).all()


def heads_of(db: Session, department_id: int | None) -> Sequence[Staff]:
    """Give those who decide for a department; where it has nobody of its own, those who decide for all."""
    return trusted_in(db, Deed.DECIDE_PLEDGE, department_id)


def rivals(
    db: Session, places: Collection[Place], measure: Measure, pledge_id: int | None, today: date
) -> tuple[str, ...]:
    """Give the short texts of other pledges, in force or to come, that measure the same of the same cases."""
    services = {place.service for place in places}
    found = db.execute(
        select(PledgeVersion.short, Service.slug, PledgeScope.category)
        .join(PledgeScope, PledgeScope.pledge_id == PledgeVersion.pledge_id)
        .join(PledgeScope.service)
        .where(
            Service.slug.in_(services),
            PledgeVersion.measure == measure,
            PledgeVersion.pledge_id != (pledge_id or 0),
            held_on(first_day_left(today)),
            or_(PledgeVersion.valid_to.is_(None), PledgeVersion.valid_to >= today),
        )
        .order_by(PledgeVersion.id)
    )
    shorts = (short for short, slug, category in found if _meets(Place(slug, category), places))
    return tuple(dict.fromkeys(shorts))


def laws_beside(
    db: Session, places: Collection[Place], pledge_id: int | None, today: date
) -> tuple[str, ...]:
    """Give where the laws stand that other pledges of the same cases name, in force or to come. One statement."""
    found = db.execute(
        select(PledgeVersion.law, Service.slug, PledgeScope.category)
        .join(PledgeScope, PledgeScope.pledge_id == PledgeVersion.pledge_id)
        .join(PledgeScope.service)
        .where(
            Service.slug.in_({place.service for place in places}),
            PledgeVersion.pledge_id != (pledge_id or 0),
            held_on(first_day_left(today)),
            or_(PledgeVersion.valid_to.is_(None), PledgeVersion.valid_to >= today),
        )
        .order_by(PledgeVersion.id)
    )
    laws = (law for law, slug, category in found if law.get("key") and _meets(Place(slug, category), places))
    return tuple(dict.fromkeys(str(law.get("reference", "")) for law in laws))


def _meets(place: Place, others: Collection[Place]) -> bool:
    """A place without category meets every category of the same service."""
    same = (other for other in others if other.service == place.service)
    return any("" in (place.category, other.category) or place.category == other.category for other in same)


def to_be_reviewed(db: Session, today: date) -> Sequence[PledgeVersion]:
    """Give the versions in force that are to be looked at within 30 days, or should have been."""
    return db.scalars(
        select(PledgeVersion)
        .where(
            PledgeVersion.review_by <= today + REMIND_BEFORE,
            PledgeVersion.valid_from <= today,
            or_(PledgeVersion.valid_to.is_(None), PledgeVersion.valid_to >= today),
        )
        .options(joinedload(PledgeVersion.pledge).joinedload(Pledge.department))
        .options(joinedload(PledgeVersion.pledge).joinedload(Pledge.keeper))
        .order_by(PledgeVersion.id)
    ).all()
