"""The press: a manuscript in, a PDF out, or a reason why there is none. Never takes the site down."""

import logging
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pathlib import Path

from portal.i18n import Text
from portal.pdf.child import LIBRARY_MISSING
from portal.pdf.manuscript import FAILED, MISSING, TOO_MANY, TOO_SLOW, Manuscript, NotPrinted
from portal.pdf.shelf import Shelf
from portal.pdf.turns import NoTurn, turn

log = logging.getLogger("portal.pdf")
CHILD = (sys.executable, "-m", "portal.pdf.child")
LONGEST = 180.0  # seconds one PDF may take; the whole set takes fifteen on a machine with nothing else to do
LONGEST_COMPLAINT = 2000  # signs of what the process said that are noted
RECIPE = "1"  # changes when the same manuscript is to be printed anew
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Pdf:
    """A PDF, and the name of its content: the same as long as the page is."""

    content: bytes
    key: str


@dataclass(frozen=True)
class Press:
    """Prints with the files of our own in `static`, for the site at `site`; keeps what it made in `home`."""

    home: Path
    static: Path
    site: str
    longest: float = LONGEST
    command: tuple[str, ...] = CHILD

    def make(self, manuscript: Manuscript) -> Pdf:
        """Give the PDF of a manuscript, from the shelf when it was made before. Raises NotPrinted."""
        written, shelf = manuscript.to_json(), Shelf(self.home)
        key = _key(written)
        found = shelf.find(key)
        if found is not None:
            return Pdf(found, key)
        try:
            with turn(self.home):
                # Somebody else may have made it while we waited.
                found = shelf.find(key) or self._print(written)
        except NoTurn as error:
            raise NotPrinted(Text(TOO_MANY)) from error
        shelf.put(key, found)
        return Pdf(found, key)

    def _print(self, written: str) -> bytes:
        with tempfile.TemporaryDirectory(prefix="portal-pdf-") as folder:
            try:
                done = subprocess.run(  # noqa: S603  our own command; nothing a person wrote is part of it
                    [*self.command, str(self.static), self.site],
                    input=written.encode(),
                    capture_output=True,
                    timeout=self.longest,
                    check=False,
                    env=_environment(folder),
                )
            except subprocess.TimeoutExpired as error:
                log.error("pdf too slow", extra={"facts": {"seconds": self.longest}})
                raise NotPrinted(Text(TOO_SLOW)) from error
        return _judged(done)


def _key(written: str) -> str:
    made_by = [_version(package) for package in ("weasyprint", "pikepdf")]
    return sha256("\n".join((RECIPE, *made_by, written)).encode()).hexdigest()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _environment(folder: str) -> dict[str, str]:
    """Give the process no setting of the site's, hence no secret, and a folder that goes when it does."""
    return {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "HOME": folder,
        "TMPDIR": folder,
        "LC_ALL": "C.UTF-8",
    }


def _judged(done: subprocess.CompletedProcess[bytes]) -> bytes:
    """Give the PDF of a process that ended well. Raises NotPrinted for any other."""
    if done.returncode == 0 and done.stdout.startswith(b"%PDF-"):
        return done.stdout
    said = done.stderr.decode("utf-8", "replace")[-LONGEST_COMPLAINT:]
    log.error("pdf not made", extra={"facts": {"code": done.returncode, "said": said}})
    if done.returncode == LIBRARY_MISSING:
        raise NotPrinted(Text(MISSING, {"library": done.stdout.decode("utf-8", "replace")}))
    raise NotPrinted(Text(FAILED))
