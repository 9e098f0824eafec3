"""TOML becomes a Form. Every fault is told with file, step, field and what to write instead."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from forms.building import SHOWN, StepForm
from forms.conditions import Condition, UnreadableCondition, comparisons, read_condition
from forms.definition import AtLeastOne, Choice, Field, Form, Step
from forms.errors import Fault, FaultyDefinition
from forms.kinds.kind import Kind
from forms.kinds.table import KINDS
from forms.problems import N_
from forms.reading import Place, Table

FIELD_ID = re.compile(r"[a-z][a-z0-9_]*")
ASKING_KEYS = ("hint", "required", "missing")
KIND_KEYS = tuple(sorted(frozenset().union(*(kind.keys for kind in KINDS.values()))))
# WTForms keeps fields as attributes beside its own, and reads these prefixes as methods.
TAKEN = (
    frozenset(dir(StepForm))
    | set(StepForm.__annotations__)
    | {SHOWN, "csrf_token", "hidden_tag", "meta", "form_errors", "is_submitted"}
)
TAKEN_PREFIXES = ("validate_", "filter_")


def load_form(path: Path | Traversable) -> Form:
    """Give the form of one file. Raises FaultyDefinition, which tells every fault in it."""
    faults: list[Fault] = []
    form = _read_form(path, faults)
    if faults or form is None:
        raise FaultyDefinition(faults)
    return form


def load_forms() -> Mapping[str, Form]:
    """Give the forms that come with the portal, by slug. Raises FaultyDefinition for all files together."""
    faults: list[Fault] = []
    shipped = resources.files("forms.definitions").iterdir()
    paths = sorted((path for path in shipped if path.name.endswith(".toml")), key=lambda path: path.name)
    forms = [_read_form(path, faults) for path in paths]
    if faults:
        raise FaultyDefinition(faults)
    return MappingProxyType({form.slug: form for form in forms if form})


def _read_form(path: Path | Traversable, faults: list[Fault]) -> Form | None:
    raw = _parsed(path, faults)
    if raw is None:
        return None
    table = Table(raw, Place(path.name), faults)
    form = Form(
        slug=table.slug("slug"),
        title=table.text("title", required=True),
        version=table.number("version", 1),
        lead=table.text("lead", required=True),
        minutes=table.number("minutes", 5),
        prefix=_prefix(table),
        steps=tuple(_step(part) for part in table.tables("steps", required=True)),
    )
    table.finish()
    _check_form(form, path.name, table)
    return form


def _parsed(path: Path | Traversable, faults: list[Fault]) -> object:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        message, reason = N_("Filen går inte att läsa: %(reason)s."), error.strerror or str(error)
    except UnicodeDecodeError:
        message, reason = N_("Filen är inte skriven i UTF-8. Spara den så."), ""
    except tomllib.TOMLDecodeError as error:
        message, reason = N_("Filen följer inte TOML: %(reason)s."), str(error)
    faults.append(Fault(path.name, message, {"reason": reason}))
    return None


def _prefix(table: Table) -> str:
    prefix = table.text("prefix", required=True)
    if prefix and not re.fullmatch(r"[A-Z]{3}", prefix):
        table.fault(N_("Skriv prefix med tre stora bokstäver, till exempel FEL."))
    return prefix


def _step(table: Table) -> Step:
    slug = table.slug("slug")
    table.at(step=slug)
    step = Step(
        slug=slug,
        title=table.text("title", required=True),
        lead=table.text("lead"),
        fields=tuple(_field(part) for part in table.tables("fields", required=True)),
        at_least_one=tuple(_at_least_one(part) for part in table.tables("at_least_one")),
    )
    table.finish()
    for rule in step.at_least_one:
        for name in set(rule.fields) - {field.id for field in step.fields}:
            table.fault(N_("at_least_one nämner fältet %(name)s, som inte finns i steget."), {"name": name})
    return step


def _at_least_one(table: Table) -> AtLeastOne:
    rule = AtLeastOne(table.names("fields"), table.text("message", required=True))
    table.finish()
    return rule


def _field(table: Table) -> Field:
    field_id = table.text("id", required=True)
    table.at(field=field_id)
    _check_id(field_id, table)
    name = table.text("kind", required=True)
    label = table.text("label", required=True)
    kind = KINDS.get(name)
    if kind is None:
        kinds = ", ".join(KINDS)
        table.fault(N_("Sorten %(kind)s finns inte. Välj en av %(kinds)s."), {"kind": name, "kinds": kinds})
        return Field(field_id, name, label)
    _check_keys(kind, table)
    return _completed(kind, field_id, label, table)


def _completed(kind: Kind, field_id: str, label: str, table: Table) -> Field:
    choices = tuple(_choice(part) for part in table.tables("choices"))
    field = Field(
        id=field_id,
        kind=kind.name,
        label=label,
        hint=table.text("hint"),
        required=table.flag("required"),
        missing=table.text("missing"),
        choices=choices,
        show_when=_condition(table),
        max_length=table.number("max_length", 0) or None,
        autocomplete=table.text("autocomplete"),
        input_mode=table.text("input_mode"),
        max_files=table.number("max_files", 0),
        text=table.text("text"),
        emergency_of=table.text("emergency_of"),
    )
    table.finish()
    return _checked(kind, kind.completed(field), table)


def _checked(kind: Kind, field: Field, table: Table) -> Field:
    for message, values in kind.faults(field):
        table.fault(message, values)
    for value in _repeated([choice.value for choice in field.choices]):
        table.fault(N_("Värdet %(value)s står två gånger i choices. Ändra det ena."), {"value": value})
    if field.missing and not field.required:
        table.fault(
            N_("missing läses bara när svaret krävs. Lägg till required = true eller ta bort missing.")
        )
    return field


def _choice(table: Table) -> Choice:
    choice = Choice(table.slug("value"), table.text("label", required=True), table.text("hint"))
    table.finish()
    return choice


def _condition(table: Table) -> Condition | None:
    if not table.has("show_when"):
        return None
    try:
        return read_condition(table.raw("show_when"))
    except UnreadableCondition as error:
        table.fault(str(error))
        return None


def _check_id(field_id: str, table: Table) -> None:
    if field_id and not FIELD_ID.fullmatch(field_id):
        table.fault(N_("Skriv id med små bokstäver a–z, siffror och understreck."))
    if field_id in TAKEN or field_id.startswith(TAKEN_PREFIXES):
        table.fault(N_("Namnet %(id)s är upptaget. Välj ett annat id."), {"id": field_id})


def _check_keys(kind: Kind, table: Table) -> None:
    barred = set(KIND_KEYS) - kind.keys | (set() if kind.asks else set(ASKING_KEYS))
    for key in sorted(key for key in barred if table.has(key)):
        table.fault(
            N_("Nyckeln %(key)s hör inte till sorten %(kind)s. Ta bort den."), {"key": key, "kind": kind.name}
        )


def _check_form(form: Form, file: str, table: Table) -> None:
    """Check what can be seen only when the whole form is read."""
    if form.slug and form.slug != Path(file).stem:
        table.fault(N_("Filen ska heta som sin slug: %(slug)s.toml."), {"slug": form.slug})
    for slug in _repeated([step.slug for step in form.steps]):
        table.fault(N_("Två steg heter %(slug)s. Döp om det ena."), {"slug": slug})
    earlier: dict[str, Field] = {}
    for step in form.steps:
        for field in step.fields:
            table.place = Place(file, step.slug, field.id)
            if field.id and field.id in earlier:
                table.fault(N_("Två fält har id %(id)s. Döp om det ena."), {"id": field.id})
            _check_condition(field, earlier, table)
            earlier.setdefault(field.id, field)


def _check_condition(field: Field, earlier: Mapping[str, Field], table: Table) -> None:
    for name, value in comparisons(field.show_when) if field.show_when else ():
        asked = earlier.get(name)
        values = {"name": name, "value": value}
        if asked is None:
            table.fault(
                N_("Villkoret nämner fältet %(name)s, som inte står före. Flytta eller rätta."), values
            )
        elif asked.kind in KINDS and not asked.choices:
            table.fault(N_("Villkoret nämner fältet %(name)s, som inte har några alternativ."), values)
        elif asked.choices and asked.choice(value) is None:
            table.fault(
                N_("Villkoret nämner %(value)s, som inte är ett alternativ i fältet %(name)s."), values
            )


def _repeated(names: Sequence[str]) -> Iterator[str]:
    return (name for name in dict.fromkeys(names) if name and names.count(name) > 1)
