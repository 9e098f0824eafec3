"""The officer's view of a case at one moment: how it stands, its promises, what to do next, all that has happened. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portal.cases.desk.log import Entry, log
from portal.cases.desk.owed import LawRow, Task, law_rows, tasks
from portal.cases.desk.words import (
    LEVELS,
    STANDS,
    Mark,
    due_words,
    line_of,
    long_mark_of,
    paused_words,
    pressing,
    used_words,
)
from portal.cases.enclosures import Enclosure, enclosure
from portal.cases.legal.times import CaseLaw
from portal.cases.models import Case
from portal.cases.next_step import next_step
from portal.cases.promised import Calendars, Promised, promised
from portal.cases.timeline import CHANNELS
from portal.clock import local_day
from portal.drawings.desk import rosa_pips
from portal.drawings.shapes import Drawing
from portal.i18n import Language, Text


@dataclass(frozen=True)
class Clock:
    """One promise of the case, with its words and its line."""

    promise: Promised
    mark: Mark
    due: Text
    used: Text
    paused: Text | None
    line: Drawing


@dataclass(frozen=True)
class Desk:
    """All that the officer's page says, ready to be drawn. `pressing` is one of the clocks, when there are any."""

    mark: Mark
    pressing: Clock | None
    next: Text
    clocks: tuple[Clock, ...]
    log: tuple[Entry, ...]
    files: tuple[Enclosure, ...]
    tasks: tuple[Task, ...]
    laws: tuple[LawRow, ...]
    channel: str
    pips: Drawing
    level: str


def desk_view(
    case: Case, at: datetime, calendars: Calendars, tongue: Language, laws: Sequence[CaseLaw] = ()
) -> Desk:
    """Give the officer's view of a case at a moment; days are written in `tongue`. `laws` are those of the case."""
    promises = promised(case, at, calendars)
    main = pressing(promises)
    return Desk(
        mark=long_mark_of(case, main, tongue),
        pressing=_clock(main, local_day(at), tongue) if main else None,
        next=next_step(case, main, at, tongue),
        clocks=tuple(_clock(promise, local_day(at), tongue) for promise in promises),
        log=log(case, tongue),
        files=tuple(enclosure(kept.file, tongue) for kept in case.files),
        tasks=tasks(case, local_day(at), tongue),
        laws=law_rows(laws, local_day(at), tongue),
        channel=CHANNELS[case.channel],
        pips=rosa_pips(case.service.rosa_level),
        level=LEVELS[case.service.rosa_level],
    )


def _clock(promise: Promised, today: date, tongue: Language) -> Clock:
    return Clock(
        promise,
        Mark(promise.stand.value, Text(STANDS[promise.stand])),
        due_words(promise, today, tongue),
        used_words(promise, tongue),
        paused_words(promise, tongue),
        line_of(promise),
    )
