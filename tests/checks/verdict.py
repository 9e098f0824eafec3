"""How a check ends: its findings one a line, and an exit code."""

import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def conclude(findings: Iterable[str]) -> None:
    """Print what was found and leave with 1; leave quietly with 0 when nothing was."""
    lines = list(findings)
    for line in lines:
        print(f"    {line}", file=sys.stderr)
    if lines:
        print(f"    {len(lines)} to mend", file=sys.stderr)
    raise SystemExit(1 if lines else 0)
