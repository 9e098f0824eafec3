"""Filling an empty database with Ekdala kommun."""

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.accounts.actions import add_staff
from portal.accounts.models import Staff
from portal.accounts.rules import Grant, Role
from portal.calendars.content import import_calendars
from portal.cases.access import Access
from portal.db import Database
from portal.demo.drafts import write_drafts
from portal.demo.explaining import explain_months
from portal.demo.history import Historian
from portal.demo.late_pieces import play_late_pieces
from portal.demo.people import demo_person
from portal.demo.plot import Plotter
from portal.demo.reporting import report_figures
from portal.demo.set_pieces import Stage, play_set_pieces
from portal.demo.turned_pieces import play_turned_pieces
from portal.departments.actions import import_departments, import_organisations
from portal.departments.models import Organisation
from portal.departments.queries import department_ids
from portal.faq.actions import import_answers
from portal.outbox.actions import mark_all_sent
from portal.pledgebook.content import import_pledges
from portal.services.actions import import_services
from portal.services.legal import import_legal_clocks
from portal.settings import Settings

CONTENT = Path(__file__).parent / "content"
DEMO_PASSWORD = "ekdala-demo-2026"  # noqa: S105  public on purpose: it opens invented data only
REPORTER = "admin@ekdala.example"
BATCH = 100


@dataclass(frozen=True)
class Person:
    """Somebody invented who works in Ekdala. Without department, the role holds everywhere."""

    email: str
    name: str
    title: str
    phone: str
    role: Role
    department: str


DEMO_STAFF = (
    Person(
        "vagledare@ekdala.example", "Lina Berg", "kommunvägledare", "0980-319 201", Role.SERVICE_ADVISOR, ""
    ),
    Person(
        "handlaggare@ekdala.example",
        "Sara Ek",
        "bygglovshandläggare",
        "0980-319 231",
        Role.CASE_OFFICER,
        "bygglov",
    ),
    Person(
        "gata@ekdala.example",
        "Anders Holm",
        "arbetsledare",
        "0980-319 214",
        Role.CASE_OFFICER,
        "gator-trafik",
    ),
    Person("redaktor@ekdala.example", "Nora Lind", "redaktör", "0980-319 215", Role.EDITOR, "gator-trafik"),
    Person("chef@ekdala.example", "Maria Lindqvist", "bygglovschef", "0980-319 230", Role.MANAGER, "bygglov"),
    Person(
        "gatuchef@ekdala.example", "Per Åkesson", "gatuchef", "0980-319 222", Role.MANAGER, "gator-trafik"
    ),
    Person("admin@ekdala.example", "Tor Vik", "systemförvaltare", "0980-319 202", Role.ADMIN, ""),
)


def is_empty(database: Database) -> bool:
    """Tell whether nothing has been put in the database yet."""
    with database.reader() as db:
        return not db.scalar(select(func.count(Organisation.id)))


def load_demo(
    database: Database,
    settings: Settings,
    *,
    cases: int,
    seed: int,
    at: datetime,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> None:
    """Fill the database: content, staff, and `cases` cases of the twelve months before `at`, alike for the same seed.

    Content and staff come in one change; the cases a hundred at a time, told to `tell(done, of)`.
    """
    with database.transaction() as db:
        load_content(db, at)
        load_staff(db, at)
        report_figures(db, _toml("reported.toml"), demo_person(db, REPORTER), at)
    access = Access(settings.base_url, settings.secret_key)
    plots = Plotter(_toml("phrases.toml"), _toml("streets.toml"), seed=seed, at=at).plots(cases)
    for start in range(0, len(plots), BATCH):
        with database.transaction() as db:
            historian = Historian(db, access, at)
            for plot in plots[start : start + BATCH]:
                historian.play(plot)
        tell(min(start + BATCH, cases), cases)
    with database.transaction() as db:
        stage = Stage(db, access, at)
        play_set_pieces(stage)
        play_late_pieces(stage)
        play_turned_pieces(stage)
        explain_months(db, at)
        write_drafts(db, at)
        mark_all_sent(db)


def load_content(db: Session, at: datetime) -> None:
    """Bring in organisations, departments, calendars, services, legal clocks, pledges and answers."""
    import_organisations(db, _toml("organisations.toml"), at)
    import_departments(db, _toml("departments.toml"), at)
    import_calendars(db, _toml("calendars.toml"), at)
    import_services(db, _toml("services.toml"), at)
    import_legal_clocks(db, _toml("legal.toml"), at)
    import_pledges(db, _toml("pledges.toml"), at)
    import_answers(db, json.loads((CONTENT / "faq.json").read_text("utf-8")), at)


def load_staff(db: Session, at: datetime) -> list[Staff]:
    """Bring in the invented staff, all with the same password."""
    known = department_ids(db)
    return [
        add_staff(
            db,
            email=person.email,
            name=person.name,
            title=person.title,
            phone=person.phone,
            password=DEMO_PASSWORD,
            grants=[Grant(person.role, known[person.department] if person.department else None)],
            at=at,
            demo=True,
        )
        for person in DEMO_STAFF
    ]


def _toml(name: str) -> dict[str, Any]:
    with (CONTENT / name).open("rb") as file:
        return tomllib.load(file)
