"""The worker is woken, looks by itself, and stops without leaving a letter half sent."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from portal.db import Database
from portal.outbox.actions import post
from portal.outbox.jobs import Jobs, make_jobs, run_sweeps
from portal.outbox.models import Delivery, OutboxLetter
from portal.settings import Settings
from tests.portal.outbox.post import MORNING, a_letter
from tests.portal.outbox.test_delivery import put

FOREGROUND = """
import sys
from portal.db import Database
from portal.outbox.actions import post
from portal.outbox.jobs import make_jobs
from portal.settings import read_settings
import os
settings = read_settings(os.environ)
make_jobs(settings, Database(settings.database_url)).consumer(2).run()
"""


@pytest.fixture
def jobs(settings: Settings, sqlite: Database) -> Jobs:
    return make_jobs(settings, sqlite)


def until(true: Callable[[], bool], seconds: float = 10) -> None:
    """Wait for something that another thread or process brings about."""
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, "it never came"
        time.sleep(0.02)


def sent(database: Database) -> int:
    with database.reader() as db:
        return db.query(OutboxLetter).filter_by(state=Delivery.SENT).count()


def test_a_woken_worker_beside_the_site_delivers_and_stops(jobs: Jobs, sqlite: Database, settings: Settings):
    before = signal.getsignal(signal.SIGTERM)
    worker = jobs.consumer(2)
    worker.start()
    try:
        sqlite.wake = jobs.wake
        put(sqlite)
        until(lambda: sent(sqlite) == 1)
    finally:
        worker.stop()
    assert signal.getsignal(signal.SIGTERM) is before
    assert len(list(settings.letters.iterdir())) == 1


def test_a_worker_that_starts_finds_what_lies_there(jobs: Jobs, sqlite: Database):
    put(sqlite)
    worker = jobs.consumer(1)
    worker.start()
    try:
        until(lambda: sent(sqlite) == 1)
    finally:
        worker.stop()


def test_stopping_a_worker_that_never_started_is_nothing(jobs: Jobs):
    jobs.consumer(1).stop()


def test_a_lost_wake_up_costs_a_minute(jobs: Jobs, sqlite: Database):
    put(sqlite)
    jobs.minute()
    assert sent(sqlite) == 1


def test_the_minute_is_on_the_schedule(jobs: Jobs):
    due = [task.name for task in jobs.queue.read_periodic(datetime(2026, 11, 10, 6, 53))]  # noqa: DTZ001
    assert due == ["minute"]


def test_many_wake_ups_are_one(jobs: Jobs):
    for _ in range(5):
        jobs.wake()
    assert jobs.queue.pending_count() == 1


def test_a_queue_that_is_broken_never_reaches_the_person(jobs: Jobs, monkeypatch: pytest.MonkeyPatch, caplog):
    def broken() -> int:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(jobs.queue, "pending_count", broken)
    jobs.wake()
    assert "wake-up lost" in caplog.text


def test_a_queue_elsewhere_that_is_down_never_reaches_the_person(
    settings: Settings, sqlite: Database, caplog
):
    jobs = make_jobs(replace(settings, redis_url="redis://127.0.0.1:1/0"), sqlite)
    jobs.wake()
    assert "wake-up lost" in caplog.text


def test_sweeps_run_each_in_its_own_change_and_one_that_fails_stops_no_other(
    sqlite: Database, settings: Settings, caplog
):
    def broken(db, settings, at):
        db.add(OutboxLetter(key="half", to="", content={}, written_at=at, due_at=at))
        db.flush()
        raise RuntimeError("trasigt svep")

    def good(db, settings, at):
        db.add(OutboxLetter(key="whole", to="", content={}, written_at=at, due_at=at))
        return 1

    assert run_sweeps(sqlite, [broken, good], settings, MORNING) == 1
    with sqlite.reader() as db:
        assert [row.key for row in db.query(OutboxLetter)] == ["whole"]
    assert "trasigt svep" in caplog.text


def test_letters_that_a_sweep_writes_leave_in_the_same_minute(settings: Settings, sqlite: Database):
    def sweep(db, settings, at):
        return int(post(db, a_letter(), "from the sweep", "", at))

    make_jobs(settings, sqlite, [sweep]).minute()
    assert sent(sqlite) == 1


def test_a_stopping_worker_takes_no_further_letter(jobs: Jobs, sqlite: Database):
    put(sqlite)
    jobs.stop_soon()
    jobs.deliver()
    assert sent(sqlite) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_of_its_own_stops_cleanly_when_told_to(sqlite: Database, tmp_path: Path, number):
    put(sqlite)
    home = {
        "PORTAL_HOME": str(tmp_path / "home"),
        "PORTAL_DATABASE_URL": f"sqlite:///{sqlite.engine.url.database}",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", FOREGROUND], env={**os.environ, **home}, stderr=subprocess.PIPE
    )
    try:
        until(lambda: sent(sqlite) == 1, seconds=20)
        process.send_signal(number)
        _, said = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 0, said
    assert b"Traceback" not in said
