"""The last day of a promised time, before any pause; and of a time that the law sets."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pledges.calendar import Calendar
from pledges.errors import BadLimit, UnknownYear
from pledges.limit import Limit, Unit

_MONTHS_A_YEAR: Final = 12


@dataclass(frozen=True)
class LawDue:
    """The end of a time set by law: the day itself, and the day the law moves it to."""

    nominal: date
    adjusted: date


def due_day(received: date, working_days: int, calendar: Calendar) -> date:
    """Give the last day on which the promise is still kept.

    The day of receipt does not count: day one is the next working day.
    Unit: whole working days, at least one; raises BadLimit below that.
    Raises UnknownYear when the calendar does not reach the answer.
    Law: Saturdays and the three eves stand as holidays, lag (1930:173) 2 §.
    """
    return calendar.working_day_after(received, Limit(working_days, Unit.WORKING_DAYS).amount)


def law_due(received: date, limit: Limit, calendar: Calendar) -> LawDue:
    """Give the end of a time that is set by law, in weeks, months, calendar or working days.

    Nominal in weeks is the same day of the week, in months the same number of the day, or
    the last of a month without it: lag (1930:173) 1 §. If that is a Sunday, another public
    holiday, a Saturday, Midsummer Eve, Christmas Eve or New Year's Eve, adjusted is the
    next day that is none of them: 2 §. Days on which only this municipality is closed move
    nothing. Raises BadLimit for hours and for `same_day`, which no law knows, and
    UnknownYear when the calendar does not reach the answer.
    """
    if limit.unit.in_hours or limit.unit is Unit.SAME_DAY:
        raise BadLimit(f"A time set by law of {limit.amount} {limit.unit}")
    nominal = nominal_day(received, limit, calendar)
    adjusted = nominal
    while calendar.is_free_by_law(adjusted):
        adjusted += timedelta(days=1)
    return LawDue(nominal, adjusted)


def nominal_day(received: date, limit: Limit, calendar: Calendar) -> date:
    """Give the last day of a limit in days, weeks or months, the day of receipt left out.

    Raises UnknownYear when the calendar, or any calendar, does not reach the answer.
    """
    if limit.unit is Unit.WORKING_DAYS:
        return calendar.working_day_after(received, limit.amount)
    if limit.unit is Unit.MONTHS:
        return months_after(received, limit.amount)
    return days_after(received, limit.total)


def days_after(day: date, count: int) -> date:
    """Give the day a number of calendar days after another; raises UnknownYear beyond 9999."""
    try:
        return day + timedelta(days=count)
    except OverflowError as error:
        raise UnknownYear(f"{count} days after {day}") from error


def months_after(day: date, count: int) -> date:
    """Give the day with the same number, that many months later, or the last of that month.

    Law: lag (1930:173) 1 §. Raises UnknownYear beyond the year 9999.
    """
    years, month = divmod(day.month - 1 + count, _MONTHS_A_YEAR)
    year = day.year + years
    if year > date.max.year:
        raise UnknownYear(f"{count} months after {day}")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
