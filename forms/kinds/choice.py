"""One of several choices, and yes or no."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import wtforms

from forms.definition import Choice, Field
from forms.kinds.kind import Judged, Kind, Shown
from forms.kinds.question import Question
from forms.problems import N_, Problem

NOT_A_CHOICE = N_("Välj ett av alternativen.")
YES_OR_NO = (Choice("ja", N_("Ja")), Choice("nej", N_("Nej")))


class ChoiceQuestion(Question, wtforms.RadioField):
    """A group of radio buttons; iterate to draw them one by one."""


class OneOfChoices(Kind):
    """Exactly one of the choices of the definition."""

    name = "one_of"
    keys = frozenset({"choices"})
    missing = NOT_A_CHOICE

    def question(self, definition: Field) -> wtforms.Field:
        """Give a group of radio buttons."""
        choices = {choice.value: choice.label for choice in definition.choices}
        return ChoiceQuestion(definition, self, choices=choices, validate_choice=False)

    def judge(self, definition: Field, raw: object) -> Judged:
        """Give the chosen value. Anything outside the choices is a problem."""
        if raw is None or raw == "":
            return Judged()
        choice = definition.choice(raw)
        if choice is None:
            return Judged(problems=(Problem(definition.id, NOT_A_CHOICE),))
        return Judged(choice.value)

    def shown(self, definition: Field, value: object) -> Shown:
        """Give the label of the choice, which is a msgid."""
        choice = definition.choice(value)
        return Shown(choice.label, is_msgid=True) if choice else Shown("")

    def faults(self, definition: Field) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Ask for at least two choices."""
        if len(definition.choices) < 2:
            yield (
                N_("Fältet behöver minst två alternativ. Lägg till dem under choices, med value och label."),
                {},
            )


class YesNo(OneOfChoices):
    """Yes or no. A definition may give its own labels and hints to the values ja and nej."""

    name = "yes_no"

    def completed(self, definition: Field) -> Field:
        """Give the definition with the plain choices Ja and Nej, unless it has its own."""
        return definition if definition.choices else replace(definition, choices=YES_OR_NO)

    def faults(self, definition: Field) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Allow exactly the values ja and nej."""
        if sorted(choice.value for choice in definition.choices) != ["ja", "nej"]:
            yield (
                N_(
                    "Ett fält av sorten yes_no har just värdena ja och nej. Ta bort choices eller rätta värdena."
                ),
                {},
            )
