"""The whole site with the demo municipality, loaded once for each test process."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.clock import now
from portal.db import Database
from portal.demo.loading import load_demo
from portal.web.security import limiter
from tests.site.demo import Demo, home_settings, open_demo

CASES = 60


@pytest.fixture(scope="session")
def loaded_home(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Path:
    """A home folder in which the demo has been loaded; copied, never written in."""
    home = tmp_path_factory.mktemp("demo") / "home"
    settings = home_settings(home)
    shutil.copy(empty_sqlite, home / "portal.db")
    database = Database(settings.database_url)
    load_demo(database, settings, cases=CASES, seed=1, at=now())
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.engine.dispose()
    return home


@pytest.fixture(scope="session")
def looked_at(loaded_home: Path) -> Iterator[Demo]:
    """The demo for tests that only look; the same for all of them."""
    with open_demo(loaded_home) as demo:
        yield demo


@pytest.fixture
def demo(loaded_home: Path, tmp_path: Path) -> Iterator[Demo]:
    """A demo of the test's own, to change."""
    home = tmp_path / "demo"
    shutil.copytree(loaded_home, home, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    with open_demo(home) as demo:
        yield demo


@pytest.fixture(autouse=True)
def _without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole site is asked more often than any person asks; limits have tests of their own."""
    monkeypatch.setattr(limiter, "enabled", False)
