"""Cases that are always there to be looked at: one on its way, one that waits for the citizen, one that is late."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from portal.cases import actions
from portal.cases.access import Access
from portal.cases.intake import Who
from portal.cases.models import Case
from portal.cases.rules import Channel, Outcome
from portal.clock import STOCKHOLM, local_day
from portal.demo.history import Historian, acting
from portal.demo.plot import Plot

ANSWER_WITHIN = timedelta(days=14)

STREETLIGHT = Plot(
    reference_body="2K7Q9",
    submission="demo-streetlight",
    service="felanmalan",
    category="gatlykta",
    title="Gatlyktan vid Kvarngatan 14",
    description="Lyktan har varit släckt sedan i helgen. Det är mycket mörkt vid övergångsstället.",
    place="Kvarngatan 14, lykta 0412",
    channel=Channel.WEB,
    language="sv",
    email="anmalan@post.example",
    received_at=datetime.min.replace(tzinfo=UTC),
    answer="",
    progress="",
    asks="",
    reply_days=None,
    outcome=Outcome.REMEDIED,
    outcome_text="",
    outcome_detail="",
    pace=1,
    first=1,
    handed_over=False,
)
TERRACE = replace(
    STREETLIGHT,
    reference_body="4H8T2",
    submission="demo-terrace",
    service="bygglov-ansokan",
    category="",
    title="Inglasad altan på Eken 4",
    description="Vi vill glasa in altanen mot söder. Ritning och kontrollplan är bifogade.",
    place="Eken 4",
)
POTHOLE = replace(
    STREETLIGHT,
    reference_body="7M3C4",
    submission="demo-pothole",
    category="hal-i-gatan",
    title="Djupt hål i Smedjegatan vid nummer 8",
    description="Hålet är tre decimeter djupt och ligger precis i cykelbanan. Min dotter körde nästan omkull.",
    place="Smedjegatan 8",
    channel=Channel.PHONE,
    email="",
)


class Stage:
    """Plays the set pieces in an otherwise finished history."""

    def __init__(self, db: Session, access: Access, now: datetime) -> None:
        self.db, self.access, self.now = db, access, now
        self.historian = Historian(db, access, now)

    def days_ago(self, working_days: int, hour: int, minute: int = 0) -> datetime:
        """Give a moment on the working day that lies so many working days back."""
        day, left = local_day(self.now), working_days
        while left:
            day -= timedelta(days=1)
            left -= self.historian.days.is_working_day(day)
        return datetime.combine(day, time(hour, minute), STOCKHOLM)

    def in_days(self, working_days: int) -> date:
        """Give the working day that lies so many working days ahead."""
        return self.historian.days.working_day_after(local_day(self.now), working_days)

    def open(self, plot: Plot, days: int, hour: int, minute: int) -> tuple[Case, Who]:
        """Open a piece's case so many working days ago and give who took it the morning after."""
        case = self.historian.open(replace(plot, received_at=self.days_ago(days, hour, minute)))
        officer = self.historian.officer_of(case.department_id)
        actions.assign(self.db, case, acting(officer), officer, self.days_ago(days - 1, 8, 40))
        return case, acting(officer)

    def streetlight(self) -> None:
        """A street light that is being mended: eight of ten days have gone."""
        case, who = self.open(STREETLIGHT, 8, 7, 52)
        db, access = self.db, self.access
        found = "Vi har hittat felet. Kabeln mellan lykta 0411 och 0412 är skadad."
        actions.answer(db, case, who, found, access, self.days_ago(6, 10, 20))
        booked = "En elektriker är bokad och byter en bit kabel. Gångbanan kan vara avstängd en stund."
        actions.note(db, case, who, "Kabelbiten är hämtad på lagret.", self.days_ago(4, 9, 5))
        actions.answer(db, case, who, booked, access, self.days_ago(3, 13, 5))

    def terrace(self) -> None:
        """A building permit that waits for two documents."""
        case, who = self.open(TERRACE, 19, 20, 31)
        asks = (
            "Vi behöver två handlingar till:\n\n"
            "Fasadritning mot söder, skala 1:100. Altanens höjd över marken ska vara utsatt.\n\n"
            "Situationsplan. Rita in altanen och skriv avståndet till tomtgränsen."
        )
        at = self.days_ago(10, 11, 15)
        last_day = max(local_day(at + ANSWER_WITHIN), local_day(self.now) + timedelta(days=7))
        actions.ask(self.db, case, who, asks, answer_by=last_day, access=self.access, at=at)

    def pothole(self) -> None:
        """A hole in the road that should have been made safe yesterday."""
        case = self.historian.open(replace(POTHOLE, received_at=self.days_ago(2, 16, 5)))
        self.historian.notice_breaches(case, self.now)


def play_set_pieces(stage: Stage) -> None:
    """Play every piece about a case that just is on its way."""
    stage.streetlight()
    stage.terrace()
    stage.pothole()
