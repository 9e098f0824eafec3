"""The house as a command finds it: its features, its settings, its database and its worker, each at the first need of it."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import click
from flask import Flask

from portal.db import Database
from portal.errors import SettingError
from portal.feature import Feature, Sweep
from portal.migrations import is_newest
from portal.outbox.jobs import Jobs, make_jobs
from portal.settings import Settings, read_settings


@dataclass
class House:
    """What the composition root hands to the commands; settings are read at the first need of them."""

    features: tuple[Feature, ...]
    create_app: Callable[[Settings, Database], Flask]
    port: str = ""

    def listens_on(self, port: int) -> None:
        """Note the port the site will have, so that the addresses it writes lead there. Before settings are read."""
        self.port = str(port)

    @cached_property
    def settings(self) -> Settings:
        """The settings; a wrong one ends the command with its sentence."""
        try:
            return read_settings({**os.environ, "PORT": self.port} if self.port else os.environ)
        except SettingError as error:
            raise click.ClickException(str(error)) from error

    @cached_property
    def database(self) -> Database:
        """The database that the settings name."""
        return Database(self.settings.database_url)

    @property
    def ready(self) -> Database:
        """The database, which must have the newest shape."""
        if not is_newest(self.database):
            raise click.ClickException("The database has an older shape. Run: portal migrate")
        return self.database

    @property
    def sweeps(self) -> tuple[Sweep, ...]:
        """Every feature's sweeps."""
        return tuple(sweep for feature in self.features for sweep in feature.sweeps)

    def jobs(self) -> Jobs:
        """The worker's jobs; from now on a commit that left something for the worker wakes it."""
        jobs = make_jobs(self.settings, self.ready, self.sweeps)
        self.ready.wake = jobs.wake
        return jobs
