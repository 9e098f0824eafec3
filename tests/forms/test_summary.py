"""The answers as rows to read."""

from forms.conditions import Equals
from forms.summary import NO_ANSWER, rows
from tests.forms.builders import A_OR_B, PICTURE, a_field, a_form

FORM = a_form(
    a_field("one_of", "val", choices=A_OR_B),
    a_field("information", "las", text="Läs."),
    a_field(field_id="mer", show_when=Equals("val", "a")),
    a_field("long_text", "text"),
    a_field("phone", "telefon"),
    a_field("images", "bilder", max_files=3),
)


def test_a_label_of_a_choice_is_translated_and_a_persons_words_are_not():
    found = {row.field_id: row for row in rows(FORM, {"val": "a", "text": "Alternativ A"})}
    assert (found["val"].text, found["val"].is_msgid) == ("Alternativ A", True)
    assert (found["text"].text, found["text"].is_msgid) == ("Alternativ A", False)


def test_rows_stand_in_the_order_of_the_questions_and_only_for_those_asked():
    asked = ["val", "text", "telefon", "bilder"]
    assert [row.field_id for row in rows(FORM, {"val": "b", "mer": "dolt"})] == asked
    assert all(row.step_slug == "ett" and row.label == "Fråga" for row in rows(FORM, {}))


def test_an_unanswered_question_says_so():
    row = rows(FORM, {})[0]
    assert (row.text, row.is_msgid, row.is_answered) == (NO_ANSWER, True, False)


def test_pictures_come_as_names_and_as_files():
    row = rows(FORM, {"bilder": [PICTURE, {**PICTURE, "name": "b.jpg"}]})[-1]
    assert row.text == "hål.jpg, b.jpg"
    assert [reference["name"] for reference in row.files] == ["hål.jpg", "b.jpg"]


def test_line_breaks_are_kept():
    row = rows(FORM, {"text": "rad\nrad"})[1]
    assert row.text == "rad\nrad"
