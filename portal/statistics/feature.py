"""What the statistics hang on the plug board."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from portal.accounts.rules import Deed
from portal.feature import Feature, MenuEntry
from portal.i18n import N_
from portal.settings import Settings
from portal.statistics.desk import staff
from portal.statistics.probe import probe, publish_availability
from portal.statistics.texts import publish_readability
from portal.statistics.views import public


def statistics_feature(others: Iterable[Feature]) -> Feature:
    """Give the statistics; the public texts whose readability is counted are those of the other features."""
    sources = tuple(source for feature in others for source in feature.search_sources)

    def sweep_months(db: Session, settings: Settings, at: datetime) -> int:
        """Publish what the portal itself has measured of the month that is over."""
        return publish_availability(db, at) + publish_readability(db, sources, at)

    def sweep_probe(db: Session, settings: Settings, at: datetime) -> int:
        """Count whether the site answers this minute."""
        return probe(db, settings, at)

    return Feature(
        name="statistics",
        folder=Path(__file__).parent,
        blueprints=(public, staff),
        desk_menu=(MenuEntry(N_("Siffror"), "statistics_desk.figures", 60, Deed.REPORT_FIGURE),),
        sweeps=(sweep_months, sweep_probe),
    )
