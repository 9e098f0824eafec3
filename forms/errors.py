"""What can go wrong with a definition. A citizen's mistake is not here: it is a Problem."""

import dataclasses
from collections.abc import Mapping, Sequence


class FormError(Exception):
    """Something about a form is wrong, and a person who writes forms can mend it."""


class UnknownStep(FormError):
    """The form has no step with that slug."""


class UnknownField(FormError):
    """The form has no field with that id."""


@dataclasses.dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a definition: where it stands and what to do, as a msgid with values."""

    file: str
    message: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    step: str = ""
    field: str = ""

    def __str__(self) -> str:
        """Give the fault on one line in Swedish: file, step, field and remedy."""
        where = [self.file]
        if self.step:
            where.append(f"steg {self.step}")
        if self.field:
            where.append(f"fält {self.field}")
        return f"{', '.join(where)}: {self.message % self.values}"


class FaultyDefinition(FormError):
    """A definition cannot be used; `faults` holds every fault found, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults in the order they stand in the file."""
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
