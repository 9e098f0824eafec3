"""Pictures. The edge takes the files in; here they are references that nobody opens."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypedDict

import wtforms
from wtforms.form import BaseForm
from wtforms.widgets import FileInput

from forms.definition import Field
from forms.kinds.kind import Judged, Kind, Shown
from forms.kinds.question import Question
from forms.kinds.text import is_readable
from forms.problems import N_, Problem

TOO_MANY = N_("Du kan skicka högst %(limit)s bilder. Välj färre eller ta bort någon.")
UNREADABLE = N_("Vi kunde inte läsa bilderna. Välj dem en gång till.")
REMOVE_SUFFIX = "_ta_bort"


class FileReference(TypedDict):
    """A file that the edge has taken in: its id in the store, its name and its size in bytes."""

    id: int
    name: str
    size: int


class ImagesQuestion(Question):
    """A choice of files beside the pictures already taken in.

    `data` holds the kept references, `uploads` the new files as the web framework gives
    them (anything with a `filename`). The edge takes each upload in when `fits` says so,
    and tells with `accept` or `refuse` before the form is validated, so that pictures
    stay also when another answer is wrong. A picture is removed by posting its id
    under `remove_name`.
    """

    widget = FileInput(multiple=True)
    data: tuple[FileReference, ...]

    @property
    def remove_name(self) -> str:
        """Give the name of the boxes that remove pictures."""
        return f"{self.name}{REMOVE_SUFFIX}"

    @property
    def fits(self) -> bool:
        """Say whether the uploads find room beside the kept pictures."""
        return len(self.data) + len(self.uploads) <= self.definition.max_files

    @property
    def is_posted(self) -> bool:
        """Say whether the person sent a picture."""
        return bool(self.uploads)

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """Keep the earlier pictures, less those the person removes, and find the new ones."""
        self.uploads: list[Any] = []
        self._refused: list[Problem] = []
        super().process(formdata, *args, **kwargs)
        if formdata is not None:
            removed = set(formdata.getlist(self.remove_name))
            self.data = tuple(reference for reference in self.data if str(reference["id"]) not in removed)

    def process_data(self, value: Any) -> None:
        """Put earlier pictures beside the box."""
        self.data = references(value) or ()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Find the new files; an empty file box posts one nameless file."""
        self.uploads = [item for item in valuelist if getattr(item, "filename", None)]

    def accept(self, reference: FileReference) -> None:
        """Add a picture that the edge has taken in."""
        self.data = (*self.data, reference)
        self.uploads = self.uploads[1:]

    def refuse(self, message: str, values: Mapping[str, str]) -> None:
        """Tell why the edge could not take a picture in: a msgid with its values."""
        self._refused.append(Problem(self.definition.id, message, values))
        self.uploads = self.uploads[1:]

    def pre_validate(self, form: BaseForm) -> None:
        """Judge the kept pictures, and tell what was refused or did not fit."""
        judged = self.owner.judge(self.definition, self.data)
        self.answer = judged.value
        self.errors.extend([*self._refused, *judged.problems])
        if not judged.problems and not self.fits:
            self.errors.append(_too_many(self.definition))


class Images(Kind):
    """Up to `max_files` pictures."""

    name = "images"
    keys = frozenset({"max_files"})
    missing = N_("Välj minst en bild.")

    def question(self, definition: Field) -> wtforms.Field:
        """Give a choice of several files."""
        return ImagesQuestion(definition, self)

    def judge(self, definition: Field, raw: object) -> Judged:
        """Give the references as a tuple; their number is limited, their content is the edge's matter."""
        if raw is None or raw == "":
            return Judged()
        kept = references(raw)
        if kept is None:
            return Judged(problems=(Problem(definition.id, UNREADABLE),))
        if len(kept) > definition.max_files:
            return Judged(problems=(_too_many(definition),))
        return Judged(kept or None)

    def shown(self, definition: Field, value: object) -> Shown:
        """Give the names of the pictures."""
        return Shown(", ".join(reference["name"] for reference in references(value) or ()))

    def to_json(self, value: Any) -> Any:
        """Give the references as a list of plain objects."""
        kept = references(value)
        return value if kept is None else [dict(reference) for reference in kept]

    def from_json(self, stored: object) -> object:
        """Give the references again."""
        kept = references(stored)
        return stored if kept is None else kept

    def faults(self, definition: Field) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Ask for a limit."""
        if definition.max_files < 1:
            yield N_("Skriv hur många bilder som får plats: max_files, minst 1."), {}


def references(raw: object) -> tuple[FileReference, ...] | None:
    """Give the references that stand in a stored value, or None when it is something else."""
    if not isinstance(raw, Sequence) or isinstance(raw, str | bytes):
        return None
    found = tuple(reference for reference in map(_reference, raw) if reference)
    return found if len(found) == len(raw) else None


def _reference(raw: object) -> FileReference | None:
    match raw:
        case {"id": int(number), "name": str(name), "size": int(size)} if is_readable(name) and size >= 0:
            return FileReference(id=number, name=name, size=size)
    return None


def _too_many(definition: Field) -> Problem:
    return Problem(definition.id, TOO_MANY, {"limit": str(definition.max_files)})
