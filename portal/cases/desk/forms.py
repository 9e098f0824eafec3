"""The officer's forms on a case: one for each deed. They know the case they are about, and judge before it is locked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wtforms import BooleanField, Field, HiddenField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from pledges.pledge import Measure
from portal.accounts.models import Staff
from portal.cases.legal.times import CaseLaw
from portal.cases.models import Case
from portal.cases.progress import steps_to_mark
from portal.departments.models import Department
from portal.i18n import N_
from portal.web.fields import Day, DayToCome, Offered, is_filled, maybe_words, own_words
from portal.web.forms import PortalForm

LONGEST_ID = 15
DAYS_TO_ANSWER = timedelta(days=14)
NO_ADDRESS = N_(
    "Det finns ingen e-postadress i ärendet, så frågan kan inte skickas. Ring i stället, och skriv in svaret under Registrera komplettering."
)


@dataclass(frozen=True)
class Double:
    """A case that another can be merged into."""

    id: int
    reference: str


@dataclass(frozen=True)
class Around:
    """What the forms need to know of the house: the day, who can have the case, where it can go, which cases exist.

    `double` gives an open case of the same service that the officer may merge into, by its reference. `laws` are the
    times that the law sets for the case.
    """

    today: date
    staff_id: int
    officers: Sequence[Staff]
    departments: Sequence[Department]
    is_reference: Callable[[str], bool]
    double: Callable[[str], Double | None]
    laws: Sequence[CaseLaw] = ()


class DeedForm(PortalForm):
    """A deed. `seen` is the id of the newest event when the page was drawn."""

    seen = HiddenField()
    today: date = date.min

    def about(self, case: Case, around: Around) -> None:
        """Fit the form to its case, before it is drawn or judged."""
        self.today = around.today
        if self.seen.raw_data is None:
            self.see(case)

    def see(self, case: Case) -> None:
        """Note that the page is drawn with everything that has happened in the case."""
        self.seen.data = str(case.events[-1].id)

    @property
    def seen_id(self) -> int:
        """The newest event that the officer had seen; 0 for what no page of ours has sent."""
        seen = self.seen.data or ""
        return int(seen) if seen.isdecimal() and len(seen) <= LONGEST_ID else 0

    @property
    def words(self) -> str:
        """What was written, by which a second sending of the same is known."""
        return str(self["text"].data or "")


class TakeForm(DeedForm):
    """Who is to have the case."""

    officer = SelectField(
        N_("Handläggare"), validate_choice=False, validators=[Offered(N_("Välj vem som ska ha ärendet."))]
    )

    def about(self, case: Case, around: Around) -> None:
        """Offer those who may have the department's cases; the one who asks is chosen beforehand."""
        super().about(case, around)
        self.officer.choices = {
            str(officer.id): f"{officer.name}, {officer.title}" if officer.title else officer.name
            for officer in around.officers
            if officer.id != case.officer_id
        }
        if self.officer.data is None and not self.officer.raw_data:
            self.officer.data = str(around.staff_id)

    @property
    def words(self) -> str:
        """Who was chosen."""
        return self.officer.data or ""


class AnswerForm(DeedForm):
    """An answer to the citizen, or a word on when it will come."""

    text = own_words(N_("Svar till invånaren"), N_("Skriv svaret."))
    is_notice = BooleanField(N_("Det här är ett besked. Svaret kommer senare."))
    expected = Day(
        N_("Svaret kommer senast"),
        description=N_("Fyll i när det är ett besked."),
        validators=[Optional(), DayToCome()],
    )

    @property
    def promised_on(self) -> date | None:
        """The day on which the answer is to come, when this is a notice."""
        return self.expected.data if self.is_notice.data else None

    def validate_is_notice(self, field: Field) -> None:
        """A notice and its day belong together."""
        if field.data and not is_filled(self.expected):
            raise ValidationError(N_("Skriv när svaret kommer, eller ta bort krysset."))
        if not field.data and is_filled(self.expected):
            raise ValidationError(N_("Kryssa i att det är ett besked, eller ta bort datumet."))


class AskForm(DeedForm):
    """A question to the citizen; the time stands still until the answer."""

    text = own_words(
        N_("Vad behöver ni veta?"),
        N_("Skriv vad invånaren ska komplettera med."),
        N_("Skriv så att det går att svara i ett meddelande."),
    )
    answer_by = Day(
        N_("Sista dag att svara"), validators=[InputRequired(N_("Skriv sista dagen att svara.")), DayToCome()]
    )
    has_address = True

    def about(self, case: Case, around: Around) -> None:
        """Give two weeks to answer when nothing else is said."""
        super().about(case, around)
        self.has_address = bool(case.contact_email)
        if self.answer_by.data is None and not self.answer_by.raw_data:
            self.answer_by.data = around.today + DAYS_TO_ANSWER

    @property
    def last_day(self) -> date:
        """The last day to answer; the form must be in order."""
        if self.answer_by.data is None:
            raise ValueError("no last day")
        return self.answer_by.data

    def validate_text(self, field: Field) -> None:
        """Refuse a question that reaches nobody."""
        if not self.has_address:
            raise ValidationError(NO_ADDRESS)


class SupplementForm(DeedForm):
    """What the citizen has said by phone, at the counter or in a letter."""

    text = own_words(N_("Vad har invånaren sagt?"), N_("Skriv vad invånaren har sagt."))


class StepForm(DeedForm):
    """A step that is done."""

    step = SelectField(
        N_("Steg som är klart"),
        validate_choice=False,
        validators=[Offered(N_("Välj vilket steg som är klart."))],
    )
    text = maybe_words(
        N_("Text till invånaren"),
        N_("Skriv vad som är gjort och vad som händer nu. Utan text skickas inget brev."),
    )
    remedied = BooleanField(N_("Felet är åtgärdat"))

    def about(self, case: Case, around: Around) -> None:
        """Offer the steps between the first and the last; the fault only where mending it was promised."""
        super().about(case, around)
        self.step.choices = steps_to_mark(case)
        if not any(clock.version.measure is Measure.REMEDY for clock in case.clocks):
            del self.remedied

    @property
    def is_remedied(self) -> bool:
        """Tell whether the officer says that the fault is gone."""
        return "remedied" in self and bool(self.remedied.data)


class HandOverForm(DeedForm):
    """Another department, and why."""

    department = SelectField(
        N_("Verksamhet"),
        validate_choice=False,
        validators=[Offered(N_("Välj vilken verksamhet som ska ta över."))],
    )
    text = own_words(
        N_("Skäl"),
        N_("Skriv varför ärendet lämnas över."),
        N_("Invånaren och den nya verksamheten får läsa skälet."),
    )

    def about(self, case: Case, around: Around) -> None:
        """Offer every department but the case's own."""
        super().about(case, around)
        others = {str(d.id): d.name for d in around.departments if d.id != case.department_id}
        self.department.choices = {"": N_("Välj verksamhet"), **others}


class NoteForm(DeedForm):
    """Words that only staff may read."""

    text = own_words(
        N_("Anteckning"),
        N_("Skriv anteckningen."),
        N_("Bara personal ser den. Den kan ändå bli en allmän handling."),
    )
