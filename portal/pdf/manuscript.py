"""What a PDF is made of."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from portal.errors import PortalError
from portal.i18n import N_, Text


@dataclass(frozen=True)
class Enclosure:
    """A file that lies inside the PDF, with the figures that the page shows."""

    name: str
    description: str
    content: str


@dataclass(frozen=True)
class Manuscript:
    """A page as HTML, and how it is printed. The same manuscript always gives the same PDF.

    Everything the page fetches is a file of our own below /static/. `drawing_sheet` names the style sheet there that
    holds inside drawings, which see nothing of the page's own. `written` is the day the PDF says it was made.
    """

    html: str
    address: str
    drawing_sheet: str
    written: date
    enclosures: tuple[Enclosure, ...] = ()

    def to_json(self) -> str:
        """Give it as text, to be sent to the process that prints."""
        return json.dumps({**asdict(self), "written": self.written.isoformat()}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Manuscript":
        """Read what `to_json` wrote."""
        values = json.loads(text)
        values["written"] = date.fromisoformat(values["written"])
        values["enclosures"] = tuple(Enclosure(**enclosure) for enclosure in values["enclosures"])
        return cls(**values)


MISSING = N_("Servern saknar programbiblioteket %(library)s, som behövs för att göra PDF.")
TOO_SLOW = N_("Det tog för lång tid att göra PDF-filen.")
TOO_MANY = N_("Många vill ha en PDF just nu.")
FAILED = N_("Något gick fel när PDF-filen skulle göras. Felet är antecknat hos oss.")


class NotPrinted(PortalError):
    """No PDF was made; `why` says why, to the one who asked for it."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.message)
        self.why = why
