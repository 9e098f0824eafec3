"""What every file for machines must hold up to, by its kind, whatever it tells."""

import csv
import json
import re
from collections.abc import Callable, Mapping
from io import StringIO
from urllib.parse import urlsplit
from xml.etree import ElementTree

from werkzeug.test import TestResponse

ATOM = "{http://www.w3.org/2005/Atom}"
# What a Turtle file is made of, so far as we write it: a text, an address, a name or number, a sign between.
TURTLE = re.compile(
    r"""\s+|"(?:[^"\\\n]|\\.)*"(?:@[a-z]+|\^\^[\w:]+)?|<[^<>"{}|\\^`\s]*>|@prefix|[\w-]*:[\w-]*|a\b|[.;,\[\]]"""
)


def a_table(text: str) -> None:
    """Hold a CSV file to a head of names that differ, and rows that are all as wide as it."""
    head, *rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    assert len(head) > 1 and len(set(head)) == len(head), f"the head is no head: {head}"
    wrong = [row for row in rows if len(row) != len(head)]
    assert not wrong, f"rows of another width than {len(head)}: {wrong[:2]}"


def an_object(text: str) -> None:
    """Hold a JSON file to one object in which no name stands twice, and no number that JSON does not know."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert len(dict(pairs)) == len(pairs), f"a name stands twice: {[name for name, _ in pairs]}"
        return dict(pairs)

    def unknown(name: str) -> None:
        raise AssertionError(f"{name} is no number in JSON")

    told = json.loads(text, object_pairs_hook=once, parse_constant=unknown)
    assert isinstance(told, dict) and told


def a_feed(text: str) -> None:
    """Hold an Atom feed to what RFC 4287 asks of it and of each of its entries."""
    feed = ElementTree.fromstring(text)
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert entries, "an empty feed says nothing about its entries"
    for one in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert (one.findtext(f"{ATOM}{name}") or "").strip(), (
                f"no {name}: {ElementTree.tostring(one)[:200]!r}"
            )
        assert all(urlsplit(link.get("href", "")).scheme for link in one.findall(f"{ATOM}link"))
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids)), "two entries have the same id"
    assert feed.findtext(f"{ATOM}author/{ATOM}name"), "nobody has written it"


def a_catalogue(text: str) -> None:
    """Hold a Turtle file to signs that Turtle knows, and to names whose prefixes it has told."""
    known, place, tokens = set(re.findall(r"@prefix (\w+): <[^>]+> \.", text)), 0, []
    while place < len(text):
        found = TURTLE.match(text, place)
        assert found and found.end() > place, f"not Turtle: {text[place : place + 80]!r}"
        tokens.append(found.group())
        place = found.end()
    words = [token for token in tokens if token.strip()]
    assert words[-1] == ".", "the last sentence has no end"
    assert words.count("[") == words.count("]")
    named = {word.partition(":")[0] for word in words if re.fullmatch(r"[\w-]+:[\w-]*", word)}
    assert named <= known, f"prefixes that are never told: {named - known}"


def a_pdf(response: TestResponse) -> None:
    """Hold a PDF to its beginning and its end; what is in it has tests of its own."""
    assert response.data.startswith(b"%PDF-1.7") and b"%%EOF" in response.data[-1024:]


TEXTS: Mapping[str, Callable[[str], None]] = {
    "text/csv": a_table,
    "application/json": an_object,
    "application/atom+xml": a_feed,
    "text/turtle": a_catalogue,
}


def must_be_well_formed(response: TestResponse, path: str) -> None:
    """Hold a file to its own kind. A kind that nobody has said how to judge fails."""
    assert response.headers["X-Content-Type-Options"] == "nosniff", path
    if response.mimetype == "application/pdf":
        return a_pdf(response)
    assert response.mimetype in TEXTS, f"{path}: say in TEXTS how {response.mimetype} is judged"
    assert response.mimetype == "application/json" or response.content_type != response.mimetype, (
        f"{path}: no charset"
    )
    return TEXTS[response.mimetype](response.data.decode("utf-8"))
