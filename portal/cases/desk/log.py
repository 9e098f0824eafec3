"""Everything that has happened in a case, as staff read it: with notes, names, and what was written down later. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from pledges.compensation import Kind
from portal.cases.happened import Happened, promise_of_verdict
from portal.cases.messages import OUTCOMES
from portal.cases.models import Case, CaseEvent
from portal.cases.money import kronor, percent
from portal.cases.outlook import Words
from portal.cases.progress import step_name
from portal.cases.rules import ActorKind, EventKind, Outcome
from portal.cases.shown import shown
from portal.cases.timeline import CHANNELS
from portal.i18n import N_, Language, Text

# What was written down so much later than it happened is told to be so.
LATER = timedelta(minutes=5)
CITIZEN = Text(N_("Invånaren"))
SYSTEM = Text(N_("Systemet"))
FILES = (N_("En bild följde med."), N_("%(count)s bilder följde med."))
DONE: Mapping[Kind, str] = {
    Kind.APOLOGY: N_("Ursäkt till invånaren:"),
    Kind.EXPLANATION: N_("Förklaring till invånaren:"),
    Kind.FEE_REDUCTION: N_("Avgiften är sänkt:"),
}
BY_CITIZEN = frozenset({EventKind.OPENED, EventKind.MESSAGE, EventKind.SUPPLEMENTED})


@dataclass(frozen=True)
class Entry:
    """One line of the log; `recorded_at` is given when it was written down later than it happened."""

    happened: Happened
    is_internal: bool
    recorded_at: datetime | None


def log(case: Case, tongue: Language) -> tuple[Entry, ...]:
    """Give every event of the case, newest first."""
    return entries(case, tuple(reversed(case.events)), tongue)


def entries(case: Case, events: Sequence[CaseEvent], tongue: Language) -> tuple[Entry, ...]:
    """Give the events as lines, in the order they come."""
    return tuple(_entry(case, event, tongue) for event in events)


def _entry(case: Case, event: CaseEvent, tongue: Language) -> Entry:
    is_late = event.recorded_at - event.at > LATER
    return Entry(
        _WORDS[event.kind](case, event, tongue),
        is_internal=not event.public,
        recorded_at=event.recorded_at if is_late else None,
    )


def _by(event: CaseEvent) -> Words:
    if event.actor_kind is ActorKind.CITIZEN:
        return Words(CITIZEN)
    return Words(own=event.actor_name) if event.actor_name else Words(SYSTEM)


def _told(
    case: Case, event: CaseEvent, fact: Text, *, named: str = "", remark: Text | None = None, own: str = ""
) -> Happened:
    """A fact with the words that were said; the citizen's own words are in their language and marked as theirs."""
    text = own or event.content.get("text") or ""
    told_by_citizen = event.kind is EventKind.REOPENED and event.actor_kind is ActorKind.CITIZEN
    is_theirs = event.kind in BY_CITIZEN or told_by_citizen
    words = Words(own=text, language=case.language) if is_theirs else Words(own=text)
    return Happened(
        event.id,
        event.at,
        fact,
        named=named,
        remark=remark,
        own=words if text else None,
        by=_by(event),
        is_quoted=is_theirs,
    )


def _opened(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    channel = tongue.gettext(CHANNELS[case.channel])
    return _told(case, event, Text(N_("Ärendet kom in: %(channel)s."), {"channel": channel.lower()}))


def _assigned(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    name = {"name": event.content["name"]}
    took = event.actor_id == event.content["officer"]
    return _told(
        case, event, Text(N_("%(name)s tog ärendet.") if took else N_("%(name)s fick ärendet."), name)
    )


def _advanced(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    remark = Text(N_("Felet är åtgärdat.")) if event.content.get("remedied") else None
    named = step_name(case, event.content["step"]) or event.content["step"]
    return _told(case, event, Text(N_("Steg klart:")), named=named, remark=remark)


def _answered(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return _told(case, event, Text(N_("Svar till invånaren.")))


def _holding(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    day = {"day": tongue.day(date.fromisoformat(event.content["expected"]))}
    return _told(case, event, Text(N_("Besked till invånaren: svar kommer senast %(day)s."), day))


def _asked(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    day = {"day": tongue.day(date.fromisoformat(event.content["answer_by"]))}
    paused = Text(N_("Tiden pausades.")) if shown(case) else None
    return _told(case, event, Text(N_("Fråga till invånaren, med svar senast %(day)s."), day), remark=paused)


def _supplemented(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return _told(case, event, Text(N_("Komplettering från invånaren.")), remark=_files(event, tongue))


def _message(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return _told(case, event, Text(N_("Meddelande från invånaren.")), remark=_files(event, tongue))


def _files(event: CaseEvent, tongue: Language) -> Text | None:
    count = event.content.get("files", 0)
    return Text(FILES[count > 1], {"count": tongue.number(count)}) if count else None


def _noted(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return _told(case, event, Text(N_("Anteckning.")))


def _handed_over(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    fact = Text(N_("Ärendet lämnades till %(department)s."), {"department": event.content["name"]})
    return _told(case, event, fact, own=event.content["reason"])


def _kept(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return _told(case, event, Text(N_("Löftet hölls:")), named=promise_of_verdict(case, event))


def _breached(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    day = {"day": tongue.day(date.fromisoformat(event.content["due"]))}
    passed = Text(N_("Lovad dag var %(day)s."), day)
    return _told(case, event, Text(N_("Löftet bröts:")), named=promise_of_verdict(case, event), remark=passed)


def _closed(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    outcome, detail = Outcome(event.content["outcome"]), event.content["detail"]
    fact = Text(N_("Avslutat: %(outcome)s."), {"outcome": tongue.gettext(OUTCOMES[outcome])})
    where = {
        Outcome.NOT_OURS: N_("Skickat till %(detail)s."),
        Outcome.DUPLICATE: N_("Samma som %(detail)s."),
    }.get(outcome)
    return _told(case, event, fact, remark=Text(where, {"detail": detail}) if where else None)


def _reopened(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return _told(case, event, Text(N_("Ärendet öppnades igen. Nya löften började räknas.")))


def _absorbed(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    received = datetime.fromisoformat(event.content["received_at"])
    remark = Text(
        N_("Det kom in %(day)s. Löftet räknas från den som kom först."), {"day": tongue.day(received)}
    )
    fact = Text(
        N_("Ärendet %(reference)s slogs ihop med det här."), {"reference": event.content["reference"]}
    )
    return _told(case, event, fact, remark=remark)


def _excused(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    fact = Text(N_("Löftet räknas inte:"))
    return _told(case, event, fact, named=promise_of_verdict(case, event), own=event.content["reason"])


def _contested(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return _told(
        case, event, Text(N_("Invånaren säger att ett löfte inte hölls. Det räknas på löftets sida."))
    )


def _warned(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    last = Text(N_("Sista dagen är %(day)s."), {"day": tongue.day(date.fromisoformat(event.content["due"]))})
    if "law" in event.content:
        return _told(case, event, Text(N_("Påminnelse skickad: lagens gräns närmar sig.")), remark=last)
    named = promise_of_verdict(case, event)
    return _told(case, event, Text(N_("Påminnelse skickad:")), named=named, remark=last)


def _delay_explained(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    day = {"day": tongue.day(date.fromisoformat(event.content["new_day"]))}
    return _told(case, event, Text(N_("Förseningen förklarad för invånaren. Ny dag: %(day)s."), day))


def _extended(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    weeks = {"weeks": tongue.number(int(event.content["weeks"]))}
    return _told(case, event, Text(N_("Lagens tid förlängd, antal veckor: %(weeks)s."), weeks))


def _decision_requested(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    return _told(case, event, Text(N_("Invånaren begärde att ärendet avgörs.")))


def _followed_up(case: Case, event: CaseEvent, tongue: Language) -> Happened:
    named, kind = promise_of_verdict(case, event), Kind(event.content["kind"])
    remark = None
    if kind is Kind.FEE_REDUCTION:
        sums = {name: kronor(event.content[name], tongue) for name in ("fee", "left")}
        words = N_("Avgift %(fee)s, avdrag %(share)s procent, att betala %(left)s.")
        remark = Text(words, {**sums, "share": percent(Fraction(event.content["share"]))})
    return _told(case, event, Text(DONE[kind]), named=named, remark=remark)


Say = Callable[[Case, CaseEvent, Language], Happened]
_WORDS: Mapping[EventKind, Say] = {
    EventKind.OPENED: _opened,
    EventKind.ASSIGNED: _assigned,
    EventKind.ADVANCED: _advanced,
    EventKind.ANSWERED: _answered,
    EventKind.HOLDING_ANSWER: _holding,
    EventKind.ASKED: _asked,
    EventKind.SUPPLEMENTED: _supplemented,
    EventKind.MESSAGE: _message,
    EventKind.NOTED: _noted,
    EventKind.HANDED_OVER: _handed_over,
    EventKind.KEPT: _kept,
    EventKind.BREACHED: _breached,
    EventKind.CLOSED: _closed,
    EventKind.REOPENED: _reopened,
    EventKind.ABSORBED: _absorbed,
    EventKind.EXCUSED: _excused,
    EventKind.CONTESTED: _contested,
    EventKind.WARNED: _warned,
    EventKind.DELAY_EXPLAINED: _delay_explained,
    EventKind.EXTENDED: _extended,
    EventKind.DECISION_REQUESTED: _decision_requested,
    EventKind.FOLLOWED_UP: _followed_up,
}
