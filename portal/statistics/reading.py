"""Reading a file of reported figures: every row judged, every problem told with row, column and what to do. Pure."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import StringIO

from portal.i18n import N_, Text
from portal.pledgebook.models import Pledge
from portal.statistics.judging import Column, Current, Figure, judge, judge_apart

MOST_BYTES = 300_000
MOST_ROWS = 2_000
SEPARATORS = ";,\t"
NEEDED = (Column.PLEDGE, Column.MONTH, Column.SOURCE, Column.VOUCHED_BY)
EMPTY_FILE = N_("Filen är tom. Ladda ner mallen och fyll i den.")
ONLY_HEAD = N_("Filen har en rubrikrad men inga siffror. Skriv en rad för varje löfte och månad.")
TOO_LARGE = N_("Filen är för stor. Dela den i filer med högst 2 000 rader.")
UNREADABLE = N_("Filen är inte en textfil som vi kan läsa. Spara den som CSV med teckenkodningen UTF-8.")
BROKEN_QUOTE = N_("Ett citattecken är inte avslutat. Sätt ett i slutet av texten, eller ta bort det.")
TOO_LONG_CELL = N_(
    "En ruta har fler än %(most)s tecken. Korta texten, eller se efter om ett citattecken inte är avslutat."
)
UNKNOWN_COLUMN = N_("Kolumnen ”%(name)s” finns inte. De som finns är %(known)s.")
MISSING_COLUMN = N_("Kolumnen saknas. Lägg till den i rubrikraden.")
TWICE_COLUMN = N_("Kolumnen finns två gånger. Ta bort den ena.")
WRONG_WIDTH = N_(
    "Raden har %(found)s kolumner, rubriken har %(wanted)s. Sätt citattecken runt en text med skiljetecken i."
)
UNKNOWN_PLEDGE = N_(
    "Löftet ”%(name)s” finns inte, eller rapporteras inte. Skriv löftets namn i webbadressen."
)
NOT_YOURS = N_(
    "Du får inte rapportera siffror för löftet ”%(name)s”. Be någon i verksamheten, eller ta bort raden."
)
TWICE = N_("Löftet och månaden finns redan på rad %(row)s. Ta bort en av raderna.")


class UnreadableFile(ValueError):
    """The bytes are no text that can be read."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row, the head being row 1; no column when it is about the whole of it."""

    row: int
    column: str
    text: Text


@dataclass(frozen=True)
class Line:
    """One figure of a file, under the pledge it is for, and whether it says something new."""

    row: int
    pledge: Pledge
    figure: Figure
    is_new: bool
    changes: bool


@dataclass(frozen=True)
class Sheet:
    """A file that was read: either lines and no faults, or faults. `digest` names exactly this content."""

    digest: str
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]

    @property
    def news(self) -> tuple[Line, ...]:
        """The lines that say something new."""
        return tuple(line for line in self.lines if line.is_new)

    def key(self, line: Line, replaces: int) -> str:
        """Give what the line is recorded under: the same file twice has the same keys.

        `replaces` is the id of the figure it corrects, 0 when the month has none, so that a file read again after
        somebody has corrected what it said is a correction of its own.
        """
        return f"csv:{self.digest}:{line.figure.version_id}:{line.figure.month:%Y-%m}:{replaces}"


@dataclass(frozen=True)
class Known:
    """What a file is read against. `pledges` are those whose figures are reported, by slug; `mine` the slugs one may."""

    pledges: Mapping[str, Pledge]
    mine: frozenset[str]
    current: Current
    today: date


def text_of(content: bytes) -> str:
    """Give a file as text: UTF-8 with or without mark, else Windows-1252. Raises UnreadableFile."""
    if b"\x00" in content:
        raise UnreadableFile
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile


def read_sheet(text: str, known: Known) -> Sheet:
    """Give what a file says, or everything that is wrong with it."""
    digest = sha256("\n".join(text.strip().splitlines()).encode()).hexdigest()[:24]
    rows, broken = _rows(text)
    faults = (broken,) if broken else tuple(_of_shape(rows))
    if faults:
        return Sheet(digest, (), faults)
    lines, wrong = _judged(rows, known)
    return Sheet(digest, () if wrong else tuple(lines), tuple(wrong))


Rows = Sequence[tuple[int, list[str]]]


def _rows(text: str) -> tuple[Rows, Fault | None]:
    """Give the rows with their numbers, and what is wrong with the one that could not be read; None when all could."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend((reader.line_num, row) for row in reader if any(cell.strip() for cell in row))
    except csv.Error as error:
        return (), Fault(max(reader.line_num, 1), "", _unread(error))
    return rows, None


def _unread(error: csv.Error) -> Text:
    # The reader tells its limit from a broken quote by its words alone.
    if "field limit" in str(error):
        return Text(TOO_LONG_CELL, {"most": str(csv.field_size_limit())})
    return Text(BROKEN_QUOTE)


def _of_shape(rows: Rows) -> Iterator[Fault]:
    if not rows:
        yield Fault(1, "", Text(EMPTY_FILE))
        return
    number, head = rows[0]
    names = [_name(cell) for cell in head]
    known = [column.value for column in Column]
    for name in dict.fromkeys(names):
        if name not in known:
            yield Fault(number, name, Text(UNKNOWN_COLUMN, {"name": name[:40], "known": ", ".join(known)}))
        elif names.count(name) > 1:
            yield Fault(number, name, Text(TWICE_COLUMN))
    for column in NEEDED:
        if column not in names:
            yield Fault(number, column, Text(MISSING_COLUMN))
    if len(rows) == 1:
        yield Fault(number, "", Text(ONLY_HEAD))
    if len(rows) > MOST_ROWS + 1:
        yield Fault(rows[MOST_ROWS + 1][0], "", Text(TOO_LARGE))


def _name(cell: str) -> str:
    plain = str.maketrans("åäö ", "aao_")
    return cell.strip().lower().translate(plain)


def _judged(rows: Rows, known: Known) -> tuple[list[Line], list[Fault]]:
    head = [Column(_name(cell)) for cell in rows[0][1]]
    lines: list[Line] = []
    faults: list[Fault] = []
    seen: dict[tuple[int, date], int] = {}
    for number, cells in rows[1:]:
        found = _line(number, cells, head, known)
        if not isinstance(found, Line):
            faults.extend(found)
            continue
        place = (found.figure.version_id, found.figure.month)
        if place in seen:
            faults.append(Fault(number, Column.MONTH, Text(TWICE, {"row": str(seen[place])})))
        seen.setdefault(place, number)
        lines.append(found)
    return lines, faults


def _line(number: int, cells: list[str], head: list[Column], known: Known) -> Line | list[Fault]:
    if len(cells) != len(head):
        values = {"found": str(len(cells)), "wanted": str(len(head))}
        return [Fault(number, "", Text(WRONG_WIDTH, values))]
    written = dict(zip(head, cells, strict=True))
    slug = written[Column.PLEDGE].strip()
    pledge = known.pledges.get(slug)
    if pledge is None or slug not in known.mine:
        message = UNKNOWN_PLEDGE if pledge is None else NOT_YOURS
        apart = judge_apart(written, known.today)
        return [
            Fault(number, Column.PLEDGE, Text(message, {"name": slug[:60]})),
            *(Fault(number, problem.column, problem.text) for problem in apart),
        ]
    judged = judge(written, pledge, known.current, known.today)
    if not isinstance(judged, Figure):
        return [Fault(number, problem.column, problem.text) for problem in judged]
    before = known.current.get((judged.version_id, judged.month))
    is_new = before is None or not judged.same_as(before)
    return Line(number, pledge, judged, is_new=is_new, changes=is_new and before is not None)
