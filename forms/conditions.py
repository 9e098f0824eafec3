"""When a question is asked: a small tree over earlier answers. Nothing is evaluated as code."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from forms.errors import FormError
from forms.problems import N_

DEEPEST = 5


class UnreadableCondition(FormError):
    """A condition does not follow the grammar; the message is a msgid that says what to write."""


@dataclass(frozen=True, slots=True)
class Equals:
    """The answer to the field is exactly this value."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The answer to the field is one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold. An unanswered question makes it hold."""

    part: "Condition"


Condition: TypeAlias = Equals | OneOf | AllOf | AnyOf | Not


def holds(condition: Condition, answers: Mapping[str, object]) -> bool:
    """Say whether the condition holds for the answers; a missing answer equals nothing."""
    match condition:
        case Equals(field, value):
            return answers.get(field) == value
        case OneOf(field, values):
            return answers.get(field) in values
        case AllOf(parts):
            return all(holds(part, answers) for part in parts)
        case AnyOf(parts):
            return any(holds(part, answers) for part in parts)
        case Not(part):
            return not holds(part, answers)


def comparisons(condition: Condition) -> Iterator[tuple[str, str]]:
    """Give each field and value that the condition compares, in order."""
    match condition:
        case Equals(field, value):
            yield field, value
        case OneOf(field, values):
            yield from ((field, value) for value in values)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from comparisons(part)
        case Not(part):
            yield from comparisons(part)


def read_condition(raw: object, depth: int = 1) -> Condition:
    """Read a condition from TOML or JSON, such as {field="kategori", one_of=["gatlykta"]}.

    Raises UnreadableCondition when the grammar is not followed, or more than five
    levels stand inside each other.
    """
    if not isinstance(raw, Mapping) or depth > DEEPEST:
        raise UnreadableCondition(
            N_(
                'Villkoret går inte att läsa. Skriv det som { field = "…", equals = "…" }, högst fem nivåer djupt.'
            )
        )
    if "field" in raw:
        return _comparison(raw)
    return _combination(raw, depth)


def _comparison(raw: Mapping[str, object]) -> Condition:
    field = raw["field"]
    match {key: value for key, value in raw.items() if key != "field"}:
        case {"equals": str(value), **rest} if isinstance(field, str) and not rest:
            return Equals(field, value)
        case {"one_of": [*values], **rest} if isinstance(field, str) and not rest and values:
            texts = tuple(value for value in values if isinstance(value, str))
            if len(texts) == len(values):
                return OneOf(field, texts)
    raise UnreadableCondition(
        N_("Skriv field tillsammans med antingen equals (en text) eller one_of (minst en text).")
    )


def _combination(raw: Mapping[str, object], depth: int) -> Condition:
    match raw:
        case {"all_of": [_, *_] as parts, **rest} if not rest:
            return AllOf(tuple(read_condition(part, depth + 1) for part in parts))
        case {"any_of": [_, *_] as parts, **rest} if not rest:
            return AnyOf(tuple(read_condition(part, depth + 1) for part in parts))
        case {"not": part, **rest} if not rest:
            return Not(read_condition(part, depth + 1))
    raise UnreadableCondition(
        N_("Ett villkor har antingen field, eller exakt en av all_of, any_of (minst en del) och not.")
    )
