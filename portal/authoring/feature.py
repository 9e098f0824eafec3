"""What the writing of pledges hangs on the plug board."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from portal.accounts.rules import Deed
from portal.authoring.desk import desk
from portal.authoring.desk_book import desk as book
from portal.authoring.desk_trial import desk as trial
from portal.authoring.reviewing import remind
from portal.feature import Feature, MenuEntry
from portal.i18n import N_
from portal.settings import Settings


def sweep_reviews(db: Session, settings: Settings, at: datetime) -> int:
    """Remind of the pledges that are to be looked at, or should have been."""
    return remind(db, settings.base_url, at)


FEATURE = Feature(
    name="authoring",
    folder=Path(__file__).parent,
    blueprints=(desk, trial, book),
    desk_menu=(MenuEntry(N_("Löften"), "authoring_desk.pledges", 50, deed=Deed.WRITE_PLEDGE),),
    sweeps=(sweep_reviews,),
)
