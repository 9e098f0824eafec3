"""Starting, killing and starting again: `portal` as a real process on a home of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

from portal.clock import now
from portal.db import Database
from portal.demo.loading import load_demo
from portal.migrations import upgrade
from portal.settings import Settings, read_settings

LONGEST_START = 40.0


def free_port() -> int:
    """Give a port that nobody uses just now."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class LiveSite:
    """A site with the demo's content and some of its history, served by `portal run` in its own process.

    `at` is when the history ends: now, unless the site has a clock of its own.
    """

    command = "portal"

    def __init__(self, home: Path, cases: int = 0, at: datetime | None = None) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environ = {**os.environ, "PORTAL_HOME": str(home), "PORT": str(self.port)}
        self.settings: Settings = read_settings({"PORTAL_HOME": str(home), "PORT": str(self.port)})
        self.database = Database(self.settings.database_url)
        upgrade(self.database)
        load_demo(self.database, self.settings, cases=cases, seed=1, at=at or now())
        self.log = home / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", self.command, "run"],
                env=self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        give_up = time.monotonic() + LONGEST_START
        while not self._answers():
            if time.monotonic() > give_up or self.process.poll() is not None:
                raise AssertionError(f"the site did not start:\n{self.log.read_text()[-3000:]}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/halsa", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """Kill the process at once, with no chance to tidy up."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Ask the process to end, and wait for it."""
        self._signal(signal.SIGTERM)

    def _signal(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)
        if self.process is not None:
            self.process.wait(30)


class LaterSite(LiveSite):
    """A site whose clock stands at `at` to begin with, and is put forward from there. Time goes on meanwhile."""

    command = "tests.live.later"

    def __init__(self, home: Path, cases: int, at: datetime) -> None:
        super().__init__(home, cases, at)
        self.ahead = home / "ahead"
        self.put_forward_to(at)

    def put_forward_to(self, moment: datetime) -> None:
        """Let it be that moment for the site and its worker."""
        ahead = moment - datetime.now(UTC)
        whole = self.ahead.with_suffix(".new")
        whole.write_text(str(ahead / timedelta(seconds=1)))
        whole.replace(self.ahead)

    def pass_a_minute(self) -> None:
        """Do what the worker does each minute, without waiting for it."""
        subprocess.run([sys.executable, "-m", self.command, "minute"], env=self.environ, check=True)
