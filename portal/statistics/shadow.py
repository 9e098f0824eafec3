"""How a promise that nobody has decided would have gone on the cases of the last twelve months."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from pledges.calendar import Calendar
from pledges.clock import read
from pledges.fulfilment import Count
from pledges.local_time import STOCKHOLM
from pledges.pledge import Measure, Promise
from portal.calendars.queries import calendar, number_for
from portal.cases.history import events_of, pauses
from portal.cases.reckoning import NEVER, ClockStanding, Whose, clock_standing
from portal.cases.rules import EventKind
from portal.clock import local_day
from portal.pledgebook.figures.detail import Lengths
from portal.pledgebook.figures.outcomes import month_after
from portal.pledgebook.models import TallyState
from portal.statistics.models import Shadow
from portal.statistics.queries import PastCase, PastEvent, Scope, how_many_cases, past_cases, shadow_of

MOST_CASES = 5_000
MOST_FAILING = 200
MONTHS_BACK = 12
# A promise that nobody has decided has no version yet, and no event can be about it.
NO_VERSION = 0
KEPT, BROKEN, LATE, RUNNING = "kept", "broken", "late", "running"
ENDED: Mapping[TallyState, str] = {TallyState.KEPT: KEPT, TallyState.BROKEN: BROKEN}


@dataclass(frozen=True)
class FailingCase:
    """A case that would have broken the promise; `length` is what it took, or has taken so far."""

    reference: str
    received_on: date
    due_on: date
    ended_on: date | None
    length: int


@dataclass(frozen=True)
class ShadowResult:
    """How it would have gone. Measured on the `of` latest of all `found` since a day; void ones are not counted.

    A case that was opened again counts once for each time. `failing` holds the latest received first, at most 200.
    """

    count: Count
    of: int
    found: int
    since: date
    lengths: Lengths
    failing: tuple[FailingCase, ...]
    measured_at: datetime


@dataclass(frozen=True)
class _Trial:
    """One case under the promise."""

    state: str
    case: FailingCase


def digest(promise: Promise, scopes: Sequence[Scope]) -> str:
    """Give a short name for exactly this promise under these scopes, in whatever order."""
    places = sorted((scope.service_id, scope.category) for scope in scopes)
    return sha256(repr((promise, places)).encode()).hexdigest()[:32]


def measure(
    db: Session,
    subject: str,
    promise: Promise,
    scopes: Sequence[Scope],
    department_id: int | None,
    at: datetime,
) -> ShadowResult:
    """Measure a promise on the cases received in the last twelve months, and keep the result for the subject.

    Each case goes by its own calendar; one that never had a clock by that of the department today. The latest 5,000
    are measured, each time they were opened by itself. A result kept for the subject before is replaced. Raises
    ValueError for a promise that cases cannot show.
    """
    if promise.limit is None and promise.measure is not Measure.FIRST_CONTACT:
        raise ValueError("a promise without a time cannot be measured on cases")
    since = month_after(local_day(at).replace(day=1), -MONTHS_BACK)
    begins = datetime.combine(since, time.min, STOCKHOLM).astimezone(UTC)
    usual = number_for(db, department_id, at)
    trials: list[_Trial] = []
    measured = 0
    for case in past_cases(db, scopes, begins, MOST_CASES):
        measured += 1
        trials.extend(_trials(promise, case, calendar(db, case.calendar or usual), at))
    result = ShadowResult(
        count=_count(trials),
        of=measured,
        found=how_many_cases(db, scopes, begins),
        since=since,
        lengths=_lengths(trials),
        failing=tuple(trial.case for trial in trials if trial.state in (BROKEN, LATE))[:MOST_FAILING],
        measured_at=at,
    )
    _keep(db, subject, digest(promise, scopes), result)
    return result


def latest(db: Session, subject: str, digest: str) -> ShadowResult | None:
    """Give the result kept for a subject, if it was measured with what the digest names."""
    row = shadow_of(db, subject)
    return _read(row) if row is not None and row.digest == digest else None


def _trials(promise: Promise, case: PastCase, days: Calendar, at: datetime) -> Iterator[_Trial]:
    """Give each cycle of a case under the promise, as its clocks are counted; one that would be void is left out."""
    cycles = 1 + sum(event.kind is EventKind.REOPENED for event in case.events)
    for cycle in range(1, cycles + 1):
        standing = clock_standing(promise, Whose(NO_VERSION, cycle), case.events, days)
        if standing.state is TallyState.VOID or (promise.limit and standing.due_on == NEVER):
            continue
        failing = FailingCase(
            reference=case.reference,
            received_on=local_day(standing.started_at),
            due_on=standing.due_on,
            ended_on=local_day(standing.ended_at) if standing.ended_at else None,
            length=_length(promise, standing, events_of(case.events, cycle), days, at),
        )
        yield _Trial(_state(standing, at), failing)


def _length(
    promise: Promise, standing: ClockStanding, events: Sequence[PastEvent], days: Calendar, at: datetime
) -> int:
    """Give the units a clock took, or has used so far."""
    if standing.ended_at is not None or promise.limit is None:
        return standing.length
    times = pauses(events, promise.pause_policy)
    return read(promise.limit, standing.started_at, times, days, at).used


def _state(standing: ClockStanding, at: datetime) -> str:
    if standing.state in ENDED:
        return ENDED[standing.state]
    is_late = standing.state is TallyState.RUNNING and standing.due_at <= at
    return LATE if is_late else RUNNING


def _count(trials: Iterable[_Trial]) -> Count:
    states = Counter(trial.state for trial in trials)
    return Count(kept=states[KEPT], broken=states[BROKEN], late_now=states[LATE], running=states[RUNNING])


def _lengths(trials: Sequence[_Trial]) -> Lengths:
    found = {state: Counter[int]() for state in (KEPT, BROKEN, LATE, RUNNING)}
    for trial in trials:
        found[trial.state][trial.case.length] += 1
    return Lengths(found[KEPT], found[BROKEN], found[LATE], found[RUNNING])


def _keep(db: Session, subject: str, name: str, result: ShadowResult) -> None:
    row = shadow_of(db, subject)
    if row is None:
        row = Shadow(subject=subject)
        db.add(row)
    row.digest, row.measured_at, row.since = name, result.measured_at, result.since
    row.result = _written(result)
    db.flush()


def _written(result: ShadowResult) -> dict[str, Any]:
    lengths = result.lengths
    by_state = {KEPT: lengths.kept, BROKEN: lengths.broken, LATE: lengths.late, RUNNING: lengths.running}
    return {
        "count": asdict(result.count),
        "of": result.of,
        "found": result.found,
        "lengths": {
            state: {str(length): n for length, n in found.items()} for state, found in by_state.items()
        },
        "failing": [
            {
                "reference": case.reference,
                "received_on": case.received_on.isoformat(),
                "due_on": case.due_on.isoformat(),
                "ended_on": case.ended_on.isoformat() if case.ended_on else None,
                "length": case.length,
            }
            for case in result.failing
        ],
    }


def _read(row: Shadow) -> ShadowResult:
    content = row.result
    return ShadowResult(
        count=Count(**content["count"]),
        of=content["of"],
        found=content["found"],
        since=row.since,
        lengths=Lengths(**{state: _counter(found) for state, found in content["lengths"].items()}),
        failing=tuple(map(_failing, content["failing"])),
        measured_at=row.measured_at,
    )


def _counter(found: Mapping[str, int]) -> Counter[int]:
    return Counter({int(length): number for length, number in found.items()})


def _failing(content: Mapping[str, Any]) -> FailingCase:
    ended = content["ended_on"]
    return FailingCase(
        reference=content["reference"],
        received_on=date.fromisoformat(content["received_on"]),
        due_on=date.fromisoformat(content["due_on"]),
        ended_on=date.fromisoformat(ended) if ended else None,
        length=content["length"],
    )
