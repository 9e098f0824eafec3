"""What an officer should do next in a case, in one sentence. Pure: the first rule that fits decides."""

from datetime import date, datetime

from portal.cases.explained import notices, owes_explanation
from portal.cases.models import Case
from portal.cases.outlook import answer_by, expected_answer
from portal.cases.promised import Promised, Stand
from portal.cases.rules import ActorKind, EventKind, State
from portal.clock import local_day
from portal.i18n import N_, Language, Text

CLOSED = N_("Ärendet är avslutat. Inget mer behöver göras.")
WAIT = N_("Vänta på svaret från invånaren. Sista dagen är %(day)s.")
WAITED = N_("Sista dagen att svara var %(day)s. Ring invånaren, eller avsluta med ett skäl.")
EXPLAIN = N_(
    "Ge besked till invånaren: varför det dröjer och en ny dag. Löftet räknas som brutet, men den som väntar ska få veta varför."
)
EXPLAINED = N_("Löftet räknas som brutet. Ni har lovat svar senast %(day)s: håll den dagen.")
TOLD = N_("Löftet räknas som brutet. Ny dag är %(day)s: håll den dagen.")
AGAIN = N_("Den nya dagen har passerat utan förklaring. Förklara förseningen igen, med en ny dag.")
READ = N_("Invånaren har skrivit. Läs det och svara.")
TAKE = N_("Ingen har ärendet än. Ta det, så vet invånaren vem som arbetar med det.")
FINISH = N_("Invånaren har fått svar. Avsluta ärendet om inget återstår.")
TODAY = N_("Lovad dag är i dag. Bli klar i dag, eller ge besked om varför det dröjer.")
ANSWER = N_("Ni har lovat svar senast %(day)s.")
UNTIL = N_("Arbeta vidare. Lovad dag är %(day)s.")
ON = N_("Arbeta vidare, och berätta för invånaren när något händer.")
BY_CITIZEN = frozenset({EventKind.MESSAGE, EventKind.SUPPLEMENTED})
TALK = BY_CITIZEN | {EventKind.ANSWERED, EventKind.HOLDING_ANSWER, EventKind.ASKED, EventKind.ADVANCED}


def next_step(case: Case, promise: Promised | None, at: datetime, tongue: Language) -> Text:
    """Give what to do next; `promise` is the one that presses most, days are written in `tongue`."""
    if case.state is State.CLOSED:
        return Text(CLOSED)
    if case.state is State.WAITING:
        last = answer_by(case)
        return _by(WAIT if local_day(at) <= last else WAITED, last, tongue)
    if _is_unread(case):
        return Text(READ)
    expected = expected_answer(case, at)
    if promise is not None and promise.stand is Stand.LATE:
        return _late(case, promise, expected, local_day(at), tongue)
    if case.officer_id is None:
        return Text(TAKE)
    return _at_work(case, promise, expected, local_day(at), tongue)


def _late(case: Case, promise: Promised, expected: date | None, today: date, tongue: Language) -> Text:
    told = notices(case.events, case.cycle)
    if owes_explanation(case.events, case.cycle, promise.due_on, today):
        return Text(AGAIN if told else EXPLAIN)
    if told and told[-1].new_day >= today:
        return _by(TOLD, told[-1].new_day, tongue)
    return _by(EXPLAINED, expected, tongue) if expected else Text(EXPLAIN)


def _at_work(
    case: Case, promise: Promised | None, expected: date | None, today: date, tongue: Language
) -> Text:
    if expected is not None:
        return _by(ANSWER, expected, tongue)
    if promise is None or not promise.is_open:
        answered = any(event.kind is EventKind.ANSWERED for event in case.events)
        return Text(FINISH if answered else ON)
    return Text(TODAY) if promise.due_on == today else _by(UNTIL, promise.due_on, tongue)


def _is_unread(case: Case) -> bool:
    """Tell whether the citizen was the last to say something, by themselves."""
    last = next((event for event in reversed(case.events) if event.kind in TALK), None)
    return last is not None and last.kind in BY_CITIZEN and last.actor_kind is ActorKind.CITIZEN


def _by(words: str, day: date, tongue: Language) -> Text:
    return Text(words, {"day": tongue.day(day)})
