"""The citizen's forms: finding a case, and writing in it."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from flask_wtf.file import MultipleFileField
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation, ValidationError

from portal.files.ingest import FileProblem, Ingested, Limits, ingest
from portal.i18n import N_
from portal.web.forms import PortalForm

LONGEST_TEXT = 4000
MOST_PICTURES = 3
TOKEN_LENGTH = 24
LONGEST_TOKEN = 64
LONG_TEXT = N_("Det du har skrivit är för långt. Det får vara högst 4 000 tecken.")
NO_MATCH = N_(
    "Vi hittar inget ärende med det numret och den nyckeln. Jämför med brevet från oss, eller öppna länken i brevet."
)
CHOOSE_AGAIN = N_("Inga bilder har skickats än. Välj dem en gång till.")


def _without_edges(text: str | None) -> str:
    return (text or "").strip()


def new_token() -> str:
    """Give what tells one sending of a form from another."""
    return secrets.token_urlsafe(TOKEN_LENGTH)


class FindForm(PortalForm):
    """Which case somebody wants to see."""

    reference = StringField(
        N_("Ärendenummer"),
        description=N_("Till exempel FEL-2K7Q-9M. Stora eller små bokstäver spelar ingen roll."),
        filters=[_without_edges],
        validators=[
            InputRequired(N_("Skriv ärendenumret.")),
            Length(max=40, message=N_("Ärendenumret är för långt. Det har nio tecken.")),
        ],
    )
    key = StringField(
        N_("Nyckel"),
        description=N_(
            "32 tecken. De står sist i länken i brevet från oss, och på sidan du fick när du skickade in."
        ),
        filters=[_without_edges],
        validators=[
            InputRequired(N_("Skriv nyckeln.")),
            Length(max=100, message=N_("Nyckeln är för lång. Den har 32 tecken.")),
        ],
    )

    def refuse(self) -> None:
        """Say that the pair opens nothing, in the same words whatever is wrong, and forget the key."""
        self.reference.errors = [NO_MATCH]
        self.key.data = ""


class SomethingToSay:
    """Asks for words, or for a picture in their place."""

    field_flags: ClassVar[Mapping[str, Any]] = {"required": True}

    def __call__(self, form: "ReplyForm", field: Field) -> None:
        if not field.data and not form.chosen:
            raise StopValidation(N_("Skriv något, eller välj en bild."))


class TokenForm(PortalForm):
    """A form that is sent once. `token` tells a second sending of the same from another."""

    token = HiddenField(default=new_token)

    def validate_token(self, field: Field) -> None:
        """Put a token in the place of one that cannot be ours."""
        if not field.data or len(field.data) > LONGEST_TOKEN:
            field.data = new_token()

    @property
    def words(self) -> str:
        """What was written; a form without words says nothing."""
        return str(self["text"].data or "") if "text" in self else ""


class ReopenForm(TokenForm):
    """Why a closed case is not solved."""

    text = TextAreaField(
        N_("Vad är det som inte är löst?"),
        filters=[_without_edges],
        validators=[
            DataRequired(N_("Skriv vad som inte är löst.")),
            Length(max=LONGEST_TEXT, message=LONG_TEXT),
        ],
    )


class WithdrawForm(TokenForm):
    """That the citizen takes the case back, and why if they wish."""

    text = TextAreaField(
        N_("Vill du säga varför?"),
        filters=[_without_edges],
        validators=[Length(max=LONGEST_TEXT, message=LONG_TEXT)],
    )


class RequestForm(TokenForm):
    """That the citizen asks for a decision: sending it is the request."""


class ReplyForm(TokenForm):
    """What somebody writes in their case. `token` tells a second sending of the same from a second message."""

    text = TextAreaField(
        N_("Meddelande"),
        filters=[_without_edges],
        validators=[
            SomethingToSay(),
            Length(
                max=LONGEST_TEXT,
                message=LONG_TEXT,
            ),
        ],
    )
    pictures = MultipleFileField(
        N_("Bilder"),
        description=N_(
            "Högst tre bilder, högst 10 MB var. Plats och annat som kameran har lagt till tas bort."
        ),
    )

    def ask_for_answer(self) -> None:
        """Let the box be for the answer to our question."""
        self.text.label.text = N_("Ditt svar")

    def validate_pictures(self, field: Field) -> None:
        """Refuse more pictures than a message may carry."""
        if len(self.chosen) > MOST_PICTURES:
            raise ValidationError(N_("Välj högst tre bilder."))

    @property
    def chosen(self) -> list[Any]:
        """The pictures that were really chosen: a browser sends a nameless one when none was."""
        return [picture for picture in self.pictures.data or [] if getattr(picture, "filename", "")]

    def take_in(self, at: datetime) -> list[Ingested] | None:
        """Give the pictures made harmless; None when one cannot be taken in, and then the form says why."""
        try:
            return [ingest(picture.stream, picture.filename, Limits(), at) for picture in self.chosen]
        except FileProblem as problem:
            self.pictures.errors = [problem]
            return None

    def ask_again(self) -> None:
        """Say that pictures must be chosen again: a page cannot put them back in their box."""
        if self.chosen and not self.pictures.errors:
            self.pictures.errors = [CHOOSE_AGAIN]
