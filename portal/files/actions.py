"""Keeping files and letting go of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.files.ingest import Ingested
from portal.files.models import StoredFile
from portal.files.store import FileStore, FolderStore
from portal.settings import Settings

# Longer than any request: what has lain this long without a row belongs to a change that never came about.
LEFT_BEHIND = timedelta(days=1)
AT_A_TIME = 500


def keep(db: Session, store: FileStore, ingested: Ingested, at: datetime) -> StoredFile:
    """Keep a file: its content in the store, its row in the change. A change undone leaves only content, swept later."""
    stored = StoredFile(
        digest=store.put(ingested.content),
        size=len(ingested.content),
        media_type=ingested.media_type,
        name=ingested.name,
        kept_at=at,
    )
    db.add(stored)
    db.flush()
    return stored


def forget(db: Session, file_ids: Iterable[int]) -> None:
    """Take away the rows of files that nothing else refers to; their content is swept when no row is left."""
    db.execute(delete(StoredFile).where(StoredFile.id.in_(list(file_ids))))


def sweep_store(db: Session, settings: Settings, at: datetime) -> int:
    """Throw away contents that no row has referred to for a day; give how many."""
    store = FolderStore(settings.files)
    old = store.older_than(at - LEFT_BEHIND)
    thrown = 0
    while some := list(islice(old, AT_A_TIME)):
        kept = set(db.scalars(select(StoredFile.digest).where(StoredFile.digest.in_(some))))
        for digest in set(some) - kept:
            store.delete(digest)
            thrown += 1
    return thrown
