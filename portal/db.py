"""The database: one base for all rows, one transaction at the edge, the same on SQLite and PostgreSQL."""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    String,
    TypeDecorator,
    create_engine,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session, mapped_column

from portal.errors import Busy

WRITING = {"portal_writing": True}
LONGEST_WAIT = 5.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.0005, 0.0035


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database. A naive moment is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value if value is None else value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


class PlainText(TypeDecorator[str]):
    """A text. The null sign is left out, also of what is compared: PostgreSQL can hold none, and nobody types one."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value if value is None else value.replace("\x00", "")


Id = Annotated[int, mapped_column(primary_key=True)]
Moment = Annotated[datetime, mapped_column(UtcDateTime)]


class Base(DeclarativeBase):
    """The base of every row; names of constraints are the same on every engine."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads a plain class attribute
        datetime: UtcDateTime,
        str: PlainText,
        StrEnum: Enum(
            StrEnum, native_enum=False, length=40, values_callable=lambda kinds: [k.value for k in kinds]
        ),
        dict[str, Any]: JSON,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
    }


class Database:
    """The engine and its two ways in: a reader for a page, a transaction for a change.

    `wake` is called after a commit that left something for the worker; losing the call loses nothing,
    since the worker also looks by itself.
    """

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.wake: Callable[[], None] = lambda: None

    def reader(self) -> Session:
        """Open a session that only reads. The caller closes it."""
        return Session(self.engine, autoflush=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open one change: committed as a whole at the end, or not at all.

        Raises Busy when other writers hold the database longer than a person waits.
        """
        with Session(self.engine.execution_options(**WRITING)) as db:
            with db.begin():
                yield db
            if db.info.get("posted"):
                self.wake()


def make_engine(url: str) -> Engine:
    """Give an engine with the portal's manners: durable, foreign keys on, writers one at a time on SQLite.

    Errors never repeat the values that a statement was given: they end in the log.
    """
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=10, hide_parameters=True)
    engine = create_engine(url, connect_args={"timeout": 0}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
        _patiently(lambda text=f"PRAGMA {pragma}": cursor.execute(text))  # type: ignore[misc]
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once for a change: a snapshot that turns writer can fail for ever.

    SQLite's own waiting is unfair (one busy writer starves the rest), so every waiter retries after a random pause.
    """
    if not connection.get_execution_options().get("portal_writing"):
        connection.exec_driver_sql("BEGIN")
        return
    _patiently(lambda: connection.exec_driver_sql("BEGIN IMMEDIATE"))


def _patiently(attempt: Callable[[], Any]) -> None:
    give_up = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            attempt()
        except (sqlite3.OperationalError, OperationalError) as error:
            if not _is_locked(error):
                raise
            if time.monotonic() > give_up:
                raise Busy("the database is held by another writer") from error
            time.sleep(random.uniform(SHORTEST_PAUSE, LONGEST_PAUSE))  # noqa: S311  nothing secret about it
        else:
            return


def _is_locked(error: Exception) -> bool:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return "database is locked" in str(cause) or "database table is locked" in str(cause)


def is_busy(error: OperationalError) -> bool:
    """Tell whether the database refused only because it was held by somebody else."""
    return _is_locked(error)


def insert(db: Session, table: Any) -> Any:
    """Give an INSERT that understands `on_conflict_do_update` on the engine in use."""
    dialect = db.get_bind().dialect.name
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
