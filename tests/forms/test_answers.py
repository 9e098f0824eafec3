"""Answers are typed, kept, and judged as a whole before a form is sent."""

import pytest

from forms.answers import Answers, first_incomplete_step, is_complete, problems
from forms.conditions import Equals, Not
from forms.definition import Form, Step
from forms.errors import UnknownField
from forms.kinds.contact import PhoneNumber
from tests.forms.builders import A_OR_B, PICTURE, a_field, a_form, a_form_with_a_follow_up

FORM = a_form_with_a_follow_up()
(STEP,) = FORM.steps


def test_answers_are_merged_step_by_step_and_the_old_ones_are_untouched():
    before = Answers({"val": "a"})
    after = before.merged(STEP, {"mer": "Mer", "val": None})
    assert before == {"val": "a"}
    assert after == {"mer": "Mer"}


def test_an_answer_to_a_field_of_another_step_is_refused():
    with pytest.raises(UnknownField, match="fel_steg"):
        Answers().merged(STEP, {"fel_steg": "x"})


def test_an_answer_to_a_question_no_longer_asked_is_dropped_at_the_end():
    answers = Answers({"val": "b", "mer": "Mer", "text": "Hej", "okand": "x"})
    assert answers.relevant(FORM) == {"val": "b", "text": "Hej"}


def test_a_question_that_depends_on_a_hidden_question_is_hidden():
    form = a_form(
        a_field("one_of", "val", choices=A_OR_B),
        a_field("yes_no", "mer", show_when=Equals("val", "a")),
        a_field(field_id="mest", show_when=Equals("mer", "ja")),
        a_field(field_id="annars", show_when=Not(Equals("mer", "ja"))),
    )
    answers = Answers({"val": "b", "mer": "ja", "mest": "x", "annars": "y"})
    assert answers.relevant(form) == {"val": "b", "annars": "y"}


def test_required_questions_are_judged_whatever_pages_were_seen():
    assert [problem.field for problem in problems(FORM, {})] == ["val", "text"]
    assert [problem.field for problem in problems(FORM, {"val": "a"})] == ["mer", "text"]
    assert problems(FORM, {"val": "b", "text": "Hej"}) == ()


def test_problems_come_in_the_order_of_the_questions():
    found = problems(FORM, {"val": "a", "text": "x" * 5000})
    assert [problem.field for problem in found] == ["mer", "text"]


def test_a_form_is_complete_step_by_step():
    first, second = (
        Step(slug, slug, "", (a_field(field_id=slug, required=True),)) for slug in ("ett", "tva")
    )
    form = Form("prov", "Prov", 1, "", 1, (first, second))
    assert first_incomplete_step(form, {"ett": "x"}) is second
    assert is_complete(form, first, {"ett": "x"})
    assert first_incomplete_step(form, {"ett": "x", "tva": "y"}) is None


MANY = a_form(
    a_field("phone", "telefon"),
    a_field("images", "bilder", max_files=3),
    a_field("email", "epost"),
    a_field(),
)
MANY_ANSWERS = Answers(
    {
        "telefon": PhoneNumber("+46701740605", "070-1740605"),
        "bilder": (PICTURE,),
        "epost": "a@b.se",
        "svar": "Hej",
    }
)


def test_answers_survive_storage():
    stored = MANY_ANSWERS.to_json(MANY)
    assert Answers.from_json(MANY, stored) == MANY_ANSWERS
    assert problems(MANY, Answers.from_json(MANY, stored)) == ()


@pytest.mark.parametrize("stored", [None, "x", [], 3, {"okand": 1}])
def test_stored_nonsense_is_no_answers(stored: object):
    assert Answers.from_json(MANY, stored) == {}


def test_a_stored_value_that_cannot_be_read_is_a_problem():
    answers = Answers.from_json(MANY, {"telefon": {"number": 1}, "svar": ["x"], "bilder": "x"})
    assert {problem.field for problem in problems(MANY, answers)} == {"telefon", "svar", "bilder"}


def test_plain_texts_become_typed_answers():
    typed = Answers({"telefon": "070-1740605", "epost": " A@B.SE ", "svar": ""}).judged(MANY)
    assert typed == {"telefon": PhoneNumber("+46701740605", "070-1740605"), "epost": "A@b.se"}
