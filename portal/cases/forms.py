"""The citizen's forms: finding a case, and writing in it."""

import secrets
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from portal.i18n import N_
from portal.web.forms import PortalForm

LONGEST_TEXT = 4000
MOST_PICTURES = 3
LONGEST_TOKEN = 64
NO_MATCH = N_(
    "Vi hittar inget ärende med det numret och den nyckeln. Jämför med brevet från oss, eller öppna länken i brevet."
)


def _without_edges(text: str | None) -> str:
    return (text or "").strip()


class FindForm(PortalForm):
    """Which case somebody wants to see."""

    reference = StringField(
        N_("Ärendenummer"),
        description=N_("Till exempel FEL-2K7Q-9M. Stora eller små bokstäver spelar ingen roll."),
        filters=[_without_edges],
        validators=[
            InputRequired(N_("Skriv ärendenumret.")),
            Length(max=40, message=N_("Ärendenumret är för långt.")),
        ],
    )
    key = StringField(
        N_("Nyckel"),
        description=N_("32 tecken, i brevet från oss eller på sidan du fick när du skickade in."),
        filters=[_without_edges],
        validators=[InputRequired(N_("Skriv nyckeln.")), Length(max=100, message=N_("Nyckeln är för lång."))],
    )

    def refuse(self) -> None:
        """Say that the pair opens nothing, in the same words whatever is wrong, and forget the key."""
        self.reference.errors = [NO_MATCH]
        self.key.data = ""


class ReplyForm(PortalForm):
    """What somebody writes in their case. `token` tells a second sending of the same from a second message."""

    text = TextAreaField(
        N_("Meddelande"),
        filters=[_without_edges],
        validators=[
            InputRequired(N_("Skriv ditt meddelande.")),
            Length(
                max=LONGEST_TEXT, message=N_("Meddelandet är för långt. Det får vara högst 4 000 tecken.")
            ),
        ],
    )
    pictures = MultipleFileField(
        N_("Bilder"),
        description=N_("Högst tre bilder, jpg eller png, högst 10 MB var. Plats och tid i bilden tas bort."),
    )
    token = HiddenField(default=lambda: secrets.token_urlsafe(24))

    def validate_token(self, field: Any) -> None:
        """Put a token in the place of one that cannot be ours."""
        if not field.data or len(field.data) > LONGEST_TOKEN:
            field.data = secrets.token_urlsafe(24)

    def validate_pictures(self, field: Any) -> None:
        """Refuse more pictures than a message may carry."""
        if len(self.chosen) > MOST_PICTURES:
            raise ValidationError(N_("Välj högst tre bilder."))

    @property
    def chosen(self) -> list[Any]:
        """The pictures that were really chosen: a browser sends an empty one when none was."""
        return [picture for picture in self.pictures.data or [] if getattr(picture, "filename", "")]
