"""One letter, two shapes: plain text in even lines, and HTML in one column without anything fetched from elsewhere."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from portal.i18n import language
from portal.outbox.letter import Letter

TEMPLATES = Path(__file__).parent / "templates"
REFERENCE = re.compile(r"\b([A-Z]{3}-[0-9A-Z]{4}-[0-9A-Z]{2})\b")
WIDTH = 72
WIDEST_LABEL = 24


@dataclass(frozen=True)
class Letterhead:
    """Who writes: the municipality, and the full address of its site."""

    municipality: str
    site: str

    @property
    def host(self) -> str:
        """The site's address as people say it."""
        return urlsplit(self.site).netloc


def as_text(letter: Letter, head: Letterhead) -> str:
    """Give the letter as plain text, no line longer than 72 signs but for an address that cannot be broken."""
    return _render("letter.txt", letter, head)


def as_html(letter: Letter, head: Letterhead) -> str:
    """Give the letter as a whole HTML document; everything from outside is escaped."""
    return _render("letter.html", letter, head)


def _render(template: str, letter: Letter, head: Letterhead) -> str:
    page = _environment(letter.language).get_template(template)
    return page.render(letter=letter, head=head, tongue=language(letter.language))


@cache
def _environment(code: str) -> Environment:
    """The worker renders without the web, so letters have their own templates, one set for each language."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    tongue = language(code)
    environment.install_gettext_callables(tongue.gettext, tongue.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(wrapped=wrapped, columns=columns, parts=parts)
    return environment


def parts(text: str) -> list[tuple[str, bool]]:
    """Give a text in pieces, each with whether it must stay on one line; case references must, in spite of dashes."""
    return [(part, place % 2 == 1) for place, part in enumerate(REFERENCE.split(text)) if part]


def wrapped(text: str) -> str:
    """Give a text in lines of at most 72 signs, its own line breaks kept; words and addresses stay whole."""
    return "\n".join(_fill(line) for line in text.strip().splitlines())


def columns(rows: Sequence[tuple[str, str]]) -> str:
    """Give labels and values in two columns; a value that needs several lines keeps to its column."""
    width = min(max((len(label) for label, _ in rows), default=0), WIDEST_LABEL) + 3
    return "\n".join(_fill(value, f"{label}:".ljust(width), " " * width) for label, value in rows)


def _fill(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
