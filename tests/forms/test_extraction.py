"""What the definitions say to people can be translated."""

import io
from importlib import resources

from babel.messages.extract import extract

from forms.loader import load_forms


def extracted(source: bytes) -> list[tuple[int, str]]:
    """Extract as Babel does."""
    found = extract("forms.extraction:extract_form", io.BytesIO(source))
    return [(line, str(message)) for line, message, _, _ in found]


def test_texts_are_found_with_their_line_and_identifiers_are_not():
    source = 'slug = "prov"\ntitle = "Prov på tråden"\n[[steps]]\n[[steps.fields]]\nid = "x"\nlabel = "Fråga"\nhint = ""\n'
    assert extracted(source.encode()) == [(2, "Prov på tråden"), (6, "Fråga")]


def test_choices_and_messages_are_found():
    source = '[[steps]]\nchoices = [{ value = "a", label = "Alternativ A" }]\n[[steps.at_least_one]]\nmessage = "Välj."\n'
    assert extracted(source.encode()) == [(2, "Alternativ A"), (4, "Välj.")]


def test_everything_a_shipped_form_says_is_found_on_a_line_of_its_own():
    for form in load_forms().values():
        source = (resources.files("forms.definitions") / f"{form.slug}.toml").read_bytes()
        messages = {message for _, message in extracted(source)}
        said = {form.title, form.lead}
        for step in form.steps:
            said |= {step.title, step.lead, *(rule.message for rule in step.at_least_one)}
        for field in form.fields():
            said |= {field.label, field.hint, field.missing, field.text}
            own = field.choices if field.kind != "yes_no" or field.id == "kontakt" else ()
            said |= {text for choice in own for text in (choice.label, choice.hint)}
        assert said - {""} == messages
