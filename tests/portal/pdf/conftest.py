from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from portal.pdf.manuscript import Enclosure, Manuscript
from portal.pdf.press import Press
from portal.web.render import STATIC

SITE = "https://ekdala.example"
PAGE = """<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8"><title>Löftet – Ekdala kommun</title>
<link rel="stylesheet" href="/static/print.css"></head>
<body data-who="Ekdala kommun" data-where="ekdala.example" data-when="i dag" data-page="Sida" data-of="av"><main>
{body}</main></body></html>"""


@pytest.fixture
def manuscript() -> Callable[..., Manuscript]:
    """A manuscript of a page whose body is given."""

    def write(body: str = "<h1>Löftet</h1>", enclosures: tuple[Enclosure, ...] = ()) -> Manuscript:
        html = PAGE.replace("{body}", body)
        return Manuscript(html, f"{SITE}/loften/x", "print-drawings.css", date(2026, 11, 24), enclosures)

    return write


@pytest.fixture
def press(tmp_path: Path) -> Press:
    """A press with an empty shelf."""
    return Press(tmp_path / "pdf", STATIC, SITE)
