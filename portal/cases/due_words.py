"""The end of a promised time in words: a day, and the hour too when the promise is in hours. Pure."""

from datetime import date, datetime, time

from pledges.clock import Unit
from portal.cases.models import CaseClock
from portal.clock import local
from portal.i18n import N_, Language, Text


def last_day(day: date, moment: datetime, unit: Unit, tongue: Language) -> str:
    """Give the end of a promise: "tisdag 24 november", for one in hours "tisdag 24 november kl. 14.30".

    `moment` is when it is too late. At midnight the day alone says it.
    """
    return _with_hour(tongue.day(day), moment, unit, tongue)


def end_of(clock: CaseClock, tongue: Language) -> str:
    """Give the end of a clock, loaded with its version; see `last_day`."""
    unit = clock.version.unit
    if unit is None:
        return tongue.day(clock.due_on)
    return last_day(clock.due_on, clock.due_at, unit, tongue)


def near_day(day: date, moment: datetime, unit: Unit, today: date, tongue: Language) -> str:
    """Give the end of a promise as it is said on a page: in hours, today is "i dag kl. 14.30"."""
    if unit.in_hours and day == today:
        return _with_hour(tongue.gettext(N_("i dag")), moment, unit, tongue)
    return last_day(day, moment, unit, tongue)


def brief_last_day(day: date, moment: datetime, unit: Unit, tongue: Language) -> str:
    """Give the end of a promise where room is short: "24 nov", in hours "24 nov kl. 14.30"."""
    return _with_hour(tongue.brief_day(day), moment, unit, tongue)


def short_last_day(day: date, moment: datetime, unit: Unit, tongue: Language) -> str:
    """Give the end of a promise beside a drawing: "tis 24 nov", in hours "tis 24 nov kl. 14.30"."""
    return _with_hour(tongue.short_day(day), moment, unit, tongue)


def _with_hour(day: str, moment: datetime, unit: Unit, tongue: Language) -> str:
    if not unit.in_hours or local(moment).time() == time.min:
        return day
    return tongue.say(Text(N_("%(day)s %(hour)s"), {"day": day, "hour": tongue.time(moment)}))
