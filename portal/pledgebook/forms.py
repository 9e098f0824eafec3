"""What staff fill in about a pledge's months."""

from collections.abc import Sequence
from datetime import date

from wtforms import SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, ValidationError

from portal.i18n import N_, Language
from portal.pledgebook.notes import LONGEST_NOTE
from portal.web.fields import without_edges
from portal.web.forms import PortalForm

NO_MONTH = N_("Välj en månad i listan.")
NO_TEXT = N_("Skriv varför månaden gick som den gick.")
LONG_TEXT = N_("Texten är för lång. Använd högst 1 500 tecken.")


class MonthNoteForm(PortalForm):
    """Why a month went as it did."""

    month = SelectField(N_("Månad"), validate_choice=False, validators=[DataRequired(NO_MONTH)])
    text = TextAreaField(
        N_("Varför gick månaden som den gick?"),
        description=N_(
            "Alla kan läsa det under löftet. Skriv inget om enskilda personer. Högst 1 500 tecken."
        ),
        filters=[without_edges],
        validators=[DataRequired(NO_TEXT), Length(max=LONGEST_NOTE, message=LONG_TEXT)],
    )

    def offer(self, months: Sequence[date], tongue: Language) -> None:
        """Let one of the months be chosen."""
        self.month.choices = [(month.isoformat(), tongue.month(month)) for month in months]

    @property
    def chosen(self) -> date:
        """The month, named by its first day; the form must be in order."""
        return date.fromisoformat(self.month.data)

    def validate_month(self, field: SelectField) -> None:
        """Refuse a month that was not offered."""
        if field.data not in [choice[0] for choice in field.iter_choices()]:
            raise ValidationError(NO_MONTH)
