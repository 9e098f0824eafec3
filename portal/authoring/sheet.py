"""A draft with all that its page says: what is left to do, how ready we are, what may be done with it, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from pledges.calendar import Calendar
from pledges.law import LegalClock
from pledges.readability import Advice, count_text
from portal.accounts.models import Staff
from portal.accounts.rules import Actor, Deed, may_in
from portal.authoring.checks import (
    Finding,
    FindingKind,
    Surroundings,
    findings,
    language_advice,
    missing,
    prose,
)
from portal.authoring.content import Content
from portal.authoring.laws import as_of
from portal.authoring.models import PledgeDraft
from portal.authoring.queries import laws_beside, rivals, writers_in
from portal.authoring.rules import OPEN, DraftState, Move, deed_of, earliest_start, first_day, moves_from
from portal.calendars.queries import calendar, number_for
from portal.clock import local_day
from portal.pledgebook.models import PledgeVersion
from portal.services.models import Service
from portal.services.queries import catalogue, legal_clocks
from portal.statistics import shadow
from portal.statistics.queries import Scope, shadow_of
from portal.statistics.shadow import ShadowResult


@dataclass(frozen=True)
class Trial:
    """How a draft went when it was tried on cases; without `result` it was tried as it was written before."""

    result: ShadowResult | None
    was_tried: bool


@dataclass(frozen=True)
class Sheet:
    """A draft and what surrounds it. `may_write` and `moves` are what the one who looks may do.

    `laws` is the whole register; the law in `content` is in its wording on the day the version is to begin.
    """

    draft: PledgeDraft
    content: Content
    last: PledgeVersion | None
    services: Sequence[Service]
    keepers: Sequence[Staff]
    laws: Sequence[LegalClock]
    calendar: Calendar
    findings: tuple[Finding, ...]
    advice: tuple[Advice, ...]
    lix: Decimal | None
    trial: Trial
    may_write: bool
    moves: tuple[Move, ...]

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What must be put in order before the decision."""
        return missing(self.findings)

    @property
    def to_look_at(self) -> tuple[Finding, ...]:
        """What tells how ready we are, and what may clash."""
        return tuple(one for one in self.findings if one.kind is not FindingKind.NEEDED)

    @property
    def needed(self) -> tuple[Finding, ...]:
        """What must be in order before the decision, whether it is or not."""
        return tuple(one for one in self.findings if one.kind is FindingKind.NEEDED)

    @property
    def last_start(self) -> date | None:
        """The day on which the version before begins, or began."""
        return self.last.valid_from if self.last else None


def subject_of(draft: PledgeDraft) -> str:
    """Give the name under which a draft is tried."""
    return f"draft:{draft.id}"


def sheet_of(db: Session, draft: PledgeDraft, actor: Actor, at: datetime) -> Sheet:
    """Give a draft, loaded with its pledge's versions and its steps, with all that its page says."""
    today, register = local_day(at), legal_clocks(db)
    content = _content(draft, register, today)
    services = catalogue(db)
    days = calendar(db, number_for(db, draft.department_id, at))
    trial = trial_of(db, draft, content, services)
    around = Surroundings(
        calendar=days,
        with_steps=frozenset(service.slug for service in services if service.steps),
        rivals=_rivals(db, draft, content, today),
        is_tried=trial.result is not None,
        laws_beside=_laws_beside(db, draft, content, today),
    )
    text = prose(content)
    writing = draft.state is DraftState.WRITING
    return Sheet(
        draft=draft,
        content=content,
        last=last_of(draft),
        services=services,
        keepers=writers_in(db, draft.department_id),
        laws=register,
        calendar=days,
        findings=findings(content, around),
        advice=language_advice(content),
        lix=count_text(text).lix,
        trial=trial,
        may_write=writing and may_in(actor, Deed.WRITE_PLEDGE, draft.department_id),
        moves=tuple(
            move
            for move in moves_from(draft.state)
            if may_in(actor, deed_of(move, draft.state), draft.department_id)
        ),
    )


def last_of(draft: PledgeDraft) -> PledgeVersion | None:
    """Give the latest version of the pledge that a draft changes; None of a new pledge."""
    return draft.pledge.versions[0] if draft.pledge and draft.pledge.versions else None


def _content(draft: PledgeDraft, register: Sequence[LegalClock], today: date) -> Content:
    """What is published or dropped keeps the law as it stood then."""
    content, last = Content.read(draft.content), last_of(draft)
    if draft.state not in OPEN:
        return content
    earliest = earliest_start(today, None, last.valid_from if last else None)
    return as_of(content, register, first_day(content.valid_from, earliest))


def _laws_beside(db: Session, draft: PledgeDraft, content: Content, today: date) -> tuple[str, ...]:
    if content.law or not content.is_clocked or not content.scopes:
        return ()
    return laws_beside(db, content.scopes, draft.pledge_id, today)


def _rivals(db: Session, draft: PledgeDraft, content: Content, today: date) -> tuple[str, ...]:
    if content.measure is None or not content.scopes:
        return ()
    return rivals(db, content.scopes, content.measure, draft.pledge_id, today)


def scopes_of(content: Content, services: Sequence[Service]) -> tuple[Scope, ...]:
    """Give where a draft holds, as the statistics know it; a service that is no longer there is passed over."""
    known = {service.slug: service.id for service in services}
    return tuple(
        Scope(known[place.service], place.category) for place in content.scopes if place.service in known
    )


def trial_of(db: Session, draft: PledgeDraft, content: Content, services: Sequence[Service]) -> Trial:
    """Give how a draft went when it was tried, as it is written now."""
    promise, scopes = content.promised(), scopes_of(content, services)
    row = shadow_of(db, subject_of(draft))
    if row is None or promise is None or not scopes:
        return Trial(None, row is not None)
    return Trial(shadow.latest(db, subject_of(draft), shadow.digest(promise, scopes)), was_tried=True)
