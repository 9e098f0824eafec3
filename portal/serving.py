"""The embedded server: the site and, when asked, the worker in one process."""

import signal
from types import FrameType

from flask import Flask
from waitress import create_server

from portal.outbox.jobs import Jobs

THREADS = 8
LARGEST_BODY = 80_000_000


class Stopped(SystemExit):
    """The process was asked to end."""


def serve_site(app: Flask, jobs: Jobs, *, port: int, host: str = "127.0.0.1", worker: bool) -> None:
    """Serve until stopped by Ctrl-C or SIGTERM; the worker, when it is here, ends with the site."""
    server = create_server(
        app,
        host=host,
        port=port,
        threads=THREADS,
        ident=None,
        max_request_body_size=LARGEST_BODY,
        clear_untrusted_proxy_headers=True,
    )
    signal.signal(signal.SIGTERM, _stop)
    consumer = jobs.consumer(1) if worker else None
    try:
        if consumer is not None:
            consumer.start()
        server.run()
    except (KeyboardInterrupt, Stopped):
        pass
    finally:
        server.close()
        if consumer is not None:
            consumer.stop()


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped(0)
