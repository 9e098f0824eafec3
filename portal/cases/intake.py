"""What a case is opened from, whatever the channel."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.cases.models import Case
from portal.cases.rules import ActorKind, Channel
from portal.services.models import Service


@dataclass(frozen=True)
class Who:
    """Who does something to a case. `name` is shown to the citizen when staff does it."""

    kind: ActorKind
    id: int | None = None
    name: str = ""


CITIZEN = Who(ActorKind.CITIZEN)
SYSTEM = Who(ActorKind.SYSTEM)


@dataclass(frozen=True)
class Intake:
    """Everything known about a case when it comes in.

    `submission` is unique for what was submitted: the same again opens nothing new. `received_at` is when it reached
    the municipality, which is when its clocks start, also when it is registered later. The service comes with its
    categories. `answers` are rows as shown: step, label, text, and which of label and text are msgids. `reference` is one
    decided beforehand, as when a history is brought in; otherwise a new one is made. A case that says that a pledge was
    not kept names the pledge, the reference it is `about`, if any, and whose pledge it is: that department has the case.
    """

    submission: str
    service: Service
    title: str
    received_at: datetime
    category: str = ""
    description: str = ""
    place: str = ""
    answers: tuple[dict[str, Any], ...] = ()
    channel: Channel = Channel.WEB
    language: str = "sv"
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""
    file_ids: tuple[int, ...] = ()
    who: Who = CITIZEN
    reference: str = ""
    pledge_id: int | None = None
    about: str = ""
    department_id: int | None = None


@dataclass(frozen=True)
class OpenedCase:
    """A case, and the key that opens it for the citizen. `new` is False when it was there already."""

    case: Case
    key: str
    new: bool
