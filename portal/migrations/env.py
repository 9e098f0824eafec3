"""Runs the steps on the database that `portal.migrations` hands over; every model must have been imported."""

from alembic import context

from portal.db import WRITING, Base, Database


def run() -> None:
    """Run in one transaction, so that a step is taken whole or not at all."""
    database: Database = context.config.attributes["database"]
    with database.engine.execution_options(**WRITING).connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            user_module_prefix="portal.db.",
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
