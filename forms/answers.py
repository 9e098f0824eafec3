"""What a person has answered: typed values, which questions are asked, and what is wrong."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from forms.conditions import holds
from forms.definition import Field, Form, Step
from forms.errors import UnknownField
from forms.kinds.table import kind_of
from forms.problems import Problem


@dataclass(frozen=True, eq=False)
class Answers(Mapping[str, Any]):
    """The answers so far by field id; never changed, only replaced.

    A text, a choice and an e-mail address are `str`, a phone number is a PhoneNumber,
    pictures are a tuple of references `{"id", "name", "size"}`. A question without
    answer has no entry. Equal to any mapping with the same values.
    """

    values_by_field: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep a copy of our own, without the questions that have no answer."""
        kept = {key: value for key, value in self.values_by_field.items() if value is not None}
        object.__setattr__(self, "values_by_field", MappingProxyType(kept))

    def __getitem__(self, field_id: str) -> Any:
        """Give the answer. Raises KeyError when there is none."""
        return self.values_by_field[field_id]

    def __iter__(self) -> Iterator[str]:
        """Give the ids of the answered fields."""
        return iter(self.values_by_field)

    def __len__(self) -> int:
        """Give how many fields are answered."""
        return len(self.values_by_field)

    def merged(self, step: Step, values: Mapping[str, Any]) -> "Answers":
        """Give the answers with those of a step laid over; None takes an answer away.

        Answers that are not in `values` stay, so that a person who changes back to an
        earlier choice finds the old answers. Raises UnknownField for a field of another step.
        """
        if strangers := values.keys() - {field.id for field in step.fields}:
            raise UnknownField(f"step {step.slug!r} has no field {', '.join(sorted(strangers))}")
        return Answers({**self, **values})

    def relevant(self, form: Form) -> "Answers":
        """Give only the answers to questions that are asked; this is what a case may hold."""
        return Answers(_asked_answers(form, self))

    def judged(self, form: Form) -> "Answers":
        """Give the relevant answers as typed values, from texts such as a script or the API sends.

        What cannot be read stays as it is, and `problems` tells of it.
        """
        return Answers({key: _typed(form.field(key), value) for key, value in self.relevant(form).items()})

    def to_json(self, form: Form) -> dict[str, Any]:
        """Give the answers as plain JSON, also those to questions no longer asked."""
        return {key: kind_of(found).to_json(self[key]) for key, found in _known(form, self)}

    @classmethod
    def from_json(cls, form: Form, stored: object) -> "Answers":
        """Give the answers that to_json gave. Fields the form does not know are left out.

        A value that cannot be read is kept as it is, and `problems` tells of it.
        """
        if not isinstance(stored, Mapping):
            return cls()
        return cls({key: kind_of(found).from_json(stored[key]) for key, found in _known(form, stored)})


def asked_fields(form: Form, step: Step, answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """Give the fields of the step that are asked, given the answers so far.

    Drawing and judging both go by this. A condition on a question that is not asked
    itself finds no answer.
    """
    asked = _asked_ids(form, answers)
    return tuple(field for field in step.fields if field.id in asked)


def missing(form: Form, step: Step, answers: Mapping[str, Any], answered: Set[str]) -> tuple[Problem, ...]:
    """Give a problem for each required question of the step that is asked and not in `answered`."""
    asked = [field for field in asked_fields(form, step, answers) if kind_of(field).asks]
    alone = [_is_missing(field) for field in asked if field.required and field.id not in answered]
    asked_ids = {field.id for field in asked}
    together = [
        Problem(first, rule.message)
        for rule in step.at_least_one
        for first in [field_id for field_id in rule.fields if field_id in asked_ids][:1]
        if not answered & set(rule.fields)
    ]
    return (*alone, *together)


def problems(form: Form, answers: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Give everything that stops the form from being sent, in the order of the questions."""
    return tuple(problem for step in form.steps for problem in step_problems(form, step, answers))


def step_problems(form: Form, step: Step, answers: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Give everything that is wrong or missing in one step, in the order of the questions."""
    asked = asked_fields(form, step, answers)
    judged = {field.id: kind_of(field).judge(field, answers.get(field.id)) for field in asked}
    answered = {key for key, answer in judged.items() if answer.value is not None or answer.problems}
    wrong = [problem for answer in judged.values() for problem in answer.problems]
    order = [field.id for field in step.fields]
    found = [*wrong, *missing(form, step, answers, answered)]
    return tuple(sorted(found, key=lambda problem: order.index(problem.field)))


def is_complete(form: Form, step: Step, answers: Mapping[str, Any]) -> bool:
    """Say whether nothing is wrong or missing in the step."""
    return not step_problems(form, step, answers)


def first_incomplete_step(form: Form, answers: Mapping[str, Any]) -> Step | None:
    """Give the step where the person has to go on, or None when the form can be sent."""
    return next((step for step in form.steps if not is_complete(form, step, answers)), None)


def _asked_answers(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    asked = _asked_ids(form, answers)
    return {
        field.id: answers[field.id]
        for field in form.fields()
        if field.id in asked and field.id in answers and kind_of(field).asks
    }


def _asked_ids(form: Form, answers: Mapping[str, Any]) -> set[str]:
    """Go through the questions in order; a condition sees only answers to questions asked before it."""
    asked: set[str] = set()
    known: dict[str, Any] = {}
    for question in form.fields():
        if question.show_when is not None and not holds(question.show_when, known):
            continue
        asked.add(question.id)
        if question.id in answers:
            known[question.id] = answers[question.id]
    return asked


def _known(form: Form, values: Mapping[str, Any]) -> Iterator[tuple[str, Field]]:
    return ((field.id, field) for field in form.fields() if field.id in values)


def _typed(definition: Field, value: Any) -> Any:
    judged = kind_of(definition).judge(definition, value)
    return value if judged.problems else judged.value


def _is_missing(definition: Field) -> Problem:
    return Problem(definition.id, definition.missing or kind_of(definition).missing)
