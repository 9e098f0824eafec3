"""What every kind of question must be able to do."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import wtforms

from forms.definition import Field
from forms.problems import N_, Problem


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer after judgement: the typed value, None when nothing was answered, and its problems."""

    value: Any = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as a person reads it. Only a msgid is translated; a person's own words never are."""

    text: str
    is_msgid: bool = False


class Kind(ABC):
    """A kind of question: draws itself, judges, shows and stores its answers.

    `judge` and `shown` take anything at all, also what somebody forged, and never raise.
    """

    name: ClassVar[str]
    asks: ClassVar[bool] = True
    keys: ClassVar[frozenset[str]] = frozenset()
    missing: ClassVar[str] = N_("Svara på frågan.")

    @abstractmethod
    def question(self, definition: Field) -> wtforms.Field:
        """Give the WTForms field of the question, not yet bound to a form."""

    @abstractmethod
    def judge(self, definition: Field, raw: object) -> Judged:
        """Give the typed value of what was typed, posted or stored, or its problems."""

    @abstractmethod
    def shown(self, definition: Field, value: object) -> Shown:
        """Give the answer as a person reads it, empty when it cannot be read."""

    def typed(self, value: object) -> str:
        """Give what the person typed, to stand in the box again."""
        return value if isinstance(value, str) else ""

    def to_json(self, value: Any) -> Any:
        """Give the value as plain JSON."""
        return value

    def from_json(self, stored: object) -> object:
        """Give the value of what to_json gave; anything else comes back as it is, to be judged."""
        return stored

    def completed(self, definition: Field) -> Field:
        """Give the definition with this kind's own defaults filled in."""
        return definition

    def faults(self, definition: Field) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Give what is wrong with the definition, as msgids that say what to write."""
        yield from ()
