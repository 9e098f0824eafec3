"""Deeds of an officer that follow a delay or a broken promise, that the law knows, and that turn a case."""

from portal.accounts.rules import Deed
from portal.cases import amends, delays, legal_deeds, turns
from portal.cases.desk.handling import Doing, Handling
from portal.cases.desk.late_forms import (
    ExcuseForm,
    ExplainForm,
    ExplanationForm,
    ExtendForm,
    FeeForm,
    ReopenForm,
)
from portal.cases.money import kronor, percent
from portal.cases.rules import EventKind
from portal.errors import Conflict
from portal.i18n import N_, Text

EXPLAINED = N_("Invånaren har fått veta varför det dröjer. Ny dag är %(day)s.")
EXPLAINED_HERE = N_(
    "Förklaringen och den nya dagen, %(day)s, står på ärendets sida. Det finns ingen e-postadress, så inget brev har skickats."
)
TOLD_HOW = N_("Förklaringen är skickad till invånaren.")
TOLD_HERE = N_(
    "Förklaringen står på ärendets sida. Det finns ingen e-postadress, så inget brev har skickats."
)
LOWERED = N_("Avgiften är sänkt med %(share)s procent. Invånaren betalar %(left)s.")
EXTENDED = N_("Lagens tid är förlängd. Invånaren har fått skälet.")
EXCUSED = N_("Löftet räknas inte i statistiken. Skälet syns för alla som kan läsa ärendet.")
REOPENED = N_("Ärendet är öppet igen. Invånaren har fått veta det.")


def _explain(doing: Doing, form: ExplainForm) -> Text:
    delays.explain_delay(
        doing.db, doing.case, doing.who, form.words, new_day=form.day, access=doing.access, at=doing.at
    )
    reaches = bool(doing.case.contact_email)
    return Text(EXPLAINED if reaches else EXPLAINED_HERE, {"day": form.day})


def _tell_how(doing: Doing, form: ExplanationForm) -> Text:
    amends.explain_breach(doing.db, doing.case, doing.who, form.words, doing.access, doing.at)
    return Text(TOLD_HOW if doing.case.contact_email else TOLD_HERE)


def _lower_fee(doing: Doing, form: FeeForm) -> Text:
    due = amends.ready_fee(doing.case)
    if due is None:
        raise Conflict(f"{doing.case.reference}: no fee is to be lowered")
    lowered = amends.lower_fee(
        doing.db,
        doing.case,
        due[0],
        doing.who,
        fee=form.ore,
        share=form.share,
        access=doing.access,
        at=doing.at,
    )
    return Text(LOWERED, {"share": percent(lowered.share), "left": kronor(lowered.left, doing.tongue)})


def _extend(doing: Doing, form: ExtendForm) -> Text:
    legal_deeds.extend(
        doing.db,
        doing.case,
        doing.who,
        form.words,
        weeks=int(form.weeks.data),
        access=doing.access,
        at=doing.at,
    )
    return Text(EXTENDED)


def _excuse(doing: Doing, form: ExcuseForm) -> Text:
    turns.excuse(doing.db, doing.case, form.chosen(doing.case), doing.who, form.words, doing.at)
    return Text(EXCUSED)


def _reopen(doing: Doing, form: ReopenForm) -> Text:
    turns.reopen(doing.db, doing.case, doing.who, form.words, doing.access, doing.at)
    return Text(REOPENED)


EXPLAIN = Handling(
    "forklara",
    N_("Förklara förseningen"),
    N_("Skicka förklaringen"),
    ExplainForm,
    frozenset({EventKind.DELAY_EXPLAINED}),
    _explain,
)
TELL_HOW = Handling(
    "folj-upp",
    N_("Förklara varför löftet bröts"),
    N_("Skicka förklaringen"),
    ExplanationForm,
    frozenset({EventKind.FOLLOWED_UP}),
    _tell_how,
)
LOWER_FEE = Handling(
    "sank-avgiften",
    N_("Sänk avgiften"),
    N_("Sänk avgiften och skicka brevet"),
    FeeForm,
    frozenset({EventKind.FOLLOWED_UP}),
    _lower_fee,
)
EXTEND = Handling(
    "forlang",
    N_("Förläng lagens tid"),
    N_("Förläng tiden"),
    ExtendForm,
    frozenset({EventKind.EXTENDED}),
    _extend,
)
EXCUSE = Handling(
    "undanta",
    N_("Undanta från statistiken"),
    N_("Undanta löftet"),
    ExcuseForm,
    frozenset({EventKind.EXCUSED}),
    _excuse,
    Deed.EXCUSE_CLOCK,
)
REOPEN = Handling(
    "oppna",
    N_("Öppna igen"),
    N_("Öppna ärendet igen"),
    ReopenForm,
    frozenset({EventKind.REOPENED}),
    _reopen,
)
