"""What is wrong with an answer, said so that the person knows what to write instead."""

import dataclasses
from collections.abc import Mapping


def N_(msgid: str) -> str:  # noqa: N802, the name that gettext tools look for
    """Mark a text for translation and give it back unchanged."""
    return msgid


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """A citizen's mistake: the field it belongs to and a msgid with its values.

    The message is a Swedish msgid with placeholders such as `%(limit)s`; who shows
    it translates it first and then puts the values in.
    """

    field: str
    message: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        """Give the message in Swedish, for logs and tests; pages translate it."""
        return self.message % self.values


def grouped(number: int) -> str:
    """Write a whole number with a no-break space between thousands: 2 104."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
