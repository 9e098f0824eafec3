"""How easy our own public texts are to read: counted once a month, for the pledges that promise it."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from pledges.pledge import Source
from pledges.readability import FEWEST_WORDS, count_text
from portal.clock import local_day
from portal.feature import SearchEntry
from portal.pledgebook.figures.outcomes import month_after, month_of
from portal.pledgebook.figures.periods import last_day_of
from portal.statistics.actions import record
from portal.statistics.judging import Figure
from portal.statistics.queries import versions_by_source, without_figure

HIGHEST_LIX = 45
SOURCE = "Portalens egen textkontroll: läsbarhetsindex (LIX) för varje publik text"
VOUCHED_BY = "Portalen själv"
NOTE = "{easy} av {measured} texter har LIX högst {highest}. {short} texter under {fewest} ord är undantagna."

TextSource = Callable[[Session, datetime], Iterable[SearchEntry]]


def publish_readability(db: Session, sources: Iterable[TextSource], at: datetime) -> int:
    """Publish the month that is over for every pledge about our texts; give how many figures were new.

    The texts are those that can be searched, as they stand now: the first sweep of a month measures the one before.
    A month that has a figure, from the portal or from somebody, is left as it is.
    """
    month = month_after(month_of(local_day(at)), -1)
    versions = versions_by_source(db, Source.TEXT, month, last_day_of(month))
    missing = without_figure(db, versions, month)
    if not missing:
        return 0
    texts = [count_text(entry.text) for source in sources for entry in source(db, at)]
    indexes = [text.index for text in texts if text.words >= FEWEST_WORDS and text.index is not None]
    easy = sum(index <= HIGHEST_LIX for index in indexes)
    note = NOTE.format(
        easy=easy,
        measured=len(indexes),
        highest=HIGHEST_LIX,
        short=len(texts) - len(indexes),
        fewest=FEWEST_WORDS,
    )
    figures = {
        f"text:{version.id}:{month:%Y-%m}": Figure(
            version.id, month, easy, len(indexes), None, SOURCE, VOUCHED_BY, note
        )
        for version in missing
    }
    return record(db, figures, None, at)
