"""How far somebody has come in a form: the steps in the margin, and where to go on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from forms.answers import is_complete, step_problems
from forms.definition import Form, Step
from forms.summary import Row, step_rows


class Standing(StrEnum):
    """How far a step has come; the word is also the name of its mark."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True)
class StepMark:
    """A step as it stands in the margin. `said` is what was chosen in it, else its first answer; None when it has none."""

    step: Step
    standing: Standing
    said: Row | None
    voluntary: bool


def steps_so_far(form: Form, answers: Mapping[str, Any], now: str) -> list[StepMark]:
    """Give every step with its standing; `now` is the slug of the step on the page, empty on the last page."""
    return [_mark(form, step, answers, now) for step in form.steps]


def _mark(form: Form, step: Step, answers: Mapping[str, Any], now: str) -> StepMark:
    answered = [row for row in step_rows(form, step, answers) if row.is_answered]
    is_done = bool(answered) and is_complete(form, step, answers)
    standing = Standing.NOW if step.slug == now else Standing.DONE if is_done else Standing.NEXT
    is_voluntary = not any(field.required for field in step.fields) and not step.at_least_one
    chosen = next((row for row in answered if row.is_msgid), None)
    return StepMark(step, standing, chosen or next(iter(answered), None), is_voluntary)


def first_unfinished_before(form: Form, step: Step, answers: Mapping[str, Any]) -> Step | None:
    """Give the first step before this one where something is missing or wrong."""
    for earlier in form.steps:
        if earlier.slug == step.slug:
            return None
        if step_problems(form, earlier, answers):
            return earlier
    return None


def may_be_left(step: Step) -> set[str]:
    """Give the questions that nobody needs to answer: not required, and not one of several of which one is."""
    in_rules = {field_id for rule in step.at_least_one for field_id in rule.fields}
    return {field.id for field in step.fields if not field.required and field.id not in in_rules}
