"""What staff fill in to come in, and to change their password."""

from typing import Any

from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, EqualTo, Length, ValidationError

from portal.accounts.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD
from portal.i18n import N_
from portal.web.forms import PortalForm

LONGEST_ADDRESS = 254


def _strip(value: str | None) -> str | None:
    return value.strip() if value else value


class SignInForm(PortalForm):
    """Who are you, and can you show it?"""

    email = EmailField(
        N_("E-postadress"),
        filters=[_strip],
        validators=[
            DataRequired(N_("Skriv din e-postadress i arbetet.")),
            Length(max=LONGEST_ADDRESS, message=N_("E-postadressen är för lång. Kontrollera den.")),
        ],
    )
    password = PasswordField(
        N_("Lösenord"),
        validators=[
            DataRequired(N_("Skriv ditt lösenord.")),
            Length(max=LONGEST_PASSWORD, message=N_("Lösenordet är för långt. Kontrollera det.")),
        ],
    )


class PasswordForm(PortalForm):
    """A new password, with the old one as proof."""

    current = PasswordField(
        N_("Lösenordet du har nu"),
        validators=[
            DataRequired(N_("Skriv lösenordet du har nu.")),
            Length(max=LONGEST_PASSWORD, message=N_("Lösenordet är för långt. Kontrollera det.")),
        ],
    )
    new = PasswordField(
        N_("Nytt lösenord"),
        description=N_("Minst 12 tecken. Några ord efter varandra är lätta att minnas."),
        validators=[
            DataRequired(N_("Skriv ett nytt lösenord.")),
            Length(
                min=SHORTEST_PASSWORD, message=N_("Det nya lösenordet är för kort. Använd minst 12 tecken.")
            ),
            Length(
                max=LONGEST_PASSWORD, message=N_("Det nya lösenordet är för långt. Använd högst 200 tecken.")
            ),
        ],
    )
    again = PasswordField(
        N_("Nytt lösenord, en gång till"),
        validators=[
            DataRequired(N_("Skriv det nya lösenordet en gång till.")),
            EqualTo("new", N_("De två nya lösenorden är inte lika. Skriv dem igen.")),
        ],
    )

    def validate_new(self, field: Any) -> None:
        """A new password must be new."""
        if field.data == self.current.data:
            raise ValidationError(N_("Det nya lösenordet är samma som det gamla. Välj ett annat."))
