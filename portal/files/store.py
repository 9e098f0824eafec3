"""Where kept files lie: a folder whose files are named by what is in them. A second engine fits behind FileStore."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from portal.errors import NotFound

DIGEST = re.compile(r"[0-9a-f]{64}")
ARRIVING = "arriving-"


class FileStore(Protocol):
    """Keeps contents by their SHA-256. The same content twice is kept once."""

    def put(self, content: bytes) -> str:
        """Keep the content for good and give its digest; after this returns it survives a power cut."""

    def open(self, digest: str) -> BinaryIO:
        """Open a content for reading. Raises NotFound."""

    def delete(self, digest: str) -> None:
        """Throw a content away; one that is not there is no fault."""

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Give the digests of all contents last put before the moment."""


class FolderStore:
    """A folder on this machine: ab/cd/abcd… for each content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, content: bytes) -> str:
        """Keep the content: written beside its place, made durable, then moved there in one step."""
        digest = sha256(content).hexdigest()
        path = self._path(digest)
        if path.exists():
            os.utime(path)
            return digest
        self._make_folders(path.parent)
        handle, arriving = tempfile.mkstemp(prefix=ARRIVING, dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(arriving, path)
        except BaseException:
            Path(arriving).unlink(missing_ok=True)
            raise
        _settle(path.parent)
        return digest

    def open(self, digest: str) -> BinaryIO:
        """Open a content for reading. Raises NotFound."""
        try:
            return self._path(digest).open("rb")
        except FileNotFoundError as error:
            raise NotFound(f"no file {digest} in the store") from error

    def delete(self, digest: str) -> None:
        """Throw a content away; one that is not there is no fault."""
        path = self._path(digest)
        path.unlink(missing_ok=True)
        if path.parent.exists():
            _settle(path.parent)

    def older_than(self, moment: datetime) -> Iterator[str]:
        """Give the digests of all contents last put before the moment; what never arrived whole goes on the way."""
        for path in self.folder.glob("??/??/*"):
            with suppress(FileNotFoundError):
                if datetime.fromtimestamp(path.stat().st_mtime, UTC) >= moment:
                    continue
                if path.name.startswith(ARRIVING):
                    path.unlink()
                elif DIGEST.fullmatch(path.name):
                    yield path.name

    def _path(self, digest: str) -> Path:
        if not DIGEST.fullmatch(digest):
            raise NotFound("not the name of a kept file")
        return self.folder / digest[:2] / digest[2:4] / digest

    def _make_folders(self, folder: Path) -> None:
        missing = [place for place in (folder, *folder.parents) if not place.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for place in missing:
            _settle(place.parent)


def _settle(folder: Path) -> None:
    """Make it durable that a name now stands in, or is gone from, the folder."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
