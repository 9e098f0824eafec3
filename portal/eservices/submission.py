"""What is filled in becomes what a case is opened from. Pure: answers in, a frozen value out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms.answers import Answers
from forms.definition import Form
from forms.kinds.file import references
from forms.summary import rows
from portal.cases.intake import Intake
from portal.cases.rules import Channel
from portal.eservices.rules import case_title
from portal.services.models import Service

# The ids that every definition uses for the same questions.
CATEGORY, DESCRIPTION = "kategori", "beskrivning"
ADDRESS, PLACE = "adress", "plats"
NAME, EMAIL, PHONE = "namn", "epost", "telefon"


@dataclass(frozen=True)
class Sender:
    """Where a submission comes from: a key unique for it, the language it was filled in, and the moment it came."""

    submission: str
    language: str
    at: datetime


def intake_of(form: Form, answers: Answers, service: Service, sender: Sender) -> Intake:
    """Give what a case is opened from; only questions that are asked count. The service comes with its categories."""
    asked = answers.relevant(form)
    category = str(asked.get(CATEGORY, ""))
    place = _text(asked, ADDRESS) or _text(asked, PLACE)
    return Intake(
        submission=sender.submission,
        service=service,
        category=category,
        title=case_title(_matter(form, category, service), place),
        description=_text(asked, DESCRIPTION),
        place=place,
        answers=_rows(form, asked),
        channel=Channel.WEB,
        language=sender.language,
        contact_name=_text(asked, NAME),
        contact_email=_text(asked, EMAIL),
        contact_phone=_text(asked, PHONE),
        received_at=sender.at,
        file_ids=photo_ids(asked),
    )


def photo_ids(answers: Mapping[str, Any]) -> tuple[int, ...]:
    """Give the ids of all pictures among answers, typed or stored."""
    return tuple(reference["id"] for value in answers.values() for reference in references(value) or ())


def _text(answers: Mapping[str, Any], field_id: str) -> str:
    return str(answers.get(field_id) or "")


def _matter(form: Form, category: str, service: Service) -> str:
    for field in form.fields():
        choice = field.choice(category) if field.id == CATEGORY else None
        if choice is not None:
            return choice.label
    return service.name


def _rows(form: Form, answers: Answers) -> tuple[dict[str, Any], ...]:
    return tuple(
        {
            "step": row.step_slug,
            "label": row.label,
            "text": row.text,
            "label_is_msgid": True,
            "text_is_msgid": row.is_msgid,
        }
        for row in rows(form, answers)
        if row.is_answered
    )
