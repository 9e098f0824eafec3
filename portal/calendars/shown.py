"""One revision of a calendar as staff look at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from pledges.opening import OpeningHours, layered
from portal.calendars.draft import DayRow, Typed
from portal.calendars.models import CalendarRevision
from portal.calendars.opening import hours_of
from portal.calendars.queries import calendar_with
from portal.calendars.revisions import Place, inherited_hours, latest_of, place_of, revisions_of
from portal.calendars.words import (
    Example,
    SeasonWords,
    UnusualWords,
    examples,
    seasons_in_words,
    suggestions,
    unusual_in_words,
)
from portal.clock import local_day
from portal.i18n import Language

YEARS_AHEAD = 3


@dataclass(frozen=True)
class CalendarView:
    """A revision in words: what it says, what it inherits and from whom, how time is counted, which came before."""

    revision: CalendarRevision
    place: Place
    above: CalendarRevision | None
    is_in_force: bool
    seasons: tuple[SeasonWords, ...]
    days: tuple[UnusualWords, ...]
    inherited_seasons: tuple[SeasonWords, ...]
    inherited_days: tuple[UnusualWords, ...]
    examples: tuple[Example, ...]
    published: Sequence[CalendarRevision]

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.revision.published_at is None


def calendar_view(db: Session, revision: CalendarRevision, at: datetime, tongue: Language) -> CalendarView:
    """Give a revision, loaded with its owner, as it stands at `at`. At most four statements."""
    place, own = place_of(revision), hours_of(revision.content)
    above, published = latest_of(db, place.above, at), revisions_of(db, place)
    whole = whole_hours(revision, above)
    current = published[0] if published else above
    since = local_day(revision.published_at or at)
    inherited = _rest(whole, own, since)
    return CalendarView(
        revision=revision,
        place=place,
        above=above,
        is_in_force=bool(published) and published[0].number == revision.number,
        seasons=seasons_in_words(own, tongue),
        days=unusual_in_words(own.exceptions, tongue),
        inherited_seasons=seasons_in_words(inherited, tongue),
        inherited_days=unusual_in_words(inherited.exceptions, tongue),
        examples=examples(
            calendar_with(revision.number, whole),
            calendar_with(revision.number, inherited_hours(current)),
            whole,
            local_day(at),
            tongue,
        ),
        published=published,
    )


def whole_hours(revision: CalendarRevision, above: CalendarRevision | None) -> OpeningHours:
    """Give what a revision holds with what is inherited: as it was published, or as it would be now."""
    if revision.published_at is not None:
        return hours_of(revision.hours)
    return layered(hours_of(revision.content), inherited_hours(above))


def said_from(draft: CalendarRevision, today: date) -> date | None:
    """Give the day from which a draft must say every day itself; None where days are inherited from above."""
    return None if place_of(draft).above else today


def suggested_days(db: Session, draft: CalendarRevision, typed: Typed, at: datetime) -> list[DayRow]:
    """Give the days of the years to come that many shorten and that are neither typed nor inherited."""
    whole = whole_hours(draft, latest_of(db, place_of(draft).above, at))
    years = range(local_day(at).year, local_day(at).year + YEARS_AHEAD)
    named = {row.day for row in typed.days}
    return [row for row in suggestions(years, whole, local_day(at)) if row.day not in named]


def _rest(whole: OpeningHours, own: OpeningHours, since: date) -> OpeningHours:
    """Give what is inherited of the whole: what the revision does not say itself, and what is not already past."""
    return OpeningHours(
        tuple(
            season
            for season in whole.seasons
            if season not in own.seasons and (season.last is None or season.last >= since)
        ),
        tuple(each for each in whole.exceptions if each not in own.exceptions and each.day >= since),
    )
