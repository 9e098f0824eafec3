"""What a page costs, beside the least that Flask can answer, and a submission beside the least it can write."""

import sqlite3
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.app import create_app
from portal.cases.access import Access
from portal.cases.models import Case
from portal.clock import now
from portal.db import Database
from portal.demo.loading import load_demo
from portal.migrations import upgrade
from portal.settings import Settings, read_settings
from portal.web.security import limiter
from tests.bench.submitting import Submitter
from tests.bench.watch import ROUNDS, Figure, interleaved

CASES = 1200


def hello() -> FlaskClient:
    """The least that Flask can answer."""
    app = Flask("hello")
    app.add_url_rule("/", view_func=lambda: "Hello, world")
    return app.test_client()


def two_inserts(home: Path) -> Callable[[], None]:
    """The least that a durable submission can cost: a row and its letter in one SQLite transaction."""
    connection = sqlite3.connect(home / "bare.db", isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE a (x); CREATE TABLE b (x)"
    )

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO a VALUES ('a case')")
        connection.execute("INSERT INTO b VALUES ('a letter')")
        connection.execute("COMMIT")

    return insert


def site(home: Path) -> tuple[Flask, Settings, Database]:
    """The site with a year of cases."""
    home.mkdir()
    settings = read_settings({"PORTAL_HOME": str(home)})
    database = Database(settings.database_url)
    upgrade(database)
    load_demo(database, settings, cases=CASES, seed=1, at=now())
    app = create_app(settings, database)
    limiter.enabled = False
    return app, settings, database


def tracker_path(settings: Settings, database: Database) -> str:
    """The address of a case on its way, key included."""
    access = Access("", settings.secret_key)
    with database.reader() as db:
        return access.tracker(db.scalars(select(Case).where(Case.submission == "demo-streetlight")).one())


def fetch(client: FlaskClient, path: str) -> Callable[[], None]:
    """Fetch a page and insist that it is there."""

    def get() -> None:
        assert client.get(path).status_code == 200, path

    return get


def figures(home: Path) -> Iterator[Figure]:
    """Measure the pages and the submission, in a folder that is made for it."""
    app, settings, database = site(home)
    submitter = Submitter(app, count())
    times = interleaved(
        {
            "Flask's hello world": (fetch(hello(), "/"), 300),
            "two inserts, one transaction": (two_inserts(home), 100),
            "pledge page": (fetch(app.test_client(), "/loften/gatlyktor-lagas"), 20),
            "tracker page": (fetch(app.test_client(), tracker_path(settings, database)), 20),
        }
    )
    times["felanmälan submit"] = submitter.median(ROUNDS * 5)
    references = {"felanmälan submit": "two inserts, one transaction"}
    for name, value in times.items():
        reference = references.get(name, "Flask's hello world")
        yield Figure(name, "ms", round(value, 3), reference, round(value / times[reference], 1))
