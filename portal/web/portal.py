"""What the running site is made of, and the request's own way to it."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from flask import Flask, current_app, g
from sqlalchemy.orm import Session

from forms.definition import Form
from portal.db import Database
from portal.feature import Feature
from portal.settings import Settings

KEY = "portal"


@dataclass(frozen=True)
class Portal:
    """The parts that `portal/app.py` put together."""

    settings: Settings
    database: Database
    features: tuple[Feature, ...]
    forms: Mapping[str, Form] = field(default_factory=dict)


def portal(app: Flask | None = None) -> Portal:
    """Give the parts of the running site."""
    parts: Portal = (app or current_app).extensions[KEY]
    return parts


def reader() -> Session:
    """Give the request's reading session, opened at the first question and closed with the request."""
    if "reader" not in g:
        g.reader = portal().database.reader()
    session: Session = g.reader
    return session


def transaction() -> AbstractContextManager[Session]:
    """Open the request's change; see Database.transaction. The reader is let go first, so it sees what was written."""
    close_reader()
    return portal().database.transaction()


def close_reader(error: BaseException | None = None) -> None:
    """Close the reading session, if there is one."""
    session = g.pop("reader", None)
    if session is not None:
        session.close()
