"""Log lines as JSON: what was asked for by its pattern, never by its address, and nothing about people."""

import json
import logging
import secrets
import time
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request

from portal.errors import PortalError

log = logging.getLogger("portal.web")


class JsonLines(logging.Formatter):
    """One JSON object a line; `extra={"facts": {...}}` adds to it."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)

    def formatException(self, ei: Any) -> str:  # noqa: N802  the library's name
        """Tell where it happened and what kind of thing it was, not what the exception says.

        A driver repeats the row it refused, and a wrong value what somebody wrote; only our own errors are trusted.
        """
        return "\n".join(_told(error) for error in _chain(ei[1]))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__name__}"
    words = f": {error}" if isinstance(error, PortalError) else ""
    return "".join(traceback.format_tb(error.__traceback__)) + kind + words


def start_logging(level: int = logging.INFO) -> None:
    """Send all log lines to standard error as JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    logging.getLogger("huey").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def log_requests(app: Flask) -> None:
    """Give every request an id, told in the answer and in its one log line."""

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if "request_id" in g:
            response.headers["X-Request-ID"] = g.request_id
            if request.endpoint != "static":
                log.info("request", extra={"facts": _facts(response)})
        return response


def _facts(response: Response) -> dict[str, object]:
    return {
        "request": g.request_id,
        "method": request.method,
        "page": request.endpoint or "none",
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.began) * 1000, 1),
    }
