"""Runs the steps on the database that `portal.migrations` hands over; every model must have been imported."""

from alembic import context
from sqlalchemy import Connection

from portal.db import WRITING, Base, Database


def run() -> None:
    """Run in one transaction, so that a step is taken whole or not at all."""
    database: Database = context.config.attributes["database"]
    with database.engine.execution_options(**WRITING).connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            _let_tables_be_replaced(connection)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=is_sqlite,
            compare_type=True,
            user_module_prefix="portal.db.",
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite:
            _refuse_loose_ends(connection)
        connection.commit()
        # The pool would hand it out again as it is.
        connection.invalidate()


def _let_tables_be_replaced(connection: Connection) -> None:
    """Let references be loose meanwhile: SQLite alters a table by making it anew, which others refer to.

    The pragma does nothing inside a transaction, so it goes to the driver before one begins.
    """
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute("PRAGMA foreign_keys=OFF")


def _refuse_loose_ends(connection: Connection) -> None:
    """Raise when a row refers to one that is not there; then nothing of the step is kept."""
    loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if loose:
        raise ValueError(f"references to nothing after the step: {loose[:5]}")


run()
