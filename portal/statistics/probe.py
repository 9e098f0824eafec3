"""The portal's own probe: asks the site each minute whether it answers, and makes a month's figure of it."""

import http.client
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from pledges.pledge import Source
from portal.clock import local_day
from portal.pledgebook.figures.outcomes import month_after, month_of
from portal.pledgebook.figures.periods import last_day_of
from portal.settings import Settings
from portal.statistics.actions import record
from portal.statistics.judging import Figure
from portal.statistics.models import ProbeDay
from portal.statistics.queries import (
    has_been_probed,
    is_planned,
    probe_day,
    probe_days,
    versions_by_source,
    without_figure,
)

Ask = Callable[[str], bool]
LONGEST_WAIT = 2.0  # seconds; the other sweeps wait for this one
HEALTH = "/halsa"
SOURCE = "Portalens egen mätning: webbplatsen tillfrågas varje minut"
VOUCHED_BY = "Portalen själv"
NOTE = "{answered} av {tried} tillfrågade minuter. {planned} minuter aviserat driftstopp är undantagna. {silent} minuter utan mätning."
MINUTES_A_DAY = 1440


def answers(address: str) -> bool:
    """Tell whether the site at an address answers that it is well, within two seconds."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=LONGEST_WAIT)
    try:
        connection.request("GET", f"{parts.path}{HEALTH}", headers={"User-Agent": "Loftesportalen/probe"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def probe(db: Session, settings: Settings, at: datetime, ask: Ask = answers) -> int:
    """Ask the site once and count this minute, unless it is counted already; give how many minutes were counted.

    The site is asked before the database is touched, so that nobody's change waits for the answer. Counting begins with
    the first answer: a site that has never been up is not down. A minute of an announced stop is counted apart.
    """
    answered = ask(settings.base_url)
    day = probe_day(db, local_day(at))
    if day is None:
        if not answered and not has_been_probed(db):
            return 0
        day = ProbeDay(day=local_day(at), tried=0, answered=0, planned=0, last_at=_minute(at) - _A_MINUTE)
        db.add(day)
    if _minute(day.last_at) >= _minute(at):
        return 0
    if is_planned(db, at):
        day.planned += 1
    else:
        day.tried += 1
        day.answered += answered
    day.last_at = at
    return 1


_A_MINUTE = timedelta(minutes=1)


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


def publish_availability(db: Session, at: datetime) -> int:
    """Publish the month that is over for every pledge measured by the probe; give how many figures were new.

    A month that has a figure, from the portal or from somebody, is left as it is.
    """
    month = month_after(month_of(local_day(at)), -1)
    versions = versions_by_source(db, Source.MONITOR, month, last_day_of(month))
    missing = without_figure(db, versions, month)
    days = probe_days(db, month, last_day_of(month)) if missing else ()
    tried, answered = sum(day.tried for day in days), sum(day.answered for day in days)
    if not tried:
        return 0
    planned = sum(day.planned for day in days)
    silent = last_day_of(month).day * MINUTES_A_DAY - tried - planned
    note = NOTE.format(answered=answered, tried=tried, planned=planned, silent=max(0, silent))
    figures = {
        f"probe:{version.id}:{month:%Y-%m}": Figure(
            version.id, month, answered, tried, None, SOURCE, VOUCHED_BY, note
        )
        for version in missing
    }
    return record(db, figures, None, at)
