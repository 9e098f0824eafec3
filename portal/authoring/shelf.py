"""The list of pledges as one who writes sees it: by department, inherited ones apart, with what waits first. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from portal.accounts.rules import Actor, Deed, may_in
from portal.authoring.content import Content
from portal.authoring.models import PledgeDraft
from portal.authoring.rules import DraftState
from portal.departments.models import Department
from portal.i18n import N_
from portal.pledgebook.figures.outcomes import has_ended, version_on
from portal.pledgebook.models import Pledge, PledgeVersion
from portal.pledgebook.reviews import Review, due_for


@dataclass(frozen=True)
class Row:
    """One pledge, in the version that holds today or is the next to; `draft` is the one under way."""

    pledge: Pledge
    version: PledgeVersion
    review: Review
    draft: PledgeDraft | None
    has_begun: bool
    has_ended: bool


@dataclass(frozen=True)
class Shelf:
    """The pledges of one department, or (None) of the whole municipality, and the drafts of new ones."""

    department: Department | None
    rows: tuple[Row, ...]
    drafts: tuple[PledgeDraft, ...]
    may_write: bool


@dataclass(frozen=True)
class Waiting:
    """A draft or a pledge that waits for the one who looks, and what for."""

    what: str
    draft: PledgeDraft | None = None
    row: Row | None = None


FOR_HEADS = {
    DraftState.IN_REVIEW: N_("Granska utkastet"),
    DraftState.REVIEWED: N_("Skriv in beslutet"),
    DraftState.DECIDED: N_("Publicera löftet"),
}


def shelves(
    pledges: Sequence[Pledge],
    drafts: Sequence[PledgeDraft],
    departments: Sequence[Department],
    actor: Actor,
    today: date,
) -> list[Shelf]:
    """Give the departments that the one who looks writes for, then what belongs to the whole municipality."""
    mine: list[Department | None] = [one for one in departments if may_in(actor, Deed.WRITE_PLEDGE, one.id)]
    return [_shelf(one, pledges, drafts, actor, today) for one in [*mine, None]]


def _shelf(
    department: Department | None,
    pledges: Sequence[Pledge],
    drafts: Sequence[PledgeDraft],
    actor: Actor,
    today: date,
) -> Shelf:
    department_id = department.id if department else None
    own = [draft for draft in drafts if draft.department_id == department_id]
    under_way = {draft.pledge_id: draft for draft in own if draft.pledge_id is not None}
    return Shelf(
        department,
        tuple(
            _row(pledge, under_way.get(pledge.id), today)
            for pledge in pledges
            if pledge.department_id == department_id and pledge.versions
        ),
        tuple(draft for draft in own if draft.pledge_id is None),
        may_in(actor, Deed.WRITE_PLEDGE, department_id),
    )


def _row(pledge: Pledge, draft: PledgeDraft | None, today: date) -> Row:
    version = version_on(pledge, today)
    return Row(
        pledge,
        version,
        due_for(version, today),
        draft,
        version.valid_from <= today,
        has_ended(version, today),
    )


def waiting(found: Sequence[Shelf], actor: Actor) -> list[Waiting]:
    """Give what waits for the one who looks: drafts to review, decide or publish, drafts sent back, stale pledges."""
    return [one for shelf in found for one in _waiting(shelf, actor)]


def _waiting(shelf: Shelf, actor: Actor) -> Iterator[Waiting]:
    drafts = [*shelf.drafts, *(row.draft for row in shelf.rows if row.draft is not None)]
    for draft in drafts:
        if draft.state in FOR_HEADS and may_in(actor, Deed.DECIDE_PLEDGE, draft.department_id):
            yield Waiting(FOR_HEADS[draft.state], draft=draft)
        if draft.state is DraftState.WRITING and draft.written_by_id == actor.id:
            yield Waiting(N_("Skriv klart utkastet"), draft=draft)
    for row in shelf.rows:
        keeps = row.pledge.keeper_id == actor.id
        decides = row.pledge.keeper_id is None and may_in(actor, Deed.DECIDE_PLEDGE, row.pledge.department_id)
        if row.review is Review.STALE and (keeps or decides):
            yield Waiting(N_("Se över löftet"), row=row)


def name_of(draft: PledgeDraft) -> str:
    """Give what a draft is called: its short text, or the promise; empty while neither is written."""
    content = Content.read(draft.content)
    return content.short or content.promise
