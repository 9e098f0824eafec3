"""The demo municipality as a site that tests can ask, and people who visit it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.cases.access import Access
from portal.cases.models import Case
from portal.db import Base, Database
from portal.demo.loading import DEMO_PASSWORD
from portal.settings import Settings, read_settings
from tests.visitor import Visitor

SIGN_IN = "/arbete/logga-in"
# How the addresses begin that are for those who work here.
STAFF = ("/arbete", "/redaktion")
# Kept for the staff's own sake, and changed by merely looking.
SEEN = {"seen_at"}


@dataclass(frozen=True)
class Demo:
    """The site with its database and settings."""

    app: Flask
    database: Database
    settings: Settings

    def reader(self) -> Session:
        """Open a session that only reads."""
        return self.database.reader()

    def case(self, reference: str = "") -> Case:
        """Give a case by its reference; without one, the first."""
        with self.reader() as db:
            wanted = select(Case).where(Case.reference == reference) if reference else select(Case)
            return db.scalars(wanted.order_by(Case.id)).first() or _no_case(reference)

    def key(self, case: Case) -> str:
        """Give the key that opens a case for the citizen."""
        return Access(self.settings.base_url, self.settings.secret_key).key(case)

    def tracker(self, reference: str = "") -> str:
        """Give the address that opens a case for the citizen."""
        case = self.case(reference)
        return f"/arende/{case.reference}?nyckel={self.key(case)}"

    def fingerprint(self) -> dict[str, str]:
        """Give a short sign of what stands in each table, to see whether anything was changed."""
        with self.reader() as db:
            return {
                table.name: sha256(
                    repr(
                        sorted(
                            map(str, db.execute(select(*(c for c in table.c if c.name not in SEEN))).all())
                        )
                    ).encode()
                ).hexdigest()
                for table in Base.metadata.sorted_tables
            }


def _no_case(reference: str) -> Case:
    raise AssertionError(f"no case {reference}")


def home_settings(home: Path) -> Settings:
    """Give the settings of a site whose data are in `home`."""
    return read_settings({"PORTAL_HOME": str(home), "PORTAL_SECRET_KEY": "only-for-these-tests"})


@contextmanager
def open_demo(home: Path) -> Iterator[Demo]:
    """Give the site on a home folder in which the demo has been loaded."""
    settings = home_settings(home)
    database = Database(settings.database_url)
    app = create_app(settings, database)
    app.config.update(TESTING=True)
    yield Demo(app, database, settings)
    database.engine.dispose()


def signed_in(app: Flask, email: str) -> Visitor:
    """Give a visitor who has signed in as one of the demo's staff."""
    visitor = Visitor(app)
    visitor.get(SIGN_IN)
    visitor.post(SIGN_IN, {"email": email, "password": DEMO_PASSWORD})
    return visitor
