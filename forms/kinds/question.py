"""What the WTForms fields of all kinds share."""

from typing import Any

import wtforms
from wtforms.form import BaseForm

from forms.definition import Field
from forms.kinds.kind import Kind
from forms.problems import Problem

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


class Question(wtforms.Field):
    """A WTForms field that knows its definition and lets its kind judge.

    For the macro that draws it: `definition`, `kind` (the kind's name) and `errors`,
    which are Problems. `data` is what stands in the box, `answer` the typed value after
    validation. Whether an answer is required is the form's matter, not the field's.
    """

    errors: list[Problem]  # type: ignore[assignment]  # WTForms keeps texts, we keep Problems

    def __init__(self, definition: Field, owner: Kind, **kwargs: Any) -> None:
        """Take the definition and the kind that owns this field."""
        self.definition = definition
        self.owner = owner
        self.kind = owner.name
        self.answer: Any = None
        super().__init__(label=definition.label, description=definition.hint, **kwargs)

    @property
    def is_posted(self) -> bool:
        """Say whether the person sent anything for this question."""
        return any(isinstance(item, str) and item.strip() for item in self.raw_data or ())

    @property
    def is_answered(self) -> bool:
        """Say whether there is an answer, right or wrong."""
        return self.answer is not None or bool(self.errors)

    def process_data(self, value: Any) -> None:
        """Put an earlier answer in the box."""
        self._raw: object = value
        self.data = self.owner.typed(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Put what was posted in the box, safe to write on a page whatever it is."""
        if not valuelist:
            return
        self._raw = valuelist[0]
        self.data = drawable(valuelist[0])

    def pre_validate(self, form: BaseForm) -> None:
        """Let the kind judge what stands in the box."""
        judged = self.owner.judge(self.definition, self._raw)
        self.answer = judged.value
        self.errors.extend(judged.problems)


def drawable(raw: object) -> str:
    """Give the text so that it can be written on a page: no lone surrogates, no null bytes."""
    if not isinstance(raw, str):
        return ""
    return "".join(REPLACEMENT if "\ud800" <= sign <= "\udfff" else sign for sign in raw if sign != "\0")
