"""What happens now in a case: who has the ball, and what the citizen must do, if anything. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from portal.cases.explained import explanation
from portal.cases.messages import OUTCOMES
from portal.cases.models import Case, CaseEvent
from portal.cases.promised import Promised, Stand
from portal.cases.rules import EventKind, Outcome, State
from portal.cases.shown import shown
from portal.clock import local_day
from portal.i18n import N_, SOURCE, Language, Text

MERGED = N_(
    "Samma sak finns i ärende %(reference)s. Vi arbetar vidare där, och löftet räknas från den dag då den första av er hörde av sig. Ring oss och säg båda numren om du vill veta hur det går."
)
TOLD_BY_STAFF = frozenset(
    {
        EventKind.ANSWERED,
        EventKind.HOLDING_ANSWER,
        EventKind.DELAY_EXPLAINED,
        EventKind.ADVANCED,
        EventKind.HANDED_OVER,
    }
)


@dataclass(frozen=True)
class Words:
    """A piece of text: `said` is ours and is translated; `own` is somebody's own, in `language`, and stays."""

    said: Text | None = None
    own: str = ""
    language: str = SOURCE


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
        *_new_day(case, at, tongue),
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
    if outcome is Outcome.DUPLICATE and event.content.get("merged"):
        said.append(Words(Text(MERGED, {"reference": detail})))
    elif outcome is Outcome.DUPLICATE:
        said.append(Words(Text(N_("Samma sak finns redan i ärende %(reference)s."), {"reference": detail})))
    return (*said, Words(Text(N_("Du behöver inte göra något."))))


def _what_to_do(case: Case, at: datetime, tongue: Language) -> tuple[Words, ...]:
    last = answer_by(case)
    still = N_("Svara i rutan på den här sidan senast %(day)s.")
    over = N_("Sista dagen var %(day)s, men du kan fortfarande svara i rutan på den här sidan.")
    said = [Words(Text(still if local_day(at) <= last else over, {"day": tongue.day(last)}))]
    if shown(case):
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


def expected_answer(case: Case, at: datetime) -> date | None:
    """Give the day on which we have said that an answer will come; None when it has come, or the day has passed."""
    answers = (EventKind.ANSWERED, EventKind.HOLDING_ANSWER)
    event = next((event for event in reversed(case.events) if event.kind in answers), None)
    if event is None or event.kind is EventKind.ANSWERED or case.state is State.CLOSED:
        return None
    expected = date.fromisoformat(event.content["expected"])
    return expected if expected >= local_day(at) else None


def _answer_to_come(case: Case, at: datetime, tongue: Language) -> tuple[Words, ...]:
    expected = expected_answer(case, at)
    return (
        (Words(Text(N_("Du får svar senast %(day)s."), {"day": tongue.day(expected)})),) if expected else ()
    )


def _new_day(case: Case, at: datetime, tongue: Language) -> tuple[Words, ...]:
    told = explanation(case.events, case.cycle, local_day(at))
    return (Words(Text(N_("Ny dag är %(day)s."), {"day": tongue.day(told.new_day)})),) if told else ()


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
