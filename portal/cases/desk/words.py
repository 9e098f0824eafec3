"""The words that the queue and the officer's page share: how a case stands, and how its time has gone. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from portal.cases.due_words import short_last_day
from portal.cases.messages import OUTCOMES
from portal.cases.models import Case
from portal.cases.promised import Promised, Stand
from portal.cases.rules import State
from portal.drawings.desk import DueState, due_line
from portal.drawings.shapes import Drawing
from portal.i18n import N_, Language, Text

LEVELS: Mapping[int, str] = {
    1: N_("Information"),
    2: N_("Vägledning"),
    3: N_("Förberedelse"),
    4: N_("Regelstyrt beslut"),
    5: N_("Utredning"),
    6: N_("Värderande beslut"),
}
STATES: Mapping[State, str] = {
    State.RECEIVED: N_("Nytt"),
    State.ACTIVE: N_("Pågår"),
    State.WAITING: N_("Väntar på svar"),
    State.CLOSED: N_("Klart"),
}
STANDS: Mapping[Stand, str] = {
    Stand.HELD: N_("Hölls"),
    Stand.BROKEN: N_("Hölls inte"),
    Stand.LATE: N_("Försenat nu"),
    Stand.RUNNING: N_("Pågår"),
    Stand.WAITING: N_("Väntar på svar"),
}
DRAWN: Mapping[Stand, DueState] = {
    Stand.HELD: DueState.DONE,
    Stand.BROKEN: DueState.DONE,
    Stand.LATE: DueState.LATE,
    Stand.RUNNING: DueState.RUNNING,
    Stand.WAITING: DueState.PAUSED,
}
# In working days, in calendar days and in hours: one, then several.
USED = (
    (N_("%(used)s av 1 arbetsdag har gått"), N_("%(used)s av %(total)s arbetsdagar har gått")),
    (N_("%(used)s av 1 dag har gått"), N_("%(used)s av %(total)s dagar har gått")),
    (N_("Timme %(used)s av 1"), N_("Timme %(used)s av %(total)s")),
)
TOOK = (
    (N_("Det tog en arbetsdag"), N_("Det tog %(used)s arbetsdagar")),
    (N_("Det tog en dag"), N_("Det tog %(used)s dagar")),
    (N_("Det tog högst en timme"), N_("Det tog högst %(used)s timmar")),
)
PASSED = (
    (N_("En arbetsdag över"), N_("%(count)s arbetsdagar över")),
    (N_("En dag över"), N_("%(count)s dagar över")),
    (N_("En timme över"), N_("%(count)s timmar över")),
)
OVER = (
    (N_("Försenat nu, en arbetsdag över"), N_("Försenat nu, %(count)s arbetsdagar över")),
    (N_("Försenat nu, en dag över"), N_("Försenat nu, %(count)s dagar över")),
    (N_("Försenat nu, en timme över"), N_("Försenat nu, %(count)s timmar över")),
)
PAUSED = (N_("Pausat en dag"), N_("Pausat %(count)s dagar"))


@dataclass(frozen=True)
class Mark:
    """A status: which of the drawn marks, and its word."""

    kind: str
    word: Text


def pressing(promises: tuple[Promised, ...]) -> Promised | None:
    """Give the promise that presses most: the open one that ends first, paused ones last; else the main one."""
    running = [promise for promise in promises if promise.stand in (Stand.RUNNING, Stand.LATE)]
    waiting = [promise for promise in promises if promise.stand is Stand.WAITING]
    nearest = min(running or waiting, key=lambda promise: promise.due_on, default=None)
    return nearest or (promises[0] if promises else None)


def mark_of(case: Case, promise: Promised | None) -> Mark:
    """Give the status of a case in a word."""
    if case.state is State.CLOSED and case.outcome is not None:
        return Mark(_verdict(promise), Text(OUTCOMES[case.outcome]))
    if promise is not None and promise.stand is Stand.LATE:
        return Mark("late", Text(STANDS[Stand.LATE]))
    kind = "waiting" if case.state is State.WAITING else "running"
    return Mark(kind, Text(STATES[case.state]))


def long_mark_of(case: Case, promise: Promised | None, tongue: Language) -> Mark:
    """Give the status of a case, and how late it is when it is late."""
    mark = mark_of(case, promise)
    if mark.kind != "late" or promise is None or promise.apart == 0:
        return mark
    one, many = OVER[promise.pace]
    return Mark(
        "late", Text(one if promise.apart == 1 else many, {"count": tongue.count_word(promise.apart)})
    )


def _verdict(promise: Promised | None) -> str:
    ended = promise is not None and promise.stand in (Stand.HELD, Stand.BROKEN)
    return promise.stand.value if promise is not None and ended else "done"


def used_words(promise: Promised, tongue: Language) -> Text:
    """Give how much of the promised time has gone, how far over it is, or how long it took."""
    values = {
        "used": tongue.number(promise.used),
        "total": tongue.number(promise.total),
        "count": tongue.number(promise.apart),
    }
    if promise.stand is Stand.LATE:
        return (
            _counted(PASSED[promise.pace], promise.apart, values)
            if promise.apart
            else Text(N_("Tiden har gått"))
        )
    if not promise.is_open:
        return _counted(TOOK[promise.pace], promise.used, values)
    return _counted(USED[promise.pace], promise.total, values)


def _counted(words: tuple[str, str], count: int, values: Mapping[str, str]) -> Text:
    return Text(words[count != 1], values)


def paused_words(promise: Promised, tongue: Language) -> Text | None:
    """Give for how many days the time stood still; None when it never did."""
    if not promise.paused_days:
        return None
    return Text(PAUSED[promise.paused_days > 1], {"count": tongue.number(promise.paused_days)})


def line_of(promise: Promised) -> Drawing:
    """Draw where the case stands against its promised day."""
    return due_line(promise.used, promise.total, DRAWN[promise.stand])


def due_words(promise: Promised, today: date, tongue: Language) -> Text:
    """Give the promised day as it is said in a list; while the case waits, the earliest day it can become."""
    day = {"day": short_last_day(promise.due_on, promise.due_at, promise.unit, tongue)}
    if promise.unit.in_hours and promise.is_open:
        return Text(
            N_("tidigast %(day)s") if promise.stand is Stand.WAITING else "%(day)s",
            {"day": promise.due(tongue)},
        )
    if promise.stand is Stand.WAITING:
        return Text(N_("tidigast %(day)s"), day)
    if promise.due_on == today:
        return Text(N_("i dag"))
    if promise.due_on == today - timedelta(days=1):
        return Text(N_("i går, %(day)s"), day)
    if promise.due_on == today + timedelta(days=1):
        return Text(N_("i morgon, %(day)s"), day)
    return Text("%(day)s", day)
