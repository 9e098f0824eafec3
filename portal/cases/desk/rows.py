"""The officer's queue at one moment: the sentence on top, and the rows in groups by promised day. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from portal.cases.desk.words import (
    LEVELS,
    Mark,
    due_words,
    line_of,
    long_mark_of,
    mark_of,
    pressing,
    used_words,
)
from portal.cases.models import Case
from portal.cases.next_step import next_step
from portal.cases.promised import Calendars, Promised, Stand, promised
from portal.cases.queries import Pressing
from portal.cases.rules import State
from portal.cases.timeline import CHANNELS
from portal.clock import local_day
from portal.drawings.desk import rosa_pips
from portal.drawings.shapes import Drawing
from portal.i18n import N_, Language, Text

TODAY = (
    N_("Inget ska bli klart i dag."),
    N_("Ett ärende ska bli klart i dag."),
    N_("%(count)s ärenden ska bli klara i dag."),
)
LATE = (N_("Inget är försenat."), N_("*Ett är försenat.*"), N_("*%(count)s är försenade.*"))


class Group(StrEnum):
    """Where in a list a case belongs, in the order of the list."""

    LATE = "late"
    TODAY = "today"
    LATER = "later"
    WAITING = "waiting"
    UNDATED = "undated"
    CLOSED = "closed"


GROUPS: Mapping[Group, str] = {
    Group.LATE: N_("Försenade"),
    Group.TODAY: N_("I dag, %(day)s"),
    Group.LATER: N_("Senare"),
    Group.WAITING: N_("Väntar på invånaren"),
    Group.UNDATED: N_("Utan lovad dag"),
    Group.CLOSED: N_("Klara"),
}
ORDER = tuple(Group)


@dataclass(frozen=True)
class Row:
    """One case in the queue. `due` and `line` are missing when nothing was promised; `remark` stands under the day."""

    case: Case
    promise: Promised | None
    group: Group
    mark: Mark
    due: Text | None
    remark: Text | None
    line: Drawing | None
    pips: Drawing
    level: str
    channel: str


@dataclass(frozen=True)
class Rows:
    """The rows of one group, under its name."""

    name: Text
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Preview:
    """What stands beside the list about the chosen case."""

    row: Row
    mark: Mark
    next: Text


def sentence(count: Pressing, tongue: Language) -> tuple[Text, Text]:
    """Give the sentence on top: what must be done today, and what is late; what presses stands between asterisks."""
    return _counted(TODAY, count.today, tongue), _counted(LATE, count.late, tongue)


def _counted(words: tuple[str, str, str], count: int, tongue: Language) -> Text:
    number = tongue.count_word(count)
    return Text(words[min(count, 2)], {"count": number[:1].upper() + number[1:]})


def rows_of(cases: Sequence[Case], at: datetime, calendars: Calendars, tongue: Language) -> tuple[Row, ...]:
    """Give the cases as rows, group by group; within a group they keep their order."""
    rows = (_row(case, at, calendars, tongue) for case in cases)
    return tuple(sorted(rows, key=lambda row: ORDER.index(row.group)))


def grouped(rows: Sequence[Row], today: date, tongue: Language) -> tuple[Rows, ...]:
    """Give rows that stand in order under the names of their groups."""
    values = {"day": tongue.day(today)}
    return tuple(
        Rows(Text(GROUPS[group], values), tuple(members))
        for group, members in groupby(rows, lambda row: row.group)
    )


def chosen_row(rows: Sequence[Row], reference: str) -> Row | None:
    """Give the row asked for, else the first, else None."""
    return next((row for row in rows if row.case.reference == reference), rows[0] if rows else None)


def preview(row: Row, at: datetime, tongue: Language) -> Preview:
    """Give what stands beside the list about a row."""
    mark = long_mark_of(row.case, row.promise, tongue)
    return Preview(row, mark, next_step(row.case, row.promise, at, tongue))


def _row(case: Case, at: datetime, calendars: Calendars, tongue: Language) -> Row:
    promise, today = pressing(promised(case, at, calendars)), local_day(at)
    level = case.service.rosa_level
    return Row(
        case=case,
        promise=promise,
        group=_group(case, promise, today),
        mark=mark_of(case, promise),
        due=_due(case, promise, today, tongue),
        remark=_remark(case, promise, tongue),
        line=line_of(promise) if promise else None,
        pips=rosa_pips(level),
        level=LEVELS[level],
        channel=CHANNELS[case.channel],
    )


def _group(case: Case, promise: Promised | None, today: date) -> Group:
    if case.state is State.CLOSED:
        return Group.CLOSED
    if promise is None or not promise.is_open:
        return Group.WAITING if case.state is State.WAITING else Group.UNDATED
    if promise.stand is Stand.LATE:
        return Group.LATE
    if promise.stand is Stand.WAITING:
        return Group.WAITING
    return Group.TODAY if promise.due_on == today else Group.LATER


def _due(case: Case, promise: Promised | None, today: date, tongue: Language) -> Text | None:
    """Give the promised day; how it went instead, when the case goes on after its promise is decided."""
    if promise is None:
        return None
    if promise.is_open or case.state is State.CLOSED:
        return due_words(promise, today, tongue)
    return Text(N_("löftet hölls") if promise.stand is Stand.HELD else N_("löftet hölls inte"))


def _remark(case: Case, promise: Promised | None, tongue: Language) -> Text | None:
    """Give what the line shows, for who cannot see it."""
    if promise is None:
        return None
    if promise.stand is Stand.HELD:
        return Text(N_("Löftet hölls."))
    if promise.stand is Stand.BROKEN:
        return Text(N_("Löftet hölls inte."))
    return used_words(promise, tongue)
