"""Conditions decide what is asked."""

import pytest

from forms.conditions import (
    AllOf,
    AnyOf,
    Condition,
    Equals,
    Not,
    OneOf,
    UnreadableCondition,
    comparisons,
    holds,
    read_condition,
)

A = Equals("val", "a")
B = OneOf("annat", ("b", "c"))

HOLDING = [
    (A, {"val": "a"}, True),
    (A, {"val": "b"}, False),
    (A, {}, False),
    (A, {"val": ["a"]}, False),
    (B, {"annat": "c"}, True),
    (B, {"annat": "a"}, False),
    (B, {"annat": None}, False),
    (B, {"annat": {}}, False),
    (AllOf((A, B)), {"val": "a", "annat": "b"}, True),
    (AllOf((A, B)), {"val": "a"}, False),
    (AnyOf((A, B)), {"annat": "b"}, True),
    (AnyOf((A, B)), {}, False),
    (Not(A), {"val": "b"}, True),
    (Not(A), {}, True),
    (Not(A), {"val": "a"}, False),
]


@pytest.mark.parametrize(("condition", "answers", "expected"), HOLDING)
def test_a_condition_holds_for_the_answers_it_names(
    condition: Condition, answers: dict[str, object], expected: bool
):
    assert holds(condition, answers) is expected


READABLE = [
    ({"field": "val", "equals": "a"}, A),
    ({"field": "annat", "one_of": ["b", "c"]}, B),
    ({"all_of": [{"field": "val", "equals": "a"}]}, AllOf((A,))),
    (
        {"any_of": [{"field": "val", "equals": "a"}, {"not": {"field": "val", "equals": "a"}}]},
        AnyOf((A, Not(A))),
    ),
]


@pytest.mark.parametrize(("raw", "expected"), READABLE)
def test_the_grammar_is_read(raw: object, expected: Condition):
    assert read_condition(raw) == expected


UNREADABLE: list[object] = [
    None,
    "val == 'a'",
    {},
    {"field": "val"},
    {"field": 3, "equals": "a"},
    {"field": "val", "equals": 3},
    {"field": "val", "one_of": []},
    {"field": "val", "one_of": ["a", 1]},
    {"field": "val", "equals": "a", "one_of": ["a"]},
    {"field": "val", "equals": "a", "any_of": []},
    {"all_of": []},
    {"any_of": "a"},
    {"all_of": [{"field": "val", "equals": "a"}], "not": {"field": "val", "equals": "a"}},
    {"not": {}},
    {"not": {"not": {"not": {"not": {"not": {"field": "val", "equals": "a"}}}}}},
]


@pytest.mark.parametrize("raw", UNREADABLE)
def test_anything_else_is_refused_with_what_to_write(raw: object):
    with pytest.raises(UnreadableCondition, match=r"Skriv|har antingen"):
        read_condition(raw)


def test_every_compared_field_and_value_is_listed():
    found = list(comparisons(AllOf((A, Not(AnyOf((B,)))))))
    assert found == [("val", "a"), ("annat", "b"), ("annat", "c")]
