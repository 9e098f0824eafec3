"""What the officer's pages say of work after broken promises, and of the times that the law sets. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pledges.compensation import Kind
from portal.cases.amends import owed, waits
from portal.cases.desk.words import Mark
from portal.cases.legal.times import CaseLaw
from portal.cases.models import Case, CaseClock, FollowUp
from portal.cases.money import percent
from portal.i18n import N_, Language, Text

KINDS: Mapping[Kind, str] = {
    Kind.APOLOGY: N_("Be om ursäkt och ge en ny dag"),
    Kind.EXPLANATION: N_("Förklara varför löftet bröts"),
    Kind.FEE_REDUCTION: N_("Sänk avgiften"),
}
# The deed by which each kind is done.
DEEDS: Mapping[Kind, str] = {
    Kind.APOLOGY: "forklara",
    Kind.EXPLANATION: "folj-upp",
    Kind.FEE_REDUCTION: "sank-avgiften",
}
APOLOGISE = N_("Be om ursäkt för att det blev sent")
WAITS = N_("när ärendet är avgjort")


@dataclass(frozen=True)
class Task:
    """One piece of work: what it is, by which deed it is done, its last day (or what it waits for), how it stands."""

    words: Text
    deed: str
    due: Text
    mark: Mark
    case: Case
    promise: str


def task(case: Case, work: FollowUp, clock: CaseClock, today: date, tongue: Language) -> Task:
    """Give a piece of work of a case as it is shown; the clock comes with its version."""
    kind, late = Kind(work.kind), work.due_on < today and not waits(work, clock)
    due = Text(WAITS) if waits(work, clock) else Text("%(day)s", {"day": tongue.short_day(work.due_on)})
    mark = Mark("late", Text(N_("Skulle ha varit gjort"))) if late else Mark("next", Text(N_("Att göra")))
    came_late = kind is Kind.APOLOGY and clock.ended_at is not None
    words, deed = (APOLOGISE, DEEDS[Kind.EXPLANATION]) if came_late else (KINDS[kind], DEEDS[kind])
    return Task(Text(words), deed, due, mark, case, clock.version.short)


def tasks(case: Case, today: date, tongue: Language) -> tuple[Task, ...]:
    """Give the work that remains in a case, the most urgent first; what one deed does by one day is told once."""
    found = [task(case, work, clock, today, tongue) for work, clock in owed(case)]
    return tuple({(one.deed, one.due.values.get("day")): one for one in reversed(found)}.values())[::-1]


@dataclass(frozen=True)
class LawRow:
    """A time that the law sets, as the officer reads it. `unverified` says that nobody has compared it with the law."""

    title: str
    reference: str
    state: Text
    days: tuple[Text, ...]
    unverified: bool
    is_over: bool


def law_rows(laws: Iterable[CaseLaw], today: date, tongue: Language) -> tuple[LawRow, ...]:
    """Give the times that the law sets for a case."""
    return tuple(_law_row(law, today, tongue) for law in laws)


def _law_row(law: CaseLaw, today: date, tongue: Language) -> LawRow:
    standing = law.standing
    return LawRow(
        title=law.clock.title,
        reference=law.clock.reference,
        state=_state(law, today, tongue),
        days=tuple(_more(law, tongue)),
        unverified=not law.clock.verified,
        is_over=standing.is_over(today),
    )


def _state(law: CaseLaw, today: date, tongue: Language) -> Text:
    standing = law.standing
    if standing.due is None:
        waits_for = N_("Tiden har inte börjat: det som begärdes har inte kommit.")
        return Text(waits_for if standing.ended_on is None else N_("Avgjort innan tiden började."))
    day = {"day": tongue.day(standing.due.nominal)}
    if standing.ended_on is not None:
        in_time = N_("Avgjort inom lagens gräns, %(day)s.")
        return Text(N_("Avgjort efter lagens gräns, %(day)s.") if standing.is_over(today) else in_time, day)
    if standing.is_over(today):
        return Text(N_("Lagens gräns passerade %(day)s."), day)
    return Text(N_("Lagens gräns är %(day)s."), day)


def _more(law: CaseLaw, tongue: Language) -> Sequence[Text]:
    standing, said = law.standing, []
    if standing.due is not None and standing.due.adjusted != standing.due.nominal:
        day = {"day": tongue.day(standing.due.adjusted)}
        said.append(Text(N_("Det är en helgdag. Lag (1930:173) flyttar den till %(day)s."), day))
    if standing.extended:
        count = {"count": tongue.number(standing.extended)}
        said.append(Text(N_("Förlängd, antal veckor: %(count)s."), count))
    if standing.reduction > Fraction(0):
        share = {"share": percent(standing.reduction)}
        said.append(Text(N_("Lagen sänker avgiften med %(share)s procent."), share))
    return said
