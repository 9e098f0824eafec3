"""The fields of the officer's forms: words, a day to come, a choice that the form offers."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Protocol

from wtforms import DateField, Field, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from portal.i18n import N_

LONGEST_TEXT = 4000
LONGEST_LINE = 200
LONGEST_WAIT = timedelta(days=366)
TOO_LONG = N_("Det du har skrivit är för långt. Det får vara högst 4 000 tecken.")
LINE_TOO_LONG = N_("Det du har skrivit är för långt. Det får vara högst 200 tecken.")
NO_DAY = N_("Vi förstår inte datumet. Skriv år, månad och dag, till exempel 2026-11-24.")
PASSED = N_("Dagen har redan varit. Välj en dag från och med i dag.")
TOO_FAR = N_("Dagen ligger mer än ett år bort. Välj en tidigare dag.")


def without_edges(text: str | None) -> str:
    return (text or "").strip()


class Day(DateField):
    """A day; what cannot be read as one is told in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(NO_DAY) from error


class Offered:
    """Asks for one of the choices that the form offers; `otherwise` is what is said."""

    field_flags: ClassVar[Mapping[str, Any]] = {"required": True}

    def __init__(self, otherwise: str) -> None:
        self.otherwise = otherwise

    def __call__(self, form: object, field: SelectField | RadioField) -> None:
        if field.data not in [choice[0] for choice in field.iter_choices() if choice[0]]:
            raise ValidationError(self.otherwise)


class Dated(Protocol):
    """A form that knows which day it is."""

    today: date


class DayToCome:
    """Asks for a day from today on, within a year."""

    def __call__(self, form: Dated, field: Field) -> None:
        if field.data is None:
            return
        if field.data < form.today:
            raise ValidationError(PASSED)
        if field.data > form.today + LONGEST_WAIT:
            raise ValidationError(TOO_FAR)


def is_filled(field: Field) -> bool:
    """Tell whether something was typed in the field, readable or not."""
    return bool(field.raw_data and str(field.raw_data[0]).strip())


def own_words(label: str, empty: str, hint: str = "") -> TextAreaField:
    """Give a field for words that must be written; `empty` is said when they are not."""
    return TextAreaField(
        label,
        description=hint,
        filters=[without_edges],
        validators=[DataRequired(empty), Length(max=LONGEST_TEXT, message=TOO_LONG)],
    )


def maybe_words(label: str, hint: str) -> TextAreaField:
    """Give a field for words that may be left out."""
    return TextAreaField(
        label,
        description=hint,
        filters=[without_edges],
        validators=[Length(max=LONGEST_TEXT, message=TOO_LONG)],
    )


def a_line(label: str, *checks: Any, hint: str = "") -> StringField:
    """Give a field for one line."""
    return StringField(
        label,
        description=hint,
        filters=[without_edges],
        validators=[*checks, Length(max=LONGEST_LINE, message=LINE_TOO_LONG)],
    )
