"""What it costs when the municipality has few cases and when it has very many."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Table, func, select, text

from portal.app import create_app
from portal.cases.access import Access
from portal.cases.actions import open_case
from portal.cases.feature import FEATURE as CASES
from portal.cases.intake import Intake
from portal.cases.models import Case, CaseClock, CaseEvent
from portal.clock import now
from portal.db import Base, Database
from portal.demo.loading import load_demo
from portal.migrations import upgrade
from portal.outbox.jobs import run_sweeps
from portal.pledgebook.models import Tally
from portal.services.queries import find_service
from portal.settings import Settings, read_settings
from portal.web.security import limiter
from tests.bench.pages import fetch
from tests.bench.watch import Figure, interleaved

FEW = 10_000
DUE = 1_000
TEMPLATES = 1_000
PAGE = "/loften/gatlyktor-lagas"
WAITED = timedelta(days=40)


@dataclass(frozen=True)
class Town:
    """A municipality in a folder of its own."""

    settings: Settings
    database: Database

    @classmethod
    def at(cls, home: Path) -> "Town":
        """Give the town that lives in a folder; founded when nobody lives there yet."""
        home.mkdir(exist_ok=True)
        settings = read_settings({"PORTAL_HOME": str(home), "PORTAL_SECRET_KEY": "only-for-this-bench"})
        database = Database(settings.database_url)
        upgrade(database)
        return cls(settings, database)

    @property
    def home(self) -> Path:
        """The folder it lives in."""
        return self.settings.home

    def copy(self, home: Path) -> "Town":
        """Give a town alike, in another folder."""
        with self.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.database.engine.dispose()
        shutil.copytree(self.home, home)
        return Town.at(home)

    def multiply(self, times: int, *, above: int = 0) -> None:
        """Make every case with a number above `above` into `times` alike, with events, clocks and tallies."""
        with self.database.transaction() as db:
            base = db.scalar(select(func.max(Case.id))) or 0
            for model in (Case, CaseEvent, CaseClock):
                table = Base.metadata.tables[model.__tablename__]
                db.execute(
                    text(_copying(table)), {"times": times, "above": above, "cases": base, **_most(db, table)}
                )
            if not above:
                db.execute(text(f"UPDATE {Tally.__tablename__} SET count = count * :times"), {"times": times})


def _most(db, table: Table) -> dict[str, int]:
    return {"most": db.scalar(select(func.max(table.c.id))) or 0}


def _copying(table: Table) -> str:
    """Give the statement that copies the rows of cases, each with a number of its own."""
    case = "id" if table.name == Case.__tablename__ else "case_id"
    new = {
        "id": "id + n * :most",
        "case_id": "case_id + n * :cases",
        "reference": "reference || '-' || n",
        "submission": "submission || '-' || n",
        "nonce": "nonce || n",
    }
    columns = {column.name: f'"{column.name}"' for column in table.columns}
    values = ", ".join((columns | new)[name] for name in columns)
    return (
        "WITH RECURSIVE numbers(n) AS (SELECT 1 WHERE :times > 1 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :times) "
        f"INSERT INTO {table.name} ({', '.join(columns.values())}) "
        f"SELECT {values} FROM {table.name}, numbers WHERE {case} > :above"
    )


def figures(folder: Path, size: int) -> Iterator[Figure]:
    """Measure the page, the sweep and the recount in a small town and in a large one."""
    founded = Town.at(folder / "founded")
    at = now()
    load_demo(founded.database, founded.settings, cases=TEMPLATES, seed=1, at=at)
    towns = {number: _grown(founded, folder, number) for number in (FEW, size)}
    yield _pages(towns, size)
    yield from _recounts(towns, size)
    empty = Town.at(folder / "empty")
    load_demo(empty.database, empty.settings, cases=0, seed=1, at=at)
    yield _sweeps(empty, folder, size, at)


def _grown(town: Town, folder: Path, number: int) -> Town:
    grown = town.copy(folder / f"cases-{number}")
    grown.multiply(number // TEMPLATES)
    return grown


def _pages(towns: dict[int, Town], size: int) -> Figure:
    limiter.enabled = False
    clients = {
        number: create_app(town.settings, town.database).test_client() for number, town in towns.items()
    }
    times = interleaved({str(number): (fetch(client, PAGE), 20) for number, client in clients.items()})
    few, many = times[str(FEW)], times[str(size)]
    return Figure(
        f"pledge page, {size} cases", "ms", round(many, 2), f"{FEW} cases", round(many / few, 2), 1.2
    )


def _recounts(towns: dict[int, Town], size: int) -> Iterator[Figure]:
    few, many = (_recount(towns[number]) for number in (FEW, size))
    each = {FEW: few[0] / FEW, size: many[0] / size}
    yield Figure(
        f"measure --all, {size} cases, each",
        "ms",
        round(each[size], 3),
        f"{FEW} cases",
        round(each[size] / each[FEW], 2),
    )
    yield Figure(
        f"measure --all, {size} cases, memory",
        "MB",
        round(many[1]),
        f"{FEW} cases",
        round(many[1] / few[1], 2),
        1.5,
    )


def _recount(town: Town) -> tuple[float, float]:
    """Recount everything in a process of its own; gives its milliseconds and the most memory it had, in MB."""
    environment = {**os.environ, "PORTAL_HOME": str(town.home), "PORTAL_SECRET_KEY": "only-for-this-bench"}
    program = (
        "import resource, sys; from portal.app import main; sys.argv = ['portal', 'measure', '--all']\n"
        "try: main()\n"
        "finally: print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    town.database.engine.dispose()
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, check=True, capture_output=True, text=True
    )
    took = (time.perf_counter() - began) * 1000
    peak = int(done.stdout.rsplit("peak", 1)[1])
    return took, peak / 1024


def _sweeps(empty: Town, folder: Path, size: int, at: datetime) -> Figure:
    few, many = (_sweep(empty.copy(folder / f"open-{number}"), number, at) for number in (FEW, size))
    name = f"sweep, {DUE} due among {size} open"
    return Figure(name, "ms", round(many), f"{DUE} among {FEW}", round(many / few, 2), 1.3)


def _sweep(town: Town, number: int, at: datetime) -> float:
    """Sweep when some clocks have run out and the rest have not; gives the milliseconds."""
    _open(town, 20, "due", at - WAITED)
    town.multiply(DUE // 20)
    with town.database.reader() as db:
        last = db.scalar(select(func.max(Case.id))) or 0
    _open(town, 100, "open", at - timedelta(hours=1))
    town.multiply((number - DUE) // 100, above=last)
    sweeps = tuple(CASES.sweeps)
    began = time.perf_counter()
    run_sweeps(town.database, sweeps, town.settings, at)
    took = (time.perf_counter() - began) * 1000
    with town.database.reader() as db:
        late = db.scalar(select(func.count(CaseClock.id)).where(CaseClock.state == "late"))
    assert late is not None and late >= DUE, f"{late} clocks are late, {DUE} ran out"
    return took


def _open(town: Town, number: int, name: str, at: datetime) -> None:
    access = Access(town.settings.base_url, town.settings.secret_key)
    with town.database.transaction() as db:
        service = find_service(db, "felanmalan")
        assert service is not None
        for place in range(number):
            intake = Intake(
                submission=f"bench-{name}-{place}",
                service=service,
                title="Trasig gatlykta",
                category="gatlykta",
                received_at=at,
            )
            open_case(db, intake, access, at)
