"""Answers as ordered rows of label and text: for review, receipt, letter and desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.answers import asked_fields
from forms.definition import Field, Form, Step
from forms.kinds.file import FileReference, references
from forms.kinds.table import kind_of
from forms.problems import N_

NO_ANSWER = N_("Inget svar")


@dataclass(frozen=True, slots=True)
class Row:
    """One question and its answer.

    `label` is always a msgid. `text` is one only when `is_msgid`; a person's own words
    are shown as they are, with their line breaks. An unanswered question has a row with
    `is_answered` false, so that the review page can offer to fill it in.
    """

    step_slug: str
    field_id: str
    kind: str
    label: str
    text: str
    is_msgid: bool
    is_answered: bool
    files: tuple[FileReference, ...] = ()


def rows(form: Form, answers: Mapping[str, Any]) -> tuple[Row, ...]:
    """Give a row for every question that is asked, in the order it is asked."""
    return tuple(row for step in form.steps for row in step_rows(form, step, answers))


def step_rows(form: Form, step: Step, answers: Mapping[str, Any]) -> tuple[Row, ...]:
    """Give a row for every question of the step that is asked."""
    asked = asked_fields(form, step, answers)
    return tuple(_row(step, field, answers.get(field.id)) for field in asked if kind_of(field).asks)


def _row(step: Step, field: Field, value: object) -> Row:
    shown = kind_of(field).shown(field, value)
    return Row(
        step_slug=step.slug,
        field_id=field.id,
        kind=field.kind,
        label=field.label,
        text=shown.text or NO_ANSWER,
        is_msgid=shown.is_msgid or not shown.text,
        is_answered=bool(shown.text),
        files=references(value) or (),
    )
