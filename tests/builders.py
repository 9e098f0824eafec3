"""Builders: the least that makes a thing true, with one argument for what the test is about."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from pledges.clock import Unit
from pledges.pledge import Measure, Source
from portal.accounts.actions import add_staff
from portal.accounts.models import Staff
from portal.accounts.rules import Grant, Role
from portal.cases.access import Access
from portal.cases.actions import open_case
from portal.cases.intake import Intake, Who
from portal.cases.models import Case
from portal.cases.rules import ActorKind
from portal.departments.models import Department, OpeningHours, Organisation, OrganisationKind
from portal.faq.models import Answer, Visibility
from portal.pledgebook.actions import OPEN
from portal.pledgebook.models import Grain, Pledge, PledgeScope, PledgeVersion, TallyState
from portal.services.models import Secrecy, Service, ServiceCategory, ServiceKind

# Tuesday 10 November 2026, 07.52 in Sweden: ten working days later is Tuesday 24 November.
RECEIVED = datetime(2026, 11, 10, 6, 52, tzinfo=UTC)
ACCESS = Access("https://ekdala.example", "only-for-these-tests")
PASSWORD = "ett långt lösenord"
STEPS: list[dict[str, Any]] = [
    {"key": "received", "name": "Mottaget", "explains": "Vi har tagit emot anmälan."},
    {"key": "assessed", "name": "Bedömt", "explains": "Vi ser efter vems felet är."},
    {"key": "work", "name": "Åtgärd", "explains": "Vi lagar felet."},
    {"key": "closed", "name": "Besked till dig", "explains": "Du får veta hur det gick."},
]


def an_organisation(db: Session, slug: str = "ekdala-kommun") -> Organisation:
    """The municipality."""
    organisation = Organisation(
        slug=slug, name="Ekdala kommun", kind=OrganisationKind.MUNICIPALITY, number="212000-0000"
    )
    db.add(organisation)
    db.flush()
    return organisation


def a_department(
    db: Session, slug: str = "gator-trafik", name: str = "Gator och trafik", **more: Any
) -> Department:
    """A department, open on weekdays from 8 to 16."""
    organisation = db.query(Organisation).first() or an_organisation(db)
    department = Department(
        slug=slug,
        organisation_id=organisation.id,
        name=name,
        summary="Sköter gator, lyktor och trafik.",
        phone="0980-319 210",
        email=f"{slug}@ekdala.example",
        hours=[OpeningHours(weekday=day, opens=time(8), closes=time(16)) for day in range(5)],
        **more,
    )
    db.add(department)
    db.flush()
    return department


def a_service(
    db: Session, department: Department | None = None, slug: str = "felanmalan", **more: Any
) -> Service:
    """A service with the category gatlykta, delivered by the department."""
    owner = department or a_department(db)
    values: dict[str, Any] = {
        "name": "Felanmälan",
        "summary": "Anmäl fel på gator, lyktor och parker.",
        "contains": ["Vi lagar felet."],
        "needs": ["En beskrivning av felet."],
        "rosa_level": 3,
        "kind": ServiceKind.TRANSACTION,
        "secrecy": Secrecy.OPEN,
        "prefix": "FEL",
        "e_service": slug if slug == "felanmalan" else "",
        "steps": STEPS,
    }
    service = Service(
        slug=slug,
        department_id=owner.id,
        quality_owner_id=owner.id,
        delivery_owner_id=owner.id,
        categories=[ServiceCategory(key="gatlykta", name="Gatlykta", department_id=owner.id)],
        **{**values, **more},
    )
    db.add(service)
    db.flush()
    return service


def a_pledge(
    db: Session, service: Service | None = None, slug: str = "gatlyktor-lagas", **more: Any
) -> PledgeVersion:
    """A pledge with one version: ten working days to mend, under which every case of the service falls."""
    owner = service or a_service(db)
    pledge = Pledge(slug=slug, department_id=owner.department_id)
    db.add(pledge)
    db.flush()
    values: dict[str, Any] = {
        "number": 1,
        "promise": "Trasiga gatlyktor lagas inom *tio arbetsdagar*.",
        "short": "Trasiga gatlyktor lagas inom *tio arbetsdagar*",
        "remedy": ["Vi ringer dig och säger när lyktan lyser."],
        "measure": Measure.REMEDY,
        "source": Source.CASES,
        "amount": 10,
        "unit": Unit.WORKING_DAYS,
        "target": Decimal("85.0"),
        "owner": "Gatuchef",
        "decided_by": "Tekniska nämnden",
        "decided_on": date(2024, 11, 12),
        "valid_from": date(2025, 1, 1),
        "valid_to": None,
        "review_by": date(2027, 10, 1),
    }
    version = PledgeVersion(pledge_id=pledge.id, **{**values, **more})
    db.add_all([version, PledgeScope(pledge_id=pledge.id, service_id=owner.id, category="", position=1)])
    db.flush()
    return version


def grain_of(state: str) -> Grain:
    """How closely a tally of a state is counted on the pages: by month, unless it is open."""
    return Grain.OPEN if TallyState(state) in OPEN else Grain.MONTH


def staff(
    db: Session,
    email: str = "gata@ekdala.example",
    role: Role = Role.CASE_OFFICER,
    department: Department | None = None,
) -> Staff:
    """Somebody who works here, with one role; without department, everywhere."""
    return add_staff(
        db,
        email=email,
        name="Anders Holm",
        title="arbetsledare",
        phone="0980-319 214",
        password=PASSWORD,
        grants=[Grant(role, department.id if department else None)],
        at=RECEIVED,
    )


def an_officer(person: Staff) -> Who:
    """The one who does things to a case, from their row."""
    return Who(ActorKind.STAFF, person.id, person.name)


def an_intake(service: Service, submission: str = "s-1", **more: Any) -> Intake:
    """What comes in when a street light is reported on Tuesday 10 November 2026."""
    values: dict[str, Any] = {
        "title": "Gatlykta: Kvarngatan 14",
        "received_at": RECEIVED,
        "category": "gatlykta",
        "description": "Lyktan är släckt.",
        "place": "Kvarngatan 14",
        "contact_email": "anmalan@post.example",
    }
    return Intake(submission=submission, service=service, **{**values, **more})


def a_case(
    db: Session, service: Service | None = None, submission: str = "s-1", at: datetime = RECEIVED, **more: Any
) -> Case:
    """A street light reported on Tuesday 10 November 2026 under a pledge of ten working days."""
    if service is None:
        service = a_service(db)
        a_pledge(db, service)
    return open_case(db, an_intake(service, submission, **more), ACCESS, at).case


def an_answer(
    db: Session, department: Department | None = None, slug: str = "nar-hamtas-soporna", **more: Any
) -> Answer:
    """A public answer."""
    values: dict[str, Any] = {
        "question": "När hämtas soporna?",
        "answer": "Varannan vecka.",
        "audience": ["resident"],
        "rosa_level": 1,
        "visibility": Visibility.PUBLIC,
        "review_by": date(2027, 6, 30),
    }
    answer = Answer(slug=slug, department_id=(department or a_department(db)).id, **{**values, **more})
    db.add(answer)
    db.flush()
    return answer
