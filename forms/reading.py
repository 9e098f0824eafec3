"""One table of a definition while it is read: every fault is noted, none stops the reading."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from forms.errors import Fault
from forms.problems import N_

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the definitions we are."""

    file: str
    step: str = ""
    field: str = ""


class Table:
    """A TOML table with typed reading. `faults` is shared by all tables of a file."""

    def __init__(self, raw: object, place: Place, faults: list[Fault]) -> None:
        """Take the table; anything else is a fault and reads as empty."""
        self.place = place
        self.faults = faults
        self._read: set[str] = set()
        self._raw: Mapping[str, object] = raw if isinstance(raw, Mapping) else {}
        if not isinstance(raw, Mapping):
            self.fault(N_("Här ska stå en tabell med nycklar och värden."))

    def fault(self, message: str, values: Mapping[str, str] | None = None) -> None:
        """Note a fault at this place: a msgid with its values, which says what to write."""
        place = self.place
        self.faults.append(Fault(place.file, message, values or {}, step=place.step, field=place.field))

    def at(self, *, step: str = "", field: str = "") -> None:
        """Say where we are, for the faults that come after."""
        self.place = replace(self.place, step=step or self.place.step, field=field or self.place.field)

    def has(self, key: str) -> bool:
        """Say whether the key stands in the table."""
        return key in self._raw

    def raw(self, key: str) -> object:
        """Give the value as it stands, None when the key is absent."""
        self._read.add(key)
        return self._raw.get(key)

    def text(self, key: str, *, required: bool = False) -> str:
        """Give a text, empty when it is absent or wrong."""
        value = self.raw(key)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.fault(N_('Nyckeln %(key)s ska vara en text. Skriv %(key)s = "…".'), {"key": key})
            return ""
        if "%" in value:
            self.fault(N_("Skriv ordet procent i stället för tecknet i %(key)s."), {"key": key})
        return value.strip()

    def slug(self, key: str) -> str:
        """Give a required text of small letters a–z, digits and hyphens."""
        value = self.text(key, required=True)
        if value and not SLUG.fullmatch(value):
            self.fault(N_("Skriv %(key)s med små bokstäver a–z, siffror och bindestreck."), {"key": key})
        return value

    def number(self, key: str, default: int) -> int:
        """Give a whole number, at least 1; the default when it is absent or wrong."""
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self.fault(N_("Nyckeln %(key)s ska vara ett heltal, minst 1."), {"key": key})
            return default
        return value

    def flag(self, key: str) -> bool:
        """Give true or false; false when it is absent or wrong."""
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            self.fault(N_("Nyckeln %(key)s ska vara true eller false."), {"key": key})
        return value is True

    def names(self, key: str) -> tuple[str, ...]:
        """Give a required list of texts, empty when it is absent or wrong."""
        value = self.raw(key)
        if not isinstance(value, list) or not value or not all(isinstance(name, str) for name in value):
            self.fault(N_('Nyckeln %(key)s ska vara en lista med texter: %(key)s = ["…"].'), {"key": key})
            return ()
        return tuple(str(name) for name in value)

    def tables(self, key: str, *, required: bool = False) -> Iterator["Table"]:
        """Give each table of a list of tables."""
        value = self.raw(key)
        if value is None and not required:
            return
        if not isinstance(value, list) or not value:
            self.fault(N_("Nyckeln %(key)s ska vara en lista med minst en tabell."), {"key": key})
            return
        for part in value:
            yield Table(part, self.place, self.faults)

    def finish(self) -> None:
        """Note every key that nobody has read, with the key that was perhaps meant."""
        for key in self._raw.keys() - self._read:
            near = get_close_matches(key, self._read, n=1)
            if near:
                self.fault(
                    N_("Nyckeln %(key)s finns inte här. Menade du %(near)s?"), {"key": key, "near": near[0]}
                )
            else:
                self.fault(N_("Nyckeln %(key)s finns inte här. Ta bort den."), {"key": key})
