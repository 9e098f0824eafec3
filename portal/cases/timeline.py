"""The citizen's view of a case at one moment: what is promised, where it stands, what has happened. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.cases.aside import Earlier, Uncounted, earlier, uncounted
from portal.cases.enclosures import Enclosure, enclosure
from portal.cases.explained import explanation
from portal.cases.happened import Happened, happened
from portal.cases.headline import headline
from portal.cases.history import events_of
from portal.cases.line import line_of
from portal.cases.models import Case
from portal.cases.outlook import Words, answer_by, expected_answer, happens_now, question
from portal.cases.progress import Step, progress
from portal.cases.promised import Calendars, Promised, Stand, foremost, promised
from portal.cases.rules import Channel, State
from portal.clock import local_day
from portal.drawings.shapes import Chart
from portal.i18n import N_, Language, Text

CHANNELS: Mapping[Channel, str] = {
    Channel.WEB: N_("Webben"),
    Channel.PHONE: N_("Telefon"),
    Channel.EMAIL: N_("E-post"),
    Channel.POST: N_("Brev"),
    Channel.VISIT: N_("Besök"),
    Channel.API: N_("En annan tjänst"),
}


@dataclass(frozen=True)
class Question:
    """What we asked the citizen, and the last day to answer."""

    words: str
    last_day: date
    is_over: bool


@dataclass(frozen=True)
class Tracker:
    """All that the citizen's page says, ready to be drawn."""

    headline: Text
    is_closed: bool
    stand: Stand | None
    promise: Promised | None
    promises: tuple[Promised, ...]
    line: Chart | None
    steps: tuple[Step, ...]
    now: tuple[Words, ...]
    question: Question | None
    happened: tuple[Happened, ...]
    enclosures: tuple[Enclosure, ...]
    new_day: date | None
    uncounted: tuple[Uncounted, ...]
    earlier: tuple[Earlier, ...]
    reopened_at: datetime | None

    @property
    def others(self) -> tuple[Promised, ...]:
        """The promises besides the one that the page is about."""
        return tuple(promise for promise in self.promises if promise is not self.promise)


def track(case: Case, at: datetime, calendars: Calendars, tongue: Language) -> Tracker:
    """Give the citizen's view of a case at a moment; days are written in `tongue`.

    `calendars` gives a calendar by the revision that a clock was started under.
    """
    promises = promised(case, at, calendars)
    main = promises[0] if case.state is State.CLOSED and promises else foremost(promises)
    waiting = case.state is State.WAITING
    new_day = _new_day(case, at)
    return Tracker(
        headline=headline(case, main, tongue),
        is_closed=case.state is State.CLOSED,
        stand=Stand.WAITING if waiting else main.stand if main else None,
        promise=main,
        promises=promises,
        line=line_of(main, expected_answer(case, at), local_day(at), tongue, new_day) if main else None,
        steps=progress(case, main, tongue),
        now=happens_now(case, main, at, tongue),
        question=_question(case, at) if waiting else None,
        happened=happened(case, tongue),
        enclosures=tuple(enclosure(kept.file, tongue) for kept in case.files),
        new_day=new_day,
        uncounted=uncounted(case),
        earlier=earlier(case),
        reopened_at=events_of(case.events, case.cycle)[0].at if case.cycle > 1 else None,
    )


def _new_day(case: Case, at: datetime) -> date | None:
    """Give the new day that the citizen was told, while it is ahead and the case is open."""
    told = explanation(case.events, case.cycle, local_day(at))
    return told.new_day if told is not None and case.state is not State.CLOSED else None


def _question(case: Case, at: datetime) -> Question:
    last = answer_by(case)
    return Question(question(case), last, is_over=local_day(at) > last)


def masked(address: str) -> str:
    """Give an e-mail address so that its owner knows it and nobody else learns it: "a…n@post.example"."""
    name, at, host = address.rpartition("@")
    if not at:
        return ""
    return f"{name[:1]}…{name[-1:] if len(name) > 1 else ''}@{host}"
