"""The fields of the forms about the law: a day, a number of units, a line, and how a law is to be read."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from portal.i18n import N_, Text
from portal.services.rules import LONGEST_LINE, LONGEST_NOTE, MOST_UNITS
from portal.web.fields import without_edges

NO_NUMBER = N_("Skriv ett helt tal från 1 till 1 000, eller inget alls.")
LINE_TOO_LONG = N_("Det du har skrivit är för långt. Det får vara högst 300 tecken.")
NOTE_TOO_LONG = N_("Det du har skrivit är för långt. Det får vara högst 1 500 tecken.")


def refused(otherwise: Text) -> ValidationError:
    """Give the refusal of a field by a sentence with values, which the library's own type does not know."""
    said: Any = otherwise
    return ValidationError(said)


class Count(StringField):
    """A number of a law's units, or nothing; `data` is what was typed."""

    @property
    def number(self) -> int | None:
        """The number; None for nothing, and for what is none."""
        plain = "".join((self.data or "").split())
        is_number = plain.isascii() and plain.isdecimal() and len(plain) <= len(str(MOST_UNITS))
        return int(plain) if is_number and 1 <= int(plain) <= MOST_UNITS else None

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no number of units."""
        if self.data and self.number is None:
            raise ValidationError(NO_NUMBER)


def a_line(label: str, hint: str, empty: str, most: int = LONGEST_LINE, too_long: str = LINE_TOO_LONG) -> Any:
    """Give a field for one line that must be written; `empty` is said when it is not."""
    return StringField(
        label,
        description=hint,
        filters=[without_edges],
        validators=[DataRequired(empty), Length(max=most, message=too_long)],
    )


def a_note(hint: str) -> TextAreaField:
    """Give a field for how the law is to be read; it may be left out."""
    return TextAreaField(
        N_("Så ska lagen läsas"),
        description=hint,
        filters=[without_edges],
        validators=[Length(max=LONGEST_NOTE, message=NOTE_TOO_LONG)],
    )
