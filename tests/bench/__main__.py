"""`make bench`: prints a table and writes var/bench.json. Ratios are what counts; this machine's times are its own."""

import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tests.bench import clocks, growth, pages
from tests.bench.watch import Figure

OUTPUT = Path("var/bench.json")


def figures(folder: Path) -> Iterator[Figure]:
    """Measure everything, the quick ones first."""
    yield from clocks.figures()
    yield from pages.figures(folder / "pages")
    yield from growth.figures(folder, int(os.environ.get("SIZE", "50000")))


def _row(figure: Figure) -> str:
    demand = "" if figure.most is None else f"  at most {figure.most:g}: {'yes' if figure.holds else 'NO'}"
    line = (
        f"{figure.name:<44}{figure.value:>12.3f} {figure.unit:<3}{figure.ratio:>10g}  of {figure.reference}"
    )
    return line + demand


def main() -> None:
    """Print the table, a line at a time, and keep it."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for figure in figures(Path(folder)):
            print(_row(figure), flush=True)
            found.append(figure)
    OUTPUT.parent.mkdir(exist_ok=True)
    OUTPUT.write_text(json.dumps([asdict(figure) for figure in found], ensure_ascii=False, indent=1), "utf-8")


main()
