"""The embedded server: the site and, when asked, the worker in one process."""

import os
import signal
import socket
from types import FrameType

from flask import Flask
from waitress import create_server
from waitress.server import BaseWSGIServer

from portal.errors import SettingError
from portal.outbox.jobs import Jobs

THREADS = 8
LARGEST_BODY = 80_000_000


class Stopped(SystemExit):
    """The process was asked to end."""


def serve_site(app: Flask, jobs: Jobs, *, port: int, host: str = "127.0.0.1", worker: bool) -> None:
    """Serve until stopped by Ctrl-C or SIGTERM; the worker, when it is here, ends with the site.

    Raises SettingError when the port is taken.
    """
    server = _listening(app, host, port)
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


def _listening(app: Flask, host: str, port: int) -> BaseWSGIServer:
    """Give a server that holds its port. Raises SettingError, naming the port, when it cannot have it."""
    try:
        held = socket.create_server((host, port))
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else error
        raise SettingError(f"PORT: cannot listen on {host}:{port} ({why}); choose another") from error
    return create_server(
        app,
        sockets=[held],
        threads=THREADS,
        ident=None,
        max_request_body_size=LARGEST_BODY,
        clear_untrusted_proxy_headers=True,
    )


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped(0)
