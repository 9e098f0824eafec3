"""What search hangs on the plug board."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from portal.feature import Feature
from portal.search.indexing import collect, index_folder, refresh, sources_of
from portal.search.views import public
from portal.settings import Settings


def search_feature(others: Iterable[Feature]) -> Feature:
    """Give the search over what the other features have; its sweep rebuilds the index when that has changed."""
    sources = sources_of(others)

    def sweep(db: Session, settings: Settings, at: datetime) -> int:
        return int(refresh(index_folder(settings), collect(db, sources, at)))

    return Feature(name="search", folder=Path(__file__).parent, blueprints=(public,), sweeps=(sweep,))
