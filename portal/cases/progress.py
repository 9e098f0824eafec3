"""The steps of a case as a citizen sees them: what is done, what goes on, what is still to come. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pledges.pledge import Measure
from portal.cases.models import Case, CaseEvent
from portal.cases.promised import Promised, Stand
from portal.cases.rules import EventKind, Outcome, State
from portal.i18n import N_, Language, Text
from portal.services.models import Service

LAST = "closed"
# The promises that are kept when the last step is done.
UNTIL_THE_END = frozenset({Measure.REMEDY, Measure.DECISION})
# The ends of a case by which its steps in between were never needed.
CUT_SHORT = frozenset(
    {Outcome.NO_ACTION, Outcome.NOT_OURS, Outcome.DUPLICATE, Outcome.NOT_FOUND, Outcome.WITHDRAWN}
)


class StepState(StrEnum):
    """Where a step stands; the values are those of the drawn marks and of the style."""

    DONE = "done"
    NOW = "now"
    WAIT = "wait"
    NEXT = "next"


@dataclass(frozen=True)
class Step:
    """One step: its name as the service gives it, where it stands, and the words below."""

    name: str
    state: StepState
    words: Text


def progress(case: Case, promise: Promised | None, tongue: Language) -> tuple[Step, ...]:
    """Give the steps of the case in order. A step that was passed over without a word counts as done."""
    keys = [step["key"] for step in case.service.steps]
    days = _days(case.events)
    reached = keys.index(case.step) if case.step in keys else 0
    return tuple(
        _step(case, place, place - reached, days, promise, tongue) for place in range(len(case.service.steps))
    )


def _days(events: Sequence[CaseEvent]) -> Mapping[str, datetime]:
    found: dict[str, datetime] = {}
    for event in events:
        key = {EventKind.OPENED: "received", EventKind.CLOSED: LAST}.get(event.kind) or event.content.get(
            "step"
        )
        if key:
            found.setdefault(key, event.at)
    return found


def _step(
    case: Case,
    place: int,
    ahead: int,
    days: Mapping[str, datetime],
    promise: Promised | None,
    tongue: Language,
) -> Step:
    step = case.service.steps[place]
    name, done_at = step["name"], days.get(step["key"])
    if ahead <= 0 and done_at is not None:
        return Step(name, StepState.DONE, Text(N_("Klart %(day)s"), {"day": tongue.brief_day(done_at)}))
    if ahead <= 0:
        return _passed_over(case, name)
    due = _due(case, promise, tongue) if step["key"] == LAST else None
    if ahead > 1:
        return Step(name, StepState.NEXT, due or Text(N_("Kommer")))
    if case.state is State.WAITING:
        return Step(name, StepState.WAIT, Text(N_("Väntar på dig")))
    return Step(name, StepState.NOW, due or Text(N_("Pågår nu")))


def _passed_over(case: Case, name: str) -> Step:
    if case.outcome in CUT_SHORT:
        return Step(name, StepState.NEXT, Text(N_("Behövdes inte")))
    return Step(name, StepState.DONE, Text(N_("Klart")))


def _due(case: Case, promise: Promised | None, tongue: Language) -> Text | None:
    if promise is None or promise.measure not in UNTIL_THE_END or case.state is State.WAITING:
        return None
    day = {"day": promise.brief_due(tongue)}
    if promise.stand is Stand.RUNNING:
        return Text(N_("Senast %(day)s"), day)
    return Text(N_("Skulle ha varit klart %(day)s"), day) if promise.stand is Stand.LATE else None


def service_step(service: Service, key: str) -> Mapping[str, Any] | None:
    """Give one of the steps that a citizen sees, by its key."""
    return next((step for step in service.steps if step["key"] == key), None)


def step_name(case: Case, key: str) -> str:
    """Give what the service calls a step; empty for one that it does not have any more."""
    step = service_step(case.service, key)
    return str(step["name"]) if step else ""


def steps_to_mark(case: Case) -> dict[str, str]:
    """Give the steps that can be marked as done: between the first and the last, from where the case is, as names by key."""
    keys = [step["key"] for step in case.service.steps]
    reached = keys.index(case.step) if case.step in keys else 0
    ahead = case.service.steps[max(reached, 1) :]
    return {step["key"]: step["name"] for step in ahead if step["key"] != LAST}
