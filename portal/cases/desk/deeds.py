"""What an officer can do to a case: each deed with its form, and the sentence that says it is done."""

from portal.accounts.models import Staff
from portal.cases import actions
from portal.cases.desk.closing import CloseForm
from portal.cases.desk.forms import (
    AnswerForm,
    AskForm,
    Double,
    HandOverForm,
    NoteForm,
    StepForm,
    SupplementForm,
    TakeForm,
)
from portal.cases.desk.handling import Doing, Handling
from portal.cases.messages import OUTCOMES
from portal.cases.queries import case_to_change
from portal.cases.rules import EventKind, Outcome, State
from portal.cases.turns import merge
from portal.departments.models import Department
from portal.i18n import N_, Text

ANSWER_SENT = N_("Svaret är skickat till invånaren.")
ANSWER_KEPT = N_(
    "Svaret är sparat och syns på ärendets sida. Det finns ingen e-postadress, så inget brev har skickats."
)
NOTICE_SENT = N_("Beskedet är skickat till invånaren. Ni har lovat svar senast %(day)s.")
NOTICE_KEPT = N_(
    "Beskedet är sparat och syns på ärendets sida. Ni har lovat svar senast %(day)s. Det finns ingen e-postadress, så inget brev har skickats."
)
RESUMED = N_("Kompletteringen är sparad. Ärendet väntar inte längre på invånaren.")
STEP_SENT = N_("Steget är klart, och invånaren har fått ett brev.")


def _take(doing: Doing, form: TakeForm) -> Text:
    officer = doing.db.get_one(Staff, int(form.officer.data))
    actions.assign(doing.db, doing.case, doing.who, officer, doing.at, doing.access)
    return Text(N_("%(name)s har ärendet nu."), {"name": officer.name})


def _answer(doing: Doing, form: AnswerForm) -> Text:
    text, expected, reaches = form.words, form.promised_on, bool(doing.case.contact_email)
    if expected is None:
        actions.answer(doing.db, doing.case, doing.who, text, doing.access, doing.at)
        return Text(ANSWER_SENT if reaches else ANSWER_KEPT)
    actions.promise_answer(
        doing.db, doing.case, doing.who, text, expected=expected, access=doing.access, at=doing.at
    )
    return Text(NOTICE_SENT if reaches else NOTICE_KEPT, {"day": doing.tongue.day(expected)})


def _ask(doing: Doing, form: AskForm) -> Text:
    last = form.last_day
    actions.ask(doing.db, doing.case, doing.who, form.words, answer_by=last, access=doing.access, at=doing.at)
    return Text(
        N_("Frågan är skickad. Ärendet väntar på invånaren till %(day)s."), {"day": doing.tongue.day(last)}
    )


def _supplement(doing: Doing, form: SupplementForm) -> Text:
    waited = doing.case.state is State.WAITING
    actions.receive(
        doing.db, doing.case, doing.who, form.words, file_ids=(), access=doing.access, at=doing.at
    )
    return Text(RESUMED if waited else N_("Det som invånaren sa är sparat."))


def _step(doing: Doing, form: StepForm) -> Text:
    text = form.words
    actions.advance(
        doing.db,
        doing.case,
        doing.who,
        form.step.data,
        text=text,
        remedied=form.is_remedied,
        access=doing.access,
        at=doing.at,
    )
    return Text(STEP_SENT if text and doing.case.contact_email else N_("Steget är klart."))


def _hand_over(doing: Doing, form: HandOverForm) -> Text:
    to = doing.db.get_one(Department, int(form.department.data))
    actions.hand_over(
        doing.db, doing.case, doing.who, to, reason=form.words, access=doing.access, at=doing.at
    )
    values = {"reference": doing.case.reference, "department": to.name}
    return Text(N_("Ärendet %(reference)s är lämnat till %(department)s."), values)


def _note(doing: Doing, form: NoteForm) -> Text:
    actions.note(doing.db, doing.case, doing.who, form.words, doing.at)
    return Text(N_("Anteckningen är sparad. Bara personal ser den."))


def _close(doing: Doing, form: CloseForm) -> Text:
    outcome = Outcome(form.outcome.data)
    if form.double is not None:
        return _merge(doing, form, form.double)
    actions.close(
        doing.db,
        doing.case,
        doing.who,
        outcome,
        text=form.words,
        detail=form.detail.data or "",
        access=doing.access,
        at=doing.at,
    )
    return Text(N_("Ärendet är avslutat: %(outcome)s."), {"outcome": doing.tongue.gettext(OUTCOMES[outcome])})


def _merge(doing: Doing, form: CloseForm, double: Double) -> Text:
    into = case_to_change(doing.db, double.id)
    merge(doing.db, doing.case, into, doing.who, text=form.words, access=doing.access, at=doing.at)
    return Text(N_("Ärendet är hopslaget med %(reference)s, som går vidare."), {"reference": into.reference})


TAKE = Handling("ta", N_("Ta ärendet"), N_("Spara"), TakeForm, frozenset({EventKind.ASSIGNED}), _take)
ANSWER = Handling(
    "svara",
    N_("Svara"),
    N_("Skicka svaret"),
    AnswerForm,
    frozenset({EventKind.ANSWERED, EventKind.HOLDING_ANSWER}),
    _answer,
)
ASK = Handling(
    "fraga", N_("Be om komplettering"), N_("Skicka frågan"), AskForm, frozenset({EventKind.ASKED}), _ask
)
SUPPLEMENT = Handling(
    "komplettera",
    N_("Registrera komplettering"),
    N_("Spara kompletteringen"),
    SupplementForm,
    frozenset({EventKind.SUPPLEMENTED, EventKind.MESSAGE}),
    _supplement,
)
STEP = Handling(
    "steg", N_("Markera steg"), N_("Markera som klart"), StepForm, frozenset({EventKind.ADVANCED}), _step
)
HAND_OVER = Handling(
    "lamna-over",
    N_("Lämna över"),
    N_("Lämna över ärendet"),
    HandOverForm,
    frozenset({EventKind.HANDED_OVER}),
    _hand_over,
)
NOTE = Handling(
    "anteckna", N_("Anteckna"), N_("Spara anteckningen"), NoteForm, frozenset({EventKind.NOTED}), _note
)
CLOSE = Handling(
    "avsluta", N_("Avsluta"), N_("Avsluta ärendet"), CloseForm, frozenset({EventKind.CLOSED}), _close
)
