"""The files of a case as a citizen reads of them. Pure."""

from dataclasses import dataclass
from decimal import Decimal

from portal.files.models import StoredFile
from portal.i18n import HARD_SPACE, Language

KILOBYTE, MEGABYTE = 1000, 1_000_000


@dataclass(frozen=True)
class Enclosure:
    """A file in the case, and its kind and size in words."""

    id: int
    name: str
    about: str


def enclosure(file: StoredFile, tongue: Language) -> Enclosure:
    """Give how a kept file is shown."""
    kind = file.name.rpartition(".")[2].lower()
    return Enclosure(file.id, file.name, f"{kind}, {_size(file.size, tongue)}")


def _size(size: int, tongue: Language) -> str:
    """Give "38 kB" or "1,2 MB"."""
    if size < MEGABYTE:
        return f"{tongue.number(max(1, round(size / KILOBYTE)))}{HARD_SPACE}kB"
    return f"{tongue.number(Decimal(size / MEGABYTE).quantize(Decimal('0.1')))}{HARD_SPACE}MB"
