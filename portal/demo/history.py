"""Playing the plots through the same deeds that people use, each at its own moment."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.accounts.models import Staff, StaffGrant
from portal.calendars.queries import calendar, number_for
from portal.cases import actions
from portal.cases.access import Access
from portal.cases.breaches import breach
from portal.cases.intake import CITIZEN, Intake, Who
from portal.cases.models import Case
from portal.cases.rules import ActorKind, Outcome, State
from portal.cases.shown import shown
from portal.clock import local_day
from portal.demo.plot import Plot, office_moment
from portal.departments.models import Department
from portal.pledgebook.models import TallyState
from portal.services.models import Service

ANSWER_WITHIN = timedelta(days=14)
NO_REPLY = "Vi fick inget svar på vår fråga, så vi avslutar ärendet. Skriv gärna igen."
PASSED_REASON = "De som arbetar med frågan svarar dig."
HANDOVER_REASON = "Ärendet hör till en annan verksamhet. De tar hand om det."
UNPROMISED_DAYS = 5


Planned = tuple[datetime, Callable[[datetime], None]]


class Historian:
    """Plays one plot after another until `now`; what lies later has not happened."""

    def __init__(self, db: Session, access: Access, now: datetime) -> None:
        self.db, self.access, self.now = db, access, now
        self.services = {
            service.slug: service
            for service in db.scalars(select(Service).options(selectinload(Service.categories)))
        }
        self.departments = {department.slug: department for department in db.scalars(select(Department))}
        self.center = self.departments["kundtjanst"]
        self.officers = self._officers()
        self.days = calendar(db, number_for(db, None, now))

    def _officers(self) -> dict[int | None, Staff]:
        """Give the demo's officers by department; under None, the one who helps everywhere."""
        found = self.db.execute(
            select(StaffGrant.department_id, Staff).join(Staff).where(Staff.demo).order_by(Staff.id)
        )
        officers: dict[int | None, Staff] = {}
        for department_id, staff in found:
            officers.setdefault(department_id, staff)
        return officers

    def play(self, plot: Plot) -> Case:
        """Open the case and do what the plot says, in order of time."""
        case = self.open(plot)
        officer = self.officer_of(case.department_id)
        for moment, deed in sorted(self._deeds(plot, case, officer), key=lambda planned: planned[0]):
            if moment >= self.now or case.state is State.CLOSED:
                break
            self.notice_breaches(case, moment)
            deed(moment)
        self.notice_breaches(case, self.now)
        return case

    def officer_of(self, department_id: int) -> Staff:
        """Give who handles the cases of a department."""
        return self.officers.get(department_id) or self.officers[None]

    def open(self, plot: Plot) -> Case:
        """Open the case as it would have been opened then."""
        service = self.services[plot.service]
        intake = Intake(
            submission=plot.submission,
            service=service,
            title=plot.title,
            received_at=plot.received_at,
            category=plot.category,
            description=plot.description,
            place=plot.place,
            answers=(_row("Vad gäller det?", plot.description), _row("Var är felet?", plot.place)),
            channel=plot.channel,
            language=plot.language,
            contact_email=plot.email,
            reference=plot.reference(service.prefix),
        )
        return actions.open_case(self.db, intake, self.access, plot.received_at).case

    def notice_breaches(self, case: Case, at: datetime) -> None:
        """Write down the breaches that the sweep would have found by then, a few minutes after each day ended."""
        for clock in sorted(case.clocks, key=lambda clock: clock.due_at):
            if clock.state is TallyState.RUNNING and clock.due_at <= at:
                breach(self.db, clock, self.access, clock.due_at + timedelta(minutes=2))

    def _deeds(self, plot: Plot, case: Case, officer: Staff) -> list[Planned]:
        first = self._days_after(plot, plot.first, plot.received_at.minute * 7)
        end = max(self._end(plot, case), first + timedelta(minutes=20))
        half = first + (end - first) / 2
        to = self.departments.get(plot.passed_to)
        who = acting(self.officer_of(to.id) if to is not None else officer)
        deeds = self._beginning(plot, case, officer, to, first)
        if plot.asks and plot.email:
            return [*deeds, *self._asking(plot, case, who, first, end)]
        deeds.append((end, lambda at: self._close(plot, case, who, at)))
        if plot.progress and end - first > timedelta(days=2):
            deeds.append((half, lambda at: self._advance(plot, case, who, at)))
        if plot.handed_over and case.department_id != self.center.id and end - first > timedelta(days=1):
            later, center, reason = half + timedelta(minutes=5), self.center, HANDOVER_REASON
            deeds.append((later, lambda at: self._hand_over(case, who, center, reason, at)))
        return deeds

    def _beginning(
        self, plot: Plot, case: Case, officer: Staff, to: Department | None, first: datetime
    ) -> list[Planned]:
        """Give how somebody takes the case, passes it on to where it belongs, and how it is answered there."""
        db, access, taker = self.db, self.access, acting(officer)
        who = acting(self.officer_of(to.id)) if to is not None else taker
        deeds: list[Planned] = [
            (first, lambda at: actions.assign(db, case, taker, officer, at)),
            (first + timedelta(minutes=8), lambda at: actions.answer(db, case, who, plot.answer, access, at)),
        ]
        if to is not None:
            passed, reason = first + timedelta(minutes=4), PASSED_REASON
            deeds.append((passed, lambda at: self._hand_over(case, taker, to, reason, at)))
        return deeds

    def _asking(self, plot: Plot, case: Case, who: Who, first: datetime, end: datetime) -> list[Planned]:
        """Give the question and what comes of it: an answer and an end, or no answer and the end that was foretold."""
        asked: Planned = (first + timedelta(minutes=12), lambda at: self._ask(plot, case, who, at))
        if plot.reply_days is None:
            too_late = first + ANSWER_WITHIN + timedelta(days=7)
            return [asked, (too_late, lambda at: self._give_up(case, who, at))]
        reply = first + timedelta(days=plot.reply_days, hours=3)
        over = max(end + timedelta(days=plot.reply_days), reply + timedelta(hours=2))
        return [
            asked,
            (reply, lambda at: self._reply(case, at)),
            (over, lambda at: self._close(plot, case, who, at)),
        ]

    def _end(self, plot: Plot, case: Case) -> datetime:
        """Give when the case is dealt with: its pace of the time that its main pledge promises."""
        minute = plot.received_at.minute * 11
        main = next(iter(shown(case)), None)
        if main is None:
            return self._days_after(plot, UNPROMISED_DAYS, minute)
        received, due = local_day(plot.received_at), main.due_on
        days = round((due - received).days * plot.pace)
        ready = office_moment(received + timedelta(days=days), minute, self.days)
        return max(ready, plot.received_at + timedelta(minutes=30))

    def _days_after(self, plot: Plot, working_days: int, minute: int) -> datetime:
        received = local_day(plot.received_at)
        day = self.days.working_day_after(received, working_days) if working_days else received
        moment = office_moment(day, minute, self.days)
        return max(moment, plot.received_at + timedelta(minutes=15))

    def _ask(self, plot: Plot, case: Case, who: Who, at: datetime) -> None:
        last_day = local_day(at + ANSWER_WITHIN)
        actions.ask(self.db, case, who, plot.asks, answer_by=last_day, access=self.access, at=at)

    def _reply(self, case: Case, at: datetime) -> None:
        text = "Här kommer det ni frågade efter."
        actions.receive(self.db, case, CITIZEN, text, file_ids=(), access=self.access, at=at)

    def _advance(self, plot: Plot, case: Case, who: Who, at: datetime) -> None:
        steps = [step["key"] for step in case.service.steps]
        if len(steps) < 3:
            return
        step = steps[-2]
        actions.advance(
            self.db, case, who, step, text=plot.progress, remedied=False, access=self.access, at=at
        )

    def _hand_over(self, case: Case, who: Who, to: Department, reason: str, at: datetime) -> None:
        actions.hand_over(self.db, case, who, to, reason=reason, access=self.access, at=at)

    def _give_up(self, case: Case, who: Who, at: datetime) -> None:
        outcome, access = Outcome.NO_ACTION, self.access
        actions.close(self.db, case, who, outcome, text=NO_REPLY, detail="", access=access, at=at)

    def _close(self, plot: Plot, case: Case, who: Who, at: datetime) -> None:
        actions.close(
            self.db,
            case,
            who,
            plot.outcome,
            text=plot.outcome_text,
            detail=plot.outcome_detail,
            access=self.access,
            at=at,
        )


def acting(officer: Staff) -> Who:
    """Give an officer as the one who does something to a case."""
    return Who(ActorKind.STAFF, officer.id, officer.name)


def _row(label: str, text: str) -> dict[str, object]:
    return {"step": "", "label": label, "text": text, "label_is_msgid": True, "text_is_msgid": False}
