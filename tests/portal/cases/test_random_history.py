"""Counters equal facts after ten thousand events in no order at all: `portal check` has nothing to say."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pledges.clock import PausePolicy, Unit
from pledges.opening import DayException, Interval, OpeningHours, Season, Week
from pledges.pledge import Measure, Start
from portal.calendars.models import CalendarRevision
from portal.calendars.opening import content_of
from portal.cases import actions, turns
from portal.cases.breaches import write_breaches
from portal.cases.checking import differences
from portal.cases.clocks import ENDED
from portal.cases.intake import CITIZEN
from portal.cases.measuring import Measured, measure
from portal.cases.models import Case, CaseClock, CaseEvent
from portal.cases.reckoning import NEVER
from portal.cases.rules import EventKind, Outcome, State, may_reopen
from portal.departments.models import Department
from portal.pledgebook.models import PledgeVersion, Tally, TallyState
from tests.builders import ACCESS, a_department, a_pledge, a_service, an_intake, an_officer, staff

EVENTS = 10_000
AT_ONCE = 40
BEGIN = datetime(2026, 1, 7, 7, tzinfo=UTC)
CHANGES_RULES_EVERY = 400
SWEEPS_EVERY = 15
ENDS = (Outcome.REMEDIED, Outcome.ANSWERED, Outcome.NOT_OURS, Outcome.DUPLICATE, Outcome.WITHDRAWN)

Ended = dict[int, tuple[TallyState, date, datetime | None, int]]


class Town:
    """A municipality in which anything can happen to a case, one thing after another, from a seed."""

    def __init__(self, db: Session, seed: int) -> None:
        self.db, self.random, self.now = db, Random(seed), BEGIN
        self.service = a_service(db)
        a_department(db, "parker", "Parker")
        self.departments = list(db.scalars(select(Department)))
        for department in self.departments:
            department.email = ""  # letters are tested elsewhere, and take their time
        self.officer = staff(db)
        self.who = an_officer(self.officer)
        self.main = a_pledge(db, self.service)
        self._promise("svar", measure=Measure.FIRST_ANSWER, amount=16, unit=Unit.WORKING_HOURS)
        self._promise("beslut", measure=Measure.DECISION, amount=2, unit=Unit.WEEKS, starts_at=Start.COMPLETE)
        self._promise("drojsmal", measure=Measure.DELAY_NOTICE, amount=1, starts_at=Start.BREACHED)
        self._promise("direkt", measure=Measure.FIRST_CONTACT, amount=None, unit=None)
        self._promise("utsedd", measure=Measure.OFFICER_NAMED, amount=15, unit=Unit.SAME_DAY)
        self._promise(
            "hittad",
            measure=Measure.FORWARDING,
            amount=30,
            unit=Unit.CLOCK_HOURS,
            pause_policy=PausePolicy.NONE,
        )
        self.cases: list[Case] = []
        self.opened = 0
        deeds: dict[Callable[[Case], None], int] = {
            self.answer: 6,
            self.ask: 8,
            self.reply: 10,
            self.mend: 4,
            self.assign: 4,
            self.hand_over: 3,
            self.close: 8,
            self.reopen: 8,
            self.merge: 4,
            self.excuse: 4,
            self.withdraw: 2,
        }
        self.deeds, self.weights = list(deeds), list(deeds.values())

    def _promise(self, slug: str, **more: object) -> None:
        a_pledge(self.db, self.service, slug, **more)

    def step(self, number: int) -> None:
        """Let some time pass and one thing happen; now and then what was promised runs out, or the rules change."""
        self.now += timedelta(minutes=self.random.randrange(5, 90))
        if number % CHANGES_RULES_EVERY == 0:
            self.supersede()
            self.close_a_day()
        if number % SWEEPS_EVERY == 0:
            write_breaches(self.db, ACCESS, self.now)
        if len(self.cases) < AT_ONCE or self.random.random() < 0.1:
            self.open()
        self.random.choices(self.deeds, self.weights)[0](self.random.choice(self.cases))
        if len(self.cases) > 2 * AT_ONCE:
            self.cases = [case for case in self.cases[1:] if self.random.random() < 0.7]

    def open(self) -> None:
        """Somebody comes with a matter; one in four is registered later than it came, some much later."""
        self.opened += 1
        late = timedelta(days=self.random.choice((0, 0, 0, 1, 5, 25)), minutes=self.random.randrange(200))
        contested = self.main.pledge_id if self.random.random() < 0.1 else None
        intake = an_intake(
            self.service,
            f"s-{self.opened}",
            received_at=self.now - late,
            contact_email="a@post.example" if self.random.random() < 0.4 else "",
            pledge_id=contested,
        )
        self.cases.append(actions.open_case(self.db, intake, ACCESS, self.now).case)

    def answer(self, case: Case) -> None:
        if case.state is not State.CLOSED:
            actions.answer(self.db, case, self.who, "Vi ser till det.", ACCESS, self.now)

    def ask(self, case: Case) -> None:
        if case.state in (State.RECEIVED, State.ACTIVE) and case.contact_email:
            last_day = date(2030, 1, 1)
            actions.ask(self.db, case, self.who, "Var?", answer_by=last_day, access=ACCESS, at=self.now)

    def reply(self, case: Case) -> None:
        if case.state is not State.CLOSED:
            actions.receive(self.db, case, CITIZEN, "Där.", file_ids=(), access=ACCESS, at=self.now)

    def mend(self, case: Case) -> None:
        if case.state is not State.CLOSED:
            actions.advance(
                self.db, case, self.who, "work", text="", remedied=True, access=ACCESS, at=self.now
            )

    def assign(self, case: Case) -> None:
        if case.state is not State.CLOSED:
            actions.assign(self.db, case, self.who, self.officer, self.now)

    def hand_over(self, case: Case) -> None:
        if case.state is not State.CLOSED:
            (to,) = (one for one in self.departments if one.id != case.department_id)
            actions.hand_over(self.db, case, self.who, to, reason="Dit.", access=ACCESS, at=self.now)

    def close(self, case: Case) -> None:
        if case.state is not State.CLOSED:
            outcome = self.random.choice(ENDS)
            actions.close(
                self.db, case, self.who, outcome, text="Klart.", detail="X", access=ACCESS, at=self.now
            )

    def reopen(self, case: Case) -> None:
        who = self.random.choice((CITIZEN, self.who))
        if may_reopen(who.kind, case.outcome, case.closed_at, self.now):
            turns.reopen(self.db, case, who, "Igen.", ACCESS, self.now)

    def merge(self, case: Case) -> None:
        into = self.random.choice(self.cases)
        if into is not case and State.CLOSED not in (case.state, into.state):
            turns.merge(self.db, case, into, self.who, text="Samma sak.", access=ACCESS, at=self.now)

    def excuse(self, case: Case) -> None:
        clock = self.random.choice(case.clocks)
        if clock.state in turns.EXCUSABLE and clock.due_on != NEVER:
            turns.excuse(self.db, case, clock, self.who, "Elnätet var avstängt.", self.now)

    def withdraw(self, case: Case) -> None:
        if case.state is not State.CLOSED:
            turns.withdraw(self.db, case, CITIZEN, "", ACCESS, self.now)

    def supersede(self) -> None:
        """Decide a new version of the main pledge, from tomorrow."""
        today = self.now.date()
        self.main.valid_to = today
        columns = {c.key: getattr(self.main, c.key) for c in PledgeVersion.__table__.columns if c.key != "id"}
        new = {"number": self.main.number + 1, "amount": self.random.randrange(2, 12), "valid_to": None}
        self.main = PledgeVersion(**{**columns, **new, "valid_from": today + timedelta(days=1)})
        self.db.add(self.main)

    def close_a_day(self) -> None:
        """Publish a calendar with shorter hours, in which the day after tomorrow is closed."""
        number = 2 + (self.db.scalar(select(func.count()).select_from(CalendarRevision)) or 0)
        week = Week.on_weekdays(Interval(9 * 60, self.random.choice((15, 16)) * 60))
        closed = DayException((self.now + timedelta(days=2)).date(), (), "Studiedag")
        hours = content_of(OpeningHours((Season(date(2000, 1, 1), None, week),), (closed,)))
        row = CalendarRevision(
            number=number, name="Ny", content={}, hours=hours, written_at=self.now, published_at=self.now
        )
        self.db.add(row)
        self.db.flush()

    def events(self) -> int:
        return self.db.scalar(select(func.count()).select_from(CaseEvent)) or 0

    def ended(self) -> Ended:
        """How every clock that has ended stands, but for those that were excused."""
        rows = self.db.scalars(select(CaseClock).where(CaseClock.state.in_(ENDED)))
        return {row.id: (row.state, row.due_on, row.ended_at, row.length) for row in rows}


def test_counters_equal_facts_after_a_random_history(sqlite):
    with sqlite.transaction() as db:
        town, number, first_half = Town(db, seed=7), 0, Ended()
        while number % 200 or town.events() < EVENTS:
            number += 1
            town.step(number)
            if not first_half and number > EVENTS // 5:
                first_half = town.ended()
        db.flush()
        db.expire_all()
        assert list(differences(db, town.now)) == []
        assert measure(db, lambda done, of: None) == Measured(town.opened, 0, 0)
        kinds = Counter(db.scalars(select(CaseEvent.kind)))
        states = set(db.scalars(select(Tally.state).where(Tally.count > 0)))
        since = town.ended()
    told = (
        EventKind.REOPENED,
        EventKind.ABSORBED,
        EventKind.EXCUSED,
        EventKind.CONTESTED,
        EventKind.BREACHED,
    )
    assert all(kinds[kind] > 20 for kind in told)
    assert states >= set(TallyState) - {TallyState.PAUSED, TallyState.LATE, TallyState.RUNNING}
    # What had ended stands, whatever pledge or calendar was changed since; only an excuse may change it.
    changed = [id for id, stood in first_half.items() if since[id] != stood]
    assert all(since[id][0] is TallyState.EXCUSED for id in changed)
