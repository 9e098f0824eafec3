"""The letters about pledges that are written, decided and to be looked at; to staff, in Swedish."""

from collections.abc import Sequence
from datetime import date

from portal.accounts.models import Staff
from portal.authoring.content import Content
from portal.authoring.models import PledgeDraft
from portal.i18n import N_, SOURCE, Text, language, without_marks
from portal.outbox.letter import Letter
from portal.pledgebook.models import Pledge, PledgeVersion

WHOLE = N_("Hela kommunen")


def to_review(draft: PledgeDraft, to: Staff, by: str, note: str, base_url: str) -> Letter:
    """Ask a head to look at a draft."""
    said = [
        Text(N_("%(name)s har skrivit ett utkast till löfte och vill att du granskar det."), {"name": by})
    ]
    return _about_draft(
        draft, to, Text(N_("Granska ett löfte: %(pledge)s"), _named(draft)), [*said, *_own(note)], base_url
    )


def sent_back(draft: PledgeDraft, to: Staff, by: str, note: str, base_url: str) -> Letter:
    """Tell the writer that the draft has come back, and why."""
    said = [Text(N_("%(name)s har skickat tillbaka ditt utkast, så att du kan skriva vidare."), {"name": by})]
    return _about_draft(
        draft,
        to,
        Text(N_("Skriv vidare på löftet: %(pledge)s"), _named(draft)),
        [*said, *_own(note)],
        base_url,
    )


def published(draft: PledgeDraft, to: Staff, first: date, base_url: str) -> Letter:
    """Tell the writer from which day the pledge holds."""
    said = [
        Text(N_("Löftet är beslutat och gäller från %(day)s."), {"day": language(SOURCE).full_day(first)})
    ]
    subject = Text(N_("Löftet är publicerat: %(pledge)s"), _named(draft))
    return _about_draft(draft, to, subject, said, base_url)


def review_soon(version: PledgeVersion, to: Staff, base_url: str) -> Letter:
    """Remind somebody that a pledge is to be looked at within a month."""
    what = N_("Löftet ska ses över senast %(day)s. Gäller det fortfarande? Behöver det ändras?")
    return _about_review(version, to, N_("Dags att se över löftet: %(pledge)s"), what, base_url)


def review_passed(version: PledgeVersion, to: Staff, base_url: str) -> Letter:
    """Remind somebody that the day for looking at a pledge has passed, which everybody can see."""
    what = N_("Löftet skulle ha setts över senast %(day)s. På löftets sida står nu att det inte är gjort.")
    return _about_review(version, to, N_("Löftet är inte översett: %(pledge)s"), what, base_url)


def _named(draft: PledgeDraft) -> dict[str, str]:
    return {"pledge": without_marks(Content.read(draft.content).short)}


def _own(note: str) -> list[str]:
    return [note] if note else []


def _about_draft(
    draft: PledgeDraft, to: Staff, subject: Text, paragraphs: Sequence[Text | str], base_url: str
) -> Letter:
    tongue = language(SOURCE)
    return Letter(
        to=to.email,
        subject=tongue.say(subject),
        paragraphs=tuple(part if isinstance(part, str) else tongue.say(part) for part in paragraphs),
        sender=draft.department.name if draft.department else tongue.gettext(WHOLE),
        button=(
            tongue.gettext(N_("Öppna utkastet")),
            f"{base_url}/redaktion/loften/utkast/{draft.id}",
        ),
    )


def _about_review(version: PledgeVersion, to: Staff, subject: str, what: str, base_url: str) -> Letter:
    tongue, pledge = language(SOURCE), version.pledge
    values = {"pledge": without_marks(version.short), "day": _review_day(version)}
    return Letter(
        to=to.email,
        subject=tongue.say(Text(subject, values)),
        paragraphs=(tongue.say(Text(what, values)),),
        sender=_sender(pledge),
        button=(tongue.gettext(N_("Öppna löftet")), f"{base_url}/redaktion/loften/{pledge.slug}"),
    )


def _review_day(version: PledgeVersion) -> str:
    return language(SOURCE).full_day(version.review_by) if version.review_by else ""


def _sender(pledge: Pledge) -> str:
    return pledge.department.name if pledge.department else language(SOURCE).gettext(WHOLE)
