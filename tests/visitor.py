"""A visitor for tests: fetches pages and checks each of them, whatever the test is about."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import html5lib
from bs4 import BeautifulSoup
from flask import Flask, g
from sqlalchemy import event
from werkzeug.test import TestResponse

from portal.web.portal import portal

MOST_STATEMENTS = 14
UNLABELLED = ("hidden", "submit", "button", "image")
HTML_PARSER_KNOWS = {"invalid-character-in-attribute-name"}


class Visitor:
    """Keeps cookies and follows links; every HTML page it is given must hold up to `check`."""

    def __init__(self, app: Flask, most_statements: int = MOST_STATEMENTS) -> None:
        self.app = app
        self.client = app.test_client()
        self.most_statements = most_statements
        self.response: TestResponse | None = None

    def get(self, path: str, status: int = 200, **kwargs: Any) -> BeautifulSoup:
        """Fetch a page, expect a status, check the page."""
        self._visit("GET", path, status, kwargs)
        return self.soup

    def fetch(self, path: str, status: int = 200, **kwargs: Any) -> TestResponse:
        """Fetch whatever is there, expect a status, and check it if it is a page."""
        return self._visit("GET", path, status, kwargs)

    def post(
        self, path: str, form: dict[str, Any] | None = None, status: int = 303, **kwargs: Any
    ) -> BeautifulSoup:
        """Send a form as it stands in `form`, with the token of the page seen last unless it is given."""
        values = dict(form or {})
        if "csrf_token" not in values:
            values["csrf_token"] = self.token
        self._visit("POST", path, status, {"data": values, **kwargs})
        return self.soup

    def follow(self) -> BeautifulSoup:
        """Go where the last answer sent the browser."""
        assert self.response is not None
        return self.get(self.response.headers["Location"])

    @property
    def token(self) -> str:
        """The form token of the page seen last, or nothing."""
        field = self.soup.find("input", attrs={"name": "csrf_token"}) if self.response is not None else None
        return str(field["value"]) if field else ""

    @property
    def soup(self) -> BeautifulSoup:
        """The page seen last."""
        assert self.response is not None
        return BeautifulSoup(self.response.get_data(as_text=True), "html.parser")

    def _visit(self, method: str, path: str, status: int, kwargs: dict[str, Any]) -> TestResponse:
        with _counted(self.app) as statements, self.client as client:
            self.response = client.open(path, method=method, **kwargs)
            reader = g.get("reader") if g else None
            assert reader is None or not (reader.new or reader.dirty or reader.deleted), (
                "a change was left unwritten"
            )
        assert self.response.status_code == status, (
            f"{method} {path}: {self.response.status_code}, not {status}"
        )
        if method == "GET":
            assert len(statements) <= self.most_statements, (
                f"{path}: {len(statements)} statements\n" + "\n".join(statements)
            )
        if self.response.mimetype == "text/html" and not 300 <= status < 400:
            check(self.response.get_data(as_text=True))
            check_headers(self.response)
        return self.response


@contextmanager
def _counted(app: Flask) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT")):
            statements.append(statement)

    engine = portal(app).database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def check(html: str) -> None:
    """Hold a page to what every page must be: valid, titled, in a language, with one h1 and labelled fields."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    faults = [
        (place, fault, values) for place, fault, values in parser.errors if fault not in HTML_PARSER_KNOWS
    ]
    assert not faults, f"not valid HTML: {faults[:3]}"
    soup = BeautifulSoup(html, "html.parser")
    assert soup.html is not None and soup.html.get("lang"), "no language"
    assert soup.title is not None and len(soup.title.text.strip(" –")) > 3, "no title"
    assert len(soup.find_all("h1")) == 1, f"{len(soup.find_all('h1'))} h1"
    assert soup.find("main") is not None, "no main"
    _check_ids(soup)
    _check_labels(soup)
    _check_nothing_inline(soup)
    _check_headings(soup)
    assert not re.search(r"%\(\w+\)s", soup.get_text()), "a value was never filled in"


def _check_ids(soup: BeautifulSoup) -> None:
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"ids used twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    for tag in soup.select("[aria-describedby]"):
        assert set(str(tag["aria-describedby"]).split()) <= set(ids), f"described by nothing: {tag}"
    for link in soup.find_all("a", href=re.compile("^#.")):
        assert link["href"][1:] in ids, f"leads nowhere: {link}"


def _check_labels(soup: BeautifulSoup) -> None:
    labelled = {label.get("for") for label in soup.find_all("label")}
    for tag in soup.find_all(["input", "select", "textarea"]):
        if tag.name == "input" and tag.get("type") in UNLABELLED:
            continue
        assert tag.get("id") in labelled or tag.get("aria-label") or tag.get("aria-labelledby"), (
            f"no label: {tag}"
        )


def _check_nothing_inline(soup: BeautifulSoup) -> None:
    assert not soup.find_all(style=True), "inline style"
    assert not soup.find_all("style"), "style element"
    assert all(script.get("src") for script in soup.find_all("script")), "inline script"
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")], f"inline handler: {tag}"


def _check_headings(soup: BeautifulSoup) -> None:
    level = 0
    for heading in soup.find_all(re.compile("^h[1-6]$")):
        now = int(heading.name[1])
        assert now <= level + 1 or level == 0, f"heading level jumps to {heading}"
        level = now


def check_headers(response: TestResponse) -> None:
    """Hold an answer to the headers that keep people safe."""
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy and "default-src 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Request-ID"]
