"""What the cases hang on the plug board."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from portal.cases.access import Access
from portal.cases.amends_checking import differences as amends_differences
from portal.cases.breaches import write_breaches
from portal.cases.checking import differences
from portal.cases.desk.amends import amends
from portal.cases.desk.intake import registry
from portal.cases.desk.queue import staff
from portal.cases.legal.checking import differences as legal_differences
from portal.cases.reminders import warn_of_law, warn_of_promises
from portal.cases.views import public
from portal.feature import Check, Feature, MenuEntry
from portal.i18n import N_
from portal.settings import Settings


def sweep_breaches(db: Session, settings: Settings, at: datetime) -> int:
    """Write down the promises whose last day has passed."""
    return write_breaches(db, Access(settings.base_url, settings.secret_key), at)


def sweep_warnings(db: Session, settings: Settings, at: datetime) -> int:
    """Warn staff of the promises and the times set by law that are running out."""
    access = Access(settings.base_url, settings.secret_key)
    return warn_of_promises(db, access, at) + warn_of_law(db, access, at)


FEATURE = Feature(
    name="cases",
    folder=Path(__file__).parent,
    blueprints=(public, staff, registry, amends),
    menu=(MenuEntry(N_("Följ ditt ärende"), "cases.find", 40),),
    desk_menu=(
        MenuEntry(N_("Kön"), "cases_desk.queue", 10, deed="read_case"),
        MenuEntry(N_("Uppföljning"), "cases_amends.work", 15, deed="handle_case"),
        MenuEntry(N_("Nytt ärende"), "cases_intake.new", 20, deed="handle_case"),
    ),
    checks=(
        Check("cases", differences),
        Check("legal times", legal_differences),
        Check("follow-up work", amends_differences),
    ),
    sweeps=(sweep_breaches, sweep_warnings),
)
