"""The shape of the database, one step after another; steps add first and remove a release later."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from portal.db import Database

FOLDER = Path(__file__).parent


def upgrade(database: Database) -> None:
    """Bring the database to the newest shape; nothing happens when it has it already."""
    if not is_newest(database):
        command.upgrade(_config(database), "head")


def is_newest(database: Database) -> bool:
    """Tell whether the database has the newest shape."""
    newest = ScriptDirectory.from_config(_config(database)).get_current_head()
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def write_step(database: Database, message: str) -> None:
    """Write a new step from what the models say and the database lacks; for whoever develops the portal."""
    command.revision(_config(database), message, autogenerate=True)


def _config(database: Database) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["database"] = database
    return config
