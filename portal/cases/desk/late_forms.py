"""The officer's forms for what follows a delay or a broken promise, for the law's time, and for a case's turns."""

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from wtforms import Field, RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from portal.cases.amends import ready_fee, share_off
from portal.cases.desk.forms import Around, DeedForm
from portal.cases.legal.times import extendable, law_reduction
from portal.cases.models import Case, CaseClock
from portal.cases.money import percent
from portal.cases.turns import excusable
from portal.i18n import N_, Text, Value, without_marks
from portal.web.fields import Day, DayToCome, Offered, a_line, own_words

MOST_KRONOR = 100_000_000
KRONOR = re.compile(r"([0-9]{1,9})(?:,([0-9]{1,2}))?")
ORE = 100
NOT_A_SUM = N_("Skriv avgiften i kronor med siffror, till exempel 12 400 eller 12 400,50.")
TOO_MUCH = N_("Avgiften är för hög för att stämma. Kontrollera den.")
NO_DAY = N_("Skriv vilken dag som gäller i stället.")
NOT_LATER = N_("Den nya dagen ska komma senare än i dag.")
SHARE = N_(
    "Avdraget är %(share)s procent av avgiften. Lovad dag var %(day)s. Summan står i brevet till invånaren."
)
NAMED = N_("%(promise)s. Lovad dag: %(day)s.")


class ExplainForm(DeedForm):
    """Why it is late, or will be, and the new day."""

    text = own_words(
        N_("Varför dröjer det?"),
        N_("Skriv varför det dröjer. Den som väntar har rätt att få veta det."),
        N_("Invånaren får det i ett brev. Löftet räknas som förut."),
    )
    new_day = Day(N_("Ny dag"), validators=[InputRequired(NO_DAY), DayToCome()])

    @property
    def day(self) -> date:
        """The new day; the form must be in order."""
        if self.new_day.data is None:
            raise ValueError("no new day")
        return self.new_day.data

    def validate_new_day(self, field: Field) -> None:
        """Refuse today: a new day is one to wait for."""
        if field.data == self.today:
            raise ValidationError(NOT_LATER)


class ExplanationForm(DeedForm):
    """How it came that a promise was broken."""

    text = own_words(
        N_("Hur kunde det bli så?"),
        N_("Skriv hur det kunde bli så."),
        N_("Invånaren får det i ett brev och på sin sida."),
    )


class FeeForm(DeedForm):
    """The fee that is lowered because a promise was broken."""

    fee = a_line(N_("Avgiften i kronor"), InputRequired(N_("Skriv vad avgiften är utan avdrag.")))
    share = Fraction(0)

    def about(self, case: Case, around: Around) -> None:
        """Work out how much is taken off, and say it beside the field."""
        super().about(case, around)
        due = ready_fee(case)
        if due is not None:
            self.share = share_off(due[1], law_reduction(around.laws), around.today)
            day: dict[str, Value] = {"share": percent(self.share), "day": due[1].due_on}
            self.fee.description = Text(SHARE, day)  # type: ignore[assignment]  # said where it is shown

    @property
    def ore(self) -> int:
        """The fee in whole öre; 0 for what is no sum."""
        found = KRONOR.fullmatch(re.sub(r"[\s.]|kr(onor)?$", "", self.fee.data or ""))
        if found is None:
            return 0
        return int(found[1]) * ORE + int((found[2] or "0").ljust(2, "0"))

    @property
    def words(self) -> str:
        """The sum, by which a second sending of the same is known."""
        return str(self.ore)

    def validate_fee(self, field: Field) -> None:
        """Ask for a sum that can be a fee."""
        if not self.ore:
            raise ValidationError(NOT_A_SUM)
        if self.ore > MOST_KRONOR * ORE:
            raise ValidationError(TOO_MUCH)


class ExtendForm(DeedForm):
    """By how many weeks the law's time is prolonged, and why."""

    weeks = SelectField(
        N_("Antal veckor"), validate_choice=False, validators=[Offered(N_("Välj antal veckor."))]
    )
    text = own_words(
        N_("Skäl"),
        N_("Skriv varför tiden förlängs."),
        N_("Lagen tillåter det en gång. Invånaren får skälet i ett brev. Vårt löfte ändras inte."),
    )

    def about(self, case: Case, around: Around) -> None:
        """Offer as many weeks as the law allows."""
        super().about(case, around)
        law = extendable(around.laws)
        most = law.standing.most_extension if law is not None else 0
        self.weeks.choices = {"": N_("Välj antal veckor"), **{str(n): str(n) for n in range(1, most + 1)}}


class ExcuseForm(DeedForm):
    """Which promise is left out of the figure, and why."""

    clock = RadioField(
        N_("Vilket löfte ska inte räknas?"),
        validate_choice=False,
        validators=[Offered(N_("Välj vilket löfte som inte ska räknas."))],
    )
    text = own_words(
        N_("Skäl"),
        N_("Skriv varför löftet inte ska räknas."),
        N_("Skälet är offentligt: invånaren ser det, och antalet undantag syns på löftets sida."),
    )

    def about(self, case: Case, around: Around) -> None:
        """Offer the promises that may be left out."""
        super().about(case, around)
        # Pairs, since in a mapping the library takes a value that is no str for a group; its type knows only str.
        named: Any = list(_named(case))
        self.clock.choices = named

    def chosen(self, case: Case) -> CaseClock:
        """Give the clock that was chosen. Raises StopIteration when it may not be left out any more."""
        return next(clock for clock in excusable(case) if _mark(clock) == self.clock.data)


def _named(case: Case) -> Iterator[tuple[str, Text]]:
    for clock in excusable(case):
        values: dict[str, Value] = {"promise": without_marks(clock.version.short), "day": clock.due_on}
        yield _mark(clock), Text(NAMED, values)


def _mark(clock: CaseClock) -> str:
    return f"{clock.version_id}-{clock.cycle}"


class ReopenForm(DeedForm):
    """Why a closed case is opened again."""

    text = own_words(
        N_("Varför öppnas ärendet igen?"),
        N_("Skriv varför ärendet öppnas igen."),
        N_("Invånaren får läsa det. Det som hände med de första löftena står kvar, och nya börjar räknas."),
    )
