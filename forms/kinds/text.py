"""Short and long text: a person's own words, kept as written."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import ClassVar

import wtforms

from forms.definition import Field
from forms.kinds.kind import Judged, Kind, Shown
from forms.kinds.question import Question
from forms.problems import N_, Problem, grouped

UNREADABLE = N_("Texten innehåller tecken som vi inte kan läsa. Skriv om den.")
TOO_LONG = N_("Texten är %(length)s tecken. Korta den till högst %(limit)s.")
LINE_BREAKS = "\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"


class ShortTextQuestion(Question, wtforms.StringField):
    """A box of one line."""


class LongTextQuestion(Question, wtforms.TextAreaField):
    """A box of several lines."""


class Text(Kind):
    """What short and long text share: a limit in characters, and no control characters."""

    longest: ClassVar[int]
    missing = N_("Skriv ett svar på frågan.")

    def judge(self, definition: Field, raw: object) -> Judged:
        """Give the tidied text. The limit counts characters after tidying and includes its own number."""
        if raw is None:
            return Judged()
        if not is_readable(raw):
            return Judged(problems=(Problem(definition.id, UNREADABLE),))
        text = self.tidied(str(raw))
        limit = definition.max_length or self.longest
        if len(text) > limit:
            return Judged(problems=(_too_long(definition, text, limit),))
        return Judged(text or None)

    def tidied(self, text: str) -> str:
        """Give the text on one line, without control characters and needless spaces."""
        return " ".join(_without_controls(text).split())

    def shown(self, definition: Field, value: object) -> Shown:
        """Give the person's own words."""
        return Shown(value if is_readable(value) and isinstance(value, str) else "")

    def completed(self, definition: Field) -> Field:
        """Give the definition with its limit."""
        return replace(definition, max_length=definition.max_length or self.longest)


class ShortText(Text):
    """One line: a name, a street."""

    name = "short_text"
    keys = frozenset({"max_length", "autocomplete", "input_mode"})
    longest = 200

    def question(self, definition: Field) -> wtforms.Field:
        """Give a box of one line."""
        return ShortTextQuestion(definition, self)


class LongText(Text):
    """Several lines: a description. Line breaks are kept."""

    name = "long_text"
    keys = frozenset({"max_length"})
    longest = 2000

    def question(self, definition: Field) -> wtforms.Field:
        """Give a box of several lines."""
        return LongTextQuestion(definition, self)

    def tidied(self, text: str) -> str:
        """Give the text with every line break as one newline, and without control characters."""
        return _without_controls(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def is_readable(raw: object) -> bool:
    """Say whether this is a text that can be stored and sent: no lone surrogates."""
    return isinstance(raw, str) and not any("\ud800" <= sign <= "\udfff" for sign in raw)


def _without_controls(text: str) -> str:
    """Compose letters (å as one character), make every break a newline, drop other controls."""
    signs: Iterator[str] = (
        "\n" if sign in LINE_BREAKS else sign for sign in unicodedata.normalize("NFC", text)
    )
    return "".join(sign for sign in signs if sign in "\n\t" or unicodedata.category(sign) != "Cc")


def _too_long(definition: Field, text: str, limit: int) -> Problem:
    values: Mapping[str, str] = {"length": grouped(len(text)), "limit": grouped(limit)}
    return Problem(definition.id, TOO_LONG, values)
