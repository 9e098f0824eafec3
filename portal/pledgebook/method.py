"""The calendar that the page about how we count tells of: the municipality's own, and who goes by another."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from pledges.calendar import Calendar
from pledges.opening import OpeningHours
from portal.calendars.models import CalendarRevision
from portal.calendars.queries import LAW, calendar, calendar_of
from portal.calendars.revisions import Place, holdings


@dataclass(frozen=True)
class OurCalendar:
    """The municipality's calendar in force: the law's own year when `revision` is None. `others` have their own."""

    calendar: Calendar
    revision: CalendarRevision | None
    others: tuple[Place, ...]

    def from_now(self, today: date) -> OpeningHours:
        """Give the weeks that hold today or later, and the unusual days that have not been."""
        hours = self.calendar.hours
        seasons = (season for season in hours.seasons if season.last is None or season.last >= today)
        return OpeningHours(tuple(seasons), tuple(each for each in hours.exceptions if each.day >= today))


def municipality_calendar(db: Session, at: datetime) -> OurCalendar:
    """Give the calendar of the whole municipality at a moment. Two statements."""
    whole, *rest = holdings(db, at)
    others = tuple(holding.place for holding in rest if holding.own is not None)
    if whole.own is None:
        return OurCalendar(calendar(db, LAW), None, others)
    return OurCalendar(calendar_of(whole.own.number, whole.own.hours), whole.own, others)
