"""A step becomes a page of questions, and what was posted is judged."""

import io
from collections.abc import Iterable

import pytest
from werkzeug.datastructures import FileStorage, MultiDict

from forms.answers import Answers
from forms.building import SHOWN, StepForm, asked_fields, step_form
from forms.conditions import Equals
from forms.definition import AtLeastOne, Field
from forms.kinds.contact import PhoneNumber
from forms.kinds.file import ImagesQuestion
from tests.forms.builders import PICTURE, a_field, a_form, a_form_with_a_follow_up, posted

FOLLOW = a_form_with_a_follow_up()
(STEP,) = FOLLOW.steps


def ids(fields: Iterable[Field]) -> list[str]:
    """Give the ids of fields."""
    return [field.id for field in fields]


def test_a_follow_up_is_not_drawn_before_its_question_is_answered():
    assert ids(asked_fields(FOLLOW, STEP, {})) == ["val", "text"]
    assert ids(asked_fields(FOLLOW, STEP, {"val": "a"})) == ["val", "mer", "text"]


def test_the_first_post_with_a_choice_reveals_the_follow_up_without_scolding():
    bound = posted(FOLLOW, STEP, shown="val,text", val="a", text="")
    assert ids(bound.newly_asked) == ["mer"]
    assert bound.problems == ()
    assert "mer" in bound


def test_what_was_typed_wrongly_is_told_also_when_there_are_new_questions():
    bound = posted(FOLLOW, STEP, shown="val,text", val="a", text="x" * 3000)
    assert [problem.field for problem in bound.problems] == ["text"]
    assert bound["text"].data == "x" * 3000


def test_a_follow_up_that_was_drawn_is_judged():
    bound = posted(FOLLOW, STEP, shown="val,mer,text", val="a", mer="", text="Hej")
    assert bound.newly_asked == ()
    assert [problem.field for problem in bound.problems] == ["mer"]


def test_everything_at_once_needs_no_second_page():
    bound = posted(FOLLOW, STEP, val="a", mer="Mer", text="Hej")
    assert bound.newly_asked == ()
    assert bound.problems == ()
    assert bound.answers() == {"val": "a", "mer": "Mer", "text": "Hej"}


@pytest.mark.parametrize("forged", ["", "nej", "mer", "val,mer,text", ",,\0\ud800", "text"])
def test_a_forged_list_of_shown_questions_never_skips_a_required_one(forged: str):
    bound = posted(FOLLOW, STEP, shown=forged, val="a", text="Hej")
    assert bound.newly_asked or bound.problems


def test_an_optional_follow_up_is_shown_once_and_may_stay_empty():
    form = a_form_with_a_follow_up(required=False)
    (step,) = form.steps
    assert ids(posted(form, step, shown="val,text", val="a", text="Hej").newly_asked) == ["mer"]
    second = posted(form, step, shown="val,mer,text", val="a", mer="", text="Hej")
    assert (second.newly_asked, second.problems) == ((), ())


def test_another_choice_hides_the_follow_up_and_ignores_what_was_posted_for_it():
    bound = posted(FOLLOW, STEP, shown="val,mer,text", val="b", mer="Mer", text="Hej")
    assert bound.answers() == {"val": "b", "text": "Hej"}


def test_a_choice_outside_the_choices_reveals_nothing_and_is_told():
    bound = posted(FOLLOW, STEP, shown="val,text", val="z", text="Hej")
    assert ids(bound.asked) == ["val", "text"]
    assert [str(problem) for problem in bound.problems] == ["Välj ett av alternativen."]


def test_the_page_carries_the_list_of_what_it_draws():
    page = step_form(FOLLOW, STEP, {"val": "a"})()
    assert 'value="val,mer,text"' in page[SHOWN]()


def test_an_earlier_answer_stands_in_its_box():
    form = a_form(a_field("phone"), a_field("short_text", "ord"))
    page = step_form(form, form.steps[0], {})(
        data={"svar": PhoneNumber("+46701740605", "070 1740605"), "ord": "Hej"}
    )
    assert (page["svar"].data, page["ord"].data) == ("070 1740605", "Hej")


def test_an_earlier_answer_to_a_question_drawn_again_is_not_lost():
    bound = posted(
        FOLLOW, STEP, {"val": "b", "mer": "Förr", "text": "Hej"}, shown="val,text", val="a", text="Hej"
    )
    assert ids(bound.newly_asked) == ["mer"]
    assert bound["mer"].data == "Förr"


def test_what_was_typed_wrongly_stays_in_the_box_and_out_of_the_answers():
    form = a_form(a_field("email"))
    bound = posted(form, form.steps[0], svar="namn@")
    assert bound["svar"].data == "namn@"
    assert bound.answers() == {}


def test_an_emptied_answer_takes_the_earlier_one_away():
    form = a_form(a_field())
    bound = posted(form, form.steps[0], {"svar": "Förr"}, svar="")
    assert Answers({"svar": "Förr"}).merged(form.steps[0], bound.answers()) == {}


def test_one_of_several_is_enough_but_none_is_not():
    rule = AtLeastOne(("svar", "ord"), "Skriv något av det.")
    form = a_form(a_field(), a_field(field_id="ord"), at_least_one=(rule,))
    empty = posted(form, form.steps[0], svar=" ", ord="")
    assert [(problem.field, str(problem)) for problem in empty.problems] == [("svar", "Skriv något av det.")]
    assert posted(form, form.steps[0], svar="", ord="Hej").problems == ()


def test_a_wrong_answer_is_not_called_missing_too():
    rule = AtLeastOne(("svar", "tel"), "Skriv något av det.")
    form = a_form(a_field("email", required=True), a_field("phone", "tel"), at_least_one=(rule,))
    bound = posted(form, form.steps[0], svar="namn", tel="")
    assert [str(problem) for problem in bound.problems] == ["Skriv en e-postadress som namn@exempel.se."]


def test_each_field_knows_its_kind_and_definition():
    page = step_form(FOLLOW, STEP, {})()
    assert [(question.kind, question.definition.id) for question in page.questions] == [
        ("one_of", "val"),
        ("long_text", "text"),
    ]


def test_an_information_is_drawn_and_never_answered():
    form = a_form(a_field("information", "las", text="Läs det här."), a_field())
    bound = posted(form, form.steps[0], las="Nej", svar="Hej")
    assert [question.kind for question in bound.questions] == ["information", "short_text"]
    assert bound.answers() == {"svar": "Hej"}


def test_a_revealed_information_is_shown_before_the_person_goes_on():
    form = a_form(
        a_field("yes_no", "val"), a_field("information", "las", text="Läs.", show_when=Equals("val", "ja"))
    )
    assert ids(posted(form, form.steps[0], shown="val", val="ja").newly_asked) == ["las"]
    assert posted(form, form.steps[0], shown="val,las", val="ja").newly_asked == ()


def test_lone_surrogates_and_null_bytes_can_be_drawn_again():
    form = a_form(a_field())
    bound = posted(form, form.steps[0], svar="a\ud800b\0c")
    assert [str(problem) for problem in bound.problems] == [
        "Texten innehåller tecken som vi inte kan läsa. Skriv om den."
    ]
    assert bound["svar"]().encode()


PICTURES = a_form(a_field("images", "bilder", max_files=2), a_field("email", "epost"))


def an_upload(name: str = "ny.jpg") -> FileStorage:
    """Give a file as the web framework gives it."""
    return FileStorage(io.BytesIO(b"bild"), filename=name)


def pictures(*uploads: FileStorage, kept: int = 1, **values: str) -> tuple[ImagesQuestion, StepForm]:
    """Post pictures beside those already kept."""
    sent: MultiDict[str, object] = MultiDict([("bilder", upload) for upload in uploads])
    sent.update(values)
    earlier = [{**PICTURE, "id": number} for number in range(1, kept + 1)]
    page = step_form(PICTURES, PICTURES.steps[0], {})(sent, data={"bilder": earlier})
    question = page["bilder"]
    assert isinstance(question, ImagesQuestion)
    return question, page


def test_earlier_pictures_stay_and_new_ones_are_handed_to_the_edge():
    question, _ = pictures(an_upload(), an_upload(name=""))
    assert [upload.filename for upload in question.uploads] == ["ny.jpg"]
    assert [reference["id"] for reference in question.data] == [1]
    assert question.fits


def test_an_accepted_picture_is_an_answer_also_when_another_answer_is_wrong():
    question, page = pictures(an_upload(), epost="namn@")
    question.accept({"id": 9, "name": "ny.jpg", "size": 4})
    assert not page.validate()
    assert [reference["id"] for reference in page.answers()["bilder"]] == [1, 9]


def test_a_refused_picture_tells_why_and_the_earlier_ones_stay():
    question, page = pictures(an_upload("stor.jpg"))
    question.refuse("Bilden %(name)s är för stor.", {"name": "stor.jpg"})
    assert not page.validate()
    assert [str(problem) for problem in page.problems] == ["Bilden stor.jpg är för stor."]
    assert [reference["id"] for reference in question.data] == [1]


def test_too_many_pictures_say_how_many_there_is_room_for():
    question, page = pictures(an_upload(), an_upload())
    assert not question.fits
    assert not page.validate()
    assert "högst 2 bilder" in str(page.problems[0])


def test_a_picture_can_be_removed():
    question, _ = pictures(kept=2, bilder_ta_bort="1")
    assert question.remove_name == "bilder_ta_bort"
    assert [reference["id"] for reference in question.data] == [2]
