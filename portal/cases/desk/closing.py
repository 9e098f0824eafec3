"""The officer's form to close a case with: how it ended, and what must be said then."""

from collections.abc import Mapping

from wtforms import Field, RadioField
from wtforms.validators import ValidationError

from portal.cases.desk.forms import Around, DeedForm, Double
from portal.cases.messages import OUTCOMES
from portal.cases.models import Case
from portal.cases.reference import tidy
from portal.cases.rules import EventKind, Outcome, missing_from_closing
from portal.i18n import N_
from portal.web.fields import Offered, a_line, maybe_words

NO_REASON = N_(
    "Ett ärende kan inte avslutas utan svar eller skäl. Skriv vad ni har gjort, eller varför ni inte gör något."
)
NO_DETAIL: Mapping[Outcome, str] = {
    Outcome.NOT_OURS: N_("Skriv vem du har skickat ärendet till."),
    Outcome.DUPLICATE: N_("Skriv numret på det ärende som redan finns."),
}
SAME_CASE = N_("Det är numret på det här ärendet. Skriv numret på det andra.")
NO_SUCH_CASE = N_("Vi hittar inget ärende med det numret. Kontrollera det.")


class CloseForm(DeedForm):
    """How the case ended, and what the citizen is told."""

    outcome = RadioField(
        N_("Hur slutade det?"),
        choices={outcome.value: words for outcome, words in OUTCOMES.items()},
        validate_choice=False,
        validators=[Offered(N_("Välj hur ärendet slutade."))],
    )
    text = maybe_words(
        N_("Svar eller skäl till invånaren"),
        N_("Vad ni har gjort, eller varför ni inte gör något."),
    )
    detail = a_line(
        N_("Skickat till, eller samma som ärende"),
        hint=N_("Behövs när ärendet inte är vårt ansvar, eller redan är anmält."),
    )

    def about(self, case: Case, around: Around) -> None:
        """Remember whether the citizen has had an answer, and which cases there are."""
        super().about(case, around)
        self._answered = any(event.kind is EventKind.ANSWERED for event in case.events)
        self._own, self._is_reference, self._double_of = case.reference, around.is_reference, around.double

    @property
    def chosen(self) -> Outcome | None:
        """The outcome that was chosen, when one was."""
        return Outcome(self.outcome.data) if self.outcome.data in set(Outcome) else None

    @property
    def double(self) -> Double | None:
        """The case that this one is merged into: an open one of the same service; None for every other end."""
        return self._double_of(self.detail.data or "") if self.chosen is Outcome.DUPLICATE else None

    def validate_text(self, field: Field) -> None:
        """Ask for the answer or the reason when the rules do."""
        outcome = self.chosen
        if outcome and missing_from_closing(outcome, field.data, "-", answered=self._answered):
            raise ValidationError(NO_REASON)

    def validate_detail(self, field: Field) -> None:
        """Ask for where it went, or for a case that exists and is another."""
        outcome = self.chosen
        if outcome and missing_from_closing(outcome, "-", field.data, answered=True):
            raise ValidationError(NO_DETAIL[outcome])
        if outcome is not Outcome.DUPLICATE:
            return
        field.data = tidy(field.data)
        if field.data == self._own:
            raise ValidationError(SAME_CASE)
        if not self._is_reference(field.data):
            raise ValidationError(NO_SUCH_CASE)
