"""The citizen's view of a case at one moment: what is promised, where it stands, what has happened. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from portal.cases.enclosures import Enclosure, enclosure
from portal.cases.headline import headline
from portal.cases.line import line_of
from portal.cases.messages import OUTCOMES, plain
from portal.cases.models import Case, CaseEvent
from portal.cases.outlook import Words, answer_by, expected_answer, happens_now, question
from portal.cases.progress import UNTIL_THE_END, Step, progress
from portal.cases.promised import Calendars, Promised, Stand, foremost, promised
from portal.cases.rules import ActorKind, Channel, EventKind, Outcome, State
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
BY_YOU: Mapping[Channel, str] = {
    Channel.WEB: N_("Du, via webben"),
    Channel.PHONE: N_("Du, via telefon"),
    Channel.EMAIL: N_("Du, via e-post"),
    Channel.POST: N_("Du, via brev"),
    Channel.VISIT: N_("Du, vid ett besök"),
    Channel.API: N_("Du, via en annan tjänst"),
}
SENT_FILES = (N_("Du skickade en bild."), N_("Du skickade %(count)s bilder."))


@dataclass(frozen=True)
class Happened:
    """One thing that has happened: the bold fact, what it is about by name, a remark of ours, somebody's own words.

    `is_quoted` when the own words are the citizen's.
    """

    id: int
    at: datetime
    fact: Text
    named: str = ""
    remark: Text | None = None
    own: Words | None = None
    by: Words | None = None
    is_quoted: bool = False


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
    return Tracker(
        headline=headline(case, main, tongue),
        is_closed=case.state is State.CLOSED,
        stand=Stand.WAITING if waiting else main.stand if main else None,
        promise=main,
        promises=promises,
        line=line_of(main, expected_answer(case, at), local_day(at), tongue) if main else None,
        steps=progress(case, main, tongue),
        now=happens_now(case, main, at, tongue),
        question=_question(case, at) if waiting else None,
        happened=happened(case, tongue),
        enclosures=tuple(enclosure(kept.file, tongue) for kept in case.files),
    )


def _question(case: Case, at: datetime) -> Question:
    last = answer_by(case)
    return Question(question(case), last, is_over=local_day(at) > last)


def happened(case: Case, tongue: Language) -> tuple[Happened, ...]:
    """Give what has happened in words, newest first; what only staff may read is left out."""
    public = (event for event in reversed(case.events) if event.public)
    told = (_WORDS[event.kind](case, event, tongue) for event in public if event.kind in _WORDS)
    return tuple(told)


def masked(address: str) -> str:
    """Give an e-mail address so that its owner knows it and nobody else learns it: "a…n@post.example"."""
    name, at, host = address.rpartition("@")
    if not at:
        return ""
    return f"{name[:1]}…{name[-1:] if len(name) > 1 else ''}@{host}"


def _by_staff(event: CaseEvent) -> Words | None:
    return Words(own=event.actor_name) if event.actor_name else None


def _opened(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    own = Words(own=case.description, language=case.language) if case.description else None
    by = Words(Text(BY_YOU[case.channel]))
    return Happened(event.id, event.at, Text(N_("Vi tog emot ditt ärende.")), own=own, by=by, is_quoted=True)


def _assigned(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    name, title = event.content["name"], event.content.get("title", "")
    values = {"name": name, "title": title[:1].lower() + title[1:]}
    fact = Text(
        N_("%(name)s, %(title)s, har ditt ärende.") if title else N_("%(name)s har ditt ärende."), values
    )
    by = _by_staff(event) if event.actor_id != event.content["officer"] else None
    return Happened(event.id, event.at, fact, by=by)


def _advanced(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    steps = {step["key"]: step["name"] for step in case.service.steps}
    named = steps.get(event.content["step"], "")
    fact = N_("Det är åtgärdat.") if event.content.get("remedied") else N_("Ett steg är klart:")
    return _said(case, event, Text(fact), named="" if event.content.get("remedied") else named)


def _said(
    case: Case, event: CaseEvent, fact: Text, *, named: str = "", remark: Text | None = None
) -> Happened:
    text = event.content.get("text") or ""
    own = Words(own=text) if text else None
    return Happened(event.id, event.at, fact, named=named, remark=remark, own=own, by=_by_staff(event))


def _answered(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return _said(case, event, Text(N_("Vi svarade dig.")))


def _holding(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    day = tongue.day(date.fromisoformat(event.content["expected"]))
    return _said(case, event, Text(N_("Vi lovade dig svar senast %(day)s."), {"day": day}))


def _asked(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    day = tongue.day(date.fromisoformat(event.content["answer_by"]))
    paused = Text(N_("Tiden pausades.")) if case.clocks else None
    return _said(case, event, Text(N_("Vi bad dig om svar senast %(day)s."), {"day": day}), remark=paused)


def _supplemented(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return _written(case, event, Text(N_("Du svarade på vår fråga.")), tongue)


def _message(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return _written(case, event, Text(N_("Du skrev till oss.")), tongue)


def _written(case: Case, event: CaseEvent, fact: Text, tongue: Language) -> Happened:
    """What the citizen has said; staff may have written it down for them."""
    text, files = event.content.get("text") or "", event.content.get("files", 0)
    own = Words(own=text, language=case.language) if text else None
    sent = Text(SENT_FILES[files > 1], {"count": tongue.number(files)}) if files else None
    by = Words(Text(N_("Du"))) if event.actor_kind is ActorKind.CITIZEN else _by_staff(event)
    return Happened(event.id, event.at, fact, remark=sent, own=own, by=by, is_quoted=True)


def _handed_over(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    fact = Text(N_("%(department)s har tagit över ditt ärende."), {"department": event.content["name"]})
    reason = Words(own=event.content["reason"]) if event.content["reason"] else None
    return Happened(event.id, event.at, fact, own=reason, by=_by_staff(event))


def _short_of(case: Case, event: CaseEvent) -> str:
    version = event.content["version"]
    return next((plain(clock.version.short) for clock in case.clocks if clock.version_id == version), "")


def _kept(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return Happened(event.id, event.at, Text(N_("Löftet hölls:")), named=_short_of(case, event))


def _breached(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    measures = {clock.version_id: clock.version.measure for clock in case.clocks}
    is_of_end = measures.get(event.content["version"]) in UNTIL_THE_END
    passed = N_("Lovad dag, %(day)s, passerade utan att ärendet var klart. Löftet räknas som brutet.")
    other = N_("Lovad dag, %(day)s, passerade. Löftet räknas som brutet.")
    day = tongue.day(date.fromisoformat(event.content["due"]))
    remark = Text(passed if is_of_end else other, {"day": day})
    fact = Text(N_("Löftet hölls inte:"))
    return Happened(event.id, event.at, fact, named=_short_of(case, event), remark=remark)


def _closed(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    outcome = tongue.gettext(OUTCOMES[Outcome(event.content["outcome"])])
    return _said(case, event, Text(N_("Ärendet är avslutat: %(outcome)s."), {"outcome": outcome}))


Say = Callable[[Case, CaseEvent, Language], Happened]
# A kind that is not here is never told to the citizen.
_WORDS: Mapping[EventKind, Say] = {
    EventKind.OPENED: _opened,
    EventKind.ASSIGNED: _assigned,
    EventKind.ADVANCED: _advanced,
    EventKind.ANSWERED: _answered,
    EventKind.HOLDING_ANSWER: _holding,
    EventKind.ASKED: _asked,
    EventKind.SUPPLEMENTED: _supplemented,
    EventKind.MESSAGE: _message,
    EventKind.HANDED_OVER: _handed_over,
    EventKind.KEPT: _kept,
    EventKind.BREACHED: _breached,
    EventKind.CLOSED: _closed,
}
