"""The form by which somebody says that a promise was not kept."""

from wtforms import EmailField, Field, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from forms.definition import Field as Question
from forms.kinds.contact import Email
from portal.cases.forms import LONGEST_TOKEN, new_token
from portal.cases.reference import tidy
from portal.contests.rules import LONGEST_TEXT, is_shaped_like_a_reference
from portal.i18n import N_
from portal.web.forms import PortalForm


def _without_edges(text: str | None) -> str:
    return (text or "").strip()


class ContestForm(PortalForm):
    """What happened, and to which case, if there was one. `token` tells one sending from another."""

    text = TextAreaField(
        N_("Vad hände?"),
        description=N_(
            "Berätta vad vi lovade, vad du fick och när. Skriv inte personnummer eller uppgifter om hälsa."
        ),
        filters=[_without_edges],
        validators=[
            InputRequired(N_("Berätta vad som hände, så att vi kan ta reda på varför.")),
            Length(
                max=LONGEST_TEXT,
                message=N_("Det du har skrivit är för långt. Det får vara högst 4 000 tecken."),
            ),
        ],
    )
    reference = StringField(
        N_("Ditt ärendenummer"),
        description=N_("Står i brevet från oss, till exempel FEL-2K7Q-9M. Har du inget går det bra ändå."),
        filters=[_without_edges],
    )
    email = EmailField(
        N_("Din e-postadress"),
        description=N_(
            "Då skickar vi svaret till dig. Utan adress läser du svaret med ärendenummer och nyckel."
        ),
        filters=[_without_edges],
    )
    token = HiddenField(default=new_token)

    def validate_reference(self, field: Field) -> None:
        """Ask for a number that can be one of ours; the answer is the same whether the case exists or not."""
        if not field.data:
            return
        tidied = tidy(field.data)
        if not is_shaped_like_a_reference(tidied):
            raise ValidationError(
                N_("Ett ärendenummer ser ut som FEL-2K7Q-9M. Rätta det, eller lämna rutan tom.")
            )
        field.data = tidied

    def validate_email(self, field: Field) -> None:
        """Hold the address to the same rules as the e-services do."""
        judged = Email().judge(Question(field.name, Email.name, ""), field.data)
        for problem in judged.problems:
            raise ValidationError(problem.message)
        field.data = str(judged.value or "")

    def validate_token(self, field: Field) -> None:
        """Put a token in the place of one that cannot be ours."""
        if not field.data or len(field.data) > LONGEST_TOKEN:
            field.data = new_token()
