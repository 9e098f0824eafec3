"""What can be wrong with a question put to this package."""


class PledgeError(Exception):
    """A promise, a clock or a figure was asked for something it cannot answer."""


class UnknownYear(PledgeError):
    """A day lies outside the years that a calendar, or the law it follows, covers."""


class BadCalendar(PledgeError):
    """A calendar was described by years that no calendar can have."""


class BadLimit(PledgeError):
    """A promised time is shorter than one whole unit."""


class BadPause(PledgeError):
    """A pause ends before it begins."""


class BadTarget(PledgeError):
    """A target is not a percentage that a published figure can be held against."""


class BadCount(PledgeError):
    """A count of outcomes is below zero."""


class NaiveMoment(PledgeError):
    """A moment came without its offset from UTC, so nobody can say which day it is."""
