"""What the site's forms make of what no page of the site has sent."""

import pytest

from tests.visitor import Visitor

DOORS = ("/arende", "/arbete/logga-in")
SHAPES = (
    "[1]",
    '"ord"',
    "5",
    "null",
    '{"reference": 5, "email": [1], "csrf_token": 7}',
    '[["a"]]',
    "{",
    "[" * 100_000,
)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape[:12])
def test_json_is_answered_like_an_empty_form(visitor: Visitor, door: str, shape: str):
    visitor.get(door)
    page = visitor.post(door, status=422, data=shape, content_type="application/json")
    assert page.find("form", method="post")


@pytest.mark.parametrize("door", [*DOORS, "/arbete/logga-in?vidare=/arbete/"])
def test_signs_that_no_keyboard_gives_are_left_out(visitor: Visitor, door: str):
    visitor.get(door)
    name = "reference" if door == "/arende" else "email"
    page = visitor.post(
        door, {name: "a\x00\x1b\x7f\x85b", "key": "x"}, status=404 if name == "reference" else 422
    )
    field = page.find("input", attrs={"name": name})
    assert field is not None and field["value"] == "ab"
