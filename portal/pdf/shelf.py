"""The shelf of PDFs already made. It may be emptied at any time; nothing is kept nowhere else."""

import logging
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger("portal.pdf")
MOST_FILES = 300
MOST_BYTES = 100_000_000


@dataclass(frozen=True)
class Shelf:
    """A folder with at most so many files and bytes; what was asked for longest ago goes first."""

    folder: Path
    most_files: int = MOST_FILES
    most_bytes: int = MOST_BYTES

    def find(self, key: str) -> bytes | None:
        """Give the PDF with that key, and note that it was asked for; None when it is not here."""
        path = self._path(key)
        try:
            pdf = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        return pdf

    def put(self, key: str, pdf: bytes) -> None:
        """Keep a PDF, whole or not at all. A full disk is noted, and costs only the making of it again."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self.folder, suffix=".new")
            with os.fdopen(handle, "wb") as file:
                file.write(pdf)
            os.replace(beside, self._path(key))
            self._clear()
        except OSError as error:
            log.warning("pdf not kept", extra={"facts": {"error": str(error)}})

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.pdf"

    def _clear(self) -> None:
        found = sorted(_ages(self.folder), reverse=True)
        room = self.most_bytes
        for place, (_, size, path) in enumerate(found):
            room -= size
            if place >= self.most_files or (room < 0 and place):
                path.unlink(missing_ok=True)


def _ages(folder: Path) -> list[tuple[float, int, Path]]:
    """Give when each file was last asked for, and its size; what was left half written counts as oldest."""
    ages = []
    for path in folder.iterdir():
        if path.suffix in {".pdf", ".new"}:
            seen = path.stat()
            ages.append((seen.st_mtime, seen.st_size, path))
    return ages
