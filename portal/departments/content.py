"""Content as it is read in from files: every entry is taken apart key by key, and nothing is passed over in silence."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

from portal.errors import ContentError

# One of the two halves by which JSON writes a sign such as an emoji; a text with only one cannot be kept.
HALF_SIGN = re.compile(r"[\ud800-\udfff]")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
Kind = TypeVar("Kind", bound=StrEnum)


class Entry:
    """One entry of a content file. Every key asked for is remembered, so that `finish` can refuse the others.

    `name` says which entry it is in every ContentError, as in "service felanmalan".
    """

    def __init__(self, name: str, values: object) -> None:
        if not isinstance(values, Mapping):
            raise ContentError(f"{name}: must be a table of keys and values")
        self.name = name
        self._values: Mapping[str, Any] = values
        self._asked: set[str] = set()

    def wrong(self, key: str, problem: str) -> ContentError:
        """Give the error that says what is wrong with a key of this entry."""
        return ContentError(f"{self.name}: {key} {problem}")

    def finish(self) -> None:
        """Refuse keys that nobody asked for. Raises ContentError."""
        for key in self._values:
            if key not in self._asked:
                raise self.wrong(key, "is not a key of such an entry")

    def passed_over(self, *keys: str) -> None:
        """Accept keys that say something to the file's own readers and nothing to the portal."""
        self._asked.update(keys)

    def has(self, key: str) -> bool:
        """Tell whether the key stands there with a value."""
        return self._take(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        """Give a text without space around it; without `default` it must be there and not be empty."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        if not _is_text(value):
            raise self.wrong(key, "must be a text")
        if not value.strip() and default is None:
            raise self.wrong(key, "must not be empty")
        return str(value).strip()

    def slug(self, key: str = "slug") -> str:
        """Give a name for addresses: lower-case letters a to z, digits and single hyphens."""
        value = self.text(key)
        if not SLUG.fullmatch(value):
            raise self.wrong(key, f"must be lower-case letters, digits and hyphens, not {value!r}")
        return value

    def texts(self, key: str) -> list[str]:
        """Give a list of texts, none of them empty; a list that is left out is empty."""
        value = self._take(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(_is_text(part) and part.strip() for part in value):
            raise self.wrong(key, "must be a list of texts")
        return [text.strip() for text in value]

    def choice(self, key: str, kinds: type[Kind]) -> Kind:
        """Give one of a closed set."""
        value = self.text(key)
        if value not in {kind.value for kind in kinds}:
            raise self.wrong(key, f"must be one of {', '.join(kind.value for kind in kinds)}, not {value!r}")
        return kinds(value)

    def whole(self, key: str, lowest: int, highest: int) -> int:
        """Give a whole number between two, both included."""
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            raise self.wrong(key, f"must be a whole number from {lowest} to {highest}")
        return value

    def decimal(self, key: str) -> Decimal:
        """Give a number with the digits it was written with."""
        value = self._take(key)
        if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
            raise self.wrong(key, "must be a number")
        try:
            return Decimal(str(value))
        except InvalidOperation as error:
            raise self.wrong(key, f"must be a number, not {value!r}") from error

    def yes(self, key: str) -> bool:
        """Give a true or false; left out it is false."""
        value = self._take(key)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return bool(value)

    def day(self, key: str) -> date:
        """Give a day, written 2026-11-24."""
        value = self._take(key)
        try:
            return value if type(value) is date else date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise self.wrong(key, f"must be a day as in 2026-11-24, not {value!r}") from error

    def optional_day(self, key: str) -> date | None:
        """Give a day, or None when it is left out or empty."""
        return self.day(key) if self._take(key) not in (None, "") else None

    def hour(self, key: str) -> time:
        """Give a time of the day, written 08:00."""
        value = self._take(key)
        try:
            return value if isinstance(value, time) else time.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise self.wrong(key, f"must be a time as in 08:00, not {value!r}") from error

    def weekdays(self, key: str) -> list[int]:
        """Give days of the week as numbers, Monday 0; at least one."""
        value = self._take(key)
        if not isinstance(value, list) or not value or any(day not in range(7) for day in value):
            raise self.wrong(key, "must be a list of days from 0 (Monday) to 6 (Sunday)")
        return value

    def table(self, key: str) -> dict[str, Any]:
        """Give a table as it stands; left out it is empty."""
        value = self._take(key)
        if value is not None and not isinstance(value, Mapping):
            raise self.wrong(key, "must be a table of keys and values")
        return dict(value or {})

    def listed(self, key: str) -> list[dict[str, Any]]:
        """Give a list of tables as they stand; left out it is empty."""
        value = self._take(key)
        if value is not None and not (
            isinstance(value, list) and all(isinstance(part, Mapping) for part in value)
        ):
            raise self.wrong(key, "must be a list of tables of keys and values")
        return [dict(part) for part in value or ()]

    def known(self, key: str, ids: Mapping[str, int]) -> int:
        """Give the id behind a slug that must exist already."""
        value = self.text(key)
        if value not in ids:
            raise self.wrong(key, f"names {value!r}, which does not exist")
        return ids[value]

    def parts(self, key: str) -> Iterator["Entry"]:
        """Give the entries of a list within this one; a list that is left out is empty."""
        value = self._take(key)
        if value is not None and not isinstance(value, list):
            raise self.wrong(key, "must be a list")
        for number, values in enumerate(value or [], 1):
            yield Entry(f"{self.name}: {key} {number}", values)

    def _take(self, key: str) -> Any:
        self._asked.add(key)
        return self._values.get(key)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not HALF_SIGN.search(value)


def entries(values: Mapping[str, Any], kind: str) -> Iterator[Entry]:
    """Give the entries of a parsed file that holds `[[kind]]` tables and nothing else; see `listed`."""
    for key in values:
        if key != kind:
            raise ContentError(f"{key}: this file holds only [[{kind}]]")
    yield from listed(values.get(kind, []), kind, "slug")


def listed(values: Any, kind: str, key: str) -> Iterator[Entry]:
    """Give the entries of a list, each named after its own `key`; the same name twice is refused.

    Raises ContentError.
    """
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise ContentError(f"{kind}: must be a list of entries")
    seen: set[str] = set()
    for number, entry in enumerate(values, 1):
        named = entry.get(key) if isinstance(entry, Mapping) else None
        name = f"{kind} {named or f'number {number}'}"
        if name in seen:
            raise ContentError(f"{name}: stands there twice")
        seen.add(name)
        yield Entry(name, entry)
