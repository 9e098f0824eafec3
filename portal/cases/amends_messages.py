"""The letters about promises that are near their end or broken, in the language of their reader."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from pledges.compensation import Kind, Per, rules_from
from portal.accounts.models import Staff
from portal.cases.access import Access
from portal.cases.due_words import end_of
from portal.cases.explained import explanation
from portal.cases.followed import work_of
from portal.cases.late_words import NAMED, TELL_CITIZEN, WILL_EXPLAIN, named
from portal.cases.messages import signed, to_citizen, to_department
from portal.cases.models import Case, CaseClock
from portal.cases.money import kronor, percent
from portal.cases.posting import officer_to_tell
from portal.i18n import N_, SOURCE, Language, Text, language, without_marks
from portal.outbox.letter import Letter
from portal.pledgebook.terms import compensation_words

STILL_OPEN = N_(
    "Vi lovade: %(promise)s Det betydde senast %(day)s, och ärendet är inte klart. Det är vårt fel, inte ditt."
)
CAME_LATE = N_(
    "Vi lovade: %(promise)s Det betydde senast %(day)s, men det blev %(ended)s. Vi beklagar det. Det är vårt fel, inte ditt."
)
COUNTED = N_("Löftet räknas som brutet, och det syns på löftets sida.")
NEW_DAY = N_("Ny dag: %(day)s.")
WILL_APOLOGISE = N_("Senast %(day)s skriver vi till dig och ber om ursäkt.")
WILL_TELL_HOW = N_("Senast %(day)s förklarar vi hur det kunde bli så.")
FEE_WHEN_DECIDED = N_("Hur mycket det blir får du veta när ärendet är avgjort.")
FEE_BY = N_("Senast %(day)s får du veta vad det blir.")


def broken(case: Case, clock: CaseClock, access: Access, today: date) -> Letter:
    """Admit to the citizen that a promise was broken, and say what follows: the reason and a new day, and by when."""
    tongue = language(case.language)
    subject = Text(N_("Vi höll inte vårt löfte i ärende %(reference)s"), {"reference": case.reference})
    said = [
        _admitted(clock, tongue),
        *_reason(case, clock, today, tongue),
        COUNTED,
        *_what_follows(case, clock, tongue),
    ]
    return to_citizen(case, access, subject, [*said, *clock.version.remedy])


def _admitted(clock: CaseClock, tongue: Language) -> Text:
    values = {"promise": without_marks(clock.version.promise), "day": end_of(clock, tongue)}
    if clock.ended_at is None:
        return Text(STILL_OPEN, values)
    return Text(CAME_LATE, {**values, "ended": tongue.day(clock.ended_at)})


def _reason(case: Case, clock: CaseClock, today: date, tongue: Language) -> Iterator[Text | str]:
    """Say why and the new day when the citizen has been told; otherwise by when somebody will."""
    told = explanation(case.events, clock.cycle, today)
    apology = next((work for work in work_of(case, clock) if work.kind == Kind.APOLOGY), None)
    if told is not None and clock.ended_at is None:
        yield told.reason
        yield Text(NEW_DAY, {"day": tongue.day(told.new_day)})
    elif apology is not None and apology.done_at is None:
        words = WILL_EXPLAIN if clock.ended_at is None else WILL_APOLOGISE
        yield Text(words, {"day": tongue.day(apology.due_on)})


def _what_follows(case: Case, clock: CaseClock, tongue: Language) -> Iterator[Text | str]:
    due = {work.kind: work.due_on for work in work_of(case, clock) if work.done_at is None}
    if Kind.EXPLANATION in due:
        yield Text(WILL_TELL_HOW, {"day": tongue.day(due[Kind.EXPLANATION])})
    for rule in rules_from(clock.version.compensation):
        if rule.fee is None or Kind.FEE_REDUCTION not in due:
            continue
        yield Text("%(words)s.", {"words": tongue.say(compensation_words(rule))})
        by_week = rule.fee.per is Per.STARTED_WEEK and clock.ended_at is None
        yield FEE_WHEN_DECIDED if by_week else Text(FEE_BY, {"day": tongue.day(due[Kind.FEE_REDUCTION])})


def delay_explained(case: Case, text: str, new_day: date, by: str, access: Access) -> Letter:
    """Tell the citizen why it is late, or will be, and the new day."""
    tongue = language(case.language)
    subject = Text(N_("Det dröjer med ditt ärende %(reference)s"), {"reference": case.reference})
    sorry = N_("Vi blir inte klara i tid. Vi ber om ursäkt för det.")
    day = Text(N_("Ny dag är %(day)s."), {"day": tongue.day(new_day)})
    return to_citizen(case, access, subject, [sorry, text, day, signed(by, case)])


def explained(case: Case, text: str, by: str, access: Access) -> Letter:
    """Tell the citizen how it came that a promise was broken."""
    subject = Text(N_("Därför höll vi inte vårt löfte i ärende %(reference)s"), {"reference": case.reference})
    return to_citizen(case, access, subject, [text, signed(by, case)])


def fee_lowered(case: Case, fee: int, share: Fraction, left: int, by: str, access: Access) -> Letter:
    """Tell the citizen by how much a fee is lowered because a promise was broken, and what is left to pay."""
    tongue = language(case.language)
    subject = Text(N_("Avgiften sänks i ärende %(reference)s"), {"reference": case.reference})
    values = {"fee": kronor(fee, tongue), "share": percent(share), "off": kronor(fee - left, tongue)}
    what = Text(
        N_("Vi höll inte vårt löfte. Därför sänker vi avgiften på %(fee)s med %(share)s procent: %(off)s."),
        values,
    )
    rest = Text(N_("Du betalar %(left)s."), {"left": kronor(left, tongue)})
    return to_citizen(case, access, subject, [what, rest, signed(by, case)])


def broken_at_department(case: Case, clock: CaseClock, access: Access) -> Letter:
    """Tell the department that a promise it answers for is broken as of now."""
    tongue = language(SOURCE)
    subject = Text(N_("Löftet är brutet i ärende %(reference)s"), {"reference": case.reference})
    values = named(clock, tongue)
    if clock.ended_at is None:
        return to_department(case, subject, [Text(NAMED, values), TELL_CITIZEN], access)
    came_late = N_(
        "%(promise)s. Lovad dag var %(day)s, och det blev %(ended)s. Invånaren har fått veta att löftet är brutet."
    )
    what = Text(came_late, {**values, "ended": tongue.day(clock.ended_at)})
    return to_department(case, subject, [what], access)


def broken_at_head(case: Case, clock: CaseClock, head: Staff, access: Access) -> Letter:
    """Tell the head of a department, after it has happened, that a promise was broken, and what work it gives."""
    tongue = language(SOURCE)
    subject = Text(N_("Ett löfte bröts: %(reference)s"), {"reference": case.reference})
    what = Text(NAMED, named(clock, tongue))
    has_case = officer_to_tell(case)
    who = (
        Text(N_("%(name)s har ärendet."), {"name": has_case.name})
        if has_case
        else N_("Ingen har tagit ärendet.")
    )
    days = [work.due_on for work in work_of(case, clock) if work.done_at is None]
    first = (
        Text(N_("Det ger arbete som ska vara gjort senast %(day)s."), {"day": tongue.day(min(days))})
        if days
        else None
    )
    said = [what, who, *([first] if first else [])]
    return _to_staff(case, head.email, subject, said, access)


def warned(case: Case, clock: CaseClock, access: Access) -> Letter:
    """Warn who has the case that a promised time is running out, or the department while nobody has it."""
    tongue = language(SOURCE)
    subject = Text(N_("Snart går löftet ut: %(reference)s"), {"reference": case.reference})
    values = {"promise": without_marks(clock.version.short), "day": end_of(clock, tongue)}
    what = Text(N_("%(promise)s. Sista dagen är %(day)s."), values)
    rest = N_(
        "En femtedel av tiden är kvar. Blir ni inte klara i tid: förklara förseningen för invånaren redan nu, med en ny dag."
    )
    return _to_staff(case, _address(case), subject, [what, rest], access)


def law_is_near(case: Case, title: str, nominal_on: date, access: Access) -> Letter:
    """Warn who has the case that the time that the law sets is running out."""
    tongue = language(SOURCE)
    subject = Text(N_("Lagens gräns närmar sig: %(reference)s"), {"reference": case.reference})
    values = {"title": title, "day": tongue.day(nominal_on)}
    what = Text(N_("%(title)s: lagens gräns är %(day)s."), values)
    other = N_("Det är lagens tid, inte vårt löfte. Löftets dag står i ärendet.")
    return _to_staff(case, _address(case), subject, [what, other], access)


def extended(case: Case, text: str, until: date, by: str, access: Access) -> Letter:
    """Tell the citizen that the time the law sets is prolonged, until when, and why."""
    tongue = language(case.language)
    subject = Text(N_("Tiden för beslut är förlängd i ärende %(reference)s"), {"reference": case.reference})
    what = Text(
        N_("Vi har beslutat att förlänga lagens tid. Den går nu till %(day)s."), {"day": tongue.day(until)}
    )
    ours = N_("Vårt löfte till dig ändras inte av det. Det räknas som förut.")
    return to_citizen(case, access, subject, [what, text, ours, signed(by, case)])


def decision_requested(case: Case, answer_on: date, access: Access) -> Letter:
    """Confirm to the citizen that they have asked for a decision, and by when they get an answer."""
    tongue = language(case.language)
    subject = Text(N_("Du har begärt ett beslut i ärende %(reference)s"), {"reference": case.reference})
    what = Text(
        N_(
            "Vi har tagit emot din begäran. Senast %(day)s får du antingen beslutet, eller ett eget beslut om att din begäran avslås. Det går att överklaga."
        ),
        {"day": tongue.day(answer_on)},
    )
    once = N_("Du kan begära det en gång i ett ärende. Förvaltningslagen (2017:900) 12 §.")
    return to_citizen(case, access, subject, [what, once])


def decision_requested_at_department(case: Case, answer_on: date, access: Access) -> Letter:
    """Tell the department that the citizen has asked for a decision, and the last day that the law gives."""
    tongue = language(SOURCE)
    subject = Text(N_("Beslut begärt i ärende %(reference)s"), {"reference": case.reference})
    what = Text(
        N_(
            "Invånaren har begärt att ärendet avgörs. Avgör det senast %(day)s, eller avslå begäran i ett särskilt beslut. Förvaltningslagen (2017:900) 12 §."
        ),
        {"day": tongue.day(answer_on)},
    )
    return to_department(case, subject, [what], access)


def _address(case: Case) -> str:
    officer = officer_to_tell(case)
    return officer.email if officer is not None else case.department.email


def _to_staff(
    case: Case, address: str, subject: Text, paragraphs: list[Text | str], access: Access
) -> Letter:
    return replace(to_department(case, subject, paragraphs, access), to=address)
