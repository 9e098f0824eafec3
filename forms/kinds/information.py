"""A text that stands among the questions and asks nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

import wtforms
from markupsafe import Markup
from wtforms.form import BaseForm

from forms.definition import Field
from forms.kinds.kind import Judged, Kind, Shown
from forms.kinds.question import Question
from forms.problems import N_


def no_box(field: wtforms.Field, **how: object) -> Markup:
    """Draw nothing: there is no box to fill in."""
    return Markup("")


class InformationQuestion(Question):
    """Something to read; it takes no answer."""

    widget = staticmethod(no_box)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Leave alone what somebody posts to a text."""

    def pre_validate(self, form: BaseForm) -> None:
        """Find nothing wrong: there is nothing to answer."""


class Information(Kind):
    """A heading and a text, with an emergency phone where one belongs."""

    name = "information"
    asks = False
    keys = frozenset({"text", "emergency_of"})

    def question(self, definition: Field) -> wtforms.Field:
        """Give a field that only draws."""
        return InformationQuestion(definition, self)

    def judge(self, definition: Field, raw: object) -> Judged:
        """Give no value, whatever is said."""
        return Judged()

    def shown(self, definition: Field, value: object) -> Shown:
        """Give nothing: it has no answer."""
        return Shown("")

    def faults(self, definition: Field) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Ask for a text."""
        if not definition.text:
            yield N_("Informationen saknar text. Skriv den under text."), {}
