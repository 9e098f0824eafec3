"""The worker: woken when there are letters, and by itself each minute for what no wake-up told of."""

import logging
import signal
import sqlite3
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.exceptions import HueyException
from redis.exceptions import RedisError

from portal.clock import now
from portal.db import Database
from portal.feature import Sweep
from portal.outbox.delivery import Clock, PostOffice, open_post_office
from portal.settings import Settings

log = logging.getLogger("portal.worker")
LONGEST_PAUSE = 1.0  # seconds between two looks into an empty queue
LONGEST_GOODBYE = 45  # seconds a letter under way is given when the worker stops


def run_sweeps(database: Database, sweeps: Sequence[Sweep], settings: Settings, at: datetime) -> int:
    """Run each sweep in a change of its own and give how many rows they moved; one that fails stops no other."""
    moved = 0
    for sweep in sweeps:
        try:
            with database.transaction() as db:
                moved += sweep(db, settings, at)
        except Exception:  # the loop must live on; what the sweep left is found again in a minute
            log.exception("sweep", extra={"facts": {"sweep": sweep.__name__}})
    return moved


class Jobs:
    """The queue of one portal: what wakes the worker, and the worker itself."""

    def __init__(self, queue: Huey, office: PostOffice, sweeps: Sequence[Sweep], settings: Settings) -> None:
        self.queue = queue
        self.settings = settings
        self.office = office
        self.sweeps = tuple(sweeps)
        self._stopping = threading.Event()
        self._deliver = queue.task(name="deliver")(self.deliver)
        queue.periodic_task(crontab(minute="*"), name="minute")(self.minute)

    def wake(self) -> None:
        """Tell the worker that there is something to do. Never fails: a lost wake-up costs a minute, nothing else."""
        try:
            # One that still lies there begins later than now, and sees what was just committed.
            if self.queue.pending_count() == 0:
                self._deliver()
        except (OSError, sqlite3.Error, RedisError, HueyException) as error:
            log.warning("wake-up lost", extra={"facts": {"error": type(error).__name__}})

    def deliver(self) -> None:
        """Deliver what is due."""
        self.office.deliver_due(lambda: not self._stopping.is_set())

    def minute(self) -> None:
        """Do what is done each minute: the sweeps, then the letters they and lost wake-ups left."""
        run_sweeps(self.office.database, self.sweeps, self.settings, self.office.clock())
        self.deliver()

    def consumer(self, threads: int) -> "Worker":
        """Give a worker with so many threads; it is not running yet."""
        return Worker(self, threads)

    def stop_soon(self) -> None:
        """Let the letter under way be the last one."""
        self._stopping.set()


class Worker:
    """Runs the jobs: in the foreground with `run`, or beside a serving process with `start` and `stop`."""

    def __init__(self, jobs: Jobs, threads: int) -> None:
        self.jobs = jobs
        self.threads = threads
        self._consumer: Consumer | None = None
        self._thread: threading.Thread | None = None

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; the letter under way is finished first."""
        _Foreground(self.jobs, **self._manners()).run()

    def start(self) -> None:
        """Begin to work in threads of this process, which keeps its own way with signals."""
        self._consumer = _Background(self.jobs.queue, **self._manners())
        self._thread = threading.Thread(target=self._consumer.run, name="portal-worker", daemon=True)
        self.jobs.wake()
        self._thread.start()

    def stop(self) -> None:
        """End what `start` began, when the letter under way is delivered; without start, nothing happens."""
        if self._consumer is None or self._thread is None:
            return
        self.jobs.stop_soon()
        self._consumer.stop(graceful=True)
        self._thread.join(LONGEST_GOODBYE)
        self._consumer = self._thread = None

    def _manners(self) -> dict[str, Any]:
        return {
            "workers": self.threads,
            "max_delay": LONGEST_PAUSE,
            "shutdown_timeout": LONGEST_GOODBYE,
        }


class _Foreground(Consumer):  # type: ignore[misc]
    """Both signals mean the same: finish the letter under way, then stop."""

    def __init__(self, jobs: Jobs, **manners: Any) -> None:
        super().__init__(jobs.queue, **manners)
        self.jobs = jobs
        self._signal_actions = {signal.SIGTERM: (False, True), signal.SIGINT: (False, True)}

    def start(self) -> None:
        self.jobs.wake()
        super().start()

    def stop(self, graceful: bool = False) -> None:
        self.jobs.stop_soon()
        super().stop(graceful)


class _Background(Consumer):  # type: ignore[misc]
    """Signals belong to the serving process; only it may take them."""

    def _set_signal_handlers(self) -> None:
        return


def make_jobs(
    settings: Settings, database: Database, sweeps: Sequence[Sweep] = (), clock: Clock = now
) -> Jobs:
    """Give the queue that the settings describe: in Redis when they name one, else a file in the portal's home.

    Hang `jobs.wake` on `database.wake`; the caller does it, since a command may want a database without a worker.
    """
    if settings.redis_url:
        queue: Huey = RedisHuey("portal", url=settings.redis_url, results=False)
    else:
        queue = SqliteHuey("portal", filename=str(settings.home / "queue.db"), fsync=True, results=False)
    return Jobs(queue, open_post_office(settings, database, clock), sweeps, settings)
