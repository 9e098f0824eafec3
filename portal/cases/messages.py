"""The letters about a case, in the language of the case."""

from datetime import date
from typing import Any

from portal.cases.access import Access
from portal.cases.due_words import end_of
from portal.cases.late_words import admitted, late_at_department
from portal.cases.models import Case
from portal.cases.rules import Outcome
from portal.cases.shown import shown
from portal.departments.models import Department
from portal.i18n import N_, SOURCE, Language, Text, language, without_marks
from portal.outbox.letter import Letter
from portal.pledgebook.models import TallyState

OUTCOMES = {
    Outcome.REMEDIED: N_("Åtgärdat"),
    Outcome.ANSWERED: N_("Besvarat"),
    Outcome.APPROVED: N_("Beviljat"),
    Outcome.REJECTED: N_("Avslaget"),
    Outcome.NO_ACTION: N_("Ingen åtgärd"),
    Outcome.NOT_OURS: N_("Inte vårt ansvar"),
    Outcome.DUPLICATE: N_("Redan anmält"),
    Outcome.NOT_FOUND: N_("Vi hittade inte felet"),
    Outcome.WITHDRAWN: N_("Återtaget"),
}


def receipt(case: Case, access: Access) -> Letter:
    """Tell the citizen that the case has come in, what was promised, and where it can be followed."""
    tongue = language(case.language)
    subject = Text(N_("Vi har tagit emot ditt ärende %(reference)s"), {"reference": case.reference})
    thanks = Text(N_("Tack. Vi har tagit emot ditt ärende: %(title)s."), {"title": case.title})
    who = Text(N_("%(department)s svarar för ärendet. Du får ett brev när något händer."), _names(case))
    said = [thanks, *_promised(case, tongue), *admitted(case, tongue), who]
    return to_citizen(case, access, subject, said)


def _promised(case: Case, tongue: Language) -> list[Text]:
    """Say what the main pledge promises and the day; nothing when that has been broken already."""
    main = next(iter(shown(case)), None)
    if main is None or main.state is TallyState.LATE:
        return []
    values = {"promise": without_marks(main.version.promise), "day": end_of(main, tongue)}
    return [Text(N_("Vi lovar: %(promise)s Det betyder senast %(day)s."), values)]


def answered(case: Case, text: str, by: str, access: Access) -> Letter:
    """Give the citizen the answer."""
    subject = Text(N_("Svar på ditt ärende %(reference)s"), {"reference": case.reference})
    return to_citizen(case, access, subject, [text, signed(by, case)])


def holding(case: Case, text: str, by: str, expected: date, access: Access) -> Letter:
    """Tell the citizen who will answer, and when."""
    tongue = language(case.language)
    subject = Text(N_("Besked om ditt ärende %(reference)s"), {"reference": case.reference})
    when = Text(N_("Du får svar senast %(day)s av %(name)s."), {"day": tongue.day(expected), "name": by})
    return to_citizen(case, access, subject, [text, when])


def asked(case: Case, text: str, by: str, answer_by: date, access: Access) -> Letter:
    """Ask the citizen for what is missing; the clock stands still until the answer comes."""
    tongue = language(case.language)
    subject = Text(N_("Vi behöver mer av dig: %(reference)s"), {"reference": case.reference})
    rest = [
        Text(N_("Svara senast %(day)s, med knappen nedan."), {"day": tongue.day(answer_by)}),
        N_("Medan vi väntar på dig står tiden i vårt löfte stilla. Den går vidare när du har svarat."),
        signed(by, case),
    ]
    return to_citizen(case, access, subject, [text, *rest], button=N_("Svara på frågan"))


def advanced(case: Case, step: str, text: str, by: str, access: Access) -> Letter:
    """Tell the citizen that the case has come further."""
    subject = Text(N_("Ditt ärende %(reference)s: %(step)s"), {"reference": case.reference, "step": step})
    return to_citizen(case, access, subject, [text, signed(by, case)])


def handed_over(case: Case, to: Department, reason: str, access: Access) -> Letter:
    """Tell the citizen that somebody else has the case now, and why."""
    subject = Text(
        N_("Ditt ärende %(reference)s finns nu hos %(department)s"),
        {"reference": case.reference, "department": to.name},
    )
    what = Text(
        N_("Vi har lämnat ditt ärende till %(department)s. Du behöver inte göra något."),
        {"department": to.name},
    )
    return to_citizen(case, access, subject, [what, reason])


def closed(case: Case, outcome: Outcome, text: str, by: str, access: Access) -> Letter:
    """Tell the citizen how the case ended."""
    subject = Text(N_("Ditt ärende %(reference)s är klart"), {"reference": case.reference})
    ended = Text(
        N_("Så här slutade det: %(outcome)s."),
        {"outcome": language(case.language).gettext(OUTCOMES[outcome])},
    )
    wrong = Text(N_("Stämmer det inte? Ring %(phone)s eller svara på det här brevet."), _names(case))
    return to_citizen(case, access, subject, [ended, *([text] if text else []), wrong, signed(by, case)])


def to_department(case: Case, subject: Text, paragraphs: list[Text | str], access: Access) -> Letter:
    """Tell the department's own mailbox about a case; nothing of the citizen's is in the letter."""
    tongue = language(SOURCE)
    return Letter(
        to=case.department.email,
        subject=tongue.say(subject),
        paragraphs=tuple(tongue.say(paragraph) for paragraph in paragraphs),
        sender=case.department.name,
        facts=(
            (tongue.gettext(N_("Ärende")), case.reference),
            (tongue.gettext(N_("Gäller")), case.service.name),
        ),
        button=(tongue.gettext(N_("Öppna ärendet")), access.desk(case)),
    )


def arrived(case: Case, access: Access) -> Letter:
    """Tell the department that a case has come to it."""
    tongue = language(SOURCE)
    subject = Text(N_("Nytt ärende: %(reference)s"), {"reference": case.reference})
    return to_department(case, subject, [N_("Ett ärende har kommit till er."), *_due(case, tongue)], access)


def _due(case: Case, tongue: Language) -> list[Text | str]:
    """Tell the department what has been promised, and every promise that is broken already."""
    return [*_promised(case, tongue), *late_at_department(case, tongue)]


def reopened(case: Case, text: str, access: Access) -> Letter:
    """Tell the citizen that the case is open again, and what we promise from now on."""
    tongue = language(case.language)
    subject = Text(N_("Ditt ärende %(reference)s är öppet igen"), {"reference": case.reference})
    again = Text(N_("Vi har öppnat ditt ärende igen: %(title)s."), {"title": case.title})
    promised = _promised(case, tongue)
    return to_citizen(case, access, subject, [again, *([text] if text else []), *promised])


def back_at_department(case: Case, access: Access) -> Letter:
    """Tell the department that a case it had closed is open again."""
    subject = Text(N_("Ärendet %(reference)s är öppet igen"), {"reference": case.reference})
    again = N_("Ett avslutat ärende har öppnats igen. Läs i ärendet varför.")
    return to_department(case, subject, [again, *_due(case, language(SOURCE))], access)


def merged(case: Case, into: Case, text: str, by: str, access: Access) -> Letter:
    """Tell the citizen that the same matter is dealt with in another case, and from when it counts."""
    subject = Text(
        N_("Ditt ärende %(reference)s hör ihop med ett annat ärende"), {"reference": case.reference}
    )
    where = Text(
        N_(
            "Samma sak finns i ärende %(reference)s. Vi arbetar vidare där, och löftet räknas från den dag då den första av er hörde av sig."
        ),
        {"reference": into.reference},
    )
    return to_citizen(case, access, subject, [where, *([text] if text else []), signed(by, case)])


def withdrawn(case: Case, access: Access) -> Letter:
    """Confirm to the citizen that the case is closed because they took it back."""
    subject = Text(N_("Du har tagit tillbaka ditt ärende %(reference)s"), {"reference": case.reference})
    ended = Text(
        N_(
            "Vi har avslutat ärendet, som du bad om. Ångrar du dig, ring %(phone)s eller svara på det här brevet."
        ),
        _names(case),
    )
    return to_citizen(case, access, subject, [ended])


def withdrawn_at_department(case: Case, access: Access) -> Letter:
    """Tell the department that the citizen has taken a case back."""
    subject = Text(N_("Ärendet %(reference)s är återtaget"), {"reference": case.reference})
    what = N_("Invånaren har tagit tillbaka ärendet. Det är avslutat, och ni behöver inte göra något.")
    return to_department(case, subject, [what], access)


def citizen_wrote(case: Case, access: Access) -> Letter:
    """Tell the department that the citizen has written in a case."""
    subject = Text(N_("Nytt från invånaren i ärende %(reference)s"), {"reference": case.reference})
    return to_department(case, subject, [N_("Invånaren har skrivit eller skickat något i ärendet.")], access)


def _names(case: Case) -> dict[str, str]:
    return {"department": case.department.name, "phone": case.department.phone}


def signed(by: str, case: Case) -> Text:
    """Give who writes, and for which department."""
    return Text("%(name)s, %(department)s", {"name": by, "department": case.department.name})


def to_citizen(
    case: Case,
    access: Access,
    subject: Text,
    paragraphs: list[Any],
    button: str = N_("Följ ditt ärende"),
) -> Letter:
    """Write to the citizen in the language of the case, with what they need to follow it."""
    tongue = language(case.language)
    return Letter(
        to=case.contact_email,
        subject=tongue.say(subject),
        paragraphs=tuple(_said(tongue, paragraph) for paragraph in paragraphs),
        sender=case.department.name,
        language=case.language,
        facts=(
            (tongue.gettext(N_("Ärendenummer")), case.reference),
            *_promised_day(case, tongue),
            (tongue.gettext(N_("Ansvarig")), case.department.name),
            (tongue.gettext(N_("Telefon")), case.department.phone),
        ),
        button=(tongue.gettext(button), access.tracker(case)),
        closing=(tongue.gettext(N_("Länken är bara till för dig. Den som har länken kan se ärendet.")),),
        reply_to=case.department.email,
    )


def _promised_day(case: Case, tongue: Language) -> list[tuple[str, str]]:
    """Give the day that the main pledge promises, while its clock runs or is late; otherwise nothing."""
    main = next(iter(shown(case)), None)
    if main is None or main.state not in (TallyState.RUNNING, TallyState.LATE):
        return []
    return [(tongue.gettext(N_("Lovad dag")), end_of(main, tongue))]


def _said(tongue: Language, paragraph: Text | str) -> str:
    """Say a Text or a msgid; what a person has written themselves is not in the catalogue and stays as it is."""
    return tongue.say(paragraph)
