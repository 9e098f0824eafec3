"""The grammar of an e-service as frozen values: a Form has Steps, a Step has Fields."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from forms.conditions import Condition
from forms.errors import UnknownField, UnknownStep


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose: the value that is kept, and the msgids a person reads."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question, or one information that stands among the questions.

    `label`, `hint`, `missing` and `text` are msgids. `missing` is what the person reads
    who leaves a required question; `text` is the body of an information. `emergency_of`
    names the verksamhet whose round-the-clock number belongs under an information.
    """

    id: str
    kind: str
    label: str
    hint: str = ""
    required: bool = False
    missing: str = ""
    choices: tuple[Choice, ...] = ()
    show_when: Condition | None = None
    max_length: int | None = None
    autocomplete: str = ""
    input_mode: str = ""
    max_files: int = 0
    text: str = ""
    emergency_of: str = ""

    def choice(self, value: object) -> Choice | None:
        """Give the choice with that value, or None when it is not among the choices."""
        return next((choice for choice in self.choices if choice.value == value), None)


@dataclass(frozen=True, slots=True)
class AtLeastOne:
    """A rule on a step: of these fields, those that are asked, at least one has an answer."""

    fields: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Step:
    """One page of questions. `title` and `lead` are msgids."""

    slug: str
    title: str
    lead: str
    fields: tuple[Field, ...]
    at_least_one: tuple[AtLeastOne, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """An e-service: what it is called, how long it takes, and its steps in order.

    `minutes` is the time a person needs; `prefix` begins the reference of its cases.
    """

    slug: str
    title: str
    version: int
    lead: str
    minutes: int
    steps: tuple[Step, ...]
    prefix: str = "FEL"

    def step(self, slug: str) -> Step:
        """Give the step with that slug. Raises UnknownStep."""
        return self.steps[self._position(slug)]

    def next_step(self, slug: str) -> Step | None:
        """Give the step after that one, None after the last. Raises UnknownStep."""
        position = self._position(slug) + 1
        return self.steps[position] if position < len(self.steps) else None

    def previous_step(self, slug: str) -> Step | None:
        """Give the step before that one, None before the first. Raises UnknownStep."""
        position = self._position(slug)
        return self.steps[position - 1] if position else None

    def fields(self) -> Iterator[Field]:
        """Give every field of every step, in the order they are asked."""
        return chain.from_iterable(step.fields for step in self.steps)

    def field(self, field_id: str) -> Field:
        """Give the field with that id. Raises UnknownField."""
        for field in self.fields():
            if field.id == field_id:
                return field
        raise UnknownField(f"{self.slug} has no field {field_id!r}")

    def step_of(self, field_id: str) -> Step:
        """Give the step where the field stands. Raises UnknownField."""
        for step in self.steps:
            if any(field.id == field_id for field in step.fields):
                return step
        raise UnknownField(f"{self.slug} has no field {field_id!r}")

    def _position(self, slug: str) -> int:
        for position, step in enumerate(self.steps):
            if step.slug == slug:
                return position
        raise UnknownStep(f"{self.slug} has no step {slug!r}")
