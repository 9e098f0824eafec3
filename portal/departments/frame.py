"""The service center, as it stands at the foot of every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from portal.clock import local_day
from portal.departments.queries import SERVICE_CENTER, find_department, hours_from
from portal.departments.rules import open_now
from portal.i18n import Text


@dataclass(frozen=True)
class ServiceCenter:
    """How to reach whoever answers for the whole municipality."""

    name: str
    slug: str
    phone: str
    email: str
    visit: str
    open_now: Text


def frame(db: Session, at: datetime) -> Mapping[str, Any]:
    """Give `service_center` and the municipality's `number`; nothing before there is any content."""
    found = find_department(db, SERVICE_CENTER)
    if found is None:
        return {}
    hours = hours_from(db, found, local_day(at))
    center = ServiceCenter(
        name=found.name,
        slug=found.slug,
        phone=found.phone,
        email=found.email,
        visit=found.visit,
        open_now=open_now(hours.week, hours.unusual, at),
    )
    return {"service_center": center, "number": found.organisation.number}
