"""The steps of the database and the models say the same, on both engines."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from portal.db import Base, Database
from portal.migrations import is_newest, upgrade


def test_the_steps_lead_to_what_the_models_say(database: Database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_a_second_upgrade_changes_nothing(database: Database):
    before = inspect(database.engine).get_table_names()
    upgrade(database)
    assert is_newest(database)
    assert inspect(database.engine).get_table_names() == before


def test_every_table_keeps_its_references_whole(database: Database):
    keys = {
        table: inspect(database.engine).get_foreign_keys(table)
        for table in inspect(database.engine).get_table_names()
    }
    wanted = {table.name: len(table.foreign_key_constraints) for table in Base.metadata.sorted_tables}
    assert {table: len(keys[table]) for table in wanted} == wanted


def test_sqlite_is_durable_and_checks_references(sqlite: Database):
    with sqlite.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 2
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
