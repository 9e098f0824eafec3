"""A definition is read whole, and every fault in it is told."""

from pathlib import Path

import pytest

from forms.building import SHOWN, StepForm, step_form
from forms.conditions import OneOf
from forms.errors import FaultyDefinition, UnknownField, UnknownStep
from forms.kinds.table import KINDS
from forms.loader import TAKEN, load_form, load_forms
from tests.forms.builders import a_field, a_form, written

HEAD = 'slug = "prov"\ntitle = "Prov"\nlead = "Ett prov."\nprefix = "FEL"\n'
STEP = '[[steps]]\nslug = "ett"\ntitle = "Ett"\n'
CHOICE = """
[[steps.fields]]
id = "val"
kind = "one_of"
label = "Välj"
choices = [{ value = "a", label = "A" }, { value = "b", label = "B" }]
"""


def a_question(keys: str) -> str:
    """Give a definition with a choice and one more question."""
    return f'{HEAD}{STEP}{CHOICE}[[steps.fields]]\nlabel = "Fråga"\n{keys}\n'


def faults_of(path: Path) -> list[str]:
    """Give every fault of the file in Swedish."""
    with pytest.raises(FaultyDefinition) as caught:
        load_form(path)
    return [str(fault) for fault in caught.value.faults]


FIELD_FAULTS = [
    ('kind = "short_text"', "id ska vara en text"),
    ('id = "x"', "kind ska vara en text"),
    ('id = "x"\nkind = "shrt_text"', "Sorten shrt_text finns inte. Välj en av short_text"),
    ('id = "Åäö"\nkind = "short_text"', "Skriv id med små bokstäver"),
    ('id = "data"\nkind = "short_text"', "Namnet data är upptaget"),
    ('id = "visade"\nkind = "short_text"', "Namnet visade är upptaget"),
    ('id = "validate_x"\nkind = "short_text"', "Namnet validate_x är upptaget"),
    ('id = "val"\nkind = "short_text"', "Två fält har id val"),
    ('id = "x"\nkind = "short_text"\nhnt = "?"', "Nyckeln hnt finns inte här. Menade du hint?"),
    ('id = "x"\nkind = "short_text"\nzzzzzz = "?"', "Nyckeln zzzzzz finns inte här. Ta bort den."),
    ('id = "x"\nkind = "short_text"\nmax_files = 3', "max_files hör inte till sorten short_text"),
    ('id = "x"\nkind = "short_text"\nchoices = []', "choices hör inte till sorten short_text"),
    ('id = "x"\nkind = "short_text"\nrequired = "ja"', "required ska vara true eller false"),
    ('id = "x"\nkind = "short_text"\nmax_length = 0', "max_length ska vara ett heltal"),
    ('id = "x"\nkind = "short_text"\nmax_length = true', "max_length ska vara ett heltal"),
    ('id = "x"\nkind = "short_text"\nhint = 3', "hint ska vara en text"),
    ('id = "x"\nkind = "short_text"\nhint = "10 %"', "Skriv ordet procent"),
    ('id = "x"\nkind = "short_text"\nmissing = "Svara."', "missing läses bara när svaret krävs"),
    ('id = "x"\nkind = "one_of"', "Fältet behöver minst två alternativ"),
    ('id = "x"\nkind = "one_of"\nchoices = []', "choices ska vara en lista med minst en tabell"),
    ('id = "x"\nkind = "one_of"\nchoices = ["a", "b"]', "ska stå en tabell"),
    (
        'id = "x"\nkind = "one_of"\nchoices = [{value="a", label="A"}, {value="a", label="B"}]',
        "a står två gånger",
    ),
    (
        'id = "x"\nkind = "one_of"\nchoices = [{value="A b", label="A"}, {value="b", label="B"}]',
        "Skriv value med små",
    ),
    ('id = "x"\nkind = "yes_no"\nchoices = [{value="ja", label="Ja"}]', "just värdena ja och nej"),
    ('id = "x"\nkind = "images"', "Skriv hur många bilder"),
    ('id = "x"\nkind = "information"', "Informationen saknar text"),
    (
        'id = "x"\nkind = "information"\ntext = "Läs."\nrequired = true',
        "required hör inte till sorten information",
    ),
    ('id = "x"\nkind = "short_text"\nshow_when = "val"', "Villkoret går inte att läsa"),
    (
        'id = "x"\nkind = "short_text"\nshow_when = {field="var", equals="a"}',
        "fältet var, som inte står före",
    ),
    ('id = "x"\nkind = "short_text"\nshow_when = {field="x", equals="a"}', "fältet x, som inte står före"),
    (
        'id = "x"\nkind = "short_text"\nshow_when = {field="val", equals="c"}',
        "c, som inte är ett alternativ i fältet val",
    ),
]


@pytest.mark.parametrize(("keys", "told"), FIELD_FAULTS)
def test_a_fault_in_a_field_is_told_with_its_place_and_remedy(tmp_path: Path, keys: str, told: str):
    faults = faults_of(written(tmp_path, a_question(keys)))
    assert any(told in fault and fault.startswith("prov.toml, steg ett") for fault in faults), faults


ONE = '[[steps.fields]]\nid = "x"\nkind = "short_text"\nlabel = "Fråga"\n'
FORM_FAULTS = [
    ("slug = ", "Filen följer inte TOML"),
    ("", "slug ska vara en text"),
    (HEAD, "steps ska vara en lista med minst en tabell"),
    (HEAD + STEP, "steg ett: Nyckeln fields ska vara en lista"),
    (HEAD.replace("FEL", "fel") + STEP + ONE, "Skriv prefix med tre stora bokstäver"),
    (HEAD.replace("prov", "annan") + STEP + ONE, "Filen ska heta som sin slug: annan.toml"),
    (HEAD + 'titel = "x"\n' + STEP + ONE, "Nyckeln titel finns inte här. Menade du title?"),
    (HEAD + STEP + ONE + STEP + ONE.replace('"x"', '"y"'), "Två steg heter ett"),
    (
        HEAD + STEP + ONE + '[[steps.at_least_one]]\nfields = ["x", "y"]\nmessage = "M"',
        "nämner fältet y, som inte finns",
    ),
    (
        HEAD + STEP + ONE + '[[steps.at_least_one]]\nfields = "x"\nmessage = "M"',
        "fields ska vara en lista med texter",
    ),
    (HEAD + STEP + ONE + '[[steps.at_least_one]]\nfields = ["x"]', "message ska vara en text"),
    (
        a_question('id = "x"\nkind = "short_text"\nshow_when = {field="val", equals="a"}')
        .replace(
            "[[steps.fields]]\nlabel",
            '[[steps.fields]]\nid = "fri"\nkind = "short_text"\nlabel = "Fri"\n[[steps.fields]]\nlabel',
        )
        .replace('field="val"', 'field="fri"'),
        "fri, som inte har några alternativ",
    ),
]


@pytest.mark.parametrize(("source", "told"), FORM_FAULTS)
def test_a_fault_in_the_form_is_told(tmp_path: Path, source: str, told: str):
    faults = faults_of(written(tmp_path, source))
    assert any(told in fault for fault in faults), faults


def test_all_faults_are_told_at_once(tmp_path: Path):
    source = a_question('id = "x"\nkind = "images"\nhnt = "?"\nrequired = 1')
    faults = faults_of(written(tmp_path, source))
    assert len(faults) == 3
    assert all(fault.startswith("prov.toml, steg ett, fält x: ") for fault in faults)


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path):
    assert "går inte att läsa" in faults_of(tmp_path / "saknas.toml")[0]


def test_a_file_in_another_encoding_is_a_fault(tmp_path: Path):
    path = tmp_path / "prov.toml"
    path.write_bytes("title = 'Fråga'".encode("latin-1"))
    assert "UTF-8" in faults_of(path)[0]


def test_a_good_definition_becomes_a_form(tmp_path: Path):
    source = a_question('id = "mer"\nkind = "short_text"\nshow_when = {field="val", one_of=["a"]}')
    form = load_form(written(tmp_path, source))
    assert [field.id for field in form.fields()] == ["val", "mer"]
    assert form.field("mer").show_when == OneOf("val", ("a",))
    assert form.field("mer").max_length == 200


def test_the_shipped_forms_are_without_faults():
    assert "felanmalan" in load_forms()


def test_every_name_that_a_step_form_uses_itself_is_taken():
    form = a_form(a_field())
    bound = step_form(form, form.steps[0], {})()
    own = {name for name in {*dir(bound), *vars(bound)} if not name.startswith("_")} - {"svar"}
    assert own <= TAKEN
    assert SHOWN in TAKEN
    assert isinstance(bound, StepForm)


def test_every_kind_is_listed_under_its_own_name():
    assert all(kind.name == name for name, kind in KINDS.items())


def test_steps_are_found_by_slug_and_neighbours():
    form = load_forms()["felanmalan"]
    assert form.step("var").title == "Var är felet?"
    assert [step and step.slug for step in (form.next_step("vad"), form.next_step("du"))] == ["var", None]
    assert [step and step.slug for step in (form.previous_step("vad"), form.previous_step("du"))] == [
        None,
        "var",
    ]
    assert form.step_of("epost").slug == "du"


def test_an_unknown_step_or_field_is_an_error():
    form = load_forms()["felanmalan"]
    with pytest.raises(UnknownStep):
        form.step("nej")
    with pytest.raises(UnknownField):
        form.step_of("nej")
    with pytest.raises(UnknownField):
        form.field("nej")
