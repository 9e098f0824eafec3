"""What can be done to a draft: begun, saved, submitted once, thrown away."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from forms.answers import Answers
from forms.definition import Form
from forms.kinds.file import ImagesQuestion
from portal.cases.access import Access
from portal.cases.actions import open_case
from portal.eservices.models import Draft
from portal.eservices.queries import expired_drafts, hash_of
from portal.eservices.rules import draft_expires, receipt_expires
from portal.eservices.submission import Sender, intake_of, photo_ids
from portal.files.actions import forget, keep
from portal.files.ingest import Ingested
from portal.files.store import FileStore
from portal.services.models import Service
from portal.settings import Settings


def begin(db: Session, form: Form, token: str, at: datetime) -> Draft:
    """Make an empty draft that the token opens."""
    draft = Draft(
        token_hash=hash_of(token),
        form=form.slug,
        version=form.version,
        answers={},
        began_at=at,
        changed_at=at,
        expires_at=draft_expires(at),
        case_id=None,
    )
    db.add(draft)
    return draft


def save(db: Session, draft: Draft, form: Form, answers: Answers, at: datetime) -> None:
    """Keep the answers, right or wrong, and begin the draft's time anew. Pictures no longer among them are let go."""
    stored = answers.to_json(form)
    gone = set(photo_ids(draft.answers)) - set(photo_ids(stored))
    draft.answers = stored
    draft.version = form.version
    draft.changed_at = at
    draft.expires_at = draft_expires(at)
    if gone:
        forget(db, gone)


def keep_pictures(
    db: Session, store: FileStore, question: ImagesQuestion, pictures: Sequence[Ingested], at: datetime
) -> None:
    """Keep pictures that came in with a step, and put them among the answers of their question."""
    for picture in pictures:
        kept = keep(db, store, picture, at)
        question.accept({"id": kept.id, "name": kept.name, "size": kept.size})


def submit(
    db: Session, draft: Draft, form: Form, service: Service, *, language: str, access: Access, at: datetime
) -> None:
    """Open a case from a draft in which nothing is missing; a draft already submitted is left as it is.

    The answers then live in the case alone: the draft keeps only which case it became.
    """
    if draft.case_id is not None:
        return
    sender = Sender(f"{form.slug}:{draft.token_hash}", language, at)
    answers = Answers.from_json(form, draft.answers)
    opened = open_case(db, intake_of(form, answers, service, sender), access, at)
    _forget_unsent(db, form, answers)
    draft.case_id = opened.case.id
    draft.answers = {}
    draft.changed_at = at
    draft.expires_at = receipt_expires(at)


def _forget_unsent(db: Session, form: Form, answers: Answers) -> None:
    """Let go of pictures that answered a question no longer asked."""
    unsent = set(photo_ids(answers)) - set(photo_ids(answers.relevant(form)))
    if unsent:
        forget(db, unsent)


def sweep_drafts(db: Session, settings: Settings, at: datetime) -> int:
    """Throw away drafts whose time is out, with the pictures in them; give how many."""
    drafts = expired_drafts(db, at)
    for draft in drafts:
        forget(db, photo_ids(draft.answers))
        db.delete(draft)
    return len(drafts)
