"""Builders for the tests of the form engine: short names for forms, posts and answers."""

from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from forms.building import SHOWN, StepForm, posted_answers, step_form
from forms.conditions import Condition, Equals
from forms.definition import AtLeastOne, Choice, Field, Form, Step
from forms.kinds.table import KINDS

A_OR_B = (Choice("a", "Alternativ A"), Choice("b", "Alternativ B"))
PICTURE = {"id": 1, "name": "hål.jpg", "size": 1024}


def a_field(kind: str = "short_text", field_id: str = "svar", **keys: Any) -> Field:
    """Give a field completed by its kind, as the loader gives it."""
    return KINDS[kind].completed(Field(field_id, kind, "Fråga", **keys))


def a_form(*fields: Field, at_least_one: tuple[AtLeastOne, ...] = ()) -> Form:
    """Give a form of one step."""
    return Form("prov", "Prov", 1, "Ett prov.", 1, (Step("ett", "Ett", "", fields, at_least_one),))


def a_form_with_a_follow_up(required: bool = True, condition: Condition | None = None) -> Form:
    """Give a form of one step whose second question is asked when the first is answered with a."""
    return a_form(
        a_field("one_of", "val", choices=A_OR_B, required=True),
        a_field(field_id="mer", required=required, show_when=condition or Equals("val", "a")),
        a_field("long_text", "text", required=True),
    )


def posted(form: Form, step: Step, answers: Any = (), shown: str | None = None, **values: Any) -> StepForm:
    """Post values to a step, after the page that listed `shown`, and validate."""
    sent = MultiDict(values)
    if shown is not None:
        sent[SHOWN] = shown
    known = posted_answers(form, step, dict(answers), sent)
    bound = step_form(form, step, known)(sent, data=dict(answers))
    bound.validate()
    return bound


def written(folder: Path, source: str, name: str = "prov.toml") -> Path:
    """Write a definition to a file."""
    path = folder / name
    path.write_text(source, encoding="utf-8")
    return path
