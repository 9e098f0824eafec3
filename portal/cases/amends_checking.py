"""Recomputing the work after broken promises from the events of the cases, to show what has drifted."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from pledges.compensation import follow_ups, rules_from
from portal.calendars.queries import calendar
from portal.cases.amends import clock_of
from portal.cases.models import Case
from portal.cases.pending import cases_with_work
from portal.cases.rules import EventKind
from portal.clock import local_day


class _Whose(NamedTuple):
    """Which piece of work of a case is meant."""

    version_id: int
    cycle: int
    kind: str


class _Work(NamedTuple):
    """When a piece of work was to be done, and when it was."""

    due_on: date
    done_at: datetime | None


def differences(db: Session, at: datetime) -> Iterator[str]:
    """Give one line for each piece of follow-up work that is not what the events of its case say."""
    for case in cases_with_work(db):
        kept = {
            _Whose(work.version_id, work.cycle, work.kind): _Work(work.due_on, work.done_at)
            for work in case.follow_ups
        }
        facts = _facts(db, case)
        for whose in sorted(kept.keys() | facts.keys()):
            if kept.get(whose) != facts.get(whose):
                yield f"{case.reference} {whose}: {kept.get(whose)} is kept, the facts say {facts.get(whose)}"


def _facts(db: Session, case: Case) -> dict[_Whose, _Work]:
    """Give the work that each breach gave, and when somebody wrote that it was done."""
    facts: dict[_Whose, _Work] = {}
    for event in case.events:
        if event.kind is EventKind.BREACHED:
            clock = clock_of(case, event)
            rules = rules_from(clock.version.compensation)
            for due in follow_ups(rules, local_day(event.at), calendar(db, clock.calendar)):
                whose = _Whose(clock.version_id, clock.cycle, due.kind.value)
                facts.setdefault(whose, _Work(due.due_on, None))
        elif event.kind is EventKind.FOLLOWED_UP:
            told = event.content
            whose = _Whose(told["version"], told["cycle"], told["kind"])
            if whose in facts:
                facts[whose] = facts[whose]._replace(done_at=event.at)
    return facts
