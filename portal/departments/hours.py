"""A department's ordinary week in words: "Måndag–torsdag kl. 8–12 och 13–16"."""

from collections.abc import Iterable, Sequence
from datetime import time
from itertools import groupby
from typing import Protocol

from portal.departments.rules import WEEKDAYS
from portal.i18n import N_, Language, Text

EVERY_DAY, WORKDAYS = (0, 6), (0, 4)


class Opening(Protocol):
    """One interval of a weekday, as in OpeningHours."""

    @property
    def weekday(self) -> int: ...
    @property
    def opens(self) -> time: ...
    @property
    def closes(self) -> time: ...


def hours_in_words(intervals: Sequence[Opening], tongue: Language) -> tuple[Text, ...]:
    """Give the week as few sentences: days in a row with the same hours become one; closed days are not told."""
    by_day = [tuple((i.opens, i.closes) for i in intervals if i.weekday == day) for day in range(7)]
    rows = []
    for hours, days in groupby(range(7), key=lambda day: by_day[day]):
        together = list(days)
        if hours:
            rows.append(_row(together[0], together[-1], hours, tongue))
    return tuple(rows)


def _row(first: int, last: int, hours: Iterable[tuple[time, time]], tongue: Language) -> Text:
    values = {"times": _times(tuple(hours), tongue)}
    if (first, last) == EVERY_DAY:
        return Text(N_("Alla dagar kl. %(times)s"), values)
    if (first, last) == WORKDAYS:
        return Text(N_("Vardagar kl. %(times)s"), values)
    values["first"] = tongue.gettext(WEEKDAYS[first])
    if first == last:
        return Text(N_("%(first)s kl. %(times)s"), values)
    values["last"] = (
        tongue.gettext(WEEKDAYS[last]).lower() if tongue.code == "sv" else tongue.gettext(WEEKDAYS[last])
    )
    return Text(N_("%(first)s–%(last)s kl. %(times)s"), values)


def _times(hours: tuple[tuple[time, time], ...], tongue: Language) -> str:
    spans = [tongue.span(opens, closes) for opens, closes in hours]
    if len(spans) == 1:
        return spans[0]
    both = {"first": ", ".join(spans[:-1]), "last": spans[-1]}
    return tongue.say(Text(N_("%(first)s och %(last)s"), both))
