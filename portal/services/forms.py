"""What staff fill in about the law: who has compared a wording with it, why that is taken back, and a new wording."""

from collections.abc import Mapping
from datetime import date

from wtforms import Field, HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from pledges.law import ClockKind
from pledges.limit import Unit
from portal.i18n import N_, Language, Text
from portal.services.fields import NOTE_TOO_LONG, Count, a_line, a_note, refused
from portal.services.models import LegalClockRow
from portal.services.register import Comparison, Wording, overlaps, wording_mark
from portal.services.rules import (
    LAW_UNITS,
    LONGEST_NAME,
    LONGEST_NOTE,
    is_before_law,
    is_sane,
)
from portal.web.fields import Day, without_edges
from portal.web.forms import PortalForm

UNITS: Mapping[Unit, str] = {
    Unit.WEEKS: N_("Veckor"),
    Unit.MONTHS: N_("Månader"),
    Unit.CALENDAR_DAYS: N_("Kalenderdagar"),
    Unit.WORKING_DAYS: N_("Arbetsdagar"),
    Unit.CLOCK_HOURS: N_("Timmar dygnet runt"),
}
ODD_YEAR = N_("Kontrollera årtalet. En lag gäller från en dag mellan 1734 och 2199.")
TO_COME = N_("Dagen har inte varit än. Skriv dagen då juristen läste lagen.")
BEFORE_LAW = N_("Lydelsen gäller först från %(day)s. Kontrollera årtalet.")
OVERLAPS = N_("Den nya lydelsen måste börja efter %(day)s, då den som finns gäller. Skriv en senare dag.")
BOTH = N_("Skriv både antal och enhet, eller inget av dem om lagen inte nämner något antal.")
NOTHING_TO_EXTEND = N_("Skriv lagens tid först. Utan den finns inget att förlänga eller räkna mot.")
PERMIT_NEEDS = N_("Bygglovens tid räknas i veckor, med både förlängning och tid att begära komplettering.")
NAME_TOO_LONG = N_("Det du har skrivit är för långt. Det får vara högst 80 tecken.")
# Numbers of a wording besides the law's time.
BESIDE = ("extension", "completion_order")


class VerifyForm(PortalForm):
    """That a lawyer has compared a wording with the law. `seen` is the mark of the wording on the page."""

    seen = HiddenField()
    name = a_line(
        N_("Juristens namn"),
        N_("Visas för alla på sidan om lagens gränser."),
        N_("Skriv vem som har granskat."),
        LONGEST_NAME,
        NAME_TOO_LONG,
    )
    role = a_line(
        N_("Juristens roll"),
        N_("Till exempel kommunjurist."),
        N_("Skriv vilken roll juristen har."),
        LONGEST_NAME,
        NAME_TOO_LONG,
    )
    read_on = Day(
        N_("Granskad den"),
        description=N_("Dagen då lydelsen jämfördes med lagen."),
        validators=[InputRequired(N_("Skriv dagen då lydelsen granskades."))],
    )
    note = a_note(N_("Visas för alla. Ändra det som granskningen har klarat ut."))
    tongue: Language
    today: date

    def about(self, row: LegalClockRow, today: date, tongue: Language) -> None:
        """Tell the form which wording it is about, and which day it is."""
        self.row, self.today, self.tongue = row, today, tongue

    def see(self) -> None:
        """Note that the page is drawn with the wording as it stands."""
        self.seen.data, self.note.data = wording_mark(self.row), self.row.note

    def comparison(self) -> Comparison:
        """Give what is written; the form must be in order."""
        if self.read_on.data is None:
            raise ValueError("no day was written")
        return Comparison(
            read_by=f"{self.name.data}, {self.role.data}",
            read_on=self.read_on.data,
            seen=self.seen.data or "",
            note=self.note.data or "",
        )

    def validate_read_on(self, field: Field) -> None:
        """Refuse a day that has not been, and one on which the wording can hardly have been there."""
        if field.data is None:
            return
        if field.data > self.today:
            raise ValidationError(TO_COME)
        if is_before_law(field.data, self.row.valid_from):
            raise refused(Text(BEFORE_LAW, {"day": self.tongue.full_day(self.row.valid_from)}))


class WithdrawForm(PortalForm):
    """Why a comparison is taken back."""

    why = TextAreaField(
        N_("Varför tas granskningen tillbaka?"),
        description=N_("Det du skriver sparas i lydelsens historik."),
        filters=[without_edges],
        validators=[
            DataRequired(N_("Skriv varför granskningen tas tillbaka.")),
            Length(max=LONGEST_NOTE, message=NOTE_TOO_LONG),
        ],
    )


class WordingForm(PortalForm):
    """What a law says from a day on."""

    valid_from = Day(
        N_("Gäller från"),
        description=N_("Ärenden som kommer in från den dagen följer den nya lydelsen."),
        validators=[InputRequired(N_("Skriv dagen då lydelsen börjar gälla."))],
    )
    reference = a_line(
        N_("Lagrum"),
        N_("Till exempel Skollagen (2010:800) 8 kap. 14 §."),
        N_("Skriv i vilken lag och paragraf tiden står."),
    )
    amount = Count(
        N_("Lagens tid, antal"),
        description=N_("Lämna tomt om lagen inte nämner något antal."),
        filters=[without_edges],
    )
    unit = SelectField(
        N_("Räknat i"),
        choices={"": N_("Inget antal"), **{unit.value: words for unit, words in UNITS.items()}},
        validate_choice=False,
        filters=[without_edges],
    )
    extension = Count(
        N_("Får förlängas en gång med högst"),
        description=N_("I samma enhet. Lämna tomt om tiden inte får förlängas."),
        filters=[without_edges],
    )
    completion_order = Count(
        N_("Komplettering begärs senast efter"),
        description=N_("I samma enhet. Lämna tomt om lagen inte säger något om det."),
        filters=[without_edges],
    )
    source = a_line(N_("Källa"), N_("Till exempel SFS 2010:800."), N_("Skriv var lydelsen går att läsa."))
    note = a_note(N_("Visas för alla, under lagens tid."))

    def about(self, latest: LegalClockRow, tongue: Language) -> None:
        """Tell the form which wording is the latest."""
        self.latest, self.tongue = latest, tongue

    def offer(self) -> None:
        """Begin with what the latest wording says, which is seldom changed all over."""
        latest = self.latest
        for name in ("reference", "source", "note"):
            self[name].data = getattr(latest, name)
        for name in ("amount", *BESIDE):
            value = getattr(latest, name)
            self[name].data = "" if value is None else str(value)
        self.unit.data = latest.unit.value if latest.unit else ""

    @property
    def chosen_unit(self) -> Unit | None:
        """The unit, if one of the law's has been chosen."""
        return next((unit for unit in LAW_UNITS if unit.value == self.unit.data), None)

    def validate_valid_from(self, field: Field) -> None:
        """Refuse a year that cannot be right, and a day on which the latest wording must go on."""
        if field.data is None:
            return
        if not is_sane(field.data):
            raise ValidationError(ODD_YEAR)
        if overlaps(self.latest, field.data):
            last = self.latest.valid_to or self.latest.valid_from
            raise refused(Text(OVERLAPS, {"day": self.tongue.full_day(last)}))

    def validate_unit(self, field: Field) -> None:
        """Refuse half a time, and a permit's time without all that its clock needs."""
        if self.amount.errors:
            return
        if (self.amount.number is None) != (self.chosen_unit is None):
            raise ValidationError(BOTH)
        if self.latest.kind is ClockKind.BUILDING_PERMIT and not self._is_permit():
            raise ValidationError(PERMIT_NEEDS)

    def _is_permit(self) -> bool:
        return self.chosen_unit is Unit.WEEKS and all(
            self[name].number or self[name].errors for name in BESIDE
        )

    def _must_have_time(self, field: Count) -> None:
        if field.number is not None and self.amount.number is None and not self.amount.errors:
            raise ValidationError(NOTHING_TO_EXTEND)

    def validate_extension(self, field: Count) -> None:
        """Refuse to prolong a time that is none."""
        self._must_have_time(field)

    def validate_completion_order(self, field: Count) -> None:
        """Refuse a time to ask within a time that is none."""
        self._must_have_time(field)

    def wording(self) -> Wording:
        """Give what is written; the form must be in order."""
        if self.valid_from.data is None:
            raise ValueError("no first day was written")
        return Wording(
            valid_from=self.valid_from.data,
            reference=self.reference.data or "",
            amount=self.amount.number,
            unit=self.chosen_unit,
            extension=self.extension.number,
            completion_order=self.completion_order.number,
            source=self.source.data or "",
            note=self.note.data or "",
        )
