"""The steps of the database and the models say the same, on both engines."""

from datetime import UTC, date, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, Integer, MetaData, Numeric, inspect, text
from sqlalchemy.types import TypeEngine

from portal.db import WRITING, Base, Database
from portal.migrations import _config, is_newest, upgrade

OF_A_CASE = (
    "organisations",
    "departments",
    "services",
    "pledges",
    "pledge_versions",
    "cases",
    "case_events",
    "case_clocks",
    "tallies",
)


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


def some_value(kind: TypeEngine) -> object:
    """Anything that a column of the kind can hold."""
    known = {
        DateTime: datetime(2026, 11, 20, tzinfo=UTC),
        Date: date(2026, 11, 20),
        JSON: [],
        Boolean: False,
        Integer: 1,
        Numeric: 1,
    }
    return next((value for of, value in known.items() if isinstance(kind, of)), "received")


def a_row_in_each(connection: Connection, tables: tuple[str, ...]) -> None:
    """Put one row in each table, in the shape that the database has now, each referring to those before."""
    there = MetaData()
    there.reflect(connection)
    for name in tables:
        needed = [
            column for column in there.tables[name].columns if not column.nullable and not column.primary_key
        ]
        values = {column.name: some_value(column.type) for column in needed}
        connection.execute(there.tables[name].insert().values(id=1, **values))


@pytest.mark.parametrize("before", ["0001"])
def test_a_step_keeps_the_cases_that_were_there(database: Database, before: str):
    command.downgrade(_config(database), before)
    with database.engine.execution_options(**WRITING).begin() as connection:
        a_row_in_each(connection, OF_A_CASE)
    upgrade(database)
    with database.engine.connect() as connection:
        rows = {name: connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in OF_A_CASE}
    # The tallies are counted anew from the clocks by `portal migrate`.
    assert rows == {name: int(name != "tallies") for name in OF_A_CASE}


def test_references_are_held_again_after_a_step(database: Database):
    command.downgrade(_config(database), "0001")
    upgrade(database)
    if database.engine.dialect.name == "sqlite":
        with database.engine.connect() as connection:
            assert connection.scalar(text("PRAGMA foreign_keys")) == 1
