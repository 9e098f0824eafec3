"""The one sentence a citizen comes for, and what happens now. Pure; what is measured stands between asterisks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pledges.clock import Unit
from pledges.pledge import Measure
from portal.cases.messages import OUTCOMES
from portal.cases.models import Case, CaseEvent
from portal.cases.promised import Promised, Stand
from portal.cases.rules import EventKind, Outcome, State
from portal.clock import local_day
from portal.i18n import N_, SOURCE, Language, Text

RUNNING: Mapping[Measure, str] = {
    Measure.FIRST_ANSWER: N_("Vi lovar dig svar senast *%(day)s*."),
    Measure.REMEDY: N_("Vi lovar att det är klart senast *%(day)s*."),
    Measure.DECISION: N_("Vi lovar dig beslut senast *%(day)s*."),
    Measure.FORWARDING: N_("Vi lovar att ditt ärende är hos rätt person senast *%(day)s*."),
    Measure.CALL_BACK: N_("Vi lovar att ringa upp dig senast *%(day)s*."),
}
WAITING: Mapping[Measure, str] = {
    Measure.FIRST_ANSWER: N_("Vi behöver veta mer. Svarar du *i dag* får du vårt svar senast *%(day)s*."),
    Measure.REMEDY: N_("Vi behöver veta mer. Svarar du *i dag* är det klart senast *%(day)s*."),
    Measure.DECISION: N_("Vi behöver veta mer. Svarar du *i dag* får du beslut senast *%(day)s*."),
    Measure.FORWARDING: N_(
        "Vi behöver veta mer. Svarar du *i dag* är ärendet hos rätt person senast *%(day)s*."
    ),
    Measure.CALL_BACK: N_("Vi behöver veta mer. Svarar du *i dag* ringer vi upp dig senast *%(day)s*."),
}
LATE: Mapping[Measure, str] = {
    Measure.FIRST_ANSWER: N_("Vi lovade dig svar senast *%(day)s*. Det höll vi inte."),
    Measure.REMEDY: N_("Vi lovade att det skulle vara klart senast *%(day)s*. Det höll vi inte."),
    Measure.DECISION: N_("Vi lovade dig beslut senast *%(day)s*. Det höll vi inte."),
    Measure.FORWARDING: N_(
        "Vi lovade att ditt ärende skulle vara hos rätt person senast *%(day)s*. Det höll vi inte."
    ),
    Measure.CALL_BACK: N_("Vi lovade att ringa upp dig senast *%(day)s*. Det höll vi inte."),
}
# Kept while the case goes on.
KEPT: Mapping[Measure, str] = {
    Measure.FIRST_ANSWER: N_("Du fick svar *%(day)s*, i tid. Vi arbetar vidare med ditt ärende."),
    Measure.REMEDY: N_("Det blev klart *%(day)s*, i tid. Du får besked när ärendet avslutas."),
    Measure.DECISION: N_("Beslutet kom *%(day)s*, i tid."),
    Measure.FORWARDING: N_("Ditt ärende kom till rätt person *%(day)s*, i tid."),
    Measure.CALL_BACK: N_("Vi ringde upp dig *%(day)s*, i tid."),
}
BROKEN = N_("Vi lovade besked senast *%(due)s*. Det kom *%(day)s*, och vårt löfte hölls inte.")
CLOSED = N_("Klart *%(day)s*.")
CLOSED_ON_THE_DAY = N_("Klart *%(day)s*, på lovad dag.")
CLOSED_EARLIER = N_("Klart *%(day)s*. Vårt löfte hölls redan *%(ended)s*.")
# In working days and in calendar days: one day, then several.
BEFORE = (
    (
        N_("Klart *%(day)s*, en arbetsdag före lovad dag."),
        N_("Klart *%(day)s*, %(count)s arbetsdagar före lovad dag."),
    ),
    (N_("Klart *%(day)s*, en dag före lovad dag."), N_("Klart *%(day)s*, %(count)s dagar före lovad dag.")),
)
AFTER = (
    (
        N_("Klart *%(day)s*. Vi höll inte vårt löfte: det blev en arbetsdag för sent."),
        N_("Klart *%(day)s*. Vi höll inte vårt löfte: det blev %(count)s arbetsdagar för sent."),
    ),
    (
        N_("Klart *%(day)s*. Vi höll inte vårt löfte: det blev en dag för sent."),
        N_("Klart *%(day)s*. Vi höll inte vårt löfte: det blev %(count)s dagar för sent."),
    ),
)
NUMBERS = (
    "",
    "",
    N_("två"),
    N_("tre"),
    N_("fyra"),
    N_("fem"),
    N_("sex"),
    N_("sju"),
    N_("åtta"),
    N_("nio"),
    N_("tio"),
    N_("elva"),
    N_("tolv"),
)
TOLD_BY_STAFF = frozenset(
    {EventKind.ANSWERED, EventKind.HOLDING_ANSWER, EventKind.ADVANCED, EventKind.HANDED_OVER}
)
WAITING_UNTIL = N_("Vi behöver svar av dig senast *%(day)s*.")
WAITING_LATE = N_("Vi behöver svar av dig. Vi är också sena: lovad dag var *%(day)s*.")
RECEIVED = N_("Vi har tagit emot ditt ärende. Du får besked när något händer.")
ACTIVE = N_("Vi arbetar med ditt ärende. Du får besked när något händer.")


@dataclass(frozen=True)
class Words:
    """A piece of text: `said` is ours and is translated; `own` is somebody's own, in `language`, and stays."""

    said: Text | None = None
    own: str = ""
    language: str = SOURCE


def headline(case: Case, promise: Promised | None, tongue: Language) -> Text:
    """Give the sentence on top of the page."""
    if case.state is State.CLOSED:
        return _closed(case, promise, tongue)
    if case.state is State.WAITING:
        return _waiting(case, promise, tongue)
    if promise is None:
        return Text(RECEIVED if case.state is State.RECEIVED else ACTIVE)
    if promise.stand in (Stand.HELD, Stand.BROKEN):
        return _ended(promise, tongue)
    words = LATE if promise.stand is Stand.LATE else RUNNING
    return Text(words[promise.measure], {"day": tongue.day(promise.due_on)})


def _waiting(case: Case, promise: Promised | None, tongue: Language) -> Text:
    last = answer_by(case)
    if promise is not None and promise.stand is Stand.LATE:
        return Text(WAITING_LATE, {"day": tongue.day(promise.due_on)})
    if promise is not None and promise.is_open:
        return Text(WAITING[promise.measure], {"day": tongue.day(promise.due_on)})
    return Text(WAITING_UNTIL, {"day": tongue.day(last)})


def _ended(promise: Promised, tongue: Language) -> Text:
    days = {"day": tongue.day(promise.ended_on or promise.due_on), "due": tongue.day(promise.due_on)}
    return Text(KEPT[promise.measure] if promise.stand is Stand.HELD else BROKEN, days)


def _closed(case: Case, promise: Promised | None, tongue: Language) -> Text:
    ended = local_day(case.closed_at or case.received_at)
    days = {"day": tongue.day(ended)}
    if promise is None or promise.ended_on is None:
        return Text(CLOSED, days)
    if promise.stand is Stand.HELD and promise.ended_on != ended:
        return Text(CLOSED_EARLIER, {**days, "ended": tongue.day(promise.ended_on)})
    if promise.apart == 0:
        return Text(CLOSED_ON_THE_DAY, days)
    one, many = (BEFORE if promise.stand is Stand.HELD else AFTER)[promise.unit is not Unit.WORKING_DAYS]
    return Text(one if promise.apart == 1 else many, {**days, "count": _number(promise.apart, tongue)})


def _number(count: int, tongue: Language) -> str:
    return tongue.gettext(NUMBERS[count]) if count < len(NUMBERS) else tongue.number(count)


def answer_by(case: Case) -> date:
    """Give the last day to answer the question that the case waits for."""
    return date.fromisoformat(_last(case, EventKind.ASKED).content["answer_by"])


def question(case: Case) -> str:
    """Give the question that the case waits for, in the officer's own words."""
    return str(_last(case, EventKind.ASKED).content["text"])


def _last(case: Case, *kinds: EventKind) -> CaseEvent:
    return next(event for event in reversed(case.events) if event.kind in kinds)


def happens_now(case: Case, promise: Promised | None, at: datetime, tongue: Language) -> tuple[Words, ...]:
    """Give what happens now: who has the ball, and what the citizen must do, if anything."""
    if case.state is State.CLOSED:
        return _how_it_ended(case, tongue)
    if case.state is State.WAITING:
        return _what_to_do(case, at, tongue)
    return (
        *_latest_words(case),
        *_who_works(case),
        *_answer_to_come(case, at, tongue),
        *_admitted(promise),
        *_nothing_to_do(case),
    )


def _latest_words(case: Case) -> tuple[Words, ...]:
    """Give what an officer told the citizen last, unless the case has been handed over since."""
    told = next((event for event in reversed(case.events) if event.kind in TOLD_BY_STAFF), None)
    text = told.content.get("text", "") if told is not None else ""
    return (Words(own=text),) if text else ()


def _how_it_ended(case: Case, tongue: Language) -> tuple[Words, ...]:
    event = _last(case, EventKind.CLOSED)
    outcome, detail = Outcome(event.content["outcome"]), event.content["detail"]
    said = [
        Words(Text(N_("Så här slutade det: %(outcome)s."), {"outcome": tongue.gettext(OUTCOMES[outcome])}))
    ]
    if event.content["text"]:
        said.append(Words(own=event.content["text"]))
    if outcome is Outcome.NOT_OURS:
        said.append(Words(Text(N_("Vi har skickat ärendet till %(where)s."), {"where": detail})))
    if outcome is Outcome.DUPLICATE:
        said.append(Words(Text(N_("Samma sak finns redan i ärende %(reference)s."), {"reference": detail})))
    return (*said, Words(Text(N_("Du behöver inte göra något."))))


def _what_to_do(case: Case, at: datetime, tongue: Language) -> tuple[Words, ...]:
    last = answer_by(case)
    still = N_("Svara i rutan på den här sidan senast %(day)s.")
    over = N_("Sista dagen var %(day)s, men du kan fortfarande svara i rutan på den här sidan.")
    said = [Words(Text(still if local_day(at) <= last else over, {"day": tongue.day(last)}))]
    if case.clocks:
        said.append(
            Words(Text(N_("Medan vi väntar på dig räknas ingen tid. När du har svarat går tiden vidare.")))
        )
    return (
        *said,
        Words(Text(N_("Hör vi inget kan ärendet avslutas. Behöver du mer tid, skriv det i rutan."))),
    )


def _who_works(case: Case) -> tuple[Words, ...]:
    values = {"department": case.department.name, "officer": case.officer.name if case.officer else ""}
    if case.officer is not None:
        return (Words(Text(N_("%(officer)s på %(department)s arbetar med ditt ärende."), values)),)
    if case.state is State.RECEIVED:
        return (Words(Text(N_("Ditt ärende ligger hos %(department)s och ska bedömas."), values)),)
    return (Words(Text(N_("%(department)s arbetar med ditt ärende."), values)),)


def _answer_to_come(case: Case, at: datetime, tongue: Language) -> tuple[Words, ...]:
    event = next(
        (e for e in reversed(case.events) if e.kind in (EventKind.ANSWERED, EventKind.HOLDING_ANSWER)), None
    )
    if event is None or event.kind is EventKind.ANSWERED:
        return ()
    expected = date.fromisoformat(event.content["expected"])
    if expected < local_day(at):
        return ()
    return (Words(Text(N_("Du får svar senast %(day)s."), {"day": tongue.day(expected)})),)


def _admitted(promise: Promised | None) -> tuple[Words, ...]:
    if promise is None or promise.stand is not Stand.LATE:
        return ()
    counted = Words(
        Text(N_("Löftet räknas som brutet, och det syns på löftets sida. Det är vårt fel, inte ditt."))
    )
    return (counted, *(Words(own=remedy) for remedy in promise.remedy))


def _nothing_to_do(case: Case) -> tuple[Words, ...]:
    if case.contact_email:
        return (Words(Text(N_("Du behöver inte göra något. Du får ett mejl när något händer."))),)
    return (
        Words(Text(N_("Du behöver inte göra något."))),
        Words(
            Text(
                N_(
                    "Vi har ingen e-postadress till dig. Spara länken till den här sidan och titta här ibland."
                )
            )
        ),
    )
