"""The index on disk: one folder for each generation, thrown away as a whole and never changed.

A generation is named by its number and the fingerprint of what it holds. It is built beside the others and becomes
visible by one renaming, so whoever reads finds a whole generation or none.
"""

import pickle
import shutil
import struct
import tempfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from whoosh.fields import STORED, TEXT, Schema
from whoosh.index import Index, LockError, create_in, open_dir
from whoosh.index import IndexError as WhooshError
from whoosh.query import Or, Term

from portal.feature import SearchEntry
from portal.search.hits import Hit, excerpt
from portal.search.swedish import ANALYSIS, words

TITLE_WEIGHT = 3.0
KEPT_GENERATIONS = 2
BUILDING = "building-"
# What reading a damaged or vanished index can raise; Whoosh checks little itself.
BROKEN = (
    WhooshError,
    LockError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    TypeError,
    struct.error,
    pickle.UnpicklingError,
)


def _schema() -> Schema:
    return Schema(title=TEXT(analyzer=ANALYSIS), text=TEXT(analyzer=ANALYSIS), entry=STORED)


def generations(folder: Path) -> list[Path]:
    """Give every generation, oldest first."""
    return sorted(path for path in folder.glob("[0-9]*-*") if path.is_dir())


def newest(folder: Path) -> Path | None:
    """Give the newest generation, or None when none is built yet."""
    return next(reversed(generations(folder)), None)


def fingerprint_of(generation: Path) -> str:
    """Give the fingerprint of what a generation holds."""
    return generation.name.partition("-")[2]


def build(folder: Path, entries: Sequence[SearchEntry], fingerprint: str) -> Path:
    """Build the next generation and give its place. Whoever builds the same at the same time is let win."""
    folder.mkdir(parents=True, exist_ok=True)
    before = newest(folder)
    number = int(before.name.partition("-")[0]) + 1 if before else 1
    place = folder / f"{number:08}-{fingerprint}"
    workshop = Path(tempfile.mkdtemp(prefix=BUILDING, dir=folder))
    try:
        _write(workshop, entries)
        workshop.rename(place)
    except FileExistsError:
        shutil.rmtree(workshop, ignore_errors=True)
    _sweep_away(folder)
    return place


def _write(place: Path, entries: Iterable[SearchEntry]) -> None:
    index = create_in(place, _schema())
    writer = index.writer(limitmb=64)
    for entry in entries:
        stored = (entry.kind, entry.id, entry.title, entry.text, entry.path, entry.department)
        writer.add_document(title=entry.title, text=f"{entry.text} {entry.department}", entry=stored)
    writer.commit(optimize=True)
    index.close()


def _sweep_away(folder: Path) -> None:
    for old in generations(folder)[:-KEPT_GENERATIONS]:
        shutil.rmtree(old, ignore_errors=True)


@lru_cache(maxsize=KEPT_GENERATIONS)
def _opened(place: Path) -> Index:
    return open_dir(str(place), readonly=True)


def find(place: Path, asked: str, limit: int) -> list[Hit]:
    """Give what fits any of the words, best first; words in a title weigh most. Raises one of BROKEN."""
    wanted = words(asked)
    terms = [Term("title", word, boost=TITLE_WEIGHT) for word in wanted] + [
        Term("text", word) for word in wanted
    ]
    with _opened(place).searcher() as searcher:
        found = searcher.search(Or(terms), limit=limit)
        return [_hit(result["entry"], set(wanted)) for result in found]


def _hit(stored: tuple[str, ...], wanted: set[str]) -> Hit:
    kind, name, title, text, path, department = stored
    return Hit(kind, name, title, path, department, excerpt(text, wanted))
