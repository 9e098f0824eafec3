"""Felanmälan, walked through as a resident does it without JavaScript."""

from typing import Any

import pytest

from forms.answers import Answers, asked_fields, first_incomplete_step, problems
from forms.building import SHOWN, step_form
from forms.kinds.table import kind_of
from forms.loader import load_forms
from forms.summary import rows
from tests.forms.builders import posted

FORM = load_forms()["felanmalan"]
VAD, VAR, DU = FORM.steps

CATEGORIES = {
    "gatlykta": ["lykta_fel", "lykta_nummer"],
    "hal-i-gatan": ["hal_farligt", "hal_storlek"],
    "klotter": ["klotter_krankande"],
    "snorojning": ["sno_fel"],
    "lekplats": ["lekplats_farligt"],
    "park-trad": ["park_fel"],
    "nedskrapning": ["skrap_slag"],
    "vattenlacka": ["lacka_jour", "lacka_mangd"],
    "missad-hamtning": ["karl_slag", "karl_dag"],
    "annat": [],
}


def filled_in(step: Any, answers: Answers, values: dict[str, str]) -> tuple[Answers, int]:
    """Send a step until it lets the person go on; give the answers and the number of pages."""
    for pages in range(1, 4):
        drawn = step_form(FORM, step, answers)(data=dict(answers))
        on_page = {question.definition.id for question in drawn.questions}
        sent = {key: value for key, value in values.items() if key in on_page}
        bound = posted(FORM, step, answers, shown=drawn[SHOWN]._value(), **sent)  # type: ignore[attr-defined]
        assert bound.problems == ()
        answers = answers.merged(step, bound.answers())
        if not bound.newly_asked:
            return answers, pages
    raise AssertionError("the step never ends")


def follow_up_answers(category: str) -> dict[str, str]:
    """Choose the first answer of every follow-up question."""
    asked = asked_fields(FORM, VAD, {"kategori": category})
    return {field.id: field.choices[0].value for field in asked if field.choices and field.id != "kategori"}


def test_the_categories_are_those_of_the_contract():
    assert [choice.value for choice in FORM.field("kategori").choices] == list(CATEGORIES)


@pytest.mark.parametrize(("category", "follow_ups"), CATEGORIES.items())
def test_a_fault_of_every_category_can_be_reported_anonymously(category: str, follow_ups: list[str]):
    asked = [field.id for field in asked_fields(FORM, VAD, {"kategori": category})]
    assert asked == ["kategori", *follow_ups, "beskrivning"]

    words = {"kategori": category, "beskrivning": "Det är trasigt.", **follow_up_answers(category)}
    answers, pages = filled_in(VAD, Answers(), words)
    assert pages == (2 if follow_ups else 1)
    answers, _ = filled_in(VAR, answers, {"adress": "", "plats": "Vid bron"})
    answers, pages = filled_in(DU, answers, {"kontakt": "nej"})
    assert pages == 1
    assert first_incomplete_step(FORM, answers) is None
    assert answers.relevant(FORM) == answers


def test_a_person_who_wants_an_answer_is_asked_how():
    answers, pages = filled_in(DU, Answers(), {"kontakt": "ja", "telefon": "0771-567 567"})
    assert pages == 2
    assert [(row.label, row.text) for row in rows(FORM, answers) if row.is_answered] == [
        ("Vill du ha svar?", "Ja, hör av er till mig"),
        ("Ditt telefonnummer", "0771-567 567"),
    ]


def test_a_person_who_wants_an_answer_must_say_where():
    bound = posted(
        FORM, DU, shown="bilder,kontakt,uppgifter,namn,epost,telefon", kontakt="ja", namn="Kim", epost=""
    )
    assert [str(problem) for problem in bound.problems] == [
        "Skriv en e-postadress eller ett telefonnummer, så att vi kan svara dig."
    ]


def test_a_person_who_turns_anonymous_leaves_no_contact_behind():
    answers = Answers({"kontakt": "nej", "namn": "Kim", "epost": "kim@exempel.se"})
    assert answers.relevant(FORM) == {"kontakt": "nej"}


def test_the_place_is_an_address_or_words():
    assert [str(problem) for problem in posted(FORM, VAR, adress=" ", plats="").problems] == [
        "Skriv en adress eller beskriv platsen, så att vi hittar dit."
    ]
    assert posted(FORM, VAR, adress="Kvarngatan 14", plats="").problems == ()


def test_changing_the_category_asks_its_own_questions():
    first = {"kategori": "gatlykta", "lykta_fel": "slackt", "beskrivning": "Mörkt."}
    bound = posted(
        FORM,
        VAD,
        first,
        shown="kategori,lykta_fel,lykta_nummer,beskrivning",
        kategori="klotter",
        beskrivning="Ord.",
    )
    assert [field.id for field in bound.newly_asked] == ["klotter_krankande"]
    answers = Answers(first).merged(VAD, bound.answers())
    assert "lykta_fel" not in answers.relevant(FORM)


def test_an_empty_form_tells_all_that_is_missing():
    assert [str(problem) for problem in problems(FORM, {})] == [
        "Välj vad felet gäller.",
        "Beskriv felet med några ord.",
        "Skriv en adress eller beskriv platsen, så att vi hittar dit.",
        "Välj om du vill ha svar eller vara anonym.",
    ]


def test_every_required_question_says_itself_what_to_do():
    required = [field for field in FORM.fields() if field.required]
    assert required
    assert all(field.missing for field in required)


def test_every_word_a_resident_reads_is_calm():
    said = [text for field in FORM.fields() for text in (field.label, field.hint, field.missing, field.text)]
    assert not [text for text in said if "!" in text]


def test_every_field_has_a_kind_that_draws_it():
    for field in FORM.fields():
        assert kind_of(field).question(field) is not None
