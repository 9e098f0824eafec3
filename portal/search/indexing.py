"""Keeping the index in step with the content: collected from every feature, rebuilt when anything differs."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from portal.feature import Feature, SearchEntry
from portal.search.hits import Hit, excerpt
from portal.search.index import build, fingerprint_of, newest
from portal.search.swedish import WORD, stem, words
from portal.settings import Settings

Source = Callable[[Session, datetime], Iterable[SearchEntry]]
# Raised when entries are stored or analysed in another way, so that older generations are built anew.
SHAPE = "1"


def index_folder(settings: Settings) -> Path:
    """Give the folder of the index; it can be thrown away at any time."""
    return settings.home / "index"


def sources_of(features: Iterable[Feature]) -> tuple[Source, ...]:
    """Give every feature's way to tell what it has that can be found."""
    return tuple(source for feature in features for source in feature.search_sources)


def collect(db: Session, sources: Iterable[Source], at: datetime) -> list[SearchEntry]:
    """Give everything that can be found."""
    return [entry for source in sources for entry in source(db, at)]


def fingerprint(entries: Iterable[SearchEntry]) -> str:
    """Give a short name for exactly these entries."""
    digest = sha256(SHAPE.encode())
    for entry in entries:
        digest.update(repr(entry).encode())
    return digest.hexdigest()[:16]


def refresh(folder: Path, entries: Sequence[SearchEntry]) -> bool:
    """Build a new generation when the newest does not hold exactly these entries; tell whether it did."""
    wanted, standing = fingerprint(entries), newest(folder)
    if standing is not None and fingerprint_of(standing) == wanted:
        return False
    build(folder, entries, wanted)
    return True


def rebuild(folder: Path, entries: Sequence[SearchEntry]) -> None:
    """Build a new generation whatever the newest holds."""
    build(folder, entries, fingerprint(entries))


def look_through(entries: Iterable[SearchEntry], asked: str, limit: int) -> list[Hit]:
    """Search without an index, for when there is none: by the number of wanted words, those in titles thrice."""
    wanted = set(words(asked))
    scored = [(_score(entry, wanted), entry) for entry in entries]
    best = sorted((pair for pair in scored if pair[0]), key=lambda pair: -pair[0])[:limit]
    return [
        Hit(entry.kind, entry.id, entry.title, entry.path, entry.department, excerpt(entry.text, wanted))
        for _, entry in best
    ]


def _score(entry: SearchEntry, wanted: set[str]) -> int:
    title, text = ({stem(word) for word in WORD.findall(part.lower())} for part in (entry.title, entry.text))
    return 3 * len(wanted & title) + len(wanted & text)
