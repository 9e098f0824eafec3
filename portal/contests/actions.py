"""Opening the case of somebody who says that a promise was not kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases.access import Access
from portal.cases.actions import open_case
from portal.cases.intake import Intake, OpenedCase
from portal.contests.rules import title_of
from portal.i18n import N_
from portal.pledgebook.models import Pledge, PledgeVersion
from portal.services.models import Service

PLEDGE, ABOUT, WHAT_HAPPENED = N_("Löftet"), N_("Ärendenummer"), N_("Vad som hände")


@dataclass(frozen=True)
class Objection:
    """What somebody says about a pledge. `token` is unique for one sending; `reference` is never looked up for them.

    `own_reference` is one decided beforehand, as when a history is brought in; otherwise the case gets a new one.
    """

    text: str
    token: str
    language: str
    reference: str = ""
    email: str = ""
    own_reference: str = ""


def contest(
    db: Session,
    pledge: Pledge,
    version: PledgeVersion,
    service: Service,
    *,
    said: Objection,
    access: Access,
    at: datetime,
) -> OpenedCase:
    """Open a case of the complaint service, tied to the pledge and taken care of by the pledge's department.

    The same sending again gives the case that is there. It is opened also when our own clock says that the promise
    was kept: how many contest an outcome is published beside it.
    """
    return open_case(db, _intake(pledge, version, service, said, at), access, at)


def _intake(
    pledge: Pledge, version: PledgeVersion, service: Service, said: Objection, at: datetime
) -> Intake:
    rows = [(PLEDGE, version.short.replace("*", "")), (ABOUT, said.reference), (WHAT_HAPPENED, said.text)]
    return Intake(
        submission=f"contest:{pledge.slug}:{said.token}",
        service=service,
        title=title_of(version.short),
        received_at=at,
        description=said.text,
        answers=tuple(_row(label, text) for label, text in rows if text),
        language=said.language,
        contact_email=said.email,
        pledge_id=pledge.id,
        department_id=pledge.department_id,
        reference=said.own_reference,
        about=said.reference,
    )


def _row(label: str, text: str) -> dict[str, object]:
    return {"step": "", "label": label, "text": text, "label_is_msgid": True, "text_is_msgid": False}
