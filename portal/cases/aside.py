"""What stands beside a citizen's promises: those that do not count or were decided before, and what the law says. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pledges.calendar import Calendar
from pledges.procedure import DecisionRight, RightState
from portal.cases.legal.reckoning import right_to_decision
from portal.cases.legal.times import CaseLaw, awaits_decision
from portal.cases.models import Case, CaseClock
from portal.cases.promised import Stand
from portal.cases.reckoning import NEVER
from portal.cases.rules import EventKind, Outcome, State
from portal.clock import local_day
from portal.i18n import N_, Language, Text
from portal.pledgebook.models import TallyState

# Why a promise does not count, by how its case ended.
VOID: Mapping[Outcome | None, str] = {
    Outcome.WITHDRAWN: N_("Räknas inte, eftersom ärendet togs tillbaka i tid."),
    Outcome.DUPLICATE: N_("Räknas inte här. Löftet räknas i det andra ärendet."),
}
VOID_OTHERWISE = N_("Räknas inte: det som skulle ha startat löftets tid hände aldrig.")
EXCUSED = N_("Räknas inte i vår statistik. Skälet: %(reason)s")


@dataclass(frozen=True)
class Uncounted:
    """A promise that does not count, and why."""

    slug: str
    short: str
    why: Text


def uncounted(case: Case) -> tuple[Uncounted, ...]:
    """Give the promises of a day that do not count, with the reason. One that never began is not told."""
    return tuple(
        Uncounted(clock.version.pledge.slug, clock.version.short, _why(case, clock))
        for clock in case.clocks
        if clock.due_on != NEVER and clock.state in (TallyState.EXCUSED, TallyState.VOID)
    )


def _why(case: Case, clock: CaseClock) -> Text:
    if clock.state is TallyState.VOID:
        return Text(VOID.get(case.outcome, VOID_OTHERWISE))
    whose = clock.version_id, clock.cycle
    reasons = (
        event.content["reason"]
        for event in case.events
        if event.kind is EventKind.EXCUSED
        and (event.content["version"], event.content.get("cycle", 1)) == whose
    )
    return Text(EXCUSED, {"reason": next(reasons, "")})


@dataclass(frozen=True)
class Earlier:
    """A promise of an earlier cycle, and how it ended."""

    slug: str
    short: str
    stand: Stand
    ended_on: date


def earlier(case: Case) -> tuple[Earlier, ...]:
    """Give what became of the promises before the case was opened again."""
    return tuple(_earlier(case))


def _earlier(case: Case) -> Iterator[Earlier]:
    stands = {TallyState.KEPT: Stand.HELD, TallyState.BROKEN: Stand.BROKEN}
    for clock in case.clocks:
        if clock.cycle < case.cycle and clock.state in stands and clock.ended_at and clock.due_on != NEVER:
            pledge, version = clock.version.pledge, clock.version
            yield Earlier(pledge.slug, version.short, stands[clock.state], local_day(clock.ended_at))


@dataclass(frozen=True)
class LawLine:
    """The law's limit as the citizen reads it: other words than those of our promise."""

    title: str
    words: Text
    reference: str


def law_lines(laws: Sequence[CaseLaw], today: date, tongue: Language) -> tuple[LawLine, ...]:
    """Give the law's limits for a case. What nobody has compared with the law is not told as the law."""
    return tuple(_law_line(law, today, tongue) for law in laws if law.clock.verified)


def _law_line(law: CaseLaw, today: date, tongue: Language) -> LawLine:
    standing, reference = law.standing, law.clock.reference
    if standing.due is None:
        waits = N_("Lagens tid börjar när det vi har bett om har kommit.")
        return LawLine(law.clock.title, Text(waits), reference)
    day = {"day": tongue.day(standing.due.nominal)}
    words = N_("Lagens gräns: %(day)s.")
    if standing.is_over(today):
        words = N_("Lagens gräns var %(day)s, och den har vi inte hållit.")
    return LawLine(law.clock.title, Text(words, day), reference)


def right_of(case: Case, days: Calendar, today: date) -> DecisionRight | None:
    """Give the citizen's right to ask for a decision when there is something to say of it; else None."""
    if case.state is State.CLOSED or not awaits_decision(case):
        return None
    right = right_to_decision(case.events, case.state, days, today)
    return None if right.state in (RightState.NOT_YET, RightState.DECIDED) else right
