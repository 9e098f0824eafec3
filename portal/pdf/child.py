"""The process that prints: `python -m portal.pdf.child FOLDER ADDRESS`, a manuscript in, a PDF out.

It limits itself before it loads WeasyPrint, which may crash as a whole; the site only sees that a process ended.
"""

import os
import re
import resource
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from portal.pdf.manuscript import Manuscript

MOST_MEMORY = 2_000_000_000  # bytes of addresses, of which far fewer are ever filled
MOST_SECONDS = 180  # of one processor
MOST_WRITTEN = 50_000_000  # bytes in any one file
LIBRARY_MISSING = 3
POLITENESS = 5
LIBRARY = re.compile(r"library '([^']+)'|No module named '([^']+)'")


def limit_itself() -> None:
    """Take no more of the machine than a PDF can need, and let the site go first."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(POLITENESS)


def load_typesetting(answer: BinaryIO) -> Any:
    """Give the module that knows WeasyPrint. Ends the process, naming the library in answer, when one is missing."""
    try:
        return import_module("portal.pdf.typesetting")
    except (ImportError, OSError) as error:
        found = LIBRARY.search(str(error))
        with answer:
            answer.write((found[1] or found[2] if found else str(error)).encode())
        raise SystemExit(LIBRARY_MISSING) from error


def main() -> None:
    """Read a manuscript and write its PDF."""
    limit_itself()
    # WeasyPrint prints advice when it finds no libraries; it must not end up in the PDF.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    folder, address = sys.argv[1:]
    typeset = load_typesetting(answer).typeset
    manuscript = Manuscript.from_json(sys.stdin.buffer.read().decode())
    with answer:
        answer.write(typeset(manuscript, Path(folder), address))


if __name__ == "__main__":
    main()
