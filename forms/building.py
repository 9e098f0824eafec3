"""A step and the answers so far become a WTForms class.

A question that depends on another question of the same step is first drawn when that
one is answered: the person sends the step, the same step comes back with the follow-up,
and only then is the follow-up judged. A hidden field tells which questions were drawn.
Whoever tampers with it can make a question be drawn once more, never skipped.
"""

from collections.abc import Mapping
from types import new_class
from typing import Any, ClassVar, Protocol, cast

import wtforms
from wtforms.widgets import HiddenInput

from forms.answers import Answers, asked_fields, is_complete, missing
from forms.definition import Field, Form, Step
from forms.kinds.question import Question
from forms.kinds.table import kind_of
from forms.problems import Problem

__all__ = ["SHOWN", "StepForm", "asked_fields", "is_complete", "posted_answers", "step_form"]

SHOWN = "visade"


class PostedForm(Protocol):
    """What a web framework makes of a posted form: at least Werkzeug's MultiDict."""

    def __contains__(self, name: object, /) -> bool: ...

    def getlist(self, name: str, /) -> list[Any]: ...


class ShownField(wtforms.Field):
    """A hidden field that lists the questions on the page, and reads which were on the last."""

    widget = HiddenInput()

    def __init__(self, asked: tuple[Field, ...], **kwargs: Any) -> None:
        """Take the questions that this page draws."""
        self.drawn = tuple(field.id for field in asked)
        super().__init__(label="", **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the questions of the page that was sent."""
        texts = (value for value in valuelist if isinstance(value, str))
        self.data = frozenset(field_id for text in texts for field_id in text.split(","))

    def _value(self) -> str:
        return ",".join(self.drawn)


class StepForm(wtforms.Form):
    """The questions of one step. Made by `step_form`; every question is a field named by its id."""

    form_definition: ClassVar[Form]
    step: ClassVar[Step]
    asked: ClassVar[tuple[Field, ...]]
    answers_so_far: ClassVar[Mapping[str, Any]]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Give the WTForms fields of the questions and informations, in order, ready to draw."""
        return tuple(field for field in self if isinstance(field, Question))

    @property
    def newly_asked(self) -> tuple[Field, ...]:
        """Give the questions that the person could not see when sending the step.

        Not empty means: draw the step again, also when everything else was right.
        """
        shown = self[SHOWN]
        if shown.raw_data is None:
            return ()
        return tuple(
            question.definition
            for question in self.questions
            if question.definition.show_when is not None
            and question.definition.id not in (shown.data or ())
            and not question.is_posted
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Give what is wrong after `validate`, in the order of the questions."""
        return tuple(problem for question in self.questions for problem in question.errors)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Judge what was sent and say whether nothing was wrong.

        While there are new questions to draw, an empty answer is not a problem yet: the
        person who chose a category and pressed Continue has done nothing wrong.
        """
        is_right = super().validate(extra_validators)
        if self.newly_asked:
            return is_right
        answered = {question.definition.id for question in self.questions if question.is_answered}
        lacking = missing(self.form_definition, self.step, self.answers_so_far, answered)
        for problem in lacking:
            _question(self, problem.field).errors.append(problem)
        return is_right and not lacking

    def answers(self) -> dict[str, Any]:
        """Give the typed values after `validate`, None for no answer; wrong ones are left out."""
        return {
            question.definition.id: question.answer
            for question in self.questions
            if question.owner.asks and (question.answer is not None or not question.errors)
        }


def step_form(
    form: Form, step: Step, answers: Mapping[str, Any], base: type[wtforms.Form] = wtforms.Form
) -> type[StepForm]:
    """Give a WTForms class for the questions of the step that are asked, given the answers.

    When the step was posted, give `posted_answers(...)`, so that a choice made on this
    very page counts. `base` may be FlaskForm, for CSRF and files.
    """
    asked = asked_fields(form, step, answers)
    namespace: dict[str, Any] = {field.id: kind_of(field).question(field) for field in asked}
    namespace[SHOWN] = ShownField(asked)
    described = {"form_definition": form, "step": step, "asked": asked, "answers_so_far": answers}
    made = new_class(
        "AskedStepForm", (StepForm, base), exec_body=lambda body: body.update(namespace | described)
    )
    return cast(type[StepForm], made)


def posted_answers(form: Form, step: Step, answers: Mapping[str, Any], posted: PostedForm) -> Answers:
    """Give the answers so far with the choices posted for this step laid over them.

    Only choices count, for only they decide what is asked. A value outside the choices
    is laid over too: it reveals nothing, and validation tells of it.
    """
    choices = {
        field.id: next(iter(posted.getlist(field.id)), None)
        for field in step.fields
        if field.choices and field.id in posted
    }
    return Answers({**answers, **choices})


def _question(form: StepForm, field_id: str) -> Question:
    return next(question for question in form.questions if question.definition.id == field_id)
