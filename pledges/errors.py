"""What can be wrong with a question put to this package."""

from datetime import date
from enum import StrEnum


class PledgeError(Exception):
    """A promise, a clock or a figure was asked for something it cannot answer."""


class UnknownYear(PledgeError):
    """A day lies outside the years that a calendar, or the law it follows, covers."""


class CalendarFault(StrEnum):
    """What no calendar can say, so that whoever shows it can say how to put it right."""

    YEARS = "years"
    OUTSIDE_THE_DAY = "outside_the_day"
    CLOSES_BEFORE_IT_OPENS = "closes_before_it_opens"
    OVERLAPPING_HOURS = "overlapping_hours"
    NOT_SEVEN_DAYS = "not_seven_days"
    SEASON_ENDS_BEFORE_IT_BEGINS = "season_ends_before_it_begins"
    OVERLAPPING_SEASONS = "overlapping_seasons"
    TWO_EXCEPTIONS = "two_exceptions"
    CLOSED_AND_OPEN = "closed_and_open"


class BadCalendar(PledgeError):
    """A calendar was described by something that no calendar can be.

    `values` are the things at fault: the interval or intervals, the first days of the
    seasons, the day. `where` is the day, or the day of the week (Monday is 0), they stand on.
    """

    def __init__(self, fault: CalendarFault, *values: object, where: date | int | None = None) -> None:
        """Note what is wrong, and with what."""
        self.fault, self.values, self.where = fault, values, where
        place = "" if where is None else f" on {where}"
        super().__init__(f"{fault}: {', '.join(map(str, values))}{place}")


class BadLimit(PledgeError):
    """A promised time is shorter than one whole unit, an hour no day has, or nothing the law counts."""


class BadPause(PledgeError):
    """A pause ends before it begins."""


class BadTarget(PledgeError):
    """A target is not a percentage that a published figure can be held against."""


class BadCount(PledgeError):
    """A count of outcomes is below zero, or a share of it is none."""


class NaiveMoment(PledgeError):
    """A moment came without its offset from UTC, so nobody can say which day it is."""


class BadCompensation(PledgeError):
    """What follows on a broken promise is no part of a fee, or does not say which part."""


class BadLegalClock(PledgeError):
    """A time set by law is described by numbers, days or names that contradict each other."""


class BadPermitFacts(PledgeError):
    """The days of a permit case stand in an order that cannot have happened."""


class BadNotice(PledgeError):
    """A notice of a delay gives no reason, or a new day that is not later than the notice."""
