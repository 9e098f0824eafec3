"""The fields of the forms for pledges: days in a sensible year, numbers as people write them, lines and choices."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Protocol

from wtforms import Field, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from portal.authoring.rules import LONGEST_AHEAD
from portal.i18n import N_, Text
from portal.web.fields import LONGEST_LINE, LONGEST_TEXT, PASSED, TOO_LONG, Day, without_edges

NO_NUMBER = N_("Skriv ett helt tal, till exempel 10.")
NO_CHOICE = N_("Välj bland det som finns i listan.")
TOO_FAR = N_("Dagen ligger mer än fem år bort. Kontrollera årtalet.")
LINE_TOO_LONG = N_("Det du har skrivit är för långt. Det får vara högst %(most)s tecken.")


def refused(otherwise: Text | str) -> ValidationError:
    """Give the refusal of a field; what is said may have values, which the library's own type does not know."""
    said: Any = otherwise
    return ValidationError(said)


class Dated(Protocol):
    """A form that knows which day it is."""

    today: date


class InSight:
    """Asks for a day from today on and within five years, so that a slip in the year is seen."""

    def __call__(self, form: Dated, field: Field) -> None:
        if field.data is None:
            return
        if field.data < form.today:
            raise ValidationError(PASSED)
        if field.data > form.today + LONGEST_AHEAD:
            raise ValidationError(TOO_FAR)


def a_day(label: str, hint: str = "", *checks: Any) -> Day:
    """Give a field for a day that may be left out."""
    return Day(label, description=hint, validators=[Optional(), *checks])


def words(label: str, hint: str = "", most: int = LONGEST_TEXT) -> TextAreaField:
    """Give a field for words that may be left out."""
    message: Any = TOO_LONG if most == LONGEST_TEXT else Text(LINE_TOO_LONG, {"most": str(most)})
    return TextAreaField(
        label, description=hint, filters=[without_edges], validators=[_AtMost(most, message)]
    )


def a_line(label: str, hint: str = "", *checks: Any) -> StringField:
    """Give a field for one line; without checks it may be left out."""
    at_most = _AtMost(LONGEST_LINE, Text(LINE_TOO_LONG, {"most": str(LONGEST_LINE)}))
    return StringField(label, description=hint, filters=[without_edges], validators=[*checks, at_most])


class _AtMost(Length):
    """Refuses a text that is too long, in our own words: the library's would fill in its own values."""

    def __init__(self, most: int, otherwise: Text | str) -> None:
        super().__init__(max=most)
        self.otherwise = otherwise

    def __call__(self, form: Any, field: Field) -> None:
        if len(field.data or "") > self.max:
            raise refused(self.otherwise)


def choose(label: str, offered: Mapping[Any, str], empty: str = "", hint: str = "") -> SelectField:
    """Give a list to choose one from; with `empty`, nothing may be chosen yet and is called that."""
    choices = {
        str(kind.value if isinstance(kind, StrEnum) else kind): words for kind, words in offered.items()
    }
    return SelectField(
        label,
        description=hint,
        choices={"": empty, **choices} if empty else choices,
        validate_choice=False,
        validators=[_Known()],
    )


class _Known:
    """Refuses what the list does not offer."""

    def __call__(self, form: Any, field: SelectField) -> None:
        offered = [choice[0] for choice in field.iter_choices()]
        if field.raw_data and field.data not in offered:
            raise ValidationError(NO_CHOICE)


class Ticks(SelectMultipleField):
    """Boxes to tick; the form says which there are."""

    def pre_validate(self, form: Any) -> None:
        """Refuse a box that the form does not offer."""
        if not set(self.data or ()) <= {choice[0] for choice in self.iter_choices()}:
            raise ValidationError(NO_CHOICE)


def whole(text: str | None) -> int | None:
    """Give a whole number as people write it, "1 000"; None for nothing, and ValueError for what is none."""
    plain = "".join((text or "").split())
    if not plain:
        return None
    if not plain.isascii() or not plain.isdecimal() or len(plain) > 6:
        raise ValueError(plain)
    return int(plain)


def decimal(text: str | None) -> Decimal | None:
    """Give a number as people write it, "92,5" or "92,5 %"; None for nothing, and ValueError for what is none."""
    plain = "".join((text or "").replace("%", "").split()).replace(",", ".")
    if not plain:
        return None
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(plain) from error
    if not number.is_finite() or len(plain) > 12:
        raise ValueError(plain)
    return number


def lines(text: str | None) -> tuple[str, ...]:
    """Give what stands on each line that is not empty."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
