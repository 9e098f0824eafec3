"""Babel extractor: what a definition says to people becomes msgids.

Declared to Babel as `forms.extraction:extract_form`, for `forms/definitions/*.toml`.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from typing import Any, BinaryIO

TEXT_KEYS = frozenset({"title", "lead", "label", "hint", "missing", "message", "text"})


def extract_form(
    fileobj: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Mapping[str, Any]
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Give line, None, msgid and no comments for every title, lead, label, hint and message.

    Babel decides the parameters and calls by name; keywords, tags and options mean
    nothing to a definition. A text that stands on several lines is given its first.
    """
    source = fileobj.read().decode("utf-8")
    lines = source.splitlines()
    for key, text in _texts(tomllib.loads(source)):
        yield _line_of(key, text, lines), None, text, []


def _texts(raw: object) -> Iterator[tuple[str, str]]:
    """Give each text and its key, in the order of the file."""
    if isinstance(raw, list):
        for part in raw:
            yield from _texts(part)
    if isinstance(raw, dict):
        for key, value in raw.items():
            if key in TEXT_KEYS and isinstance(value, str) and value:
                yield key, value
            yield from _texts(value)


def _line_of(key: str, text: str, lines: list[str]) -> int:
    """Give the number of the first line that holds the text, 1 when it is written with escapes."""
    start = text.splitlines()[0]
    return next((number for number, line in enumerate(lines, 1) if key in line and start in line), 1)
