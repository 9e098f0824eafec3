"""Why the worst months of two pledges went as they did, in the words of the head of streets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from portal.clock import STOCKHOLM, local_day
from portal.demo.people import acting_as, demo_person
from portal.pledgebook.figures.outcomes import month_after, version_on
from portal.pledgebook.figures.sights import sight_of
from portal.pledgebook.models import Pledge
from portal.pledgebook.notes import explain
from portal.pledgebook.queries import pledge_by_slug

HEAD = "gatuchef@ekdala.example"
WRITTEN_AFTER, AT = timedelta(days=8), time(11, 40)


@dataclass(frozen=True)
class Said:
    """What is said of the months of a pledge, the worst first."""

    pledge: str
    texts: tuple[str, ...]


SAID = (
    Said(
        "farliga-hal",
        (
            "Två av tre på vägjouren var sjuka samtidigt. Nu delar vi jour med parkerna, så att någon alltid kan åka.",
            "Asfalten tog slut hos leverantören i nio dagar. Vi spärrade av, men inte alla hål i tid.",
        ),
    ),
    Said(
        "snorojning-bostadsgator",
        (
            "Det föll snö fem dagar i rad och två plogbilar stod trasiga. Hagnäs och Norrby fick vänta till dagen efter.",
            "Entreprenören hade för få förare på helgerna. Avtalet är ändrat: tre förare ska finnas i beredskap.",
        ),
    ),
)


def explain_months(db: Session, at: datetime) -> None:
    """Let the head of streets say why the worst two months of two pledges went so, some days after each was over.

    A month that must not be shown, that reached its target, or that was over only just now, is not explained.
    """
    actor = acting_as(demo_person(db, HEAD))
    for said in SAID:
        pledge = pledge_by_slug(db, said.pledge)
        for month, text in zip(_worst(db, pledge, at), said.texts, strict=False):
            explain(db, pledge, month, text, actor, _written_at(month))


def _worst(db: Session, pledge: Pledge, at: datetime) -> Sequence[date]:
    today = local_day(at)
    version = version_on(pledge, today)
    shares = {month.month: month.share for month in sight_of(db, pledge, version, today).months}
    bad = {
        month: share
        for month, share in shares.items()
        if share is not None and share < version.target and _written_at(month) < at
    }
    return sorted(bad, key=lambda month: (bad[month], month))


def _written_at(month: date) -> datetime:
    return datetime.combine(month_after(month, 1) + WRITTEN_AFTER, AT, STOCKHOLM)
