"""What is left before a draft can be decided, how ready we are to keep it, and advice on its language. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pledges.calendar import Calendar
from pledges.law_check import Looser, never_looser
from pledges.pledge import Source
from pledges.readability import Advice, AdviceKind, advise
from portal.authoring.content import Content
from portal.i18n import N_, Text, without_marks
from portal.pledgebook.promises import CLOCKED

NO_LAW_HERE = N_(
    "Utkastet säger att ingen lag sätter en gräns, men ett annat löfte för samma ärenden följer %(law)s."
    " Kontrollera om lagen gäller även här."
)


class FindingKind(StrEnum):
    """What a finding does: must be in order before the decision, shows how ready we are, or is only worth a look."""

    NEEDED = "needed"
    READY = "ready"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is in order, what it says, and the field it is about."""

    kind: FindingKind
    done: bool
    text: Text
    field: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What a draft is held against: the calendar, the services that have steps, other pledges, whether it was tried.

    `rivals` are the short texts of other pledges with the same measure that hold for the same cases; `laws_beside` is
    where the laws stand that other pledges of the same cases name, when the draft names none.
    """

    calendar: Calendar
    with_steps: frozenset[str]
    rivals: tuple[str, ...] = ()
    is_tried: bool = False
    laws_beside: tuple[str, ...] = ()


def findings(content: Content, around: Surroundings) -> tuple[Finding, ...]:
    """Give everything that is looked at before a decision."""
    return (*_words(content), *_measurable(content, around), *_readiness(content, around), *_rivals(around))


def missing(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give what must be put in order before the decision."""
    return tuple(one for one in found if one.kind is FindingKind.NEEDED and not one.done)


def looser(content: Content, calendar: Calendar) -> Looser | None:
    """Give a case that would be promised its answer later than the law allows; None when the promise is strict enough."""
    if content.limit is None or content.law_limit is None or content.measure not in CLOCKED:
        return None
    return never_looser(content.limit, content.law_limit, calendar)


def _need(done: object, yes: str, no: str, field: str) -> Finding:
    return Finding(FindingKind.NEEDED, bool(done), Text(yes if done else no), field)


def _words(content: Content) -> Iterator[Finding]:
    yield _need(content.promise, N_("Löftet är skrivet"), N_("Skriv löftet som en mening"), "promise")
    yield _need(
        content.short, N_("Löftet finns i korthet"), N_("Skriv löftet i korthet, för listor"), "short"
    )
    marked = all(text.count("*") == 2 for text in (content.promise, content.short))
    yield _need(
        marked,
        N_("Det som mäts är markerat i löftet"),
        N_("Markera det som mäts med en stjärna på var sida, både i löftet och i korthet"),
        "promise",
    )
    yield _need(
        content.remedy or content.compensation,
        N_("Det framgår vad som händer om vi inte håller löftet"),
        N_("Skriv vad som händer om vi inte håller löftet"),
        "remedy",
    )


def _measurable(content: Content, around: Surroundings) -> Iterator[Finding]:
    yield _need(content.measure, N_("Det är valt vad som mäts"), N_("Välj vad som mäts"), "measure")
    yield _need(content.target is not None, N_("Det finns ett mål"), N_("Skriv målet"), "target")
    yield _source(content)
    if content.source is Source.CASES and content.measure in CLOCKED:
        yield _need(
            content.limit, N_("Det finns en tid att mäta mot"), N_("Skriv hur lång tid vi lovar"), "amount"
        )
        yield _need(
            content.scopes,
            N_("Det är valt vilka ärenden löftet gäller"),
            N_("Välj vilka ärenden löftet gäller"),
            "scopes",
        )
    if content.law_limit is not None:
        yield _need(
            looser(content, around.calendar) is None,
            N_("Löftet är inte längre än lagens gräns"),
            N_("Löftet är längre än lagens gräns"),
            "law",
        )


def _source(content: Content) -> Finding:
    """A promise is measured on cases by a clock, or by a source that somebody can be asked about."""
    if content.source is Source.CASES:
        fits = content.measure is None or content.measure in CLOCKED
        return _need(
            fits,
            N_("Ärendena visar hur det går"),
            N_("Ärendena kan inte visa det som mäts. Välj en annan källa"),
            "source",
        )
    has_source = content.source is not None and content.measured_as
    return _need(
        has_source,
        N_("Det framgår varifrån siffrorna kommer"),
        N_("Välj varifrån siffrorna kommer, och skriv hur de tas fram"),
        "source",
    )


def _readiness(content: Content, around: Surroundings) -> Iterator[Finding]:
    yield _need(content.owner, N_("Löftet har en ansvarig"), N_("Skriv vem som svarar för löftet"), "owner")
    yield _need(
        content.review_by,
        N_("Det är bestämt när löftet ses över"),
        N_("Välj när löftet ska ses över nästa gång"),
        "review_by",
    )
    yield _ready(
        content.keeper_id is not None,
        N_("Någon får en påminnelse när löftet ska ses över"),
        N_("Ingen är vald att få påminnelser. De går då till cheferna"),
        "keeper_id",
    )
    if content.is_clocked:
        services = {place.service for place in content.scopes}
        yield _ready(
            bool(services) and services <= around.with_steps,
            N_("Arbetet bakom löftet är beskrivet, steg för steg"),
            N_("Någon av tjänsterna har inga steg som visar arbetet bakom löftet"),
            "scopes",
        )
        yield _ready(
            around.is_tried,
            N_("Löftet är prövat på riktiga ärenden"),
            N_("Löftet är inte prövat på riktiga ärenden, så som det är skrivet nu"),
            "",
        )


def _ready(done: bool, yes: str, no: str, field: str) -> Finding:
    return Finding(FindingKind.READY, done, Text(yes if done else no), field)


def _rivals(around: Surroundings) -> Iterator[Finding]:
    for short in around.rivals:
        text = Text(
            N_("Samma ärenden mäts redan på samma sätt i ett annat löfte: %(pledge)s"),
            {"pledge": without_marks(short)},
        )
        yield Finding(FindingKind.WARNING, False, text, "scopes")
    for reference in around.laws_beside:
        text = Text(NO_LAW_HERE, {"law": reference})
        yield Finding(FindingKind.WARNING, False, text, "law")


def prose(content: Content) -> str:
    """Give everything that the public will read, a line for each sentence, paragraph or point."""
    parts = (content.promise, *content.content, content.applies_to, *content.not_applies)
    parts = (*parts, *content.duties, *content.remedy, content.measured_as)
    return "\n".join(without_marks(part) for part in parts if part)


def language_advice(content: Content) -> tuple[Advice, ...]:
    """Give advice on the language of everything that the public will read. It stops nothing."""
    found = advise(prose(content))
    return tuple(advice for advice in found if advice.kind is not AdviceKind.TOO_SHORT)
