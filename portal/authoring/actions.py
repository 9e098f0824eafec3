"""What changes drafts: written in, moved towards a decision, and made into a version that holds from a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.accounts.models import Staff
from portal.accounts.rules import Actor
from portal.authoring import messages
from portal.authoring.checks import looser
from portal.authoring.content import Content
from portal.authoring.laws import as_of
from portal.authoring.models import DraftStep, PledgeDraft
from portal.authoring.queries import heads_of
from portal.authoring.rules import STEPS, DraftState, Move, earliest_start, first_day
from portal.calendars.queries import calendar, number_for
from portal.clock import local_day
from portal.errors import Conflict
from portal.outbox.actions import post
from portal.outbox.letter import Letter
from portal.pledgebook.models import Pledge, PledgeVersion
from portal.pledgebook.scopes import hold_from
from portal.services.models import Secrecy
from portal.services.queries import catalogue, legal_clock, service_ids

ONE_DAY = timedelta(days=1)


class Stale(Conflict):
    """Somebody has changed the draft since it was read."""


class LooserThanLaw(Conflict):
    """The promise is longer than the law allows on the day the version begins."""


@dataclass(frozen=True)
class Decision:
    """Who decided, when, and where it stands written."""

    body: str
    decided_on: date
    paragraph: str
    registry_number: str

    def stored(self) -> dict[str, str]:
        """Give the decision as JSON can hold it."""
        return {
            "body": self.body,
            "decided_on": self.decided_on.isoformat(),
            "paragraph": self.paragraph,
            "registry_number": self.registry_number,
        }


def start_draft(
    db: Session,
    actor: Actor,
    department_id: int | None,
    pledge: Pledge | None,
    content: Content,
    at: datetime,
) -> PledgeDraft:
    """Begin a draft of a new pledge, or of the next version of one."""
    draft = PledgeDraft(
        department_id=department_id,
        pledge_id=pledge.id if pledge else None,
        slug=pledge.slug if pledge else "",
        content=content.stored(),
        decision={},
        state=DraftState.WRITING,
        written_by_id=actor.id,
        written_at=at,
        changed_at=at,
    )
    db.add(draft)
    db.flush()
    _note(db, draft, actor, "", at)
    return draft


def save_draft(
    db: Session, draft: PledgeDraft, actor: Actor, content: Content, revision: int, at: datetime
) -> None:
    """Write in a draft that is being written. Raises Stale when another revision lies there, Conflict in another state."""
    _must_be(draft, DraftState.WRITING)
    _must_be_fresh(draft, revision)
    if content.stored() != draft.content:
        draft.content, draft.changed_at, draft.revision = content.stored(), at, draft.revision + 1


def keep_replaced(db: Session, draft: PledgeDraft, actor: Actor, note: str, at: datetime) -> None:
    """Keep what lies in the draft now beside it, since somebody knowingly writes over it."""
    _note(db, draft, actor, note, at, draft.content)


def move(
    db: Session,
    draft: PledgeDraft,
    actor: Actor,
    to: Move,
    note: str,
    revision: int,
    base_url: str,
    at: datetime,
) -> None:
    """Send a draft to the head, back to the writer, on as reviewed, or away; those it concerns get a letter.

    Raises Stale when another revision lies there, Conflict when the move does not fit the state.
    """
    step = _begin(draft, to, revision)
    draft.state, draft.changed_at, draft.revision = step, at, draft.revision + 1
    if to is Move.RETURN:
        draft.decision = {}
    row = _note(db, draft, actor, note, at, draft.content)
    if to is Move.SEND:
        for head in heads_of(db, draft.department_id):
            if head.id != actor.id:
                _tell(db, draft, row, head, messages.to_review(draft, head, actor.name, note, base_url), at)
    if to is Move.RETURN and draft.written_by_id != actor.id:
        back = messages.sent_back(draft, draft.written_by, actor.name, note, base_url)
        _tell(db, draft, row, draft.written_by, back, at)


def decide(
    db: Session, draft: PledgeDraft, actor: Actor, decision: Decision, revision: int, at: datetime
) -> None:
    """Write down the decision on a reviewed draft. Raises Stale, or Conflict for a decision of a day to come.

    Raises LooserThanLaw by the register's wording on the day that is wished for, or else the first that is possible.
    """
    state = _begin(draft, Move.DECIDE, revision)
    if decision.decided_on > local_day(at):
        raise Conflict(f"draft {draft.id}: decided on {decision.decided_on}, which has not been")
    content, last = Content.read(draft.content), _last(draft)
    earliest = earliest_start(local_day(at), decision.decided_on, last.valid_from if last else None)
    _held_to_law(db, draft, content, first_day(content.valid_from, earliest), at)
    draft.state, draft.decision = state, decision.stored()
    draft.changed_at, draft.revision = at, draft.revision + 1
    _note(db, draft, actor, "", at, draft.content)


def decided_on(draft: PledgeDraft) -> date | None:
    """Give the day of the decision; None before it."""
    written = draft.decision.get("decided_on")
    return date.fromisoformat(written) if written else None


def publish(
    db: Session,
    draft: PledgeDraft,
    actor: Actor,
    *,
    valid_from: date,
    slug: str,
    revision: int,
    base_url: str,
    at: datetime,
) -> PledgeVersion:
    """Make a decided draft the version that holds from a day, and end the one before the day before.

    A new pledge gets `slug`. Where it holds begins and ends with the versions. What it says of the law is the register's
    wording on its first day. Raises Stale, Conflict for a day that is too early, and LooserThanLaw.
    """
    state = _begin(draft, Move.PUBLISH, revision)
    last = _last(draft)
    earliest = earliest_start(local_day(at), decided_on(draft), last.valid_from if last else None)
    if valid_from < earliest:
        raise Conflict(f"draft {draft.id}: from {valid_from}, before {earliest}")
    content = _held_to_law(db, draft, Content.read(draft.content), valid_from, at)
    draft.content = content.stored()
    pledge = draft.pledge or _new_pledge(db, draft, content, slug)
    if last is not None and (last.valid_to is None or last.valid_to >= valid_from):
        last.valid_to = valid_from - ONE_DAY
    version = _version(draft, content, valid_from, (last.number if last else 0) + 1, at)
    pledge.versions.insert(0, version)
    pledge.keeper_id, pledge.life_situations, pledge.reminded_on = (
        content.keeper_id,
        list(content.life_situations),
        None,
    )
    db.flush()
    draft.version_id, draft.pledge_id, draft.slug = version.id, pledge.id, pledge.slug
    draft.state, draft.changed_at, draft.revision = state, at, draft.revision + 1
    _place(db, pledge, content, valid_from)
    row = _note(db, draft, actor, "", at, draft.content)
    if draft.written_by_id != actor.id:
        told = messages.published(draft, draft.written_by, valid_from, base_url)
        _tell(db, draft, row, draft.written_by, told, at)
    return version


def _last(draft: PledgeDraft) -> PledgeVersion | None:
    return draft.pledge.versions[0] if draft.pledge and draft.pledge.versions else None


def _held_to_law(db: Session, draft: PledgeDraft, content: Content, first: date, at: datetime) -> Content:
    """Give the content with the law as it stands for what comes in on a day. Raises LooserThanLaw."""
    key = content.law.get("key")
    found = legal_clock(db, str(key), first) if key else None
    dated = as_of(content, (found,), first) if found else content
    if looser(dated, calendar(db, number_for(db, draft.department_id, at))) is not None:
        raise LooserThanLaw(f"draft {draft.id} from {first}")
    return dated


def _new_pledge(db: Session, draft: PledgeDraft, content: Content, slug: str) -> Pledge:
    """Of a pledge for secret cases no single one is drawn."""
    chosen = {place.service for place in content.scopes}
    secret = any(service.secrecy is Secrecy.SECRET for service in catalogue(db) if service.slug in chosen)
    pledge = Pledge(slug=slug, department_id=draft.department_id, statistics_only=secret, versions=[])
    db.add(pledge)
    return pledge


def _version(
    draft: PledgeDraft, content: Content, valid_from: date, number: int, at: datetime
) -> PledgeVersion:
    decision: dict[str, Any] = draft.decision
    return PledgeVersion(
        number=number,
        decided_by=decision["body"],
        decided_on=date.fromisoformat(decision["decided_on"]),
        paragraph=decision["paragraph"],
        registry_number=decision["registry_number"],
        valid_from=valid_from,
        valid_to=None,
        published_at=at,
        **content.columns(),
    )


def _place(db: Session, pledge: Pledge, content: Content, first: date) -> None:
    """A service that is no longer there is passed over: no case can come to it."""
    known = service_ids(db)
    hold_from(
        db,
        pledge,
        (
            (known[place.service], place.category, content.position)
            for place in content.scopes
            if place.service in known
        ),
        first,
    )


def _begin(draft: PledgeDraft, to: Move, revision: int) -> DraftState:
    """Give the state that a move leads to. Raises Stale, or Conflict when the draft cannot be moved so."""
    _must_be(draft, *STEPS[to].begins)
    _must_be_fresh(draft, revision)
    return STEPS[to].leads


def _must_be(draft: PledgeDraft, *states: DraftState) -> None:
    if draft.state not in states:
        raise Conflict(f"draft {draft.id} is {draft.state}")


def _must_be_fresh(draft: PledgeDraft, revision: int) -> None:
    if draft.revision != revision:
        raise Stale(f"draft {draft.id} is in revision {draft.revision}, not {revision}")


def _note(
    db: Session,
    draft: PledgeDraft,
    actor: Actor,
    note: str,
    at: datetime,
    content: dict[str, Any] | None = None,
) -> DraftStep:
    step = DraftStep(
        draft_id=draft.id,
        state=draft.state,
        at=at,
        staff_id=actor.id,
        name=actor.name,
        note=note,
        content=content or {},
    )
    db.add(step)
    db.flush()
    return step


def _tell(db: Session, draft: PledgeDraft, step: DraftStep, to: Staff, letter: Letter, at: datetime) -> None:
    post(db, letter, f"draft:{draft.id}:{step.id}:{to.id}", draft.slug, at)
