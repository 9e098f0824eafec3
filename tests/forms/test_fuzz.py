"""Whatever is posted or stored, the engine answers with problems, never with an exception."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms.answers import Answers, asked_fields, missing, problems
from forms.building import SHOWN, posted_answers, step_form
from forms.loader import load_forms
from forms.summary import rows

FORM = load_forms()["felanmalan"]
FIELD_IDS = [field.id for field in FORM.fields()]
CHOICES = [choice.value for field in FORM.fields() for choice in field.choices]

texts = st.one_of(
    st.text(),
    st.text(alphabet=st.characters(exclude_categories=[])),
    st.sampled_from([*CHOICES, "\0", "\ud800", "a@b.se", "070-174 06 05", "x" * 2001, ",".join(FIELD_IDS)]),
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "name", "size", "number", "typed"]), inner)
    ),
    max_leaves=6,
)
posts = st.lists(
    st.tuples(st.sampled_from([*FIELD_IDS, SHOWN, "bilder_ta_bort", "okand"]), texts), max_size=12
)
answers_of_any_kind = st.dictionaries(st.sampled_from(FIELD_IDS), values)


@settings(max_examples=300, deadline=None)
@given(step=st.sampled_from(FORM.steps), post=posts, stored=answers_of_any_kind)
def test_any_post_is_judged_and_drawn_again(step: Any, post: list[tuple[str, str]], stored: dict[str, Any]):
    sent = MultiDict(post)
    known = posted_answers(FORM, step, stored, sent)
    bound = step_form(FORM, step, known)(sent, data=stored)
    is_right = bound.validate()
    assert is_right == (bound.problems == ())
    for field in bound:
        assert field().encode() is not None
    if is_right and not bound.newly_asked:
        after = known.merged(step, bound.answers())
        assert missing(FORM, step, after, set(after)) == ()


@settings(max_examples=300, deadline=None)
@given(stored=answers_of_any_kind)
def test_any_stored_answers_are_judged_and_shown(stored: dict[str, Any]):
    answers = Answers.from_json(FORM, stored)
    problems(FORM, answers)
    answers.judged(FORM).to_json(FORM)
    for row in rows(FORM, answers):
        assert row.text.encode()


@settings(max_examples=200, deadline=None)
@given(stored=answers_of_any_kind)
def test_a_hidden_answer_never_reaches_the_case(stored: dict[str, Any]):
    relevant = Answers(stored).relevant(FORM)
    asked = {field.id for step in FORM.steps for field in asked_fields(FORM, step, relevant)}
    assert set(relevant) <= asked


@settings(max_examples=200, deadline=None)
@given(stored=answers_of_any_kind)
def test_answers_without_problems_survive_storage_as_text(stored: dict[str, Any]):
    answers = Answers(stored).judged(FORM)
    right = Answers(
        {key: answers[key] for key in answers if key not in {p.field for p in problems(FORM, answers)}}
    )
    assert Answers.from_json(FORM, json.loads(json.dumps(right.to_json(FORM)))) == right
