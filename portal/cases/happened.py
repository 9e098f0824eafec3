"""What has happened in a case, told to its citizen. Pure: each kind of event has its words here, or is never told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from pledges.compensation import Kind
from portal.cases.messages import OUTCOMES
from portal.cases.models import Case, CaseEvent
from portal.cases.money import kronor, percent
from portal.cases.outlook import Words
from portal.cases.progress import UNTIL_THE_END, step_name
from portal.cases.rules import ActorKind, Channel, EventKind, Outcome
from portal.cases.shown import shown
from portal.i18n import N_, Language, Text, without_marks

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


def happened(case: Case, tongue: Language) -> tuple[Happened, ...]:
    """Give what has happened in words, newest first; what only staff may read is left out."""
    public = (event for event in reversed(case.events) if event.public)
    told = (_WORDS[event.kind](case, event, tongue) for event in public if event.kind in _WORDS)
    return tuple(told)


def promise_of_verdict(case: Case, event: CaseEvent) -> str:
    """Give in short the promise that an event says was kept or broken."""
    version = event.content["version"]
    return next(
        (without_marks(clock.version.short) for clock in case.clocks if clock.version_id == version), ""
    )


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
    if event.content.get("remedied"):
        return _said(event, Text(N_("Det är åtgärdat.")))
    return _said(event, Text(N_("Ett steg är klart:")), named=step_name(case, event.content["step"]))


def _said(event: CaseEvent, fact: Text, *, named: str = "", remark: Text | None = None) -> Happened:
    text = event.content.get("text") or ""
    own = Words(own=text) if text else None
    return Happened(event.id, event.at, fact, named=named, remark=remark, own=own, by=_by_staff(event))


def _answered(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return _said(event, Text(N_("Vi svarade dig.")))


def _holding(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    day = tongue.day(date.fromisoformat(event.content["expected"]))
    return _said(event, Text(N_("Vi lovade dig svar senast %(day)s."), {"day": day}))


def _asked(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    day = tongue.day(date.fromisoformat(event.content["answer_by"]))
    paused = Text(N_("Tiden pausades.")) if shown(case) else None
    return _said(event, Text(N_("Vi bad dig om svar senast %(day)s."), {"day": day}), remark=paused)


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


def _kept(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return Happened(event.id, event.at, Text(N_("Löftet hölls:")), named=promise_of_verdict(case, event))


def _breached(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    measures = {clock.version_id: clock.version.measure for clock in case.clocks}
    is_of_end = measures.get(event.content["version"]) in UNTIL_THE_END
    passed = N_("Lovad dag, %(day)s, passerade utan att ärendet var klart. Löftet räknas som brutet.")
    other = N_("Lovad dag, %(day)s, passerade. Löftet räknas som brutet.")
    day = tongue.day(date.fromisoformat(event.content["due"]))
    remark = Text(passed if is_of_end else other, {"day": day})
    fact = Text(N_("Löftet hölls inte:"))
    return Happened(event.id, event.at, fact, named=promise_of_verdict(case, event), remark=remark)


def _closed(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    outcome = tongue.gettext(OUTCOMES[Outcome(event.content["outcome"])])
    return _said(event, Text(N_("Ärendet är avslutat: %(outcome)s."), {"outcome": outcome}))


def _reopened(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    is_theirs = event.actor_kind is ActorKind.CITIZEN
    fact = Text(N_("Du öppnade ärendet igen.") if is_theirs else N_("Vi öppnade ärendet igen."))
    return _written(case, event, fact, tongue) if is_theirs else _said(event, fact)


def _excused(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    fact = Text(N_("Löftet räknas inte i vår statistik:"))
    own = Words(own=event.content["reason"])
    named = promise_of_verdict(case, event)
    return Happened(event.id, event.at, fact, named=named, own=own, by=_by_staff(event))


def _delay_explained(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    day = tongue.day(date.fromisoformat(event.content["new_day"]))
    return _said(event, Text(N_("Vi förklarade varför det dröjer. Ny dag: %(day)s."), {"day": day}))


def _extended(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    weeks = int(event.content["weeks"])
    words = N_("Vi förlängde lagens tid med en vecka."), N_("Vi förlängde lagens tid med %(count)s veckor.")
    ours = Text(N_("Vårt löfte ändras inte."))
    return _said(event, Text(words[weeks > 1], {"count": tongue.count_word(weeks)}), remark=ours)


def _decision_requested(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    fact = Text(N_("Du begärde att ärendet avgörs."))
    return Happened(event.id, event.at, fact, by=Words(Text(N_("Du"))))


def _followed_up(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    named = promise_of_verdict(case, event)
    if event.content["kind"] == Kind.FEE_REDUCTION:
        values = {
            "share": percent(Fraction(event.content["share"])),
            "left": kronor(event.content["left"], tongue),
        }
        lowered = Text(N_("Vi sänkte avgiften med %(share)s procent. Du betalar %(left)s."), values)
        return _said(event, lowered)
    return _said(event, Text(N_("Vi förklarade varför löftet inte hölls:")), named=named)


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
    EventKind.REOPENED: _reopened,
    EventKind.EXCUSED: _excused,
    EventKind.DELAY_EXPLAINED: _delay_explained,
    EventKind.EXTENDED: _extended,
    EventKind.DECISION_REQUESTED: _decision_requested,
    EventKind.FOLLOWED_UP: _followed_up,
}
